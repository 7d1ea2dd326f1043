"""Response rates: distinct targeted contacts that responded, of those targeted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from pipelines.dates import instant, shift
from pipelines.response import response_rates
from workbench.campaigns.work import CampaignWork
from workbench.store import tables

_TARGETS = """
    SELECT t.campaign_no, t.contact_id, c.type_code, c.description, c.starting_on, c.ending_on
    FROM campaign_target t LEFT JOIN campaign c USING (campaign_no)
    WHERE t.targeted_on IS NULL OR t.targeted_on <= ?
"""
_RESPONSES = """
    SELECT campaign_no, contact_id FROM interaction
    WHERE is_campaign_response AND NOT is_canceled AND campaign_no IS NOT NULL AND occurred_at < ?
"""
_BY = {
    "campaign": ["campaign_no", "description", "type_code", "starting_on", "ending_on"],
    "type": ["type_code"],
}


@dataclass(frozen=True)
class ResponseRates:
    """Response to campaigns: distinct targeted contacts that responded, of those targeted.

    Attributes
    ----------
    rates : pandas.DataFrame
        One row for each group: its columns, target_count, responder_count, response_rate, rate_low, rate_high
        (95 % Wilson interval).
    by : str
        ``"campaign"`` or ``"type"``.
    as_of : datetime.date
        Targets and responses after this day are left out.
    """

    rates: pd.DataFrame = field(repr=False)
    by: str
    as_of: dt.date

    def frame(self) -> pd.DataFrame:
        """Show the rates.

        Returns
        -------
        pandas.DataFrame
            `rates`.
        """
        return self.rates

    def _repr_html_(self) -> str:
        head = f"Response by {self.by} as of {self.as_of.isoformat()}: responders of targeted contacts, 95 % interval"
        return f"<b>{head}</b>{self.rates.to_html(index=False)}"


class Rating(CampaignWork):
    """Response rates of campaigns."""

    def response(self, as_of: dt.date, by: Literal["campaign", "type"] = "campaign") -> ResponseRates:
        """Compute the response rates of campaigns.

        Parameters
        ----------
        as_of : datetime.date
            Targets and responses after this day are left out.
        by : {"campaign", "type"}, optional
            One row for each campaign, or for each type of campaign.

        Returns
        -------
        ResponseRates
            A contact that two campaigns targeted counts once in each.
        """
        before = instant(shift(as_of, 1, "day"), self._zone)
        with self._database.reading() as con:
            targets = tables.frame(con, _TARGETS, [as_of])
            responses = tables.frame(con, _RESPONSES, [before])
        return ResponseRates(response_rates(targets, responses, _BY[by]), by, as_of)
