"""From bound sequences to SQL: from each row to the earliest one that follows it, event by event."""

from __future__ import annotations

from sqlglot import exp

from pipelines.bound import BoundEvent, BoundSequence
from pipelines.schema import FieldType
from workbench.compiling.clocks import day_begins, last_shown, shown_after
from workbench.compiling.literals import cell
from workbench.compiling.predicates import condition


def followed(bound: BoundSequence) -> exp.Select:
    """Compile a sequence.

    Parameters
    ----------
    bound : BoundSequence
        The sequence.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id` of whoever has it, each once.

    Notes
    -----
    The sequence that ends first is found by always taking the earliest row that follows: with `within` from each
    first row on, without it from the earliest one only. An ASOF join finds the earliest following row of every row in
    one pass over both tables.
    """
    first, *later = bound.events
    reached = _starting(first, bound)
    for event in later:
        reached = _following(reached, event, bound)
    if bound.within is None:
        return exp.select(cell("contact_id")).from_(reached.subquery("reached"))
    shown = exp.alias_(shown_after(cell("began_at"), bound.within, bound.zone, bound.as_of), "shown")
    ended = exp.select(cell("contact_id"), cell("happened_at"), shown).from_(reached.subquery("reached"))
    in_time = exp.LTE(this=cell("happened_at"), expression=last_shown(cell("shown"), bound.zone, bound.as_of))
    return exp.select(cell("contact_id")).distinct().from_(ended.subquery("ended")).where(in_time)


def _starting(event: BoundEvent, bound: BoundSequence) -> exp.Select:
    """Give the rows a sequence may begin with, and when it began."""
    rows = _rows(event, bound).subquery("rows")
    if bound.within is not None:
        return exp.select(cell("contact_id"), cell("happened_at"), exp.alias_(cell("happened_at"), "began_at")).from_(
            rows
        )
    earliest = exp.alias_(exp.func("MIN", cell("happened_at")), "happened_at")
    return exp.select(cell("contact_id"), earliest).from_(rows).group_by(cell("contact_id"))


def _following(reached: exp.Select, event: BoundEvent, bound: BoundSequence) -> exp.Select:
    """Go on to the earliest later row of the next event; who has none is left behind."""
    earlier, later = "earlier", "later"
    on = exp.and_(
        cell("contact_id", earlier).eq(cell("contact_id", later)),
        exp.GT(this=cell("happened_at", later), expression=cell("happened_at", earlier)),
    )
    kept = [cell("contact_id", earlier), cell("happened_at", later)]
    if bound.within is not None:
        kept.append(cell("began_at", earlier))
    rows = _rows(event, bound).subquery(later)
    return exp.select(*kept).from_(reached.subquery(earlier)).join(exp.Join(this=rows, method="ASOF", on=on))


def _rows(event: BoundEvent, bound: BoundSequence) -> exp.Select:
    """Give the rows that can be an event, and the instant each happened at."""
    name, time = event.table.name, event.table.column(event.table.time)
    happened: exp.Expr = cell(time.name, name)
    if time.type is FieldType.DATE:
        happened = day_begins(happened, bound.zone, bound.as_of)
    query = exp.select(cell("contact_id", name), exp.alias_(happened, "happened_at"))
    return query.from_(exp.to_table(name, quoted=True)).where(condition(event.where, name))
