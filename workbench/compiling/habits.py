"""From bound habits to SQL: the rows of each contact counted by period, then the periods."""

from __future__ import annotations

from sqlglot import exp

from pipelines.bound import BoundHabit
from workbench.compiling.clocks import by_range
from workbench.compiling.literals import cell, literal
from workbench.compiling.predicates import condition


def kept(bound: BoundHabit) -> exp.Select:
    """Compile a habit.

    Parameters
    ----------
    bound : BoundHabit
        The habit.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id` of whoever has it, each once.

    Notes
    -----
    Every habit asks some period to be busy, so nobody without rows has one.
    """
    is_full = exp.GTE(this=cell("row_count"), expression=exp.Literal.number(bound.at_least))
    having: exp.Expr = exp.GTE(this=_periods(bound.busy, is_full), expression=exp.Literal.number(bound.of_busy))
    if bound.quiet:
        having = exp.and_(having, _periods(bound.quiet, exp.true()).eq(exp.Literal.number(0)))
    counted = _counted(bound).subquery("counted")
    return exp.select(cell("contact_id")).from_(counted).group_by(cell("contact_id")).having(having)


def _counted(bound: BoundHabit) -> exp.Select:
    """Count the rows of each contact and period; rows of periods that do not matter are passed over."""
    name, time = bound.table.name, bound.table.column(bound.table.time)
    happened = cell(time.name, name)
    cuts = [literal(cut, time.type) for cut in bound.cuts]
    first, last = min(bound.busy + bound.quiet), len(cuts) - 1
    numbers = [exp.Literal.number(number) for number in range(first, len(cuts))]
    period = exp.alias_(by_range(happened, cuts[first:last], numbers), "period")
    bounds: list[exp.Expr] = [exp.LT(this=happened.copy(), expression=cuts[last])]
    if first:
        bounds.append(exp.GTE(this=happened.copy(), expression=cuts[first - 1]))
    row_count = exp.alias_(exp.Count(this=exp.Star()), "row_count")
    return (
        exp.select(cell("contact_id", name), period, row_count)
        .from_(exp.to_table(name, quoted=True))
        .where(condition(bound.where, name), *bounds)
        .group_by(exp.Literal.number(1), exp.Literal.number(2))
    )


def _periods(numbers: tuple[int, ...], test: exp.Expr) -> exp.Expr:
    """Count some of the periods in which a test holds."""
    is_one = cell("period").isin(*map(exp.Literal.number, numbers))
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=exp.and_(is_one, test)))
