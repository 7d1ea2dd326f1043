"""Values that somebody gave the fields of a row, brought to the types of their columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from pipelines.errors import shown
from pipelines.schema import Column, FieldType, Table, folded
from workbench.errors import ConfigError, nearest

_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")
_LARGEST_AMOUNT = Decimal(10) ** 14


def typed(table: Table, values: Mapping[str, object], time_zone: str) -> dict[str, object]:
    """Read values for the fields of a row.

    Parameters
    ----------
    table : Table
        With its custom fields.
    values : mapping of str to object
        By field, however its name is spelled; text is read, lists may be written with commas.
    time_zone : str
        Of instants without one.

    Returns
    -------
    dict of str to object
        As the store keeps them; None for what is blank.

    Raises
    ------
    ConfigError
        When there is no such field, when the workbench alone writes it, or when the value does not suit it.
    """
    found = {}
    for name, value in values.items():
        column = _column(table, name)
        found[column.name] = _typed(column, value, ZoneInfo(time_zone))
    return found


def _column(table: Table, name: str) -> Column:
    known = {folded(column.name): column for column in table.columns if column.name != "contact_no"}
    column = table.by_name.get(name) or known.get(folded(name))
    what = table.name.replace("_", " ")
    if column is None:
        near = nearest(name, [column.name for column in known.values()])
        raise ConfigError(f'"{name}" is no field of a row in {what}.', near)
    if column.name == "contact_no":
        raise ConfigError("The number of a contact is no value to set.", "Give it when the contact is created.")
    if column.is_kept_up:
        raise ConfigError(f"{column.name} is kept up by the workbench.", "It cannot be set by hand.")
    return column


def _typed(column: Column, value: object, zone: ZoneInfo) -> object:
    if _is_blank(value):
        return _blank(column)
    try:
        read: object = _READ[column.type](value, zone)
    except (ValueError, TypeError, InvalidOperation):
        raise ConfigError(f"{shown(value)} is no value of {column.name}.", _expected(column)) from None
    if column.choices and read not in column.choices:
        raise ConfigError(f"{shown(value)} is no value of {column.name}.", nearest(value, column.choices))
    return read


def _is_blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _blank(column: Column) -> object:
    if column.type is FieldType.BOOLEAN:
        return None if column.nullable else False
    if not column.nullable:
        raise ConfigError(f"{column.name} cannot be blank.", _expected(column))
    return None


def _expected(column: Column) -> str:
    """Say how values of a field are written."""
    if column.choices:
        return nearest("", column.choices)
    if column.type is FieldType.DATE:
        return "Write it as year-month-day: 2018-01-01."
    if column.type is FieldType.TIMESTAMP:
        return "Write it as 2018-01-01 12:30."
    if column.type is FieldType.BOOLEAN:
        return "Write yes or no."
    return "" if column.type in (FieldType.TEXT, FieldType.MANY) else "Write a number such as 12.5."


def _text(value: object, _zone: ZoneInfo) -> str:
    return str(value).strip()


def _flag(value: object, _zone: ZoneInfo) -> bool:
    word = str(value).strip().casefold()
    if word not in (*_TRUE, *_FALSE):
        raise ValueError
    return word in _TRUE


def _number(value: object, _zone: ZoneInfo) -> float:
    number = float(str(value).strip())
    if not abs(number) < float("inf"):
        raise ValueError
    return number


def _amount(value: object, _zone: ZoneInfo) -> Decimal:
    amount = Decimal(str(value).strip())
    if not amount.is_finite() or abs(amount) >= _LARGEST_AMOUNT:
        raise ValueError
    return amount.quantize(Decimal("0.0001"))


def _day(value: object, _zone: ZoneInfo) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value).strip())


def _instant(value: object, zone: ZoneInfo) -> dt.datetime:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    at = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value).strip())
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(dt.UTC).replace(tzinfo=None)


def _many(value: object, _zone: ZoneInfo) -> list[str] | None:
    listed = value if isinstance(value, list | tuple | np.ndarray) else re.split(r"[,;|]", str(value))
    words = (str(item).strip() for item in listed if item is not None)
    return list(dict.fromkeys(word for word in words if word)) or None


_READ: dict[FieldType, Callable[[object, ZoneInfo], object]] = {
    FieldType.TEXT: _text,
    FieldType.BOOLEAN: _flag,
    FieldType.NUMBER: _number,
    FieldType.AMOUNT: _amount,
    FieldType.DATE: _day,
    FieldType.TIMESTAMP: _instant,
    FieldType.MANY: _many,
}
