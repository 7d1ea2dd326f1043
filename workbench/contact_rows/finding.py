"""A contact's id in the store, by its number."""

from __future__ import annotations

from workbench.errors import NotFoundError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row


def id_of(con: Connection, contact_no: str) -> int:
    """Find a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        Its number.

    Returns
    -------
    int
        Its id.

    Raises
    ------
    NotFoundError
        When no contact has the number; suggests the nearest.
    """
    row = first_row(con, "SELECT contact_id FROM contact WHERE contact_no = ?", [contact_no])
    if row is None:
        near = con.execute(
            "SELECT contact_no FROM contact ORDER BY levenshtein(contact_no, ?), contact_no LIMIT 20", [contact_no]
        ).fetchall()
        raise NotFoundError(f'There is no contact "{contact_no}".', nearest(contact_no, [no for (no,) in near]))
    return int(row[0])
