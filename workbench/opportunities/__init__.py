"""Possible sales, and where they stand in their sales cycles."""

from __future__ import annotations

from workbench.opportunities.changing import Changing
from workbench.opportunities.closing import Closing
from workbench.opportunities.commenting import Commenting
from workbench.opportunities.creating import Creating
from workbench.opportunities.documents import DocumentLine, DocumentList, DocumentReceipt, SalesDocument
from workbench.opportunities.keeping import Keeping
from workbench.opportunities.moving import Moving
from workbench.opportunities.quoting import Quoting
from workbench.opportunities.receipts import CommentReceipt, OpportunityDeletion, OpportunityReceipt, StepReceipt
from workbench.opportunities.results import Entry, Opportunity, OpportunityCard, OpportunityList
from workbench.opportunities.starting import OpportunitiesReceipt, Starting

__all__ = [
    "CommentReceipt",
    "DocumentLine",
    "DocumentList",
    "DocumentReceipt",
    "Entry",
    "Opportunities",
    "OpportunitiesReceipt",
    "Opportunity",
    "OpportunityCard",
    "OpportunityDeletion",
    "OpportunityList",
    "OpportunityReceipt",
    "SalesDocument",
    "StepReceipt",
]


class Opportunities(Creating, Keeping, Changing, Moving, Closing, Commenting, Quoting, Starting):
    """Everything a workbench does with opportunities.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    """
