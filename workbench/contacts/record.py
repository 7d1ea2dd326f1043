"""Rows of the table of contacts: read, written and changed by id."""

# Names of columns come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipelines.schema import Table
from workbench import clock
from workbench.contact_rows import tombstones
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted


def read(con: Connection, table: Table, contact_id: int) -> dict[str, object]:
    """Read everything that is recorded of a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        Contacts with their custom fields.
    contact_id : int
        The contact, which exists.

    Returns
    -------
    dict of str to object
        By field, blank ones as None.
    """
    row = first_row(con, f"SELECT {_columns(table.by_name)} FROM contact WHERE contact_id = ?", [contact_id])
    return dict(zip(table.by_name, row or (), strict=True))


def id_of_company(con: Connection, company_no: object) -> int | None:
    """Find the contact that a company number names.

    Parameters
    ----------
    con : connection
        An open unit of work.
    company_no : object
        A number, or None.

    Returns
    -------
    int or None
        None where there is none: files may name companies that the store does not hold.
    """
    query = "SELECT contact_id FROM contact WHERE contact_no = ? AND type = 'company'"
    row = first_row(con, query, [company_no]) if company_no else None
    return None if row is None else int(row[0])


def people(con: Connection, contact_no: str, fields: Sequence[str]) -> dict[int, dict[str, object]]:
    """Read the people of a company.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        The company's number.
    fields : sequence of str
        What to read of them.

    Returns
    -------
    dict of int to dict
        Their fields by id, in the order of their numbers.
    """
    query = (
        f"SELECT contact_id, {_columns(fields)} FROM contact "
        "WHERE company_no = ? AND type = 'person' ORDER BY contact_no"
    )
    return {row[0]: dict(zip(fields, row[1:], strict=True)) for row in con.execute(query, [contact_no]).fetchall()}


def insert(con: Connection, contact_no: str, values: Mapping[str, object]) -> int:
    """Write a new contact.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_no : str
        Its number.
    values : mapping of str to object
        Its other fields.

    Returns
    -------
    int
        Its id.
    """
    contact_id = tombstones.next_id(con)
    row = {"contact_id": contact_id, "contact_no": contact_no, "last_modified_at": _now()}
    row |= {name: value for name, value in values.items() if value is not None}
    marks = ", ".join("?" for _ in row)
    con.execute(f"INSERT INTO contact ({_columns(row)}) VALUES ({marks})", list(row.values()))
    return contact_id


def update(con: Connection, contact_ids: Sequence[int], changes: Mapping[str, object]) -> None:
    """Write the same new values into some contacts.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_ids : sequence of int
        The contacts.
    changes : mapping of str to object
        By field.
    """
    places = ", ".join(f"{quoted(name)} = ?" for name in (*changes, "last_modified_at"))
    con.execute(
        f"UPDATE contact SET {places} WHERE contact_id IN (SELECT unnest(?))",
        [*changes.values(), _now(), list(contact_ids)],
    )


def touch(con: Connection, contact_id: int) -> None:
    """Note that something about a contact has changed.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact.
    """
    con.execute("UPDATE contact SET last_modified_at = ? WHERE contact_id = ?", [_now(), contact_id])


def _columns(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _now() -> object:
    return clock.now().replace(tzinfo=None)
