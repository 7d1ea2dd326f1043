"""Values for fields of questionnaires, read from what people write."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from pipelines import date_formula
from pipelines.classification import MOST_DECIMALS
from pipelines.columns import Column, FieldType, Table
from workbench.errors import ConfigError, nearest

_TRUE, _FALSE = ("true", "yes", "1"), ("", "false", "no", "0")
_SOME_DAY = dt.date(2000, 1, 1)


def read(table: Table, names: tuple[str, ...], given: Mapping[str, object]) -> dict[str, Any]:
    """Read values for fields.

    Parameters
    ----------
    table : Table
        Whose columns the fields are.
    names : tuple of str
        The fields that may be given.
    given : mapping of str to object
        By field; text is read, None and blank text are nothing.

    Returns
    -------
    dict of str to object
        Texts, floats, truth values or None.

    Raises
    ------
    ConfigError
        When there is no such field, or the value does not suit it.
    ConditionError
        When a date formula is none.
    """
    for name in given:
        if name not in names:
            raise ConfigError(f'A {table.name.replace("_", " ")} has no field "{name}".', nearest(name, names))
    return {name: _value(table.by_name[name], value) for name, value in given.items()}


def _value(column: Column, value: object) -> Any:
    text = "" if value is None else str(value).strip()
    if column.type is FieldType.BOOLEAN:
        return _flag(column, text)
    if not text:
        return None
    if column.type is FieldType.NUMBER:
        return _number(column, text)
    if column.choices and text not in column.choices:
        raise ConfigError(f'"{text}" is no value of {column.name}.', nearest(text, column.choices))
    if column.name.endswith("_date_formula"):
        date_formula.evaluate(text, _SOME_DAY)
    return text


def _flag(column: Column, text: str) -> bool:
    if text.casefold() not in (*_TRUE, *_FALSE):
        raise ConfigError(f'"{text}" is no value of {column.name}.', "Write yes or no.")
    return text.casefold() in _TRUE


def _number(column: Column, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ConfigError(f'"{text}" is no value of {column.name}.', "Write a number, with a point before decimals.")
    if column.name == "decimal_count" and not (number.is_integer() and abs(number) <= MOST_DECIMALS):
        raise ConfigError(f'"{text}" is no value of {column.name}.', "Write a whole number from -25 to 25.")
    if column.name == "min_answered_rate" and not 0 <= number <= 1:
        raise ConfigError(f'"{text}" is no value of {column.name}.', "Write a share from 0 to 1, such as 0.5.")
    return number
