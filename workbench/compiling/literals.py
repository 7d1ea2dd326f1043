"""Names and values in SQL, through SQLGlot: identifiers come from the schema, values are never formatted text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlglot import exp

from pipelines.schema import FieldType


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
