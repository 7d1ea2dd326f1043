"""From tests on one row, or on one value, to SQL conditions, through SQLGlot.

Identifiers come from the schema only. Values are SQLGlot literals, never formatted text.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlglot import exp

from pipelines.bound import And, Between, Complement, Expression, HasPart, Holds, IsKnown, OneOf, Or, Test
from pipelines.schema import Column, FieldType


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


def cell(name: str, alias: str = "") -> exp.Column:
    """Name a column.

    Parameters
    ----------
    name : str
        From the schema.
    alias : str, optional
        The table or alias it belongs to.

    Returns
    -------
    sqlglot.exp.Column
        Quoted.
    """
    return exp.column(name, table=alias or None, quoted=True)


def literal(value: Any, type_: FieldType) -> exp.Expr:
    """Write a value as a literal of the type that columns of its type have.

    Parameters
    ----------
    value : object
        A text, number, Decimal, boolean, day or naive instant in UTC.
    type_ : FieldType
        Of what it is compared with.

    Returns
    -------
    sqlglot.exp.Expr
        Equal to exactly that value.
    """
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, Decimal):
        decimals = max(4, -int(value.as_tuple().exponent))
        return exp.cast(
            exp.Literal.string(f"{value:f}"),
            f"DECIMAL({18 if decimals == 4 and abs(value) < 10**13 else 38}, {decimals})",
        )
    if isinstance(value, float):
        is_whole = type_ is FieldType.INTEGER and value.is_integer() and abs(value) < 2**53
        return exp.Literal.number(int(value)) if is_whole else exp.cast(exp.Literal.string(repr(value)), "DOUBLE")
    if isinstance(value, dt.datetime):
        return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), "TIMESTAMP")
    if isinstance(value, dt.date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(value)


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


def _holds(column: exp.Expr, of: Column, primitive: Holds) -> exp.Expr:
    values = exp.Array(expressions=[exp.Literal.string(value) for value in primitive.values])
    if not primitive.values:
        return exp.false() if primitive.kind == "any_of" else _is_known(column, of)
    name = "list_has_any" if primitive.kind == "any_of" else "list_has_all"
    return exp.Anonymous(this=name, expressions=[column, values])
