"""Contacts: finding them, showing them, keeping views of them."""

from __future__ import annotations

from workbench.contacts.card import Cards, ContactCard
from workbench.contacts.list_file import ListFiles
from workbench.contacts.listing import ContactPage
from workbench.contacts.query import ContactQuery
from workbench.contacts.views import ContactView, ContactViews, Views

__all__ = ["ContactCard", "ContactPage", "ContactQuery", "ContactView", "ContactViews", "Contacts"]


class Contacts(Views, ListFiles, Cards):
    """Everything a workbench does with contacts.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """
