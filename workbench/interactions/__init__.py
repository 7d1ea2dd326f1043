"""The log of interactions: what was said and sent between contacts and us."""

from __future__ import annotations

from workbench.interactions.call_import import ImportingCalls
from workbench.interactions.commenting import Commenting
from workbench.interactions.creating import Creating
from workbench.interactions.documents import Documents
from workbench.interactions.entries import EVALUATIONS, Entries
from workbench.interactions.listing import Listing
from workbench.interactions.mail_import import ImportingMail
from workbench.interactions.query import InteractionQuery
from workbench.interactions.results import (
    CommentReceipt,
    DocumentReceipt,
    Draft,
    EntriesReceipt,
    ImportReceipt,
    InteractionCard,
    InteractionPage,
    InteractionReceipt,
)

__all__ = [
    "EVALUATIONS", "CommentReceipt", "DocumentReceipt", "Draft", "EntriesReceipt", "ImportReceipt", "InteractionCard",
    "InteractionPage", "InteractionQuery", "InteractionReceipt", "Interactions",
]  # fmt: skip


class Interactions(Creating, Listing, Entries, Commenting, Documents, ImportingMail, ImportingCalls):
    """Everything a workbench does with the log of interactions.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """
