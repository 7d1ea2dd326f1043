"""The log of interactions: searched, filtered, put in order; and one entry with what belongs to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlglot import exp

from pipelines import interaction_wizard
from pipelines.binding import bind_row
from pipelines.catalogue import Catalogue
from pipelines.columns import Column, FieldType, Table
from pipelines.conditions import FieldCondition
from pipelines.schema import conform
from workbench.compiling.literals import cell
from workbench.compiling.predicates import condition
from workbench.compiling.rules import DIALECT
from workbench.errors import ConditionError, nearest
from workbench.interactions import rows
from workbench.interactions.query import InteractionQuery
from workbench.interactions.results import InteractionCard, InteractionPage
from workbench.setup.work import Work
from workbench.store import Connection, tables
from workbench.store.connection import first_row

_LOG = "log"
_SEARCHED = ("description", "subject", "contact_no", "contact_name")
_JOINED = """(
    SELECT i.*, c.contact_no, c.name AS contact_name, c.company_no
    FROM interaction i LEFT JOIN contact c USING (contact_id)
)"""
_FIRST = ("entry_no", "occurred_at", "contact_no", "contact_name")
_PARTIES = """
    SELECT coalesce(t.description, i.interaction_template_code, i.description, ''),
        coalesce(s.name, i.salesperson_code, i.logged_by, ''), coalesce(c.name, '')
    FROM interaction i LEFT JOIN interaction_template t USING (interaction_template_code)
    LEFT JOIN salesperson s ON s.code = i.salesperson_code LEFT JOIN contact c ON c.contact_id = i.contact_id
    WHERE i.entry_no = ?
"""


class Listing(Work):
    """Looking into the log."""

    def list(
        self, query: InteractionQuery | str = "", rows: int | None = 50, skip: int = 0, *, as_of: dt.date
    ) -> InteractionPage:
        """Find entries of the log.

        Parameters
        ----------
        query : InteractionQuery or str, optional
            What to look for; a text alone is looked for in description, subject, and the contact's number and name,
            without regard to case. The whole log where empty.
        rows : int or None, optional
            How many to show; all where None.
        skip : int, optional
            How many to pass over.
        as_of : datetime.date
            The day that filters such as ``"-30D..t"`` are of.

        Returns
        -------
        InteractionPage
            In the order asked for, the newest first unless it says otherwise; the total is of all pages. Canceled and
            postponed entries are among them unless they are filtered out.

        Raises
        ------
        ConditionError
            When there is no such field, or a filter cannot be read.
        """
        asked = query if isinstance(query, InteractionQuery) else InteractionQuery(text=query)
        table = self._table()
        found = self._found(asked, table, as_of)
        with self._database.reading() as con:
            page = tables.frame(con, _page(found, asked.sort, table, rows, skip))
            (total,) = first_row(con, found.select(exp.Count(this=exp.Star())).sql(dialect=DIALECT)) or (0,)
        names = [*_FIRST, *(name for name in table.by_name if name not in _FIRST)]
        return InteractionPage(conform(page, table)[names], int(total), asked)

    def show(self, entry_no: int) -> InteractionCard:
        """Show one entry of the log.

        Parameters
        ----------
        entry_no : int
            Its number.

        Returns
        -------
        InteractionCard
            Its fields, title, comments and file.

        Raises
        ------
        NotFoundError
            When there is none of the number.
        """
        table = self._setup.table("interaction")
        with self._database.reading() as con:
            values = rows.read(con, table, entry_no)
            values.pop("contact_id")
            return InteractionCard(
                entry_no, _title(con, entry_no, values["information_flow"]), values, rows.comments(con, entry_no),
                rows.file_name(con, values["attachment_no"]),
            )  # fmt: skip

    def _table(self) -> Table:
        """The log as a list shows it: with its numbers, and with the contact's name and company."""
        own = self._setup.table("interaction")
        more = (
            Column("entry_no", FieldType.INTEGER, "number of the entry", nullable=False),
            Column("contact_name", FieldType.TEXT, "name of the contact"),
            Column("company_no", FieldType.TEXT, "company of the contact"),
        )
        return replace(own, columns=(*own.columns, *more))

    def _found(self, query: InteractionQuery, table: Table, as_of: dt.date) -> exp.Select:
        context = self._setup.settings().context(as_of)
        catalogue = Catalogue(contact=self._setup.table("contact"))
        tests = [_has_word(word) for word in query.text.casefold().split()]
        for name, expression in query.filters.items():
            asked = FieldCondition(field=name, op="filter", value=expression)
            tests.append(condition(bind_row(asked, table, catalogue, context, f"filter on {name}"), _LOG))
        return exp.select().from_(exp.alias_(exp.maybe_parse(_JOINED, dialect=DIALECT), _LOG)).where(*tests)


def _page(found: exp.Select, sort: str, table: Table, rows: int | None, skip: int) -> str:
    name = sort.removeprefix("-")
    if name not in table.by_name:
        raise ConditionError(f'The log cannot be sorted by "{name}".', nearest(name, table.by_name))
    order = exp.Ordered(this=cell(name, _LOG), desc=sort.startswith("-"), nulls_first=False)
    last = exp.Ordered(this=cell("entry_no", _LOG), desc=sort.startswith("-"), nulls_first=False)
    page = found.select(*(cell(one, _LOG) for one in table.by_name)).order_by(order, last)
    if rows is not None:
        page = page.limit(rows)
    return page.offset(skip).sql(dialect=DIALECT)


def _has_word(word: str) -> exp.Expr:
    text = exp.Literal.string(word)
    return exp.or_(*(exp.func("CONTAINS", exp.Lower(this=cell(name, _LOG)), text.copy()) for name in _SEARCHED))


def _title(con: Connection, entry_no: int, information_flow: str | None) -> str:
    template, salesperson, contact = first_row(con, _PARTIES, [entry_no]) or ("", "", "")
    return interaction_wizard.title(information_flow, template, salesperson, contact)
