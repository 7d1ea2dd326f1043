"""Who stays when a definition has a limit: one of each, then a sample, then the first in an order.

Each stage is one statement over the members that the stage before it left on offer.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from sqlglot import exp

from pipelines.binding import bind_order
from pipelines.definition import Limit, OrderBy, Sample
from workbench.compiling.values import Scope, values_of

_WHITE_SPACE = "".join(sign for sign in map(chr, range(1, 0x3001)) if sign.isspace())
_ADDRESS = ("address", "address_2", "post_code", "city", "country_code")
_KEYS = MappingProxyType({
    "company": ("company_no", "contact_no"),
    "household": _ADDRESS,
    "email": ("email",),
    "phone": ("mobile_phone_no", "phone_no"),
})  # fmt: skip
_KEY, _SURVIVOR, _PLACE = "key of it", "id of the survivor", "place in the order"  # no field has a blank in its name


def stages(limit: Limit, scope: Scope) -> dict[str, exp.Select]:
    """Compile a limit, stage by stage.

    Parameters
    ----------
    limit : Limit
        What only one stays of, the sample, the order and how many stay in all or in each group.
    scope : Scope
        Fields and day.

    Returns
    -------
    dict of str to sqlglot.exp.Select
        Under ``"one_per"``, ``"sample"`` and ``"top"``, as far as the limit has them and in this order: the
        `contact_id` of those who stay of the members on offer.

    Raises
    ------
    ConditionError
        When there is no order or group by one of the fields.

    Notes
    -----
    Ties are decided by contact number; unknown values come last whichever way the order goes, and are one group.
    E-mail addresses are compared trimmed and in lower case, telephones by their digits without a leading 00,
    households by the letters and digits of their postal address. A contact without a key is nobody's duplicate.
    """
    for name in [*(item.name for item in (*limit.by, *limit.survivor)), *([limit.per] if limit.per else [])]:
        bind_order(name, scope.catalogue, scope.context)
    found = {}
    if limit.one_per in _KEYS:
        is_survivor = exp.column(_SURVIVOR, quoted=True).eq(_column("contact_id"))
        found["one_per"] = _ids().from_(paired(limit, scope).subquery("paired")).where(is_survivor)
    if limit.sample is not None:
        found["sample"] = _drawn(limit.sample, scope)
    if limit.top is not None:
        found["top"] = _first_of_each_group(limit, scope) if limit.per else _first(limit, scope)
    return found


def paired(limit: Limit, scope: Scope) -> exp.Select:
    """Compile which of the members on offer stays for each of them.

    Parameters
    ----------
    limit : Limit
        With `one_per`, and the order that decides.
    scope : Scope
        Fields and day.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id`, the id of the survivor, and the key that they share; a contact without a key survives itself.
    """
    order = limit.survivor or limit.by
    values = _values([*(item.name for item in order), *_KEYS[str(limit.one_per)]], scope)
    keyed = exp.select(exp.Star(), exp.alias_(_key(str(limit.one_per)), _KEY, quoted=True)).from_(values)
    first = exp.Window(
        this=exp.Anonymous(this="first_value", expressions=[_column("contact_id")]),
        partition_by=[_column(_KEY)], order=exp.Order(expressions=_order(order)), over="OVER",
    )  # fmt: skip
    survivor = exp.Case().when(_column(_KEY).is_(exp.null()), _column("contact_id")).else_(first)
    return exp.select(_column("contact_id"), exp.alias_(survivor, _SURVIVOR, quoted=True), _column(_KEY)).from_(
        keyed.subquery("keyed")
    )


def keys_of(one_per: str, scope: Scope) -> exp.Select:
    """Compile by which key each of the members on offer is known.

    Parameters
    ----------
    one_per : {"company", "household", "email", "phone"}
        The key.
    scope : Scope
        Fields and day.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id` and `key`, which is NULL for a contact without one.
    """
    return exp.select(_column("contact_id"), exp.alias_(_key(one_per), "key")).from_(_values([*_KEYS[one_per]], scope))


def duplicates(limit: Limit, scope: Scope) -> exp.Select:
    """Compile who of the members on offer loses to whom.

    Parameters
    ----------
    limit : Limit
        As for `paired`.
    scope : Scope
        Fields and day.

    Returns
    -------
    sqlglot.exp.Select
        `contact_no`, `key` and `survivor_no` of those who do not stay, ordered by number.
    """
    pairs = paired(limit, scope).subquery("paired")
    survivor = exp.column(_SURVIVOR, table="paired", quoted=True)
    query = exp.select(
        exp.column("contact_no", table="loser"), exp.alias_(_column(_KEY), "key"),
        exp.alias_(exp.column("contact_no", table="winner"), "survivor_no"),
    ).from_(pairs)  # fmt: skip
    for role, contact_id in {"loser": exp.column("contact_id", table="paired"), "winner": survivor}.items():
        contact = exp.alias_(exp.to_table("contact"), role)
        query = query.join(contact, on=exp.column("contact_id", table=role).eq(contact_id.copy()))
    return query.where(survivor.neq(exp.column("contact_id", table="paired"))).order_by(
        exp.column("contact_no", table="loser")
    )


def _first(limit: Limit, scope: Scope) -> exp.Select:
    values = _values([item.name for item in limit.by], scope)
    return _ids().from_(values).order_by(*_order(limit.by)).limit(limit.top or 0)


def _first_of_each_group(limit: Limit, scope: Scope) -> exp.Select:
    group = str(limit.per)
    values = _values([*(item.name for item in limit.by), group], scope)
    place = exp.Window(
        this=exp.RowNumber(), partition_by=[_column(group)], order=exp.Order(expressions=_order(limit.by)), over="OVER"
    )
    ranked = exp.select(_column("contact_id"), exp.alias_(place, _PLACE, quoted=True)).from_(values)
    return (
        _ids().from_(ranked.subquery("ranked")).where(exp.LTE(this=_column(_PLACE), expression=_number(limit.top or 0)))
    )


def _drawn(sample: Sample, scope: Scope) -> exp.Select:
    """Draw by hash: hexadecimal digits of one length have the order of the numbers they write."""
    text = exp.DPipe(this=exp.Literal.string(f"{sample.seed}:"), expression=_column("contact_no"))
    drawn = exp.Anonymous(this="sha256", expressions=[text])
    query = _ids().from_(_values([], scope))
    if sample.n is not None:
        return query.order_by(drawn, _column("contact_no")).limit(sample.n)
    if sample.share == 1:
        return query
    return query.where(exp.LT(this=drawn, expression=exp.Literal.string(threshold(sample.share or 0))))


def threshold(share: float) -> str:
    """Write a share of all SHA-256 hashes as the hexadecimal digits that a hash has to be below.

    Parameters
    ----------
    share : float
        Above 0 and below 1.

    Returns
    -------
    str
        64 digits.

    Examples
    --------
    >>> threshold(0.5)[:4]
    '8000'
    """
    return f"{int(Fraction(share) * 2**256):064x}"


def _key(one_per: str) -> exp.Expr:
    keys = _KEYS[one_per]
    if one_per == "household":
        address = _replaced(exp.Lower(this=_column("address")), r"[^\p{L}\p{N}]")
        lines = [exp.func("COALESCE", _column(name), _text("")) for name in keys]
        whole = exp.Anonymous(this="concat_ws", expressions=[_text("|"), *lines])
        return exp.Case().when(
            exp.NEQ(this=address, expression=_text("")), _replaced(exp.Lower(this=whole), r"[^\p{L}\p{N}|]")
        )
    if one_per == "email":
        return _unless_blank(exp.Lower(this=exp.Trim(this=_column("email"), expression=_text(_WHITE_SPACE))))
    if one_per == "phone":
        digits = (_replaced(_column(name), "[^0-9]") for name in keys)
        return exp.func("COALESCE", *(_unless_blank(_replaced(found, "^00")) for found in digits))
    return exp.func("COALESCE", *map(_column, keys))


def _replaced(text: exp.Expr, pattern: str) -> exp.Expr:
    return exp.Anonymous(this="regexp_replace", expressions=[text, *map(_text, (pattern, "", "g"))])


def _unless_blank(text: exp.Expr) -> exp.Expr:
    return exp.Nullif(this=text, expression=_text(""))


def _order(by: tuple[OrderBy, ...]) -> list[exp.Expr]:
    given = [exp.Ordered(this=_column(item.name), desc=item.order == "descending", nulls_first=False) for item in by]
    return [*given, exp.Ordered(this=_column("contact_no"), desc=False, nulls_first=False)]


def _values(fields: list[str], scope: Scope) -> exp.Subquery:
    return values_of([*fields, "contact_no"], scope).subquery("valued")


def _ids() -> exp.Select:
    return exp.select(_column("contact_id"))


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _text(text: str) -> exp.Expr:
    return exp.Literal.string(text)


def _number(number: int) -> exp.Expr:
    return exp.Literal.number(number)
