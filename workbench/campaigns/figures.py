"""The statistics of a campaign exactly as Business Central computes them (page 5088)."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from babel.numbers import get_currency_precision

from pipelines.campaign_statistics import entry_response_rate, per_response
from pipelines.dates import day_after, instant
from workbench.campaigns import cards
from workbench.campaigns.work import CampaignWork
from workbench.store.connection import first_row

_ENTRIES = """
    SELECT count(*) FILTER (is_campaign_target), count(*) FILTER (is_campaign_response),
        count(DISTINCT contact_id) FILTER (is_campaign_target),
        count(DISTINCT contact_id) FILTER (is_campaign_response),
        coalesce(sum(cost_amount), 0), coalesce(sum(duration_minutes), 0)
    FROM interaction
    WHERE campaign_no = $1 AND NOT is_canceled AND NOT is_postponed
        AND ($2 IS NULL OR occurred_at >= $2) AND ($3 IS NULL OR occurred_at < $3)
"""
# An opportunity that was not started has no entry in the product, so it is not counted.
_OPPORTUNITIES = """
    SELECT count(*), coalesce(sum(estimated_amount), 0), coalesce(sum(calculated_amount), 0)
    FROM opportunity WHERE campaign_no = ? AND status IS DISTINCT FROM 'not_started'
"""


@dataclass(frozen=True)
class CampaignStatistics:
    """What Business Central shows as the statistics of a campaign.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    starting_on, ending_on : datetime.date or None
        The days of the log entries that count; None where there is no bound. Opportunities count whenever they were.
    target_contacts_contacted : int
        Log entries marked Campaign Target, neither canceled nor postponed. The product calls them contacts.
    contacts_responded : int
        Log entries marked Campaign Response, likewise.
    entry_response_rate : decimal.Decimal
        Of these entries, responses divided by targets, to a tenth of a percent; above 1 where there are more responses.
    contacted_count, responder_count : int
        Different contacts on the entries of either kind, which the product does not show.
    cost_amount : decimal.Decimal
        The cost of all entries of the campaign, in the store's currency.
    cost_per_response_amount : decimal.Decimal
        The cost divided by `contacts_responded`, in the precision of the currency; 0 without responses.
    duration_minutes : decimal.Decimal
        The duration of all entries.
    duration_per_response_minutes : decimal.Decimal
        Divided by `contacts_responded`, to a hundredth; 0 without responses.
    opportunity_count : int
        Opportunities of the campaign that were begun; won and lost ones count.
    estimated_amount, calculated_amount : decimal.Decimal
        Their values.
    """

    campaign_no: str
    starting_on: dt.date | None
    ending_on: dt.date | None
    target_contacts_contacted: int
    contacts_responded: int
    entry_response_rate: Decimal
    contacted_count: int
    responder_count: int
    cost_amount: Decimal
    cost_per_response_amount: Decimal
    duration_minutes: Decimal
    duration_per_response_minutes: Decimal
    opportunity_count: int
    estimated_amount: Decimal
    calculated_amount: Decimal

    def to_dict(self) -> dict[str, Any]:
        """Give the statistics as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return asdict(self)

    def frame(self) -> pd.DataFrame:
        """Show the statistics as a table.

        Returns
        -------
        pandas.DataFrame
            Columns figure, value.
        """
        return pd.DataFrame(list(self.to_dict().items()), columns=["figure", "value"])

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.campaign_no)}</b>{self.frame().to_html(index=False)}"


class Figures(CampaignWork):
    """Statistics of campaigns."""

    def statistics(
        self, campaign_no: str, *, starting_on: dt.date | None = None, ending_on: dt.date | None = None
    ) -> CampaignStatistics:
        """Compute the statistics of a campaign as the product does.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        starting_on, ending_on : datetime.date, optional
            First and last day of the log entries that count; every day where absent.

        Returns
        -------
        CampaignStatistics
            Counts of entries, not of contacts; how many contacts they are stands beside.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        settings = self._setup.settings()
        zone = ZoneInfo(settings.time_zone)
        begin = _begin(starting_on, zone)
        end = _begin(day_after(ending_on) if ending_on else None, zone)
        with self._database.reading() as con:
            cards.found(con, campaign_no)
            entries = first_row(con, _ENTRIES, [campaign_no, begin, end]) or ()
            opportunities = first_row(con, _OPPORTUNITIES, [campaign_no]) or ()
        targets, responses, contacted, responders, cost, minutes = entries
        decimals = get_currency_precision(settings.currency_code) if settings.currency_code else 2
        duration = Decimal(repr(minutes))
        return CampaignStatistics(
            campaign_no, starting_on, ending_on, targets, responses, entry_response_rate(responses, targets),
            contacted, responders, cost, per_response(cost, responses, decimals), duration,
            per_response(duration, responses), *opportunities,
        )  # fmt: skip


def _begin(day: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    return None if day is None else instant(day, zone).replace(tzinfo=None)
