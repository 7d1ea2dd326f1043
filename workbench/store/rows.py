"""Frames into the store."""

# Names come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import CONTACT, Column, FieldType, Table, conform
from workbench.errors import FrameError, NotFoundError
from workbench.store.connection import Connection, first_row
from workbench.store.tables import CONTACT_ID, is_about_contacts, quoted, row_id, stored_columns

_ARROW = {
    FieldType.TEXT: pa.large_string(),
    FieldType.NUMBER: pa.float64(),
    FieldType.AMOUNT: pa.decimal128(18, 4),
    FieldType.DATE: pa.date32(),
    FieldType.TIMESTAMP: pa.timestamp("us"),
    FieldType.BOOLEAN: pa.bool_(),
    FieldType.MANY: pa.list_(pa.string()),
    FieldType.INTEGER: pa.int64(),
}

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Written:
    """What a frame did to a table.

    Attributes
    ----------
    new_count, changed_count, unchanged_count : int
        Its rows that were added, that changed a row, and that were there already.
    """

    new_count: int
    changed_count: int
    unchanged_count: int


@contextmanager
def staged(con: Connection, table: Table, rows: pd.DataFrame) -> Iterator[str]:
    """Lay a frame beside the tables of the store, with their types, for statements to read.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work; one that reads will do.
    table : Table
        What the rows are; with its custom fields.
    rows : pandas.DataFrame
        Any of the table's columns, and `contact_id` where the rows carry it.

    Yields
    ------
    str
        The name to select from until the end of the block. It has the columns of the frame and `row_no`,
        which counts its rows from 1; blank text and empty lists are NULL.

    Raises
    ------
    FrameError
        When a column is not the table's, or holds what the column does not admit.
    """
    name = f"staged_{next(_numbers)}"
    con.complete()  # a result that was not read to its end would be in the way
    con.register(name, _arrow(table, rows))
    try:
        yield name
    finally:
        # After an error the connection refuses this; it takes the name with it when it is closed.
        with suppress(duckdb.Error):
            con.unregister(name)


def _arrow(table: Table, rows: pd.DataFrame) -> pa.Table:
    brought = tuple(column for column in table.columns if column.name in rows.columns)
    extra = (CONTACT_ID,) if CONTACT_ID.name in rows.columns else ()
    conformed = conform(rows, replace(table, columns=brought), extra)
    arrays = {column.name: _array(conformed[column.name], column) for column in extra + brought}
    return pa.table({"row_no": pa.array(range(1, len(rows) + 1), pa.int64()), **arrays})


def _array(values: pd.Series, column: Column) -> pa.Array:
    if column.type is FieldType.TIMESTAMP:
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    if column.type is FieldType.MANY:
        values = values.map(lambda items: items or None)
    try:
        array = pa.array(values, from_pandas=True).cast(_ARROW[column.type])
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise FrameError(f"{column.name} holds what is no {column.type.value}: {error}") from None
    if column.type is FieldType.TEXT:
        is_blank = pc.equal(pc.utf8_trim_whitespace(array), "")
        return pc.if_else(is_blank, pa.scalar(None, array.type), array)
    return array


def append(con: Connection, table: Table, rows: pd.DataFrame) -> int:
    """Add the rows of a frame to a table.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work that writes.
    table : Table
        With its custom fields.
    rows : pandas.DataFrame
        Columns of the table; nullable ones and flags may lack. Rows about a contact name it by `contact_id`
        or `contact_no`.

    Returns
    -------
    int
        How many were added; their `contact_id` or `entry_no` go on from the highest, in the frame's order.

    Raises
    ------
    FrameError
        When a required column lacks, or a column is not the table's.
    NotFoundError
        When a contact does not exist.

    Notes
    -----
    Nothing is compared with what is there: that is what `upsert` does.
    """
    _require_columns(table, rows)
    with _resolved(con, table, rows) as source:
        return _insert(con, table, source, rows)


def upsert(con: Connection, table: Table, rows: pd.DataFrame, key: Sequence[str] = ()) -> Written:
    """Add the rows of a frame that a table lacks, and change those that it has and that differ.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work that writes.
    table : Table
        With its custom fields.
    rows : pandas.DataFrame
        As for `append`; no two rows with the same key.
    key : sequence of str, optional
        The columns by which rows are the same; by default the table's.

    Returns
    -------
    Written
        The counts; they add up to the rows of the frame.

    Raises
    ------
    FrameError
        When the frame lacks a column of the key or has a key twice, and as for `append`.
    NotFoundError
        When a contact does not exist.

    Notes
    -----
    Columns that the frame does not have keep their values; a value that the frame has as unknown
    becomes unknown. A key that is unknown in part matches the row where the same part is unknown.
    """
    names = tuple(CONTACT_ID.name if _is_by_id(table, name) else name for name in key or table.key)
    with _resolved(con, table, rows) as source:
        _require_key(con, table, source, names, rows)
        return _merge(con, table, source, names, rows)


def _merge(con: Connection, table: Table, source: str, key: Sequence[str], rows: pd.DataFrame) -> Written:
    same = " AND ".join(f"t.{quoted(name)} IS NOT DISTINCT FROM s.{quoted(name)}" for name in key)
    others = [column.name for column in stored_columns(table) if column.name in rows.columns]
    there = f"SELECT 1 FROM {quoted(table.name)} t WHERE {same}"
    new = f"(SELECT * FROM {source} s WHERE NOT EXISTS ({there}))"
    new_count = _answer(con, f"SELECT count(*) FROM {new}")
    changed_count = _update(con, table, source, same, [name for name in others if name not in key])
    if new_count:
        _require_columns(table, rows)
        _insert(con, table, new, rows)
    return Written(new_count, changed_count, len(rows) - new_count - changed_count)


def _update(con: Connection, table: Table, source: str, same: str, others: Sequence[str]) -> int:
    if not others:
        return 0
    values = ", ".join(f"{quoted(name)} = s.{quoted(name)}" for name in others)
    differs = " OR ".join(f"t.{quoted(name)} IS DISTINCT FROM s.{quoted(name)}" for name in others)
    statement = f"UPDATE {quoted(table.name)} t SET {values} FROM {source} s WHERE {same} AND ({differs})"
    return _answer(con, statement)


def _insert(con: Connection, table: Table, source: str, rows: pd.DataFrame) -> int:
    names = [column.name for column in stored_columns(table) if column.name in rows.columns]
    if not is_about_contacts(table):
        return _answer(con, f"INSERT INTO {quoted(table.name)} ({_list(names)}) SELECT {_list(names)} FROM {source} s")
    names += [CONTACT_ID.name] if table.name != CONTACT.name else []
    numbers = f"row_number() OVER (ORDER BY row_no) + ({_last_number(table)})"
    return _answer(
        con,
        f"INSERT INTO {quoted(table.name)} ({row_id(table)}, {_list(names)}) "
        f"SELECT {numbers}, {_list(names)} FROM {source} s ORDER BY row_no",
    )


def _last_number(table: Table) -> str:
    """Contacts are numbered from 0, for their number is a place in a mask; other rows from 1."""
    before_first = -1 if table.name == CONTACT.name else 0
    return f"SELECT coalesce(max({row_id(table)}), {before_first}) FROM {quoted(table.name)}"


@contextmanager
def _resolved(con: Connection, table: Table, rows: pd.DataFrame) -> Iterator[str]:
    """Stage a frame whose rows carry `contact_id`, looked up by `contact_no` where they do not."""
    with staged(con, table, rows) as name:
        if CONTACT_ID.name in rows.columns or table.name == CONTACT.name or not is_about_contacts(table):
            yield name
            return
        _require_contacts(con, name)
        yield f"(SELECT s.*, c.contact_id FROM {name} s JOIN contact c ON c.contact_no = s.contact_no)"


def _require_contacts(con: Connection, name: str) -> None:
    unknown = first_row(
        con,
        f"SELECT contact_no FROM {name} s WHERE NOT EXISTS "
        "(SELECT 1 FROM contact c WHERE c.contact_no = s.contact_no) ORDER BY row_no LIMIT 1",
    )
    if unknown is not None:
        raise NotFoundError(f'There is no contact "{unknown[0] or ""}".', "Load the contacts first.")


def _require_key(con: Connection, table: Table, source: str, key: Sequence[str], rows: pd.DataFrame) -> None:
    absent = [name for name in key if name not in rows.columns and name != CONTACT_ID.name]
    if absent:
        raise FrameError(f'The frame has no column "{absent[0]}", by which rows of {table.name} are the same.')
    names = _list(key)
    twice = first_row(con, f"SELECT {names} FROM {source} s GROUP BY {names} HAVING count(*) > 1 LIMIT 1")
    if twice is not None:
        which = ", ".join(f"{name} {value}" for name, value in zip(key, twice, strict=True))
        raise FrameError(f"Two rows of the frame have the same key: {which}.")


def _is_by_id(table: Table, name: str) -> bool:
    """Whether the store keeps `contact_id` in the stead of a column."""
    return name == "contact_no" and table.name != CONTACT.name


def _require_columns(table: Table, rows: pd.DataFrame) -> None:
    """Refuse a frame from which no row can be made; flags that lack are false."""
    has_id = CONTACT_ID.name in rows.columns
    for column in table.columns:
        may_lack = column.nullable or column.type is FieldType.BOOLEAN or (has_id and _is_by_id(table, column.name))
        if column.name not in rows.columns and not may_lack:
            raise FrameError(f'The frame has no column "{column.name}", which {table.name} needs.')


def _list(names: Sequence[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _answer(con: Connection, statement: str) -> int:
    """Give the one number that a counting or changing statement answers with."""
    row = first_row(con, statement)
    return int(row[0]) if row else 0
