"""Values that come with a type, brought to the type of their field without a detour through text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import FieldType
from workbench.sources.instants import to_utc

TOO_LARGE = "is too large for an amount"

Typed: TypeAlias = tuple[pa.Array, pa.StringArray | None]
Conversion: TypeAlias = Callable[[pa.Array, ZoneInfo], Typed]

_NO_REASON = pa.scalar(None, pa.string())


def conversion(source: pa.DataType, target: FieldType) -> Conversion | None:
    """Find how values of a type become values of a field.

    Parameters
    ----------
    source : pyarrow.DataType
        One of those :func:`workbench.sources.frames.simplified` gives.
    target : FieldType
        Type of the field.

    Returns
    -------
    callable or None
        From (values, zone of clock times) to (values, reasons or None); None when the values have to be
        written out and read as text.
    """
    return _TYPED.get((_family(source), target))


def from_numpy(values: np.ndarray, type_: pa.DataType) -> pa.Array:
    """Take dates or instants from NumPy.

    Parameters
    ----------
    values : numpy.ndarray of datetime64
        NaT is unknown.
    type_ : pyarrow.DataType
        Either date32 or timestamp.

    Returns
    -------
    pyarrow.Array
        Of that type.
    """
    return pa.array(values, mask=np.isnat(values)).cast(type_)


def without_empty_lists(values: pa.ListArray) -> pa.ListArray:
    """Make empty lists unknown, as the store has them.

    Parameters
    ----------
    values : pyarrow.ListArray
        Lists of strings.

    Returns
    -------
    pyarrow.ListArray
        Null where the list was empty.
    """
    return pa.array([value or None for value in values.to_pylist()], pa.list_(pa.string()))


def _family(type_: pa.DataType) -> str:
    if pa.types.is_timestamp(type_):
        return "instant" if type_.tz else "clock"
    for name, holds in _FAMILIES.items():
        if holds(type_):
            return name
    return ""


_FAMILIES: dict[str, Callable[[pa.DataType], bool]] = {
    "boolean": pa.types.is_boolean,
    "integer": pa.types.is_integer,
    "double": pa.types.is_floating,
    "decimal": pa.types.is_decimal,
    "day": pa.types.is_date,
    "list": pa.types.is_list,
}


def _finite(values: pa.Array, limit: float, reason: str) -> tuple[pa.Array, pa.StringArray | None]:
    sound = pc.fill_null(pc.less(pc.abs(values.cast(pa.float64())), limit), True)
    if pc.all(sound, min_count=0).as_py():
        return values, None
    return pc.if_else(sound, values, pa.scalar(None, values.type)), pc.if_else(sound, _NO_REASON, reason)


def _number(values: pa.Array, _zone: ZoneInfo) -> Typed:
    return _finite(values.cast(pa.float64()), float("inf"), "is infinite")


def _amount(values: pa.Array, _zone: ZoneInfo) -> Typed:
    fitting, reasons = _finite(values, 1e14, TOO_LARGE)
    if pa.types.is_decimal(fitting.type):
        fitting = pc.round(fitting, 4, round_mode="half_towards_infinity")
    if pa.types.is_integer(fitting.type):
        fitting = fitting.cast(pa.decimal128(23, 4))
    return fitting.cast(pa.decimal128(18, 4)), reasons


def _midnight(values: pa.Array, zone: ZoneInfo) -> Typed:
    return _clock(values.cast(pa.timestamp("us")), zone)


def _clock(values: pa.Array, zone: ZoneInfo) -> Typed:
    at = to_utc(values.to_numpy(zero_copy_only=False).astype("datetime64[us]"), zone)
    return from_numpy(at, pa.timestamp("us")), None


def _instant(values: pa.Array, _zone: ZoneInfo) -> Typed:
    return values.cast(pa.timestamp("us")), None


def _day_of_clock(values: pa.Array, _zone: ZoneInfo) -> Typed:
    return pc.floor_temporal(values, unit="day").cast(pa.date32()), None


def _day_of_instant(values: pa.Array, zone: ZoneInfo) -> Typed:
    at = values.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    local = pd.DatetimeIndex(at).tz_localize("UTC").tz_convert(zone).tz_localize(None)
    return from_numpy(local.to_numpy().astype("datetime64[D]"), pa.date32()), None


def _as_is(values: pa.Array, _zone: ZoneInfo) -> Typed:
    return values, None


def _lists(values: pa.Array, _zone: ZoneInfo) -> Typed:
    kept = [None if v is None else [x.strip() for x in v if x and x.strip()] or None for v in values.to_pylist()]
    return pa.array(kept, pa.list_(pa.string())), None


_TYPED: dict[tuple[str, FieldType], Conversion] = {
    ("boolean", FieldType.BOOLEAN): _as_is,
    ("integer", FieldType.NUMBER): _number,
    ("integer", FieldType.AMOUNT): _amount,
    ("double", FieldType.NUMBER): _number,
    ("double", FieldType.AMOUNT): _amount,
    ("decimal", FieldType.NUMBER): _number,
    ("decimal", FieldType.AMOUNT): _amount,
    ("day", FieldType.DATE): _as_is,
    ("day", FieldType.TIMESTAMP): _midnight,
    ("clock", FieldType.TIMESTAMP): _clock,
    ("clock", FieldType.DATE): _day_of_clock,
    ("instant", FieldType.TIMESTAMP): _instant,
    ("instant", FieldType.DATE): _day_of_instant,
    ("list", FieldType.MANY): _lists,
}
