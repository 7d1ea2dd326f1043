"""What reports on tasks, opportunities and sales cycles say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from workbench.reports.results import Report, stacked


@dataclass(frozen=True)
class _Rows(Report):
    """A report that is one table."""

    rows: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows


@dataclass(frozen=True)
class SalespersonTasks(_Rows):
    """Salesperson - Tasks (report 5057).

    Attributes
    ----------
    rows : pandas.DataFrame
        Own tasks of each salesperson and copies of meetings and of what a team is to do, by day: salesperson_code,
        salesperson_name, task_no, dated_on, type, description, contact_no, contact_name, campaign_no, status, priority,
        opportunity_no, closed_on, is_canceled, team_code.
    """

    title: ClassVar[str] = "Salesperson tasks"


@dataclass(frozen=True)
class TeamTasks(_Rows):
    """Team - Tasks (report 5059).

    Attributes
    ----------
    rows : pandas.DataFrame
        What each team is to do, once for all its members, by day: team_code, team_name, then as `SalespersonTasks`, and
        in the end completed_by.
    """

    title: ClassVar[str] = "Team tasks"


@dataclass(frozen=True)
class SalespersonOpportunities(_Rows):
    """Salesperson - Opportunities (report 5058).

    Attributes
    ----------
    rows : pandas.DataFrame
        By salesperson, open ones before closed ones: salesperson_code, salesperson_name, is_closed, opportunity_no,
        description, contact_no, contact_name, created_on, status, priority, probability_rate, chances_rate,
        completed_rate, estimated_amount, calculated_amount, campaign_no, closed_on. Rates are from 0 to 1.
    """

    title: ClassVar[str] = "Salesperson opportunities"


@dataclass(frozen=True)
class OpportunityRows(_Rows):
    """Opportunity - List (report 5061).

    Attributes
    ----------
    rows : pandas.DataFrame
        By number: opportunity_no, description, sales_cycle_code, stage_no, stage, salesperson_code, campaign_no,
        contact_no, contact_name, probability_rate, completed_rate, status, created_on, estimated_close_on,
        estimated_amount, calculated_amount. Rates are from 0 to 1.
    """

    title: ClassVar[str] = "Opportunity list"


@dataclass(frozen=True)
class SalesCycleAnalysis(Report):
    """Sales Cycle - Analysis (report 5062).

    Attributes
    ----------
    cycles : pandas.DataFrame
        What goes on in each: sales_cycle_code, description, is_blocked, opportunity_count, estimated_amount,
        calculated_amount. Won and lost opportunities do not count.
    stages : pandas.DataFrame
        Where it stands: sales_cycle_code, stage_no, description, activity_code, opportunity_count, estimated_amount,
        calculated_amount, and average_open_days, how long steps that were left again took; unknown where none was.
    """

    cycles: pd.DataFrame = field(repr=False)
    stages: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Sales cycle analysis"

    def frame(self) -> pd.DataFrame:
        """Show everything as one table.

        Returns
        -------
        pandas.DataFrame
            Column kind says what a row is, cycle or stage; `sales_cycle_code` whose.
        """
        return stacked(_as_objects({"cycle": self.cycles, "stage": self.stages}), "sales_cycle_code")


@dataclass(frozen=True)
class OpportunityDetails(Report):
    """Opportunity - Details (report 5068).

    Attributes
    ----------
    opportunities : pandas.DataFrame
        One row for each, as `OpportunityRows`.
    entries : pandas.DataFrame
        Its steps through the stages, the one that closed it left out: opportunity_no, opportunity_entry_no, stage_no,
        description (of the stage), action_taken, changed_on, estimated_close_on, open_days, is_quote_required,
        allows_skip, is_active.
    tasks : pandas.DataFrame
        opportunity_no, opportunity_entry_no (of the step they came with; unknown for the first tasks), task_no,
        dated_on, type, description, status, priority, salesperson_code, team_code, is_canceled.
    remaining : pandas.DataFrame
        The stages an open one has before it: opportunity_no, stage_no, description, is_quote_required, allows_skip,
        activity_code, planned_on.
    steps : pandas.DataFrame
        The steps of their activities: opportunity_no, stage_no, step_no, type, description, priority, planned_on.

    Notes
    -----
    A stage is planned to begin when its date formula says, from the day of the stage before; the first one counts from
    the first task of the stage where the opportunity stands, else from the step itself, and for one that was not
    started from the day of the report.
    """

    opportunities: pd.DataFrame = field(repr=False)
    entries: pd.DataFrame = field(repr=False)
    tasks: pd.DataFrame = field(repr=False)
    remaining: pd.DataFrame = field(repr=False)
    steps: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Opportunity details"

    def frame(self) -> pd.DataFrame:
        """Show everything as one table.

        Returns
        -------
        pandas.DataFrame
            Column kind says what a row is: opportunity, opportunity_entry, task, remaining_stage or activity_step;
            `opportunity_no` whose.
        """
        parts = {
            "opportunity": self.opportunities, "opportunity_entry": self.entries, "task": self.tasks,
            "remaining_stage": self.remaining, "activity_step": self.steps,
        }  # fmt: skip
        return stacked(_as_objects(parts), "opportunity_no")


def _as_objects(parts: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Keep a count one where other kinds of rows have none."""
    return {kind: rows.astype(object) for kind, rows in parts.items()}
