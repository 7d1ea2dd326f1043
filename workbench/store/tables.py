"""Frames out of the store."""

# Names come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.schema import CONTACT, Column, FieldType, Table, conform
from workbench.store.connection import Connection

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


def ids(con: Connection, statement: str, parameters: Sequence[object] = ()) -> npt.NDArray[np.integer[Any]]:
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
        Of int32 or int64, in the order of the query.
    """
    columns = con.execute(statement, list(parameters)).fetchnumpy()
    first: npt.NDArray[np.integer[Any]] = np.asarray(next(iter(columns.values())))
    return first


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
