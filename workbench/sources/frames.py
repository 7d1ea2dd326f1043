"""Typed sources: data frames, Parquet files, and columns of Python values of any mixture."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workbench.errors import SourceError
from workbench.sources.dialects import examined
from workbench.sources.raw_table import RawTable, named_headers

# What Arrow raises for values that are not of one type.
_UNTYPED = (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, TypeError, UnicodeError)


def read_frame(frame: pd.DataFrame) -> RawTable:
    """Take a data frame as it is; its index is left out.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns of any dtypes.

    Returns
    -------
    RawTable
        Typed columns; None, NaN, NaT and NA are all unknown. The first row has number 2, as under a header.

    Raises
    ------
    SourceError
        When it has no columns, or two of one name.
    """
    headers = named_headers(list(frame.columns), "the frame")
    columns = tuple(_of_series(frame.iloc[:, place]) for place in range(len(headers)))
    digest = hashlib.sha256(repr(headers).encode("utf-8", "replace"))
    for column in columns:
        digest.update(_bytes(column))
    return _raw_table("frame", "frame", headers, columns, digest.hexdigest())


def read_parquet(path: Path) -> RawTable:
    """Read a Parquet file with the types it has.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    RawTable
        Typed columns.

    Raises
    ------
    SourceError
        When it is not Parquet, or a header stands twice.
    """
    try:
        table = pq.ParquetFile(path).read()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        reason = str(error).splitlines()[0]
        raise SourceError(f"{path.name} is not a Parquet file: {reason}", "Save it again as Parquet.") from None
    headers = named_headers(list(table.column_names), path.name)
    columns = tuple(simplified(column) for column in table.columns)
    return _raw_table(path.name, "parquet", headers, columns, examined(path, "utf-8").sha256)


def _raw_table(
    source: str, kind: str, headers: tuple[str, ...], columns: tuple[pa.ChunkedArray, ...], sha256: str
) -> RawTable:
    """Leave out rows in which nothing is known, as readers of files do; the numbers of the others stay."""
    numbers = np.arange(2, len(columns[0]) + 2, dtype="int64")
    known = np.zeros(len(numbers), dtype=bool)
    for column in columns:
        known |= np.asarray(_known(column))
        if known.all():
            return RawTable(source, kind, headers, columns, numbers, (), sha256)
    kept = tuple(column.filter(pa.array(known)) for column in columns)
    return RawTable(source, kind, headers, kept, numbers[known], (), sha256)


def _known(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(column.type):
        return pc.is_valid(column)
    return pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(column), ""), False)


def _bytes(column: pa.ChunkedArray) -> bytes:
    sink = pa.BufferOutputStream()
    table = pa.table({"column": column.combine_chunks()})
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _of_series(series: pd.Series) -> pa.ChunkedArray:
    if series.dtype == object:
        return of_values(series.tolist())
    try:
        return simplified(pa.chunked_array([pa.Array.from_pandas(series)]))
    except _UNTYPED:
        return of_values(series.tolist())


def simplified(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Bring a column to one of the types that checking knows.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        Any type.

    Returns
    -------
    pyarrow.ChunkedArray
        Of boolean, int64, double, decimal128, date32, timestamp[us] (with or without UTC), string or
        list of string; what is none of these becomes text. NaN is unknown.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return simplified(column.cast(kind.value_type))
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        return column.cast(pa.int64())
    if pa.types.is_floating(kind):
        wide = column.cast(pa.float64())
        return pc.if_else(pc.is_nan(wide), pa.scalar(None, pa.float64()), wide)
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us", "UTC" if kind.tz else None), safe=False)
    if pa.types.is_date(kind):
        return column.cast(pa.date32())
    if pa.types.is_boolean(kind) or pa.types.is_decimal128(kind):
        return column
    return _texts(column)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _lists_of_texts(column)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    return of_values([text_of(value) for value in column.to_pylist()])


def _lists_of_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_nested(column.type.value_type):
        return of_values([text_of(value) for value in column.to_pylist()])
    return column.cast(pa.list_(pa.string()))


def of_values(values: Sequence[object]) -> pa.ChunkedArray:
    """Make a column of Python values: typed when they are of one kind, text when they are mixed.

    Parameters
    ----------
    values : Sequence of object
        Anything, None and NaN among it.

    Returns
    -------
    pyarrow.ChunkedArray
        As :func:`simplified` gives; whole numbers among fractions stay numbers, numbers among words
        become text as a person would write them: ``"123"``, not ``"123.0"``.
    """
    known: list[Any] = [None if _is_unknown(value) else value for value in values]
    kinds = {type(value) for value in known if value is not None}
    if len(kinds) == 1 or kinds <= {int, float} or (kinds and all(issubclass(k, dt.date) for k in kinds)):
        try:
            return simplified(pa.chunked_array([pa.array(_of_one_kind(known, kinds))]))
        except _UNTYPED:
            pass  # mixed after all: written out below
    return pa.chunked_array([pa.array([text_of(value) for value in known], pa.string())])


def _of_one_kind(values: list[Any], kinds: set[type]) -> list[Any]:
    """Arrow takes days and instants only apart, and instants only with an offset or only without."""
    if len(kinds) > 1 and kinds != {int, float}:
        values = [dt.datetime.combine(v, dt.time()) if type(v) is dt.date else v for v in values]
    if kinds == {int, float}:
        return [None if value is None else float(value) for value in values]
    aware = {value.tzinfo is not None for value in values if isinstance(value, dt.datetime)}
    if len(aware) > 1:
        raise TypeError("times with and without an offset")
    if kinds & {set, frozenset, tuple, np.ndarray}:
        return [None if value is None else [text_of(item) for item in value] for value in values]
    return values


def _is_unknown(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)


def text_of(value: object) -> str | None:
    """Write a value as a person would.

    Parameters
    ----------
    value : object
        Any Python value.

    Returns
    -------
    str or None
        Whole numbers without a point, times in ISO form, lists as JSON; None stays None.

    Examples
    --------
    >>> text_of(123.0), text_of(True), text_of(None)
    ('123', 'true', None)
    """
    if _is_unknown(value):
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating) and float(value).is_integer() and abs(float(value)) < 2**53:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, list | tuple | set | frozenset | np.ndarray | dict):
        return json.dumps(value if isinstance(value, dict) else list(value), default=str, ensure_ascii=False)
    return format(value, "f") if isinstance(value, Decimal) else str(value)
