"""Rows of customers, vendors, bank accounts and employees, by their number."""

# Names of tables and columns come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.linked_tables import LINKED
from workbench.errors import NotFoundError, nearest
from workbench.relations import kinds
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted


def read(con: Connection, kind: str, record_no: str) -> dict[str, Any]:
    """Read a record.

    Parameters
    ----------
    con : connection
        An open unit of work.
    kind : str
        A key of `LINKED`.
    record_no : str
        Its number.

    Returns
    -------
    dict of str to object
        By field, its number included; blank ones as None.

    Raises
    ------
    NotFoundError
        When there is none; suggests the nearest.
    """
    names = list(LINKED[kind].by_name)
    query = f"SELECT {', '.join(map(quoted, names))} FROM {kind} WHERE {kind}_no = ?"
    row = first_row(con, query, [record_no])
    if row is None:
        near = con.execute(
            f"SELECT {kind}_no FROM {kind} ORDER BY levenshtein({kind}_no, ?), {kind}_no LIMIT 20", [record_no]
        ).fetchall()
        raise NotFoundError(
            f'There is no {kinds.spoken(kind)} "{record_no}".', nearest(record_no, [no for (no,) in near])
        )
    return dict(zip(names, row, strict=True))


def exists(con: Connection, kind: str, record_no: str) -> bool:
    """Tell whether there is a record of a number.

    Parameters
    ----------
    con : connection
        An open unit of work.
    kind : str
        A key of `LINKED`.
    record_no : str
        The number.

    Returns
    -------
    bool
        Whether it is taken.
    """
    return first_row(con, f"SELECT 1 FROM {kind} WHERE {kind}_no = ?", [record_no]) is not None


def insert(con: Connection, kind: str, values: Mapping[str, Any]) -> None:
    """Write a new record.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    kind : str
        A key of `LINKED`.
    values : mapping of str to object
        By field, its number included.
    """
    known = {name: value for name, value in values.items() if value is not None}
    marks = ", ".join("?" for _ in known)
    con.execute(f"INSERT INTO {kind} ({', '.join(map(quoted, known))}) VALUES ({marks})", list(known.values()))


def update(con: Connection, kind: str, record_no: str, values: Mapping[str, Any]) -> None:
    """Write new values into a record.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    kind : str
        A key of `LINKED`.
    record_no : str
        The record.
    values : mapping of str to object
        By field.
    """
    if values:
        set_ = ", ".join(f"{quoted(name)} = ?" for name in values)
        con.execute(f"UPDATE {kind} SET {set_} WHERE {kind}_no = ?", [*values.values(), record_no])
