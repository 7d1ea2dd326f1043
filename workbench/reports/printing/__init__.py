"""Reports on pages of A4, as PDF."""

from __future__ import annotations

from collections.abc import Callable

from workbench.reports import remarks
from workbench.reports.campaign_details import CampaignDetails
from workbench.reports.printing import campaigns, cover_pages, label_sheets, questionnaires, selling, summaries
from workbench.reports.printing.paper import Paper
from workbench.reports.results import (
    CompanySummary,
    ContactList,
    CoverSheets,
    Labels,
    PersonSummary,
    QuestionnaireHandout,
    QuestionnaireTest,
    Report,
)
from workbench.reports.segment_contacts import SegmentContacts


def printed(report: Report, progress: Callable[[int, int], None] | None = None) -> tuple[Paper, tuple[str, ...]]:
    """Print a report.

    Parameters
    ----------
    report : Report
        What to print.
    progress : callable, optional
        Called with contacts done and all contacts; what it raises ends the work.

    Returns
    -------
    tuple of Paper and tuple of str
        The pages, and what could not be printed as it is.
    """
    paper, cut = _pages(report, progress)
    return paper, tuple(note for note in (remarks.replaced(paper.replaced), remarks.cut(cut)) if note)


def _pages(report: Report, progress: Callable[[int, int], None] | None) -> tuple[Paper, int]:
    if isinstance(report, selling.Selling):
        return selling.printed(report).paper, 0
    match report:
        case Labels():
            return label_sheets.printed(report, progress)
        case CoverSheets():
            return cover_pages.printed(report, progress)
        case ContactList():
            return summaries.contact_list(report, progress).paper, 0
        case CompanySummary():
            return summaries.company_summary(report, progress).paper, 0
        case PersonSummary():
            return summaries.person_summary(report, progress).paper, 0
        case SegmentContacts():
            return summaries.segment_contacts(report, progress).paper, 0
        case CampaignDetails():
            return campaigns.details(report).paper, 0
        case QuestionnaireHandout():
            return questionnaires.handout(report).paper, 0
        case QuestionnaireTest():
            return questionnaires.test(report).paper, 0
    raise TypeError(f"{type(report).__name__} is no report.")
