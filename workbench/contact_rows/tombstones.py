"""What stays of a contact that was deleted, merged or erased: that there was one, and whether a number was its."""

from __future__ import annotations

import hashlib
import secrets

from workbench import clock
from workbench.store import Connection
from workbench.store.connection import first_row

DELETED, MERGED, ERASED = "deleted", "merged", "erased"


def bury(con: Connection, contact_id: int, contact_no: str, reason: str, replaced_by: int | None = None) -> None:
    """Note that a contact is gone.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        Its id, which no other contact gets.
    contact_no : str
        Its number, of which a salted digest is kept and nothing else.
    reason : str
        `DELETED`, `MERGED` or `ERASED`.
    replaced_by : int, optional
        The contact it was merged into.
    """
    salt = secrets.token_hex(16)
    con.execute(
        "INSERT INTO contact_tombstone VALUES (?, ?, ?, ?, ?, ?)",
        [contact_id, salt, digest(contact_no, salt), reason, replaced_by, clock.now().replace(tzinfo=None)],
    )


def digest(contact_no: str, salt: str) -> str:
    """Digest a number, so that it can be recognised and not read.

    Parameters
    ----------
    contact_no : str
        The number.
    salt : str
        The salt of the tombstone.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    return hashlib.sha256(f"{salt}:{contact_no}".encode()).hexdigest()


def next_id(con: Connection) -> int:
    """Tell the id that the next new contact gets.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    int
        Higher than every id that was ever given.
    """
    (highest,) = first_row(con, f"SELECT {HIGHEST_ID}") or (0,)
    return int(highest) + 1


HIGHEST_ID = """coalesce((
    SELECT max(contact_id) FROM (SELECT contact_id FROM contact UNION ALL SELECT contact_id FROM contact_tombstone)
), 0)"""
"""SQL for the highest id that was ever given."""
