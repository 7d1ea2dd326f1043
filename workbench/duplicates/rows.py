"""Rows of the store as texts: kept in a before-image, compared with what is there, and written back."""

# Names of tables and columns come from the store itself and are quoted; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import pandas as pd

from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

Row: TypeAlias = dict[str, str | None]
Key: TypeAlias = list[str | None]

_KEYS = {
    "contact": ("contact_id",),
    "worksheet_line": ("worksheet_no", "line_no"),
    "worksheet_history": ("worksheet_no", "action_no", "line_no", "action_taken"),
    "contact_duplicate": ("contact_id", "duplicate_id"),
    "customer": ("customer_no",),
    "vendor": ("vendor_no",),
    "bank_account": ("bank_account_no",),
    "employee": ("employee_no",),
}


def key_of(table: str) -> tuple[str, ...]:
    """Tell by which columns the rows of a table are told apart.

    Parameters
    ----------
    table : str
        A table of the store.

    Returns
    -------
    tuple of str
        The number of the entry, where the table has no other key.
    """
    return _KEYS.get(table, ("entry_no",))


def types(con: Connection, table: str) -> dict[str, str]:
    """Tell the columns of a table and their types.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        A table of the store.

    Returns
    -------
    dict of str to str
        In the order of the table.
    """
    return {name: type_ for name, type_, *_ in con.execute(f"DESCRIBE {quoted(table)}").fetchall()}


def read(con: Connection, table: str, where: str, values: Sequence[object] = ()) -> list[Row]:
    """Read rows as texts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        A table of the store.
    where : str
        A condition of ours, with ``?`` for each value.
    values : sequence of object, optional
        The values.

    Returns
    -------
    list of dict of str to str
        None where a value is unknown; lists as JSON; in the order of the key.
    """
    columns = types(con, table)
    texts = ", ".join(_as_text(name, type_) for name, type_ in columns.items())
    order = ", ".join(map(quoted, key_of(table)))
    query = f"SELECT {texts} FROM {quoted(table)} WHERE {where} ORDER BY {order}"
    return [dict(zip(columns, row, strict=True)) for row in con.execute(query, list(values)).fetchall()]


def _as_text(name: str, type_: str) -> str:
    return f"to_json({quoted(name)})::VARCHAR" if type_.endswith("[]") else f"{quoted(name)}::VARCHAR"


def insert(con: Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        A table of the store.
    rows : iterable of dict of str to str
        As `read` gives them; columns that the table does not have any more are left out.
    """
    columns = types(con, table)
    for row in rows:
        names = [name for name in row if name in columns]
        marks = ", ".join(_from_text(columns[name]) for name in names)
        listed = ", ".join(map(quoted, names))
        con.execute(f"INSERT INTO {quoted(table)} ({listed}) VALUES ({marks})", [row[name] for name in names])


def _from_text(type_: str) -> str:
    return "from_json(?::VARCHAR, '[\"VARCHAR\"]')" if type_.endswith("[]") else f"?::{type_}"


def delete(con: Connection, table: str, rows: Iterable[Row]) -> None:
    """Delete rows by their key.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        A table of the store.
    rows : iterable of dict of str to str
        As `read` gives them.
    """
    where = matching(con, table)
    for row in rows:
        con.execute(f"DELETE FROM {quoted(table)} WHERE {where}", key(table, row))


def replace(con: Connection, table: str, before: Row, after: Row) -> None:
    """Write one row in the place of another.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        A table of the store.
    before, after : dict of str to str
        The rows.
    """
    columns = types(con, table)
    names = [name for name in columns if name in after and after[name] != before.get(name)]
    if names:
        set_ = ", ".join(f"{quoted(name)} = {_from_text(columns[name])}" for name in names)
        values = [*(after[name] for name in names), *key(table, before)]
        con.execute(f"UPDATE {quoted(table)} SET {set_} WHERE {matching(con, table)}", values)


def key(table: str, row: Mapping[str, str | None]) -> Key:
    """Give the key of a row.

    Parameters
    ----------
    table : str
        A table of the store.
    row : mapping of str to str
        As `read` gives it.

    Returns
    -------
    list of str
        A value for each column of `key_of`.
    """
    return [row[name] for name in key_of(table)]


def keys(con: Connection, table: str, contact_id: int) -> list[Key]:
    """Read the keys of the rows about a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        A table of the store.
    contact_id : int
        The contact.

    Returns
    -------
    list of list of str
        In order.
    """
    texts = ", ".join(f"{quoted(name)}::VARCHAR" for name in key_of(table))
    query = f"SELECT {texts} FROM {quoted(table)} WHERE contact_id = ? ORDER BY ALL"
    return [list(row) for row in con.execute(query, [contact_id]).fetchall()]


def matching(con: Connection, table: str) -> str:
    """Write the condition that finds a row by its key.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        A table of the store.

    Returns
    -------
    str
        With ``?`` for each value of `key`.
    """
    columns = types(con, table)
    return " AND ".join(f"{quoted(name)} = ?::{columns[name]}" for name in key_of(table))


def there(con: Connection, table: str, row: Row) -> Row | None:
    """Read a row as it is now.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        A table of the store.
    row : dict of str to str
        The row as it was.

    Returns
    -------
    dict of str to str or None
        None when it is gone.
    """
    return next(iter(read(con, table, matching(con, table), key(table, row))), None)


def owned_count(con: Connection, table: str, keys: Sequence[Key], contact_id: int) -> int:
    """Count how many of some rows are about a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        A table of the store.
    keys : sequence of list of str
        As `key` gives them.
    contact_id : int
        The contact.

    Returns
    -------
    int
        Those that are there and its.
    """
    on = _offer(con, table, keys)
    query = f"SELECT count(*) FROM {quoted(table)} t SEMI JOIN {_OFFERED} k ON {on} WHERE t.contact_id = ?"
    (count,) = first_row(con, query, [contact_id]) or (0,)
    con.unregister(_OFFERED)
    return int(count)


def give(con: Connection, table: str, keys: Sequence[Key], contact_id: int) -> None:
    """Let a contact have some rows.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        A table of the store.
    keys : sequence of list of str
        As `key` gives them.
    contact_id : int
        The contact.
    """
    on = _offer(con, table, keys)
    con.execute(f"UPDATE {quoted(table)} AS t SET contact_id = ? FROM {_OFFERED} k WHERE {on}", [contact_id])
    con.unregister(_OFFERED)


_OFFERED = "merged_key"


def _offer(con: Connection, table: str, keys: Sequence[Key]) -> str:
    columns = types(con, table)
    con.register(_OFFERED, pd.DataFrame(keys, columns=list(key_of(table)), dtype="str"))
    return " AND ".join(f"t.{quoted(name)} = k.{quoted(name)}::{columns[name]}" for name in key_of(table))


def changed(now: Row, was: Row, besides: Sequence[str] = ()) -> list[str]:
    """Name the columns in which a row is another than it was.

    Parameters
    ----------
    now, was : dict of str to str
        The row.
    besides : sequence of str, optional
        Columns that do not count.

    Returns
    -------
    list of str
        Only columns that both have.
    """
    return [name for name in now if name in was and name not in besides and now[name] != was[name]]
