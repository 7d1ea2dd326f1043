"""Tasks, opportunities and sales cycles on pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.reports.printing.listing import Listing, PrintedColumn, cell_text
from workbench.reports.sales_reports import (
    OpportunityDetails,
    OpportunityRows,
    SalesCycleAnalysis,
    SalespersonOpportunities,
    SalespersonTasks,
    TeamTasks,
)

Listed = SalespersonTasks | TeamTasks | SalespersonOpportunities | OpportunityRows
Selling = Listed | SalesCycleAnalysis | OpportunityDetails
_RATES = ("probability_rate", "chances_rate", "completed_rate")
_FLAGS = ("is_canceled", "is_active", "is_quote_required", "allows_skip", "is_closed", "is_blocked")
_TASKS = (
    PrintedColumn("dated_on", "Date", 13), PrintedColumn("task_no", "Task", 13), PrintedColumn("type", "Type", 12),
    PrintedColumn("description", "Description", 28), PrintedColumn("contact", "Contact", 24),
    PrintedColumn("campaign_no", "Campaign", 11), PrintedColumn("status", "Status", 12),
    PrintedColumn("priority", "Priority", 9), PrintedColumn("opportunity_no", "Opportunity", 13),
    PrintedColumn("closed_on", "Closed", 13), PrintedColumn("is_canceled", "Canceled", 11),
)  # fmt: skip
_VALUES = (
    PrintedColumn("probability_rate", "Probability", 12, is_right=True),
    PrintedColumn("estimated_amount", "Estimated", 14, is_right=True),
    PrintedColumn("calculated_amount", "Calculated", 14, is_right=True),
)
_OF_SALESPEOPLE = (
    PrintedColumn("opportunity_no", "No.", 11), PrintedColumn("description", "Description", 20),
    PrintedColumn("contact", "Contact", 22), PrintedColumn("created_on", "Created", 13),
    PrintedColumn("status", "Status", 12), PrintedColumn("priority", "Priority", 9),
    PrintedColumn("chances_rate", "Chances", 10, is_right=True),
    PrintedColumn("completed_rate", "Completed", 12, is_right=True), *_VALUES,
    PrintedColumn("campaign_no", "Campaign", 11), PrintedColumn("closed_on", "Closed", 13),
)  # fmt: skip
_OPPORTUNITIES = (
    PrintedColumn("opportunity_no", "No.", 11), PrintedColumn("description", "Description", 20),
    PrintedColumn("sales_cycle_code", "Cycle", 9), PrintedColumn("where", "Stage", 18),
    PrintedColumn("salesperson_code", "Salesperson", 13), PrintedColumn("campaign_no", "Campaign", 11),
    PrintedColumn("contact", "Contact", 24), PrintedColumn("completed_rate", "Completed", 12, is_right=True), *_VALUES,
    PrintedColumn("status", "Status", 13),
)  # fmt: skip
_STAGES = (
    PrintedColumn("stage_no", "Stage", 6, is_right=True), PrintedColumn("description", "Description", 34),
    PrintedColumn("activity_code", "Activity", 12), PrintedColumn("opportunity_count", "Active", 8, is_right=True),
    PrintedColumn("estimated_amount", "Estimated", 14, is_right=True),
    PrintedColumn("calculated_amount", "Calculated", 14, is_right=True),
    PrintedColumn("average_open_days", "Average days", 12, is_right=True),
)  # fmt: skip
_ENTRIES = (
    PrintedColumn("stage_no", "Stage", 6, is_right=True), PrintedColumn("description", "Description", 30),
    PrintedColumn("action_taken", "Action", 10), PrintedColumn("changed_on", "Date of change", 13),
    PrintedColumn("estimated_close_on", "Estimated close", 14),
    PrintedColumn("is_quote_required", "Quote required", 13), PrintedColumn("allows_skip", "Allow skip", 10),
    PrintedColumn("is_active", "Active", 8),
)  # fmt: skip
_ITS_TASKS = (
    PrintedColumn("dated_on", "Date", 11), PrintedColumn("task_no", "Task", 10), PrintedColumn("type", "Type", 11),
    PrintedColumn("description", "Description", 40), PrintedColumn("status", "Status", 12),
    PrintedColumn("priority", "Priority", 9), PrintedColumn("is_canceled", "Canceled", 9),
)  # fmt: skip
_REMAINING = (
    PrintedColumn("stage_no", "Stage", 6, is_right=True), PrintedColumn("description", "Description", 40),
    PrintedColumn("planned_on", "Planned", 12), PrintedColumn("is_quote_required", "Quote required", 13),
    PrintedColumn("allows_skip", "Allow skip", 10),
)  # fmt: skip
_STEPS = (
    PrintedColumn("planned_on", "Planned", 11), PrintedColumn("step_no", "Step", 6, is_right=True),
    PrintedColumn("type", "Type", 11), PrintedColumn("description", "Description", 50),
    PrintedColumn("priority", "Priority", 10),
)  # fmt: skip


def printed(report: Selling) -> Listing:
    """Print one of these reports.

    Parameters
    ----------
    report : Selling
        What to print.

    Returns
    -------
    Listing
        Its pages.
    """
    match report:
        case SalesCycleAnalysis():
            return cycles(report)
        case OpportunityDetails():
            return opportunities(report)
    return listed(report)


def listed(report: Listed) -> Listing:
    """Print tasks or opportunities, those of each salesperson or team under their name.

    Parameters
    ----------
    report : SalespersonTasks, TeamTasks, SalespersonOpportunities or OpportunityRows
        What to print.

    Returns
    -------
    Listing
        Pages in landscape.
    """
    pages = Listing(report.title, report.as_of, landscape=True)
    rows = _spoken(report.rows)
    match report:
        case OpportunityRows():
            pages.table(rows, _OPPORTUNITIES)
        case SalespersonOpportunities():
            _grouped(pages, rows, "salesperson", _OF_SALESPEOPLE)
        case TeamTasks():
            _grouped(pages, rows, "team", _TASKS)
        case _:
            _grouped(pages, rows, "salesperson", _TASKS)
    return pages


def cycles(report: SalesCycleAnalysis) -> Listing:
    """Print sales cycles with their stages, one below the other.

    Parameters
    ----------
    report : SalesCycleAnalysis
        What to print.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.title, report.as_of)
    for row in report.cycles.itertuples(index=False):
        blocked = "blocked" if row.is_blocked else ""
        _head(pages, row.sales_cycle_code, row.description, blocked)
        pages.line(
            f"Open opportunities: {row.opportunity_count:,}, estimated: {row.estimated_amount:,.2f}, "
            f"calculated: {row.calculated_amount:,.2f}"
        )
        _under(pages, report.stages[report.stages["sales_cycle_code"] == row.sales_cycle_code], _STAGES)
    for note in report.notes:
        pages.line(note)
    return pages


def opportunities(report: OpportunityDetails) -> Listing:
    """Print opportunities with their steps and plans, one below the other.

    Parameters
    ----------
    report : OpportunityDetails
        What to print.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.title, report.as_of)
    for row in report.opportunities.itertuples(index=False):
        _opportunity(pages, report, row)
    return pages


def _opportunity(pages: Listing, report: OpportunityDetails, row: Any) -> None:
    def theirs(frame: pd.DataFrame) -> pd.DataFrame:
        return _spoken(frame[frame["opportunity_no"] == row.opportunity_no])

    _head(pages, row.opportunity_no, row.description, row.contact_name, row.salesperson_code, row.status)
    tasks = theirs(report.tasks)
    with_step = tasks["opportunity_entry_no"].isin(report.entries["opportunity_entry_no"].dropna())
    _titled(pages, "Tasks without a step", tasks[~with_step], _ITS_TASKS)
    entries = theirs(report.entries)
    for _, entry in entries.iterrows():
        _under(pages, entries.loc[[entry.name]], _ENTRIES)
        _under(pages, tasks[tasks["opportunity_entry_no"] == entry["opportunity_entry_no"]], _ITS_TASKS, 10)
    stages, steps = theirs(report.remaining), theirs(report.steps)
    if len(stages):
        pages.line("Remaining stages", bold=True, indent=4)
    for _, stage in stages.iterrows():
        _under(pages, stages.loc[[stage.name]], _REMAINING)
        _under(pages, steps[steps["stage_no"] == stage["stage_no"]], _STEPS, 10)


def _grouped(pages: Listing, rows: pd.DataFrame, whose: str, columns: Sequence[PrintedColumn]) -> None:
    for code, theirs in rows.groupby(f"{whose}_code", sort=False, dropna=False):
        _head(pages, code if isinstance(code, str) else f"Without a {whose}", theirs[f"{whose}_name"].iloc[0])
        _under(pages, theirs, columns)


def _head(pages: Listing, first: object, *others: object) -> None:
    pages.space(3)
    pages.need(25)
    pages.line(" · ".join(filter(None, map(cell_text, (first, *others)))), 11, bold=True)
    pages.space(1)


def _titled(pages: Listing, title: str, rows: pd.DataFrame, columns: Sequence[PrintedColumn]) -> None:
    if len(rows):
        pages.line(title, bold=True, indent=4)
        _under(pages, rows, columns)


def _under(pages: Listing, rows: pd.DataFrame, columns: Sequence[PrintedColumn], indent: float = 4) -> None:
    if len(rows):
        pages.table(rows, columns, indent=indent)


def _spoken(rows: pd.DataFrame) -> pd.DataFrame:
    """Put into words what a page says otherwise than a table."""
    said: dict[str, Any] = {name: rows[name].map({True: "yes", False: ""}) for name in _FLAGS if name in rows}
    said |= {name: rows[name].map(_percent) for name in _RATES if name in rows}
    if "contact_name" in rows:
        said["contact"] = _joined(rows["contact_no"], rows["contact_name"])
    if "stage" in rows:
        said["where"] = _joined(rows["stage_no"], rows["stage"])
    for name in ("status", "type", "action_taken"):
        if name in rows:
            said[name] = rows[name].str.replace("_", " ")
    return rows.assign(**said)


def _joined(first: pd.Series[Any], second: pd.Series[Any]) -> list[str]:
    return [" ".join(filter(None, map(cell_text, pair))) for pair in zip(first, second, strict=True)]


def _percent(rate: float) -> str:
    return "" if pd.isna(rate) else f"{rate:.0%}"
