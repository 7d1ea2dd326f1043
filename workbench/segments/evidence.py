"""The rows that concern one contact, read from the store: enough to tell whether it is in a segment, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from sqlglot import exp

from pipelines.bound import Expression
from pipelines.conditions import kind_of
from pipelines.evidence import Needs
from pipelines.matching import companies, people
from pipelines.membership import Mask
from pipelines.schema import Column, FieldType, Table, conform
from workbench.compiling.literals import cell
from workbench.compiling.predicates import condition
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import MEMBERS, offered
from workbench.store import Connection, tables
from workbench.store.tables import CONTACT_ID

_ENTRY_NO = Column("entry_no", FieldType.INTEGER, "place in the load order", nullable=False)
_REFERENCE = {"kind": "str", "name": "str", "contact_id": "int64", "is_member": "bool"}
_ALWAYS = ("contact_no", "type", "company_no")


def gathered(
    con: Connection, contact_id: int, needs: Needs, contact: Table, members_of: Callable[[Any], Mask]
) -> dict[str, pd.DataFrame]:
    """Read the rows that a definition needs of one contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    needs : Needs
        What is needed.
    contact : Table
        Contacts with their custom fields.
    members_of : callable
        Gives the members of a segment, snapshot, list or query.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``"contact"``: the contact, then its colleagues, its company and its people as far as they are needed. Under
        the name of each other table that is needed its rows, with `contact_id` and `entry_no` in front.
        ``"reference"``: columns kind, name, contact_id and is_member.

    Notes
    -----
    Costs one pass over the `contact_id` of each table that is needed: 10 to 20 ms for 20,000,000 rows.
    """
    reader = _Reader(con, needs, contact)
    asked = reader.asked(contact_id)
    contacts = reader.with_relatives(asked)
    ids = set(asked["contact_id"])
    whose = set(ids)
    if needs.of_people:
        whose.update(*(people(contacts).get(i, ()) for i in ids))
    if needs.of_company:
        whose.update(company for i, company in companies(contacts).items() if i in ids)
    numbers = {int(i): no for i, no in zip(contacts["contact_id"], contacts["contact_no"], strict=True) if i in whose}
    rows = {name: reader.rows(*needs.rows_of(name), numbers) for name in needs.rows}
    return {"contact": contacts, **rows, "reference": _references(needs, sorted(ids), members_of)}


class _Reader:
    """Reads what is needed."""

    def __init__(self, con: Connection, needs: Needs, contact: Table) -> None:
        self.con, self.needs = con, needs
        columns = tuple(column for column in contact.columns if column.name in _ALWAYS or column in needs.fields)
        self.contact = replace(contact, columns=columns)

    def asked(self, contact_id: int) -> pd.DataFrame:
        """Read the contact, and whoever is at its company where the definition asks them as well; the contact first."""
        is_own = cell("contact_id").eq(_number(contact_id))
        own = self.read(self.contact, is_own)
        company = own["contact_no" if own["type"].iloc[0] == "company" else "company_no"].iloc[0]
        if not self.needs.of_colleagues or pd.isna(company) or not company.strip():
            return own
        is_company = cell("type").eq(exp.Literal.string("company"))
        at_it = exp.or_(
            exp.and_(is_company, cell("contact_no").eq(exp.Literal.string(company))),
            exp.and_(exp.not_(is_company.copy()), cell("company_no").eq(exp.Literal.string(company))),
        )
        return pd.concat([own, self.read(self.contact, exp.and_(exp.not_(is_own.copy()), at_it))], ignore_index=True)

    def with_relatives(self, asked: pd.DataFrame) -> pd.DataFrame:
        """Add the companies of those asked, and the people of the companies among them, as far as they are needed."""
        related = []
        if self.needs.of_company:
            related.append(_one_of("contact_no", asked["company_no"]))
        if self.needs.of_people:
            related.append(_one_of("company_no", asked["contact_no"][asked["type"] == "company"]))
        if not any(related):
            return asked
        more = self.read(self.contact, exp.or_(*filter(None, related)))
        return pd.concat([asked, more[~more["contact_id"].isin(asked["contact_id"])]], ignore_index=True)

    def rows(self, table: Table, test: Expression, numbers: dict[int, str]) -> pd.DataFrame:
        """Read the rows of some contacts; joined, they let blocks of rows about others be passed over."""
        with offered(self.con, np.array(list(numbers))):
            frame = self.read(table, condition(test), is_of_offered=True)
        return frame.assign(contact_no=frame["contact_id"].map(numbers).astype("str"))

    def read(self, table: Table, where: exp.Expr, *, is_of_offered: bool = False) -> pd.DataFrame:
        is_contact = table.name == "contact"
        extra = (CONTACT_ID,) if is_contact else (CONTACT_ID, _ENTRY_NO)
        kept = tuple(column for column in table.columns if is_contact or column.name != "contact_no")
        names = [cell(column.name) for column in (*extra, *kept)]
        query = exp.select(*names).from_(exp.to_table(table.name, quoted=True)).where(where)
        if is_of_offered:
            query = query.join(MEMBERS, using=["contact_id"])
        found = tables.frame(self.con, query.order_by(cell(extra[-1].name)).sql(dialect=DIALECT))
        return conform(found, replace(table, columns=kept), extra)


def _one_of(name: str, values: pd.Series[Any]) -> exp.Expr | None:
    known = [exp.Literal.string(value) for value in values.dropna().unique()]
    return cell(name).isin(*known) if known else None


def _references(needs: Needs, ids: list[int], members_of: Callable[[Any], Mask]) -> pd.DataFrame:
    rows = []
    for reference in needs.references:
        kind, mask = str(kind_of(reference)), members_of(reference)
        rows += [(kind, getattr(reference, kind), i, bool(i < mask.size and mask[i])) for i in ids]
    return pd.DataFrame(rows, columns=list(_REFERENCE)).astype(_REFERENCE)


def _number(number: int) -> exp.Expr:
    return exp.Literal.number(int(number))
