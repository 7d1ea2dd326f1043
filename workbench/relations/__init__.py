"""Contacts and the customers, vendors, bank accounts and employees they are."""

from __future__ import annotations

from workbench.relations.adding import Adding, RelationList
from workbench.relations.contacts_from import CreatingContacts
from workbench.relations.creating import Creating
from workbench.relations.linking import Linking
from workbench.relations.looking import Looking
from workbench.relations.receipts import CreationReceipt, LinkReceipt, RecordChange, SynchronizationReceipt
from workbench.relations.results import LinkedRecord, RecordList
from workbench.relations.synchronizing import Synchronizing

__all__ = [
    "CreationReceipt", "LinkReceipt", "LinkedRecord", "RecordChange", "RecordList", "RelationList", "Relations",
    "SynchronizationReceipt",
]  # fmt: skip


class Relations(Adding, Linking, Creating, CreatingContacts, Looking, Synchronizing):
    """Everything a workbench does with business relations and linked records.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """
