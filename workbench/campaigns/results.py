"""Campaigns, their entries, target groups and prices as their users see them."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import pandas as pd

CARD_FIELDS = ("description", "type_code", "starting_on", "ending_on", "salesperson_code", "status_code")
"""What people write on the card of a campaign."""


@dataclass(frozen=True)
class Campaign:
    """A campaign (table 5071) with how much belongs to it.

    Attributes
    ----------
    campaign_no : str
        Its number.
    description, type_code : str or None
        What it is, and what kind of campaign.
    starting_on, ending_on : datetime.date or None
        Its first and last day.
    salesperson_code, status_code : str or None
        Who is responsible for it, and where it stands.
    is_activated : bool
        Whether its prices are for its target group.
    target_count : int
        Contacts that a launch or a file targets, those held out included.
    entry_count, price_count, comment_count : int
        Its entries, its prices with line discounts, its comments.
    """

    campaign_no: str
    description: str | None
    type_code: str | None
    starting_on: dt.date | None
    ending_on: dt.date | None
    salesperson_code: str | None
    status_code: str | None
    is_activated: bool
    target_count: int
    entry_count: int
    price_count: int
    comment_count: int

    def to_dict(self) -> dict[str, Any]:
        """Give the campaign as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return asdict(self)

    def frame(self) -> pd.DataFrame:
        """Show the campaign as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, value.
        """
        return pd.DataFrame(list(self.to_dict().items()), columns=["field", "value"])

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.campaign_no)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class CampaignList:
    """The campaigns.

    Attributes
    ----------
    campaigns : tuple of Campaign
        By number.
    statuses : dict of str to str
        Status codes with their descriptions, in the order of their codes; also those that only stand on campaigns.
    """

    campaigns: tuple[Campaign, ...]
    statuses: dict[str, str] = field(hash=False)

    def __iter__(self) -> Iterator[Campaign]:
        return iter(self.campaigns)

    def __len__(self) -> int:
        return len(self.campaigns)

    def frame(self) -> pd.DataFrame:
        """Show the list as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each campaign, with the attributes of `Campaign`.
        """
        names = [item.name for item in fields(Campaign)]
        return pd.DataFrame([[getattr(one, name) for name in names] for one in self.campaigns], columns=names)

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class CampaignRows:
    """Rows that belong to one campaign: its entries, prices, comments or target group.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    rows : pandas.DataFrame
        What the method that gives them says.
    """

    campaign_no: str
    rows: pd.DataFrame = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.campaign_no)}</b>{self.rows.to_html(index=False)}"


@dataclass(frozen=True)
class TargetGroup(CampaignRows):
    """Whom the prices of a campaign are for.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row for each member: type (``customer`` or ``contact``), no, contact_no and name of the company, or of the
        person without one; line_count and interaction_count, the target rows that make it a member.
    is_activated : bool
        Whether the prices are for them already.
    product_count : int
        Members that Business Central has, or would have on activation.
    notes : tuple of str
        Why the two numbers differ.
    """

    is_activated: bool
    product_count: int
    notes: tuple[str, ...] = ()
