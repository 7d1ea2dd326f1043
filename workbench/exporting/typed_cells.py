"""A pandas column to an Arrow column of exactly the type the schema says, or a refusal that names the row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

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

# What is taken for each type; anything else would fit only by a silent conversion.
_ADMITTED: dict[FieldType, tuple[Callable[[pa.DataType], bool], ...]] = {
    FieldType.TEXT: (types.is_string, types.is_large_string),
    FieldType.NUMBER: (types.is_floating, types.is_integer, types.is_decimal),
    FieldType.AMOUNT: (types.is_floating, types.is_integer, types.is_decimal),
    FieldType.DATE: (types.is_date, lambda type_: types.is_timestamp(type_) and type_.tz is None),
    FieldType.TIMESTAMP: (types.is_timestamp,),
    FieldType.BOOLEAN: (types.is_boolean,),
    FieldType.INTEGER: (types.is_integer, types.is_floating),
}
_LARGEST_AMOUNT = 10**14  # 18 digits, 4 of them decimals
_TEN_THOUSANDTH = Decimal("0.0001")


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
        cells = _typed(values, column.type)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise FrameError(
            f'Column "{column.name}" should be {column.type.value}, but holds {values.dtype}: {error}'
        ) from None
    _refuse_beyond(cells, column)
    return cells


def _typed(values: pd.Series, type_: FieldType) -> pa.Array:
    if type_ is FieldType.MANY:
        return pa.array([_items(value) for value in values], ARROW_TYPE[type_])
    cells = _admitted(values, _ADMITTED[type_])
    if type_ is FieldType.AMOUNT:
        return pa.array([_amount(value) for value in cells.to_pylist()], ARROW_TYPE[type_])
    if type_ is FieldType.DATE:
        return _days(cells)
    if type_ is FieldType.TIMESTAMP:
        cells = cells.cast(pa.timestamp("us", getattr(cells.type, "tz", None)), safe=False)
    typed = cells.cast(ARROW_TYPE[type_])
    return pc.if_else(pc.equal(typed, ""), None, typed) if type_ is FieldType.TEXT else typed


def _admitted(values: pd.Series, admitted: tuple[Callable[[pa.DataType], bool], ...]) -> pa.Array:
    cells = pa.array(values, from_pandas=True)
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    if types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if cells.null_count == len(cells):
        return pa.nulls(len(cells))
    if not any(admits(cells.type) for admits in admitted):
        raise TypeError(f"{cells.type} is not converted silently")
    return cells


def _items(value: object) -> list[str]:
    if isinstance(value, list | tuple | np.ndarray):
        return list(value)
    if value is None or value is pd.NA or value != value:
        return []
    raise TypeError(f"{value!r} is not a list")


def _days(cells: pa.Array) -> pa.Array:
    days = cells.cast(pa.date32())
    if types.is_timestamp(cells.type) and not days.cast(cells.type).equals(cells):
        raise ValueError("a time of day stands where only a date belongs")
    return days


def _amount(value: Decimal | float | None) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(str(value))  # of a float, the shortest digits that mean it
    if not amount.is_finite() or abs(amount) >= _LARGEST_AMOUNT:
        raise ValueError(f"{value} is more than 14 digits before the decimal point")
    return amount.quantize(_TEN_THOUSANDTH)


def _refuse_beyond(cells: pa.Array, column: Column) -> None:
    """Refuse what no format can hold."""
    if column.type is FieldType.NUMBER:
        beyond, value = pc.is_inf(cells), "an infinite number"
    elif column.type in (FieldType.DATE, FieldType.TIMESTAMP):
        years = pc.year(cells if column.type is FieldType.DATE else cells.cast(pa.timestamp("us")))
        beyond, value = pc.or_(pc.less(years, 1), pc.greater(years, 9999)), "a day outside the years 1 to 9999"
    else:
        return
    position = pc.index(beyond, True).as_py()
    if position >= 0:
        raise FrameError(
            f'Row {position + 1} of column "{column.name}" holds {value}, which no file can carry.',
            "Correct the value or leave the column out.",
        )
