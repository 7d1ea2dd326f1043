"""What is written when a contact was made or has changed, and what is brought up to date with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.contact_rows import linked, related, relation_kind
from workbench.contacts import record
from workbench.contacts.following import Edit, Move
from workbench.duplicates import searching
from workbench.setup import marketing_setup
from workbench.store import Connection

SEARCHED_FOR_DUPLICATES = (
    "name", "name_2", "address", "address_2", "city", "post_code", "vat_registration_no", "phone_no",
)  # fmt: skip
"""Fields of a company whose change has its duplicates found again (Business Central, table 5050); no e-mail."""

_LINKED = """
    SELECT DISTINCT contact_id FROM business_relation
    WHERE contact_id IN (SELECT unnest(?)) AND link_to_table IS NOT NULL ORDER BY contact_id
"""


def write_edits(con: Connection, edits: Sequence[Edit]) -> None:
    """Write new values into contacts, and on to the records that they are linked to.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    edits : sequence of Edit
        Those with equal changes are written by one statement.
    """
    groups: dict[tuple[tuple[str, str], ...], list[Edit]] = {}
    for edit in edits:
        key = tuple((name, repr(value)) for name, value in edit.changes.items())
        groups.setdefault(key, []).append(edit)
    for group in groups.values():
        record.update(con, [edit.contact_id for edit in group], group[0].changes)
    are_linked = con.execute(_LINKED, [[edit.contact_id for edit in edits]]).fetchall()
    for (contact_id,) in are_linked:
        linked.push(con, contact_id)


def write_move(con: Connection, contact_id: int, move: Move) -> None:
    """Let another contact have rows.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        Whose rows they are.
    move : Move
        Which rows, and who gets them.
    """
    for table in move.counts:
        related.move(con, table, contact_id, move.to_id)


def keep_relations_up(con: Connection, contact_id: int, changed: Iterable[str]) -> None:
    """Bring up to date what the contact is for us, where that may be another now.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact.
    changed : iterable of str
        Its fields that have changed.
    """
    if {"type", "company_no"}.intersection(changed):
        relation_kind.refresh(con, [contact_id])


def keep_duplicates_up(con: Connection, contact_id: int, type_: object, changed: Iterable[str]) -> tuple[str, ...]:
    """Find the duplicates of a company again, where a field that they are found by has changed.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact.
    type_ : object
        Its type; pairs of a company that has become a person go.
    changed : iterable of str
        Its fields that have changed.

    Returns
    -------
    tuple of str
        A note where there are any and they are to be looked for.
    """
    names = set(changed)
    if type_ != "company":
        if "type" in names:
            con.execute("DELETE FROM contact_duplicate WHERE ? IN (contact_id, duplicate_id)", [contact_id])
        return ()
    if not names.intersection(("type", *SEARCHED_FOR_DUPLICATES)):
        return ()
    count = searching.refresh(con, contact_id)
    if not count or not marketing_setup.read(con).autosearch_duplicates:
        return ()
    return (_to_review(count),)


def _to_review(count: int) -> str:
    return f"Contacts that may be duplicates of it: {count}. Review them."
