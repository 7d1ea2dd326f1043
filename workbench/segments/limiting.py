"""Who stays when a definition has a limit."""

from __future__ import annotations

from sqlglot import exp

from pipelines.binding import bind_order
from pipelines.definition import Limit
from workbench.compiling.values import Scope, values_of

_WHITE_SPACE = "".join(sign for sign in map(chr, range(1, 0x3001)) if sign.isspace())
_KEYS = {
    "company": ("company_no", "contact_no"),
    "email": ("email",),
    "phone": ("mobile_phone_no", "phone_no"),
}


def survivors(limit: Limit, scope: Scope) -> exp.Select:
    """Compile a limit over the members on offer.

    Parameters
    ----------
    limit : Limit
        The order, the key of which one stays, and how many stay in all.
    scope : Scope
        Fields and day.

    Returns
    -------
    sqlglot.exp.Select
        The `contact_id` of those who stay.

    Raises
    ------
    ConditionError
        When there is no order by one of the fields.

    Notes
    -----
    Ties are decided by contact number; unknown values come last whichever way the order goes. E-mail addresses are
    compared trimmed and in lower case, telephones by their digits. A contact without a key is nobody's duplicate.
    """
    for item in limit.by:
        bind_order(item.field, scope.catalogue, scope.context)
    keys = _KEYS.get(limit.one_per or "", ())
    fields = [*(item.field for item in limit.by), "contact_no", *keys]
    values = values_of(fields, scope).subquery("valued")
    kept = exp.select(_column("contact_id")).from_(values)
    if keys:
        kept = _one_of_each(values, keys, limit)
    return kept.order_by(*_order(limit)).limit(limit.top) if limit.top is not None else kept


def _one_of_each(values: exp.Subquery, keys: tuple[str, ...], limit: Limit) -> exp.Select:
    key = _normalised(keys, str(limit.one_per))
    place = exp.Window(
        this=exp.RowNumber(), partition_by=[key], order=exp.Order(expressions=_order(limit)), over="OVER"
    )
    ranked = exp.select(exp.Star(), exp.alias_(place, "place"), exp.alias_(key.copy(), "dedupe_key")).from_(values)
    first = exp.or_(_column("place").eq(1), _column("dedupe_key").is_(exp.null()))
    return exp.select(_column("contact_id")).from_(ranked.subquery("ranked")).where(first)


def _normalised(keys: tuple[str, ...], one_per: str) -> exp.Expr:
    key = exp.func("COALESCE", *map(_column, keys)) if len(keys) > 1 else _column(keys[0])
    if one_per == "email":
        key = exp.Lower(this=exp.Trim(this=key, expression=exp.Literal.string(_WHITE_SPACE)))
    if one_per == "phone":
        pattern, nothing, everywhere = (exp.Literal.string(text) for text in (r"[^0-9]", "", "g"))
        key = exp.Anonymous(this="regexp_replace", expressions=[key, pattern, nothing, everywhere])
    return exp.Nullif(this=key, expression=exp.Literal.string(""))


def _order(limit: Limit) -> list[exp.Expr]:
    given = [
        exp.Ordered(this=_column(item.field), desc=item.order == "descending", nulls_first=False) for item in limit.by
    ]
    return [*given, exp.Ordered(this=_column("contact_no"), desc=False, nulls_first=False)]


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)
