"""Which tables hold rows about contacts, and what happens to such rows when a contact is merged or goes."""

# Names of tables come from the schema and the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from types import MappingProxyType

from pipelines.schema import TABLES, Table
from workbench.store import Connection
from workbench.store.connection import first_row

NOBODY = 0
"""The contact of a row that outlived its contact."""

ABOUT_CONTACTS: MappingProxyType[str, Table] = MappingProxyType(
    {name: table for name, table in TABLES.items() if "contact_no" in table.by_name and name != "contact"}
)


def counts(con: Connection, contact_id: int) -> dict[str, int]:
    """Count the rows about a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    dict of str to int
        By table of the schema, those with none left out.
    """
    query = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM {name} WHERE contact_id = $contact_id" for name in ABOUT_CONTACTS
    )
    return {name: count for name, count in con.execute(query, {"contact_id": contact_id}).fetchall() if count}


def move(con: Connection, table: str, from_id: int, to_id: int) -> int:
    """Let another contact, or nobody, have the rows about a contact.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        A key of `ABOUT_CONTACTS`.
    from_id, to_id : int
        Contact ids; `NOBODY` for rows that outlive their contact.

    Returns
    -------
    int
        How many rows there were.
    """
    return _counted(con, f"UPDATE {table} SET contact_id = ? WHERE contact_id = ?", [to_id, from_id])


def remove(con: Connection, table: str, contact_id: int) -> int:
    """Delete the rows about a contact.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        A key of `ABOUT_CONTACTS`.
    contact_id : int
        The contact.

    Returns
    -------
    int
        How many rows there were.
    """
    return _counted(con, f"DELETE FROM {table} WHERE contact_id = ?", [contact_id])


def _counted(con: Connection, statement: str, values: list[int]) -> int:
    """DuckDB answers a statement that changes rows with their count."""
    row = first_row(con, statement, values)
    return 0 if row is None else int(row[0])
