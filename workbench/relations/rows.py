"""Rows of business relations, and the rules about which there can be (Business Central, table 5054)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.contact_rows import relation_kind
from workbench.contacts import record
from workbench.errors import RuleError
from workbench.relations import kinds
from workbench.store import Connection
from workbench.store.connection import first_row

_OF_CONTACT = """
    SELECT business_relation_code, link_to_table, nullif(linked_no, '') FROM business_relation
    WHERE contact_id = ? ORDER BY business_relation_code
"""
_INSERT = """
    INSERT INTO business_relation (entry_no, contact_id, business_relation_code, link_to_table, linked_no)
    VALUES ((SELECT coalesce(max(entry_no), 0) + 1 FROM business_relation), ?, ?, ?, ?)
"""
_HOLDER = """
    SELECT c.contact_id, c.contact_no FROM business_relation r JOIN contact c USING (contact_id)
    WHERE r.link_to_table = ? AND r.linked_no = ?
"""


@dataclass(frozen=True)
class Relation:
    """One business relation of a contact.

    Attributes
    ----------
    code : str
        The business relation.
    kind : str or None
        The kind of its linked record; None where it has none.
    record_no : str or None
        Its number.
    """

    code: str
    kind: str | None = None
    record_no: str | None = None

    @property
    def is_linked(self) -> bool:
        """Whether there is a linked record."""
        return self.kind is not None and self.record_no is not None

    @property
    def row(self) -> dict[str, Any]:
        """The relation as fields of its table."""
        return {"business_relation_code": self.code, "link_to_table": self.kind, "linked_no": self.record_no}


def of_contact(con: Connection, contact_id: int) -> dict[str, Relation]:
    """Read the relations of a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    dict of str to Relation
        By code, without those of its company.
    """
    return {row[0]: Relation(*row) for row in con.execute(_OF_CONTACT, [contact_id]).fetchall()}


def record_of(con: Connection, contact_id: int, kind: str) -> str | None:
    """Tell which record of a kind a contact is.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    kind : str
        A key of `LINKED`.

    Returns
    -------
    str or None
        The record's number; None where it is none.
    """
    found = (one for one in of_contact(con, contact_id).values() if one.kind == kind and one.is_linked)
    return next((one.record_no for one in found), None)


def holder(con: Connection, kind: str, record_no: str) -> tuple[int, str] | None:
    """Tell which contact is a record.

    Parameters
    ----------
    con : connection
        An open unit of work.
    kind : str
        A key of `LINKED`.
    record_no : str
        The record.

    Returns
    -------
    tuple of int and str, or None
        Id and number of the contact; None where no contact is linked.
    """
    row = first_row(con, _HOLDER, [kind, record_no])
    return None if row is None else (int(row[0]), str(row[1]))


def check_is_none_yet(con: Connection, contact_id: int, contact_no: str, kind: str) -> None:
    """Refuse a second record of a kind for a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    kind : str
        A key of `LINKED`.

    Raises
    ------
    RuleError
        When it has one.
    """
    record_no = record_of(con, contact_id, kind)
    if record_no is not None:
        raise RuleError(
            f"{contact_no} already has {kinds.a(kind)}: {record_no}.",
            f"Unlink it first: workbench contact unlink {contact_no} {kind.replace('_', '-')}.",
        )


def check_is_free(con: Connection, contact_id: int, contact_no: str, relation: Relation) -> None:
    """Refuse a linked relation that another one stands in the way of.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    relation : Relation
        A linked relation.

    Raises
    ------
    RuleError
        When the contact has a record of the kind, another contact has the record, or the code is that of another
        record of the contact.
    """
    kind, record_no = str(relation.kind), str(relation.record_no)
    check_is_none_yet(con, contact_id, contact_no, kind)
    other = holder(con, kind, record_no)
    if other is not None:
        raise RuleError(
            f"The {kinds.spoken(kind)} {record_no} already has a contact: {other[1]}.",
            f"Unlink it first: workbench contact unlink {other[1]} {kind.replace('_', '-')}.",
        )
    same = of_contact(con, contact_id).get(relation.code)
    if same is not None and same.is_linked:
        kind = str(same.kind)
        raise RuleError(
            f"{contact_no} already has the relation {relation.code}, with the {kinds.spoken(kind)} {same.record_no}.",
            "Name different business relations for the kinds of records in marketing setup.",
        )


def insert(con: Connection, contact_id: int, relation: Relation) -> None:
    """Write a relation, and what follows for the contact and, of a company, its people.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact.
    relation : Relation
        The relation; a linked one takes the place of one of its code without a record.
    """
    con.execute(
        "DELETE FROM business_relation WHERE contact_id = ? AND business_relation_code = ? "
        "AND coalesce(linked_no, '') = ''",
        [contact_id, relation.code],
    )
    con.execute(_INSERT, [contact_id, relation.code, relation.kind, relation.record_no])
    _keep_up(con, contact_id)


def delete(con: Connection, contact_id: int, code: str) -> None:
    """Delete a relation, and keep up what follows.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact.
    code : str
        The relation.
    """
    con.execute("DELETE FROM business_relation WHERE contact_id = ? AND business_relation_code = ?", [contact_id, code])
    _keep_up(con, contact_id)


def _keep_up(con: Connection, contact_id: int) -> None:
    relation_kind.refresh(con, [contact_id])
    record.touch(con, contact_id)
