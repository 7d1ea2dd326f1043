"""From what a purchase is to SQL: the rows, the purchases they are part of, and those of each contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import ValidationError
from sqlglot import exp

from pipelines import dates
from pipelines.binding import bind
from pipelines.bound import BoundRelated, Expression
from pipelines.catalogue import Catalogue
from pipelines.conditions import COUNT_ROWS, Related
from pipelines.contact_features import EVENT_TABLES
from pipelines.context import Context
from pipelines.errors import ConditionError, nearest
from pipelines.schema import Column, FieldType, Table
from workbench.compiling.clocks import local_time
from workbench.compiling.literals import cell, literal
from workbench.compiling.predicates import condition
from workbench.compiling.values import MEMBERS
from workbench.contact_rows.related import NOBODY

ENTRY, DAY = "entry", "day"
USUAL_AMOUNT, USUAL_DOCUMENT = "sales_amount", "document_no"
_NUMERIC = (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)
_PLACE = "purchase"


@dataclass(frozen=True)
class PurchaseRows:
    """Rows that purchases are made of, checked against a store.

    Attributes
    ----------
    table : Table
        Whose rows.
    where : Expression
        Which rows; none after the day.
    counted_by : Column or str
        The field each value of which is one purchase, or `ENTRY` or `DAY`.
    amount : Column or None
        What is added up.
    context : Context
        The day and the calendar.
    """

    table: Table
    where: Expression
    counted_by: Column | str
    amount: Column | None
    context: Context

    @property
    def time(self) -> Column:
        """When the rows happened."""
        return self.table.column(self.table.time)

    @property
    def is_by_day(self) -> bool:
        """Whether it is days that are known of purchases, not instants."""
        return self.counted_by == DAY or self.time.type is FieldType.DATE

    @property
    def is_whole(self) -> bool:
        """Whether amounts are decimals, which add up exactly as whole numbers, or there are none."""
        return self.amount is None or self.amount.type is FieldType.AMOUNT

    def begin_of(self, day: dt.date) -> exp.Expr:
        """Write where purchases of a day begin.

        Parameters
        ----------
        day : datetime.date
            On the calendar of the store.

        Returns
        -------
        sqlglot.exp.Expr
            What to compare `bought` of `purchases` with: the day, or an instant in UTC.
        """
        if self.is_by_day:
            return literal(day, FieldType.DATE)
        return literal(dates.instant(day, self.context.zone), FieldType.TIMESTAMP)

    def bought_on(self, bought: exp.Expr) -> exp.Expr:
        """Tell the day of a purchase on the calendar of the store.

        Parameters
        ----------
        bought : sqlglot.exp.Expr
            As in `purchases`.

        Returns
        -------
        sqlglot.exp.Expr
            A date.
        """
        return bought if self.is_by_day else _local_day(bought, self.context)


def bound_rows(
    condition: Mapping[str, Any],
    counted_by: str | None,
    amount: str | None,
    catalogue: Catalogue,
    context: Context,
) -> PurchaseRows:
    """Check what a purchase is against a store.

    Parameters
    ----------
    condition : mapping
        A condition on related rows, without a measure.
    counted_by : str or None
        `ENTRY`, `DAY` or a field of the rows; where None, `USUAL_DOCUMENT` of rows with amounts of sales, else `ENTRY`.
    amount : str or None
        A field of the rows; `USUAL_AMOUNT` where None and they have it.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and the calendar.

    Returns
    -------
    PurchaseRows
        What the statements are made of.

    Raises
    ------
    ConditionError
        When one of them does not fit the store.
    """
    asked = _related(condition)
    bound = cast("BoundRelated", bind(asked, catalogue, context, _PLACE))
    table = bound.table
    if not table.time or table.looks_ahead:
        raise ConditionError(
            f"Rows of {table.name} are no purchases: nobody knows what was there on an earlier day.",
            f"Take rows that happened: {', '.join(EVENT_TABLES)}.", _PLACE,
        )  # fmt: skip
    fields = catalogue.row_fields(asked.related)
    usual = USUAL_DOCUMENT if USUAL_AMOUNT in fields else ENTRY  # a receipt is one purchase, however many lines it has
    given = counted_by or usual
    by = given if given in (ENTRY, DAY) else _field("counted_by", given, fields, table)
    name = USUAL_AMOUNT if amount is None and USUAL_AMOUNT in fields else amount
    return PurchaseRows(table, bound.where, by, None if name is None else _amount(name, fields, table), context)


def _local_day(moment: exp.Expr, context: Context) -> exp.Expr:
    return exp.cast(local_time(moment, context.zone, context.as_of), "DATE")


def _related(given: Mapping[str, Any]) -> Related:
    try:
        read = Related.model_validate(dict(given))
    except ValidationError as error:
        said = error.errors(include_url=False)[0]
        place = ".".join(map(str, said["loc"]))
        raise ConditionError(
            f"{place}: {said['msg']}." if place else f"{said['msg']}.",
            "Say which rows purchases are made of, such as {related: sales_entry}.", _PLACE,
        ) from error  # fmt: skip
    if read.measure != COUNT_ROWS or (read.op, read.value) != ("at_least", 1):
        raise ConditionError(
            "What a purchase is says which rows, and measures nothing.", "Leave out measure, op and value.", _PLACE
        )
    return read


def _field(option: str, name: str, fields: Mapping[str, Column], table: Table) -> Column:
    if name not in fields:
        raise ConditionError(f'{table.name} has no field "{name}".', nearest(name, fields), f"option {option}")
    return fields[name]


def _amount(name: str, fields: Mapping[str, Column], table: Table) -> Column:
    found = _field("amount", name, fields, table)
    if found.type not in _NUMERIC:
        raise ConditionError(
            f"{name} cannot be added up, for it is {found.type.value}.", "Take a field with amounts or numbers.",
            "option amount",
        )  # fmt: skip
    return found


def purchases(rows: PurchaseRows, *, after: dt.date | None = None, of_some: bool = False) -> exp.Select:
    """Compile purchases to one row for each.

    Parameters
    ----------
    rows : PurchaseRows
        What they are made of.
    after : datetime.date, optional
        Leave out those of this day and earlier ones.
    of_some : bool, optional
        Only those of the contacts on offer; see `workbench.compiling.values.offered`.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id`, `bought` (a date where it is days that are known, else an instant) and `amount`.
    """
    made = _made(rows, of_some)
    if after is None:
        return made
    begin = rows.begin_of(dates.shift(after, 1, "day"))
    return exp.select(exp.Star()).from_(made.subquery("made")).where(cell("bought") >= begin)


def _made(rows: PurchaseRows, of_some: bool) -> exp.Select:
    """Put the rows of a purchase together."""
    name = rows.table.name
    contact, moment = cell("contact_id", name), cell(rows.time.name, name)
    amount = exp.null() if rows.amount is None else cell(rows.amount.name, name)
    query = _some(rows, of_some).select(contact)
    if rows.counted_by == ENTRY:
        return query.select(exp.alias_(moment, "bought"), exp.alias_(amount, "amount"))
    query = query.select(exp.alias_(total(amount, rows), "amount")).group_by(contact)
    if isinstance(rows.counted_by, Column):
        by = cell(rows.counted_by.name, name)
        itself = exp.Case(ifs=[exp.If(this=by.is_(exp.null()), true=cell("entry_no", name))])
        return query.select(exp.alias_(exp.func("MIN", moment), "bought")).group_by(by, itself)
    day = moment if rows.time.type is FieldType.DATE else _local_day(moment, rows.context)
    return query.select(exp.alias_(day, "bought")).group_by(day)


def _some(rows: PurchaseRows, of_some: bool) -> exp.Select:
    """Choose the rows: those of contacts that exist, of which it is known when they happened."""
    name = rows.table.name
    contact = cell("contact_id", name)
    query = exp.select().from_(exp.to_table(name, quoted=True)).where(condition(rows.where, name))
    if rows.time.nullable:
        query = query.where(cell(rows.time.name, name).is_(exp.null()).not_())
    if of_some:
        return query.where(contact.isin(query=exp.select(cell("contact_id")).from_(MEMBERS)))
    return query.where(contact.neq(NOBODY))


def of_contacts(made: exp.Select, rows: PurchaseRows) -> exp.Select:
    """Compile purchases to one row for each contact.

    Parameters
    ----------
    made : sqlglot.exp.Select
        As from `purchases`.
    rows : PurchaseRows
        What they are made of.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id`, ascending, `first_on`, `last_on`, `purchase_count`, `amount`, `first_amount`; amounts are doubles.
    """
    bought, amount = cell("bought"), cell("amount")
    known = exp.func("COALESCE", amount, exp.Literal.number(0))
    earliest = exp.Anonymous(this="row", expressions=[bought, known])
    first = exp.Anonymous(this="arg_min", expressions=[known, earliest])
    return (
        exp.select(cell("contact_id"))
        .select(exp.alias_(rows.bought_on(exp.func("MIN", bought)), "first_on"))
        .select(exp.alias_(rows.bought_on(exp.func("MAX", bought)), "last_on"))
        .select(exp.alias_(exp.Count(this=exp.Star()), "purchase_count"))
        .select(exp.alias_(_known(total(amount, rows), rows), "amount"))
        .select(exp.alias_(_known(first, rows), "first_amount"))
        .from_(made.subquery("purchase"))
        .group_by(cell("contact_id"))
        .order_by(cell("contact_id"))
    )


def each(made: exp.Select, rows: PurchaseRows) -> exp.Select:
    """Compile purchases to whole numbers, to be counted and added up outside SQL.

    Parameters
    ----------
    made : sqlglot.exp.Select
        As from `purchases`.
    rows : PurchaseRows
        What they are made of; see `PurchaseRows.is_whole`.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id`, days since 1970-01-01 and the amount of each, in no order.
    """
    epoch = literal(dt.date(1970, 1, 1), FieldType.DATE)
    days = exp.cast(exp.Sub(this=rows.bought_on(cell("bought")), expression=epoch), "INTEGER")
    amount = (
        exp.Literal.number(0) if rows.amount is None else exp.func("COALESCE", cell("amount"), exp.Literal.number(0))
    )
    return exp.select(cell("contact_id"), exp.alias_(days, "day"), exp.alias_(amount, "amount")).from_(
        made.subquery("purchase")
    )


def of_days(made: exp.Select, rows: PurchaseRows) -> exp.Select:
    """Compile purchases to one row for each day.

    Parameters
    ----------
    made : sqlglot.exp.Select
        As from `purchases`.
    rows : PurchaseRows
        What they are made of.

    Returns
    -------
    sqlglot.exp.Select
        `bought_on`, ascending, `first_count` and `repeat_count`.
    """
    day = exp.alias_(rows.bought_on(cell("bought")), "bought_on")
    is_first = "row_number() OVER (PARTITION BY contact_id ORDER BY bought) = 1 AS is_first"
    numbered = exp.select(day, is_first).from_(made.subquery("purchase")).subquery("numbered")
    counts = ("count_if(is_first) AS first_count", "count_if(NOT is_first) AS repeat_count")
    return exp.select(cell("bought_on"), *counts).from_(numbered).group_by("bought_on").order_by("bought_on")


def total(amount: exp.Expr, rows: PurchaseRows) -> exp.Expr:
    """Add up amounts: decimals exactly, numbers with compensation, which loses least to the order of rows.

    Parameters
    ----------
    amount : sqlglot.exp.Expr
        Of a row, or of a purchase.
    rows : PurchaseRows
        Of which field it is.

    Returns
    -------
    sqlglot.exp.Expr
        An aggregate; NULL where no amount is known.
    """
    is_number = rows.amount is not None and rows.amount.type is FieldType.NUMBER
    return exp.Anonymous(this="fsum", expressions=[amount]) if is_number else exp.func("SUM", amount)


def _known(amount: exp.Expr, rows: PurchaseRows) -> exp.Expr:
    """Count an empty amount as nothing, unless there are no amounts at all."""
    if rows.amount is None:
        return exp.cast(exp.null(), "DOUBLE")
    return exp.cast(exp.func("COALESCE", amount, exp.Literal.number(0)), "DOUBLE")
