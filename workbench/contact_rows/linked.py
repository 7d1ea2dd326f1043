"""Customers, vendors, bank accounts and employees kept in step with the contacts they are."""

# Names of tables and columns come from the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from pipelines.linked_tables import LINKED
from pipelines.linking import shared_fields
from workbench.store import Connection

_LINKS = "SELECT link_to_table, linked_no FROM business_relation WHERE contact_id = ? AND coalesce(linked_no, '') <> ''"


def links(con: Connection, contact_id: int) -> list[tuple[str, str]]:
    """List the records a contact is.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    list of (str, str)
        Kind and number, such as ``("customer", "C00010")``.
    """
    return [(kind, number) for kind, number in con.execute(_LINKS, [contact_id]).fetchall() if kind in LINKED]


def push(con: Connection, contact_id: int) -> None:
    """Give the records of a contact the contact's values of the fields they share.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact that has changed.
    """
    for kind, number in links(con, contact_id):
        push_to(con, contact_id, kind, number)


def push_to(con: Connection, contact_id: int, kind: str, number: str) -> None:
    """Give one record of a contact the contact's values.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact.
    kind : str
        A key of `LINKED`.
    number : str
        The record's number.
    """
    set_ = ", ".join(f"{record} = c.{field}" for field, record in shared_fields(kind).items())
    con.execute(
        f"UPDATE {kind} SET {set_} FROM contact c WHERE c.contact_id = ? AND {kind}.{kind}_no = ?",
        [contact_id, number],
    )
