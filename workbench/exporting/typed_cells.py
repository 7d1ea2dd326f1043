"""A pandas column to an Arrow column of exactly the type the schema says, or a refusal that names the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType
from workbench.errors import FrameError

ARROW_TYPE = {
    FieldType.TEXT: pa.large_string(),
    FieldType.NUMBER: pa.float64(),
    FieldType.AMOUNT: pa.decimal128(18, 4),
    FieldType.DATE: pa.date32(),
    FieldType.TIMESTAMP: pa.timestamp("us", "UTC"),
    FieldType.BOOLEAN: pa.bool_(),
    FieldType.MANY: pa.list_(pa.string()),
    FieldType.INTEGER: pa.int64(),
}

_EXACT_IN_FLOAT = 2.0**51  # up to here, ten-thousandths computed in float64 are off by less than a half
_LARGEST_AMOUNT = 10**14  # 18 digits, 4 of them decimals
_FIRST_DAY, _LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)


def typed_cells(values: pd.Series, column: Column) -> pa.Array:
    """Give a column of a frame its exact type.

    Parameters
    ----------
    values : pandas.Series
        One value per row; any dtype that can hold the type of the column.
    column : Column
        What it should hold.

    Returns
    -------
    pyarrow.Array
        Of the type in `ARROW_TYPE`, as many rows as `values`. Unknown and blank text are null; an
        unknown many-valued cell is an empty list. Amounts are rounded to four decimals,
        as the store holds them: 0.30000000000000004 is 0.3. Instants without a zone are UTC.

    Raises
    ------
    FrameError
        When a value is of another type, infinite, beyond 14 digits before the decimal point (amounts)
        or outside the years 1 to 9999.
    """
    try:
        cells = _TYPED[column.type](values)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise FrameError(
            f'Column "{column.name}" should be {column.type.value}, but holds {values.dtype}: {error}'
        ) from None
    _refuse_first(cells, _beyond(cells, column.type), column)
    return cells


def _arrow(values: pd.Series, *admitted: Callable[[pa.DataType], bool]) -> pa.Array:
    """Hand a column to Arrow as it is, refusing types that only a silent conversion would make fit."""
    cells = pa.array(values, from_pandas=True)
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if cells.null_count == len(cells) or any(admits(cells.type) for admits in admitted):
        return cells if cells.null_count < len(cells) else pa.nulls(len(cells))
    raise TypeError(f"{cells.type} is not converted silently")


def _text(values: pd.Series) -> pa.Array:
    cells = _arrow(values, pa.types.is_string, pa.types.is_large_string).cast(pa.large_string())
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.large_string()), cells)


def _number(values: pd.Series) -> pa.Array:
    is_number = (pa.types.is_floating, pa.types.is_integer, pa.types.is_decimal)
    return _arrow(values, *is_number).cast(pa.float64())


def _integer(values: pd.Series) -> pa.Array:
    return _arrow(values, pa.types.is_integer, pa.types.is_floating).cast(pa.int64())


def _boolean(values: pd.Series) -> pa.Array:
    return _arrow(values, pa.types.is_boolean).cast(pa.bool_())


def _many(values: pd.Series) -> pa.Array:
    lists = [
        list(value) if isinstance(value, list | tuple | np.ndarray) else _none(value) for value in values
    ]
    return pa.array(lists, type=ARROW_TYPE[FieldType.MANY])


def _none(value: object) -> list[str]:
    if value is None or value is pd.NA or value != value:
        return []
    raise TypeError(f"{value!r} is not a list")


def _date(values: pd.Series) -> pa.Array:
    cells = _arrow(values, pa.types.is_date, lambda type_: pa.types.is_timestamp(type_) and type_.tz is None)
    days = cells.cast(pa.date32())
    if pa.types.is_timestamp(cells.type) and not days.cast(cells.type).equals(cells):
        raise ValueError("a time of day stands where only a date belongs")
    return days


def _timestamp(values: pd.Series) -> pa.Array:
    cells = _arrow(values, pa.types.is_timestamp)
    zone = cells.type.tz if pa.types.is_timestamp(cells.type) else None
    return cells.cast(pa.timestamp("us", zone), safe=False).cast(ARROW_TYPE[FieldType.TIMESTAMP])


def _amount(values: pd.Series) -> pa.Array:
    is_amount = (pa.types.is_floating, pa.types.is_integer, pa.types.is_decimal)
    cells = _arrow(values, *is_amount)
    units = _ten_thousandths(cells)
    pairs = np.stack([units, units >> 63], axis=1)  # 128 bits, little-endian, two's complement
    amounts = pa.Array.from_buffers(
        ARROW_TYPE[FieldType.AMOUNT], len(cells), [None, pa.py_buffer(pairs.tobytes())]
    )
    return pc.if_else(cells.is_valid(), amounts, pa.scalar(None, amounts.type))


def _ten_thousandths(cells: pa.Array) -> np.ndarray:
    """Count amounts in ten-thousandths, exactly; unknown counts as 0."""
    if not pa.types.is_floating(cells.type):
        return np.array([_exact(value) for value in cells.to_pylist()], dtype="int64")
    floats = cells.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False)
    rough = np.rint(floats * 1e4)
    units = np.where(np.abs(rough) < _EXACT_IN_FLOAT, rough, 0.0).astype("int64")
    for position in np.flatnonzero(~(np.abs(rough) < _EXACT_IN_FLOAT)):
        units[position] = _exact(Decimal(repr(float(floats[position]))))
    return units


def _exact(value: Decimal | int | None) -> int:
    amount = Decimal(value or 0)
    if not amount.is_finite() or abs(amount) >= _LARGEST_AMOUNT:
        raise ValueError(f"{value} is more than 14 digits before the decimal point")
    return int(amount.scaleb(4).to_integral_value())


def _beyond(cells: pa.Array, type_: FieldType) -> pa.Array:
    """Mark the cells that no format can hold."""
    if type_ is FieldType.NUMBER:
        return pc.is_inf(cells)
    if type_ is FieldType.DATE:
        return pc.or_(pc.less(cells, pa.scalar(_FIRST_DAY)), pc.greater(cells, pa.scalar(_LAST_DAY)))
    if type_ is FieldType.TIMESTAMP:
        first, end = _instant(_FIRST_DAY), _instant(_LAST_DAY) + 86_400_000_000
        micros = cells.cast(pa.int64())
        return pc.or_(pc.less(micros, first), pc.greater_equal(micros, end))
    return pa.array([], pa.bool_())


def _instant(day: dt.date) -> int:
    """Count microseconds from 1970 to the start of a day."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000_000


def _refuse_first(cells: pa.Array, beyond: pa.Array, column: Column) -> None:
    position = pc.index(beyond, True).as_py()
    if position >= 0:
        value = (
            "an infinite number" if column.type is FieldType.NUMBER else "a day outside the years 1 to 9999"
        )
        raise FrameError(
            f'Row {position + 1} of column "{column.name}" holds {value}, which no file can carry.',
            "Correct the value or leave the column out.",
        )


_TYPED: dict[FieldType, Callable[[pd.Series], pa.Array]] = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.AMOUNT: _amount,
    FieldType.DATE: _date,
    FieldType.TIMESTAMP: _timestamp,
    FieldType.BOOLEAN: _boolean,
    FieldType.MANY: _many,
    FieldType.INTEGER: _integer,
}
