"""Contacts: finding, showing, creating, changing and deleting them, and keeping views of them."""

from __future__ import annotations

from workbench.contacts.addresses import Addresses, AddressOfDay
from workbench.contacts.card import Cards, ContactCard
from workbench.contacts.changing import Changing
from workbench.contacts.comments import Commenting
from workbench.contacts.consents import Consenting, ContactConsents
from workbench.contacts.creating import Creating
from workbench.contacts.deleting import Deleting
from workbench.contacts.list_file import ListFiles
from workbench.contacts.listing import ContactPage
from workbench.contacts.opportunity_list import ContactOpportunities, OpportunityLists
from workbench.contacts.query import ContactQuery
from workbench.contacts.receipts import ContactReceipt, DeletionReceipt, FieldChange, RowReceipt
from workbench.contacts.salutations import Salutation, Salutations
from workbench.contacts.surroundings import Surroundings
from workbench.contacts.views import ContactView, ContactViews, Views

__all__ = [
    "AddressOfDay", "ContactCard", "ContactConsents", "ContactOpportunities", "ContactPage", "ContactQuery",
    "ContactReceipt", "ContactView", "ContactViews", "Contacts", "DeletionReceipt", "FieldChange", "RowReceipt",
    "Salutation", "Surroundings",
]  # fmt: skip


class Contacts(
    Views,
    ListFiles,
    Cards,
    Creating,
    Changing,
    Deleting,
    Addresses,
    Consenting,
    Commenting,
    Salutations,
    OpportunityLists,
):
    """Everything a workbench does with contacts.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """
