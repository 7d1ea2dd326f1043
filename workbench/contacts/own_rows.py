"""One row about a contact at a time: saved under its key, or dropped."""

# Names of tables and columns come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines.schema import Table
from workbench.contact_rows.finding import id_of
from workbench.contacts import record
from workbench.contacts.receipts import RowReceipt
from workbench.errors import NotFoundError, nearest
from workbench.setup.work import Work
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.store.tables import quoted

_MINE = "contact_id = ?"


class OwnRows(Work):
    """Rows about one contact, told apart by a key of theirs."""

    def _save(
        self, table: Table, contact_no: str, key: Mapping[str, object], values: Mapping[str, object], dry_run: bool
    ) -> RowReceipt:
        """Write a row, or new values into the one that has the key."""
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            before = find(con, table, contact_id, key)
            after = {**(before or dict.fromkeys(_fields(table))), **key, **values}
            if not dry_run and after != before:
                remove(con, table, contact_id, key)
                _insert(con, table, contact_id, after)
                record.touch(con, contact_id)
        return RowReceipt(contact_no, table.name, before, after, not dry_run)

    def _drop(self, table: Table, contact_no: str, key: Mapping[str, object], dry_run: bool) -> RowReceipt:
        """Delete the row that has the key."""
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            before = required(con, table, contact_id, contact_no, key)
            if not dry_run:
                remove(con, table, contact_id, key)
                record.touch(con, contact_id)
        return RowReceipt(contact_no, table.name, before, None, not dry_run)


def find(con: Connection, table: Table, contact_id: int, key: Mapping[str, object]) -> dict[str, Any] | None:
    """Find the row of a contact that has a key.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        Which rows.
    contact_id : int
        The contact.
    key : mapping of str to object
        What tells the row apart from others of the contact.

    Returns
    -------
    dict of str to object or None
        By field; None where there is none.
    """
    names = _fields(table)
    query = f"SELECT {', '.join(map(quoted, names))} FROM {table.name} WHERE {_MINE} AND {_having(key)}"
    row = first_row(con, query, [contact_id, *key.values()])
    return None if row is None else dict(zip(names, row, strict=True))


def required(
    con: Connection, table: Table, contact_id: int, contact_no: str, key: Mapping[str, object]
) -> dict[str, Any]:
    """Find the row of a contact that has a key, or say that there is none.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        Which rows.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    key : mapping of str to object
        What tells the row apart from others of the contact.

    Returns
    -------
    dict of str to object
        By field.

    Raises
    ------
    NotFoundError
        When there is none; suggests the nearest.
    """
    row = find(con, table, contact_id, key)
    if row is None:
        first = next(iter(key))
        query = f"SELECT DISTINCT {quoted(first)}::VARCHAR FROM {table.name} WHERE {_MINE}"
        known = [value for (value,) in con.execute(query, [contact_id]).fetchall() if value is not None]
        named = ", ".join(str(value) for value in key.values())
        what = table.name.replace("_", " ")
        raise NotFoundError(f"{contact_no} has no {what} {named}.", nearest(key[first], known))
    return row


def remove(con: Connection, table: Table, contact_id: int, key: Mapping[str, object]) -> None:
    """Delete the rows of a contact that have a key.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : Table
        Which rows.
    contact_id : int
        The contact.
    key : mapping of str to object
        What they have in common.
    """
    con.execute(f"DELETE FROM {table.name} WHERE {_MINE} AND {_having(key)}", [contact_id, *key.values()])


def listed(con: Connection, table: Table, contact_id: int, order: str) -> pd.DataFrame:
    """List the rows of a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        Which rows.
    contact_id : int
        The contact.
    order : str
        SQL of ours.

    Returns
    -------
    pandas.DataFrame
        `entry_no`, then the columns of the table without the contact.
    """
    names = ", ".join(map(quoted, ("entry_no", *_fields(table))))
    return tables.frame(con, f"SELECT {names} FROM {table.name} WHERE {_MINE} ORDER BY {order}", [contact_id])


def _insert(con: Connection, table: Table, contact_id: int, values: Mapping[str, object]) -> None:
    known = {name: value for name, value in values.items() if value is not None}
    names = ", ".join(map(quoted, ("entry_no", "contact_id", *known)))
    marks = ", ".join("?" for _ in known)
    next_entry = f"(SELECT coalesce(max(entry_no), 0) + 1 FROM {table.name})"
    con.execute(f"INSERT INTO {table.name} ({names}) VALUES ({next_entry}, ?, {marks})", [contact_id, *known.values()])


def _fields(table: Table) -> list[str]:
    return [name for name in table.by_name if name != "contact_no"]


def _having(key: Mapping[str, object]) -> str:
    return " AND ".join(f"{quoted(name)} IS NOT DISTINCT FROM ?" for name in key)
