"""What was done to campaigns, or would be: the same receipt for a preview."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class CampaignReceipt:
    """What creating or changing a campaign did, or would do.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    changed : dict of str to tuple
        The fields that are different now, with the value before and the new one.
    is_written : bool
        False for a preview.
    """

    campaign_no: str
    changed: dict[str, tuple[Any, Any]] = field(hash=False)
    is_written: bool

    def frame(self) -> pd.DataFrame:
        """Show the changes as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, before, after.
        """
        return pd.DataFrame(
            [[name, *pair] for name, pair in self.changed.items()], columns=["field", "before", "after"]
        )

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.campaign_no)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class CampaignDeletion:
    """What deleting a campaign took away, or would take away.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    entry_count, interaction_count : int
        Its entries, and the interactions that came of them.
    target_count, price_count, comment_count : int
        Contacts that a file had targeted, prices, comments.
    is_written : bool
        False for a preview.
    """

    campaign_no: str
    entry_count: int
    interaction_count: int
    target_count: int
    price_count: int
    comment_count: int
    is_written: bool


@dataclass(frozen=True)
class ActivationReceipt:
    """What activating or deactivating a campaign did, or would do.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    is_activated : bool
        Whether its prices are for its target group afterwards.
    member_count : int
        Customers and contacts of the target group.
    customer_count : int
        Customers among them.
    product_count : int
        Members that Business Central would have.
    price_count : int
        Prices and line discounts of the campaign.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    campaign_no: str
    is_activated: bool
    member_count: int
    customer_count: int
    product_count: int
    price_count: int
    notes: tuple[str, ...]
    is_written: bool


@dataclass(frozen=True)
class EntryReceipt:
    """What canceling or deleting entries of a campaign did, or would do.

    Attributes
    ----------
    campaign_no : str or None
        Which campaign; None for those of all.
    entry_nos : tuple of str
        The entries.
    interaction_count : int
        The interactions that went with them.
    is_canceled : bool
        Whether they are canceled afterwards; of deleted ones, true.
    is_written : bool
        False for a preview.
    """

    campaign_no: str | None
    entry_nos: tuple[str, ...]
    interaction_count: int
    is_canceled: bool
    is_written: bool


@dataclass(frozen=True)
class RowReceipt:
    """What saving or deleting a price or a comment of a campaign did, or would do.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    before, after : dict of str to object, or None
        The row; None where there was none, or is none any more.
    is_written : bool
        False for a preview.
    """

    campaign_no: str
    before: dict[str, Any] | None = field(hash=False)
    after: dict[str, Any] | None = field(hash=False)
    is_written: bool
