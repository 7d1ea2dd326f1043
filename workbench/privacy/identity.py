"""Who is meant by a number: the contact, and the contacts that were merged into it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.contact_rows.finding import id_of
from workbench.errors import NotFoundError
from workbench.store import Connection
from workbench.store.connection import first_row

_GONE = """
    SELECT contact_id, reason, removed_at FROM contact_tombstone WHERE digest = sha256(salt || ':' || ?)
    ORDER BY removed_at DESC LIMIT 1
"""
_THERE = "SELECT contact_id, type, name, email, email_2 FROM contact WHERE contact_no = ?"
_PREDECESSORS = """
    WITH RECURSIVE predecessor(contact_id) AS (
        SELECT CAST(? AS INTEGER)
        UNION
        SELECT t.contact_id FROM contact_tombstone t JOIN predecessor p ON t.replaced_by = p.contact_id
    )
    SELECT contact_id FROM predecessor ORDER BY contact_id
"""


@dataclass(frozen=True)
class Identity:
    """A contact with what it is known by.

    Attributes
    ----------
    contact_id : int
        Its id.
    contact_no : str
        Its number.
    ids : tuple of int
        Its id and those of contacts that were merged into it, in order.
    is_company : bool
        Whether it is a company.
    names : tuple of str
        Number, name and e-mail addresses, as a definition would write them.
    """

    contact_id: int
    contact_no: str
    ids: tuple[int, ...]
    is_company: bool
    names: tuple[str, ...]


def identified(con: Connection, contact_no: str) -> Identity:
    """Find a contact with its predecessors.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        Its number.

    Returns
    -------
    Identity
        Who is meant.

    Raises
    ------
    NotFoundError
        When no contact has the number; says so when one had it and is gone.
    """
    gone = first_row(con, _GONE, [contact_no])
    row = first_row(con, _THERE, [contact_no])
    if row is None and gone is not None:
        raise NotFoundError(
            f'The contact "{contact_no}" is gone: {gone[1]} on {gone[2]:%Y-%m-%d}.',
            "The files that held it can still be listed.",
        )
    contact_id = id_of(con, contact_no) if row is None else int(row[0])
    _, type_, *texts = row or (None, None)
    names = tuple(dict.fromkeys(text for text in (contact_no, *texts) if text))
    return Identity(contact_id, contact_no, predecessors(con, contact_id), type_ == "company", names)


def ids_of(con: Connection, contact_no: str) -> tuple[int, ...]:
    """Find the ids of a contact that is there or gone, predecessors included.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        Its number.

    Returns
    -------
    tuple of int
        In order.

    Raises
    ------
    NotFoundError
        When no contact has or had the number.
    """
    gone = first_row(con, _GONE, [contact_no])
    there = first_row(con, "SELECT contact_id FROM contact WHERE contact_no = ?", [contact_no])
    known = [int(row[0]) for row in (gone, there) if row is not None] or [id_of(con, contact_no)]
    return tuple(sorted({one for contact_id in known for one in predecessors(con, contact_id)}))


def predecessors(con: Connection, contact_id: int) -> tuple[int, ...]:
    """Follow merges back.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        Into which contact.

    Returns
    -------
    tuple of int
        The id itself and those of contacts merged into it, in order.
    """
    return tuple(int(one) for (one,) in con.execute(_PREDECESSORS, [contact_id]).fetchall())
