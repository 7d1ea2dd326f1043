"""What a plan comes to: who would be targeted, in which arm, and why everybody else would not."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field

import pandas as pd

from pipelines.campaign_plan import Plan

REASONS = (
    "other_segment", "targeted_before", "privacy_blocked", "excluded_from_segments", "no_consent", "unreachable",
    "frequency_cap", "other_campaign", "duplicate", "household_cap", "company_cap", "capacity",
)  # fmt: skip
"""Why somebody is no target; the first that holds is given."""


@dataclass(frozen=True)
class Allocation:
    """What a plan comes to on a day.

    Attributes
    ----------
    plan : Plan
        What was asked for.
    as_of : datetime.date
        The day.
    revision : int
        Of the store.
    members : pandas.DataFrame
        One row for each member of each segment of each campaign: `campaign_no`, `segment_name`, `contact_id`,
        `contact_no`, `key` (the dedupe key), `stratum`, `arm`, `reason`. Either `arm` or `reason` is there.
    arms : pandas.DataFrame
        One row for each arm of each campaign: `campaign_no`, `arm`, `target_count`, `unit_count` (different dedupe
        keys, which were drawn), `planned_share`, `target_share` (of the targets of the campaign), `cost_amount`
        (missing where the plan names no costs).
    sizes : pandas.DataFrame
        One row for each variant of a campaign that holds some out and says what it expects: `campaign_no`, `arm`,
        `unit_count`, `holdout_count` (units), `expected_rate`, `confidence` (of the test, higher where several
        variants are compared), `smallest_lift` (found with the wanted power), `expected_lift`, `power` (of finding
        it), `needed_count` and `needed_holdout_count` (units it needs). Lifts are differences of rates.
    notes : tuple of str
        Things to know that are no errors.
    """

    plan: Plan
    as_of: dt.date
    revision: int
    members: pd.DataFrame = field(repr=False)
    arms: pd.DataFrame = field(repr=False)
    sizes: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...]

    @property
    def targets(self) -> pd.DataFrame:
        """The rows of `members` that are targets, held out or not."""
        return self.members[self.members["arm"].notna()]

    @property
    def target_count(self) -> int:
        """How many contacts are targets, those held out among them."""
        return len(self.targets)

    def ledger(self) -> pd.DataFrame:
        """Account for every member of every segment.

        Returns
        -------
        pandas.DataFrame
            `campaign_no`, `segment_name`, `entry`, `contact_count`: the members first, then those lost with each
            reason, then the targets in each arm. Members less losses less targets is 0 for each segment.
        """
        by = ["campaign_no", "segment_name"]
        whole = pd.concat([_counted(self.members.assign(entry="members"), by), *(
            _counted(self.members.rename(columns={column: "entry"}), by) for column in ("reason", "arm")
        )])  # fmt: skip
        places = [self._place(*row) for row in whole[[*by, "entry"]].to_numpy()]
        return whole.iloc[sorted(range(len(whole)), key=places.__getitem__)].reset_index(drop=True)

    def frame(self) -> pd.DataFrame:
        """Show the ledger as a table.

        Returns
        -------
        pandas.DataFrame
            As `ledger`.
        """
        return self.ledger()

    def _place(self, campaign_no: str, segment_name: str, entry: str) -> tuple[int, int, int]:
        """Say where an entry stands: campaign by campaign, segment by segment, losses in the order they are tried."""
        at = [campaign.campaign for campaign in self.plan.by_priority].index(campaign_no)
        campaign = self.plan.by_priority[at]
        entries = ["members", *REASONS, *campaign.shares]
        return at, campaign.segments.index(segment_name), entries.index(entry)

    def _repr_html_(self) -> str:
        title = html.escape(self.plan.name or "unnamed plan")
        tables = "".join(frame.to_html(index=False) for frame in (self.ledger(), self.arms, self.sizes))
        return f"<b>{title}</b> as of {self.as_of}{tables}{''.join(f'<p>{html.escape(one)}</p>' for one in self.notes)}"


def _counted(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return rows.groupby([*by, "entry"], sort=False).size().reset_index(name="contact_count")


@dataclass(frozen=True)
class PlanReceipt:
    """What saving a plan did, or would do.

    Attributes
    ----------
    name : str
        Of the plan.
    is_new : bool
        Whether it says something else than what was saved before.
    is_written : bool
        False for a preview, and where nothing had to be written.
    """

    name: str
    is_new: bool
    is_written: bool
