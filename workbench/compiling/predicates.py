"""From tests on one row, or on one value, to SQL conditions, through SQLGlot.

Identifiers come from the schema only. Values are SQLGlot literals, never formatted text.
"""

from __future__ import annotations

import calendar

from sqlglot import exp

from pipelines.bound import (
    ELEMENT,
    And,
    Between,
    Complement,
    Expression,
    HasAnniversary,
    HasPart,
    Holds,
    HoldsSuch,
    IsKnown,
    OneOf,
    Or,
    Test,
)
from pipelines.schema import Column, FieldType
from workbench.compiling.clocks import local_time
from workbench.compiling.literals import cell, literal


def condition(test: Expression, alias: str = "") -> exp.Expr:
    """Compile a test on the columns of one row to a condition that is never NULL-sensitive outside its leaves.

    Parameters
    ----------
    test : Expression
        The test.
    alias : str, optional
        The table alias its columns belong to.

    Returns
    -------
    sqlglot.exp.Expr
        NULL or false where the test is false.
    """
    return _Predicates(alias).of(test)


def condition_on(value: exp.Expr, test: Expression) -> exp.Expr:
    """Compile a test of one value that is not a column.

    Parameters
    ----------
    value : sqlglot.exp.Expr
        What is tested, such as an aggregate.
    test : Expression
        The test; the column it names says of which type the value is.

    Returns
    -------
    sqlglot.exp.Expr
        NULL or false where the test is false.
    """
    return _Predicates("", value=value).of(test)


class _Predicates:
    """Tests on columns of one alias, or on one value."""

    def __init__(self, alias: str, value: exp.Expr | None = None) -> None:
        self.alias, self.value = alias, value

    def of(self, test: Expression) -> exp.Expr:
        if isinstance(test, And):
            return exp.and_(*map(self.of, test.tests)) if test.tests else exp.true()
        if isinstance(test, Or):
            return exp.or_(*map(self.of, test.tests)) if test.tests else exp.false()
        if isinstance(test, Complement):
            return exp.not_(exp.func("COALESCE", self.of(test.test), exp.false()))
        return self.primitive(test)

    def primitive(self, test: Test) -> exp.Expr:
        column = self.value.copy() if self.value is not None else cell(test.column.name, self.alias)
        primitive = test.primitive
        if isinstance(primitive, IsKnown):
            return _is_known(column, test.column)
        if isinstance(primitive, OneOf):
            return _is_one_of(column, test.column, primitive)
        if isinstance(primitive, Between):
            return _is_between(column, test.column, primitive)
        if isinstance(primitive, HasPart):
            return _has_part(column, primitive)
        if isinstance(primitive, HasAnniversary):
            return _has_anniversary(column, test.column, primitive)
        if isinstance(primitive, HoldsSuch):
            return _holds_such(column, primitive)
        return _holds(column, test.column, primitive)


def _is_known(column: exp.Expr, of: Column) -> exp.Expr:
    if of.type is FieldType.MANY:
        return exp.GT(this=exp.Anonymous(this="len", expressions=[column]), expression=exp.Literal.number(0))
    return exp.not_(column.is_(exp.null()))


def _is_one_of(column: exp.Expr, of: Column, primitive: OneOf) -> exp.Expr:
    if not primitive.values:
        return exp.false()
    values = [literal(value, of.type) for value in primitive.values]
    if primitive.ignore_case:
        column, values = exp.Lower(this=column), [exp.Lower(this=value) for value in values]
    return column.eq(values[0]) if len(values) == 1 else column.isin(*values)


def _is_between(column: exp.Expr, of: Column, primitive: Between) -> exp.Expr:
    bounds: list[exp.Expr] = []
    if primitive.low is not None:
        above = exp.GT if primitive.low_open else exp.GTE
        bounds.append(above(this=column.copy(), expression=literal(primitive.low, of.type)))
    if primitive.high is not None:
        below = exp.LT if primitive.high_open else exp.LTE
        bounds.append(below(this=column.copy(), expression=literal(primitive.high, of.type)))
    return exp.and_(*bounds)


def _has_part(column: exp.Expr, primitive: HasPart) -> exp.Expr:
    text: exp.Expr = exp.Literal.string(primitive.text)
    if primitive.kind == "matches":
        options = [exp.Literal.string("i")] if primitive.ignore_case else []
        return exp.Anonymous(this="regexp_matches", expressions=[column, text, *options])
    if primitive.ignore_case:
        column, text = exp.Lower(this=column), exp.Lower(this=text)
    name = {"contains": "contains", "starts_with": "starts_with", "ends_with": "suffix"}[primitive.kind]
    return exp.Anonymous(this=name, expressions=[column, text])


def _has_anniversary(column: exp.Expr, of: Column, primitive: HasAnniversary) -> exp.Expr:
    """Ask in each calendar year for earlier days whose month and day fall among its days."""
    if of.type is FieldType.TIMESTAMP:
        column = exp.cast(local_time(column, primitive.zone, primitive.last), "DATE")
    month_and_day = exp.Add(
        this=exp.Mul(this=exp.func("MONTH", column), expression=exp.Literal.number(100)),
        expression=exp.Anonymous(this="day", expressions=[column]),
    )
    found = []
    for year in range(primitive.first.year, primitive.last.year + 1):
        low, high = _days_in(year, primitive)
        is_earlier = exp.LT(this=exp.func("YEAR", column), expression=exp.Literal.number(year))
        found.append(exp.and_(is_earlier, month_and_day.between(low, high)))
    return exp.or_(*found)


def _days_in(year: int, primitive: HasAnniversary) -> tuple[int, int]:
    """Give the first and last of the days that lie in a year, as month * 100 + day; where it has no 29 February, the
    28th takes it along.
    """
    low = primitive.first.month * 100 + primitive.first.day if year == primitive.first.year else 101
    high = primitive.last.month * 100 + primitive.last.day if year == primitive.last.year else 1231
    return low, 229 if high == 228 and not calendar.isleap(year) else high


def _holds(column: exp.Expr, of: Column, primitive: Holds) -> exp.Expr:
    values = exp.Array(expressions=[exp.Literal.string(value) for value in primitive.values])
    if not primitive.values:
        return exp.false() if primitive.kind == "any_of" else _is_known(column, of)
    name = "list_has_any" if primitive.kind == "any_of" else "list_has_all"
    return exp.Anonymous(this=name, expressions=[column, values])


def _holds_such(column: exp.Expr, primitive: HoldsSuch) -> exp.Expr:
    fits = exp.Lambda(this=condition(primitive.test), expressions=[exp.to_identifier(ELEMENT.name, quoted=True)])
    found = exp.Anonymous(this="list_filter", expressions=[column, fits])
    return exp.GT(this=exp.Anonymous(this="len", expressions=[found]), expression=exp.Literal.number(0))
