"""Campaigns on pages."""

from __future__ import annotations

from typing import Any

from workbench.reports.campaign_details import CampaignDetails
from workbench.reports.printing.listing import Listing, PrintedColumn, cell_text

_SEGMENTS = (
    PrintedColumn("segment_no", "Segment", 14), PrintedColumn("description", "Description", 40),
    PrintedColumn("line_count", "Lines", 10, is_right=True), PrintedColumn("cost_amount", "Cost", 12, is_right=True),
    PrintedColumn("duration_minutes", "Minutes", 12, is_right=True),
)  # fmt: skip
_ENTRIES = (
    PrintedColumn("campaign_entry_no", "Entry", 8), PrintedColumn("dated_on", "Date", 11),
    PrintedColumn("description", "Description", 30), PrintedColumn("segment_no", "Segment", 12),
    PrintedColumn("interaction_count", "Interactions", 12, is_right=True),
    PrintedColumn("cost_amount", "Cost", 11, is_right=True),
    PrintedColumn("duration_minutes", "Minutes", 11, is_right=True), PrintedColumn("canceled", "Canceled", 9),
)  # fmt: skip


def details(report: CampaignDetails) -> Listing:
    """Print campaigns, one below the other.

    Parameters
    ----------
    report : CampaignDetails
        What to print.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.title, report.as_of)
    entries = report.entries.assign(canceled=report.entries["is_canceled"].map({True: "yes", False: ""}))
    for row in report.campaigns.itertuples(index=False):
        _head(pages, row)
        for rows, columns in ((report.segments, _SEGMENTS), (entries, _ENTRIES)):
            theirs = rows[rows["campaign_no"] == row.campaign_no]
            if len(theirs):
                pages.table(theirs, columns, indent=4)
    return pages


def _head(pages: Listing, row: Any) -> None:
    said = {name: cell_text(value) for name, value in row._asdict().items()}
    pages.space(3)
    pages.need(45)
    pages.line("  ".join(filter(None, (said["campaign_no"], said["description"]))), 11, bold=True)
    days = f"{said['starting_on']} to {said['ending_on']}" if said["starting_on"] or said["ending_on"] else ""
    activated = "activated" if row.is_activated else ""
    pages.line(" · ".join(filter(None, (said["status"], days, said["salesperson_code"], activated))))
    pages.line(
        f"Target contacts contacted: {said['target_contacts_contacted']}, responded: {said['contacts_responded']}, "
        f"response rate of entries: {row.entry_response_rate:.1%}"
    )
    pages.line(
        f"Cost: {said['cost_amount']}, for each response: {said['cost_per_response_amount']}; "
        f"minutes: {said['duration_minutes']}, for each response: {said['duration_per_response_minutes']}"
    )
    pages.line(
        f"Opportunities: {said['opportunity_count']}, estimated: {said['estimated_amount']}, "
        f"calculated: {said['calculated_amount']}"
    )
    pages.space(2)
