"""Campaign - Details (report 5060): a campaign's card and statistics, its segments, its entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from workbench.reports.results import Report, stacked
from workbench.store import Connection, tables

if TYPE_CHECKING:
    from workbench.campaigns import Campaigns

_CARD = (
    "campaign_no", "description", "status", "salesperson_code", "starting_on", "ending_on", "is_activated",
    "target_contacts_contacted", "contacts_responded", "entry_response_rate", "cost_amount",
    "cost_per_response_amount", "duration_minutes", "duration_per_response_minutes", "opportunity_count",
    "estimated_amount", "calculated_amount",
)  # fmt: skip
_ENTRIES = (
    "campaign_no", "campaign_entry_no", "dated_on", "description", "segment_no", "interaction_count", "cost_amount",
    "duration_minutes", "is_canceled",
)  # fmt: skip
_SEGMENTS = """
    SELECT w.campaign_no, w.worksheet_no AS segment_no, w.description, count(l.line_no) AS line_count,
        coalesce(sum(l.cost_amount), 0)::DOUBLE AS cost_amount,
        coalesce(sum(l.duration_minutes), 0)::DOUBLE AS duration_minutes
    FROM worksheet w LEFT JOIN worksheet_line l USING (worksheet_no)
    WHERE list_contains(?, w.campaign_no) GROUP BY ALL ORDER BY w.campaign_no, segment_no
"""


@dataclass(frozen=True)
class CampaignDetails(Report):
    """Campaign - Details (report 5060).

    Attributes
    ----------
    campaigns : pandas.DataFrame
        One row for each campaign: campaign_no, description, status, salesperson_code, starting_on, ending_on,
        is_activated, then its statistics up to the day of the report under the names of `CampaignStatistics`.
    segments : pandas.DataFrame
        The worksheets of each: campaign_no, segment_no, description, line_count, cost_amount, duration_minutes.
    entries : pandas.DataFrame
        What was done for each: campaign_no, campaign_entry_no, dated_on, description, segment_no, interaction_count,
        cost_amount, duration_minutes, is_canceled.
    """

    campaigns: pd.DataFrame = field(repr=False)
    segments: pd.DataFrame = field(repr=False)
    entries: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Campaign details"

    def frame(self) -> pd.DataFrame:
        """Show everything as one table.

        Returns
        -------
        pandas.DataFrame
            Column kind says what a row is: campaign, segment or entry; `campaign_no` whose.
        """
        parts = {"campaign": self.campaigns, "segment": self.segments, "entry": self.entries}
        # As objects, so that a count stays one where other kinds of rows have none.
        return stacked({kind: rows.astype(object) for kind, rows in parts.items()}, "campaign_no")


def details(con: Connection, campaigns: Campaigns, campaign_nos: Sequence[str], as_of: dt.date) -> CampaignDetails:
    """Gather what the report says.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaigns : Campaigns
        What knows campaigns.
    campaign_nos : sequence of str
        Which ones, in this order; all where there are none.
    as_of : datetime.date
        Later interactions are left out of the statistics.

    Returns
    -------
    CampaignDetails
        Nobody is named in it.

    Raises
    ------
    NotFoundError
        When there is no such campaign.
    """
    numbers = list(dict.fromkeys(campaign_nos)) or [one.campaign_no for one in campaigns.list()]
    cards = pd.DataFrame([_card(campaigns, number, as_of) for number in numbers], columns=list(_CARD))
    segments = tables.frame(con, _SEGMENTS, [numbers])
    entries = [campaigns.entries(number).frame().assign(campaign_no=number) for number in numbers]
    whole = pd.concat(entries)[list(_ENTRIES)] if entries else pd.DataFrame(columns=list(_ENTRIES))
    return CampaignDetails(as_of, np.array([], dtype=np.int64), None, (), cards, segments, whole)


def _card(campaigns: Campaigns, campaign_no: str, as_of: dt.date) -> list[object]:
    campaign, figures = campaigns.get(campaign_no), campaigns.statistics(campaign_no, ending_on=as_of)
    statuses = campaigns.list().statuses
    known = {**figures.to_dict(), **campaign.to_dict(), "status": statuses.get(campaign.status_code or "")}
    return [float(value) if isinstance(value, Decimal) else value for value in map(known.get, _CARD)]
