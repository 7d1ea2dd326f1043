"""Frames out of the store."""

# Names come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipelines.schema import CONTACT, Column, FieldType, Table, conform
from workbench.store.connection import Connection, refused

SQL_TYPE = {
    FieldType.TEXT: "VARCHAR",
    FieldType.NUMBER: "DOUBLE",
    FieldType.AMOUNT: "DECIMAL(18,4)",
    FieldType.DATE: "DATE",
    FieldType.TIMESTAMP: "TIMESTAMP",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.MANY: "VARCHAR[]",
    FieldType.INTEGER: "BIGINT",
}

AMOUNT_UNIT = 10_000
BATCH = 500_000

Integers: TypeAlias = npt.NDArray[np.integer[Any]]

CONTACT_ID = Column("contact_id", FieldType.INTEGER, "dense number of the contact in this store", nullable=False)


def frame(con: Connection, statement: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """Give the rows of a query as a frame.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    statement : str
        A query with ``?`` for each value.
    parameters : sequence of object, optional
        The values.

    Returns
    -------
    pandas.DataFrame
        With the dtypes that DuckDB chooses for these rows; `read` gives those of the schema.
    """
    return con.execute(statement, list(parameters)).df()


def large_frame(con: Connection, statement: str, parameters: Mapping[str, object]) -> pd.DataFrame:
    """Give the rows of a query as a frame whose texts stay in Arrow, which pays for a million rows and more.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    statement : str
        A query with ``$name`` for each value.
    parameters : mapping of str to object
        The values; each is used.

    Returns
    -------
    pandas.DataFrame
        Days as datetime64; a number or truth value that is unknown somewhere makes floats or objects of its column.
    """
    found: pd.DataFrame = con.sql(statement, params=dict(parameters)).to_arrow_table().to_pandas(date_as_object=False)
    return found


def ids(con: Connection, statement: str, parameters: Sequence[object] = ()) -> Integers:
    """Give the first column of a query as an array.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    statement : str
        A query with ``?`` for each value, whose first column is an integer and never NULL.
    parameters : sequence of object, optional
        The values.

    Returns
    -------
    numpy.ndarray
        int32 or int64, in the order of the query.
    """
    found = con.sql(statement, params=list(parameters)).to_arrow_table()
    return _integers(found.column(0).combine_chunks())


def flags(con: Connection, statement: str, size: int) -> dict[str, npt.NDArray[np.bool_]]:
    """Give truth values as masks.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    statement : str
        A query whose first column is an id and whose others are truth values, none NULL.
    size : int
        The length of each mask; ids are below it.

    Returns
    -------
    dict of str to numpy.ndarray of bool
        By column; false for ids that the query does not give.
    """
    found = con.sql(statement).to_arrow_table()
    at = _integers(found.column(0).combine_chunks())
    masks = {name: np.zeros(size, dtype=np.bool_) for name in found.column_names[1:]}
    for name, mask in masks.items():
        mask[at] = found.column(name).to_numpy()
    return masks


def batches(con: Connection, statement: str) -> Iterator[tuple[Integers, ...]]:
    """Give the rows of a query as arrays, some at a time.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work; busy until the last batch was taken.
    statement : str
        A query whose columns are integers or amounts and never NULL.

    Yields
    ------
    tuple of numpy.ndarray
        One array for each column; amounts as whole ten-thousandths. They are views, good until the next batch.

    Notes
    -----
    Costs about 3 ms for 1,000,000 rows of one column, and the memory of one batch.
    """
    with con.sql(statement).to_arrow_reader(BATCH) as reader:
        while (batch := _next(reader)) is not None:
            yield tuple(_integers(column) for column in batch.columns)


def _next(reader: pa.RecordBatchReader) -> pa.RecordBatch | None:
    """Take the next batch; what DuckDB raises on the way comes out of Arrow as a nameless error of input."""
    try:
        return reader.read_next_batch()
    except StopIteration:
        return None
    except OSError as error:
        raise refused(str(error)) from error


def _integers(column: pa.Array) -> Integers:
    """Take the integers out of a column; an amount has 18 digits at most, so its low word is all of it."""
    if not pa.types.is_decimal128(column.type):
        whole: Integers = column.to_numpy()
        return whole
    words = np.frombuffer(column.buffers()[1], dtype="<i8")
    return words[2 * column.offset : 2 * (column.offset + len(column)) : 2]


def read(con: Connection, table: Table) -> pd.DataFrame:
    """Give a whole table as its users see it.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    table : Table
        With the custom fields that are wanted.

    Returns
    -------
    pandas.DataFrame
        Conformed to the schema, in load order; `contact_id` in front where rows are about a contact.
    """
    extra = (CONTACT_ID,) if _is_about_contacts(table) else ()
    return conform(frame(con, _all_rows(table)), table, extra)


def _all_rows(table: Table) -> str:
    """The store names contacts by id where users name them by number, in all tables but that of contacts."""
    is_contact = table.name == CONTACT.name
    kept = (column.name for column in table.columns if is_contact or column.name != "contact_no")
    names = ", ".join(f"t.{quoted(name)}" for name in kept)
    if is_contact:
        return f"SELECT t.contact_id, {names} FROM contact t ORDER BY t.contact_id"
    if not _is_about_contacts(table):
        return f"SELECT {names} FROM {quoted(table.name)} t ORDER BY ALL"
    return (
        f"SELECT t.contact_id, c.contact_no, {names} FROM {quoted(table.name)} t "
        "JOIN contact c ON c.contact_id = t.contact_id ORDER BY t.entry_no"
    )


def _is_about_contacts(table: Table) -> bool:
    return "contact_no" in table.by_name


def quoted(name: str) -> str:
    """Write a name so that SQL takes it for a name, whatever it is.

    Parameters
    ----------
    name : str
        Of a table or column; from the schema, never from a user's value.

    Returns
    -------
    str
        In double quotes.

    Examples
    --------
    >>> quoted("order")
    '"order"'
    """
    return '"' + name.replace('"', '""') + '"'
