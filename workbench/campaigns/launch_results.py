"""What a launch did, and whom it targeted."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field

import pandas as pd

from pipelines.campaign_plan import Plan
from pipelines.response_rule import WITHOUT_ARM
from workbench.campaigns.plan_results import Allocation


@dataclass(frozen=True)
class LaunchSheet:
    """A worksheet of those of an arm who are to be written to.

    Attributes
    ----------
    campaign_no, arm : str
        Whose.
    line_count : int
        Its lines, one for each target.
    worksheet_no : str or None
        Its number; None for a preview.
    """

    campaign_no: str
    arm: str
    line_count: int
    worksheet_no: str | None


@dataclass(frozen=True)
class LaunchReceipt:
    """What launching a plan did, or would do.

    Attributes
    ----------
    launch_no : int or None
        Its number; None for a preview.
    allocation : Allocation
        Whom the plan weighed and what became of everybody.
    sheets : tuple of LaunchSheet
        The worksheets, where they were asked for.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    launch_no: int | None
    allocation: Allocation
    sheets: tuple[LaunchSheet, ...]
    notes: tuple[str, ...]
    is_written: bool

    def frame(self) -> pd.DataFrame:
        """Show the arms as a table.

        Returns
        -------
        pandas.DataFrame
            As `Allocation.arms`.
        """
        return self.allocation.arms

    def _repr_html_(self) -> str:
        title = f"Launch {self.launch_no}" if self.is_written else "Preview of a launch"
        return f"<b>{title}</b>{self.allocation._repr_html_()}"


@dataclass(frozen=True)
class Launch:
    """A launch that was made.

    Attributes
    ----------
    launch_no : int
        Its number.
    plan_name : str
        The name of its plan.
    plan : Plan
        What the plan said then.
    as_of : datetime.date
        The day it was evaluated on.
    revision : int
        Of the store then.
    launched_at : datetime.datetime
        When, in UTC.
    launched_by : str or None
        By whom.
    target_count : int
        Its targets, those held out among them.
    """

    launch_no: int
    plan_name: str
    plan: Plan
    as_of: dt.date
    revision: int
    launched_at: dt.datetime
    launched_by: str | None
    target_count: int


@dataclass(frozen=True)
class Targets:
    """Whom a campaign targeted, and whom it weighed and did not.

    Attributes
    ----------
    campaign_no : str
        The campaign.
    rows : pandas.DataFrame
        One row for each member of each segment of each launch, and each target that a file brought: `launch_no`,
        `segment_name`, `contact_no`, `stratum`, `arm`, `targeted_on`, `reason`. An erased contact is ``"erased"``.
    """

    campaign_no: str
    rows: pd.DataFrame = field(repr=False)

    @property
    def target_count(self) -> int:
        """How many contacts it targeted or held out."""
        return len(self.frame())

    @property
    def losses(self) -> pd.DataFrame:
        """The rows of those who were weighed and not targeted, with the reason."""
        return self.rows[self.rows["reason"].notna()].reset_index(drop=True)

    def frame(self) -> pd.DataFrame:
        """Give the targets.

        Returns
        -------
        pandas.DataFrame
            One row for each, as `rows`.
        """
        return self.rows[self.rows["reason"].isna()].reset_index(drop=True)

    def arms(self) -> pd.DataFrame:
        """Count the targets in each arm.

        Returns
        -------
        pandas.DataFrame
            `arm`, `target_count`, `target_share`; targets without arm are in ``"targeted"``.
        """
        counts = self.frame()["arm"].fillna(WITHOUT_ARM).value_counts().sort_index()
        share = counts / max(int(counts.sum()), 1)
        return pd.DataFrame({"arm": counts.index, "target_count": counts.to_numpy(), "target_share": share.to_numpy()})

    def reasons(self) -> pd.DataFrame:
        """Count those who were weighed and not targeted.

        Returns
        -------
        pandas.DataFrame
            `launch_no`, `segment_name`, `reason`, `contact_count`.
        """
        by = ["launch_no", "segment_name", "reason"]
        return self.losses.groupby(by, sort=False).size().reset_index(name="contact_count")

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.campaign_no)}</b>{self.arms().to_html(index=False)}"
