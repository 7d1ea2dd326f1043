"""A contact's place in the order by which a limit takes the first."""

from __future__ import annotations

from sqlglot import exp

from pipelines.definition import Limit, OrderBy
from workbench.compiling.literals import cell
from workbench.compiling.values import Scope, values_of

_CONTACT, _OTHER = "the contact", "another"


def place(limit: Limit, contact_id: int, scope: Scope) -> exp.Select:
    """Compile the place of one contact among the members on offer.

    Parameters
    ----------
    limit : Limit
        Its order, and its groups where there are any.
    contact_id : int
        The contact, one of those on offer.
    scope : Scope
        Fields and day.

    Returns
    -------
    sqlglot.exp.Select
        One row: `place`, from 1, and `size`, how many are on offer; both in the contact's group where there are
        groups.

    Notes
    -----
    Counts who comes before, in one pass; nobody else is put in order.
    """
    names = [*(item.name for item in limit.by), *([limit.per] if limit.per else []), "contact_no"]
    valued = values_of(names, scope)
    before = _before([*limit.by, OrderBy(field="contact_no")])
    query = (
        exp.select(
            exp.alias_(exp.Add(this=_counted(before), expression=exp.Literal.number(1)), "place"),
            exp.alias_(exp.Count(this=exp.Star()), "size"),
        )
        .with_("valued", as_=valued)
        .from_(exp.alias_(exp.to_table("valued"), _OTHER, quoted=True))
        .join(exp.alias_(exp.to_table("valued"), _CONTACT, quoted=True), join_type="cross")
        .where(cell("contact_id", _CONTACT).eq(exp.Literal.number(contact_id)))
    )
    return query.where(_is_same(limit.per)) if limit.per else query


def _counted(condition: exp.Expr) -> exp.Expr:
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=condition))


def _before(order: list[OrderBy]) -> exp.Expr:
    """Tell whether another contact comes before: by the first key in which the two differ."""
    ways = [
        exp.and_(*(_is_same(tied.name) for tied in order[:number]), _is_better(item))
        for number, item in enumerate(order)
    ]
    return exp.or_(*ways)


def _is_same(name: str) -> exp.Expr:
    return exp.NullSafeEQ(this=cell(name, _OTHER), expression=cell(name, _CONTACT))


def _is_better(item: OrderBy) -> exp.Expr:
    """Unknown values come last whichever way the order goes."""
    other, own = cell(item.name, _OTHER), cell(item.name, _CONTACT)
    compare = exp.GT if item.order == "descending" else exp.LT
    known, unknown = exp.not_(other.is_(exp.null())), own.is_(exp.null())
    return exp.and_(
        known, exp.or_(unknown, exp.func("COALESCE", compare(this=other.copy(), expression=own.copy()), exp.false()))
    )
