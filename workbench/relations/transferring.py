"""Values that go from a record to its contact, and from a contact to a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.linking import from_record, to_record
from workbench.contacts import changing, record
from workbench.contacts.changing import Change
from workbench.relations import records
from workbench.relations.receipts import RecordChange, differing
from workbench.setup import Setup
from workbench.store import Connection


def to_contact(
    con: Connection, setup: Setup, contact_id: int, contact_no: str, kind: str, values: Mapping[str, Any]
) -> Change:
    """Work out what a contact takes over from its record.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Fields and switches of the store.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    kind : str
        A key of `LINKED`.
    values : mapping of str to object
        The record.

    Returns
    -------
    Change
        What would be written: the contact as if somebody had given it the record's values of the fields they share,
        and what follows for the people of a company (Business Central, codeunit CustCont-Update).

    Raises
    ------
    WorkbenchError
        When the rules for contacts refuse a value.
    """
    return changing.planned(con, setup, contact_id, contact_no, from_record(kind, values))


def to_linked(con: Connection, setup: Setup, contact_id: int, kind: str, record_no: str) -> tuple[RecordChange, ...]:
    """Work out what a record takes over from its contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Fields of the store.
    contact_id : int
        The contact.
    kind : str
        A key of `LINKED`.
    record_no : str
        The record.

    Returns
    -------
    tuple of RecordChange
        What `workbench.contact_rows.linked.push_to` would change.
    """
    after = to_record(kind, record.read(con, setup.table("contact"), contact_id))
    return differing(records.read(con, kind, record_no), after)
