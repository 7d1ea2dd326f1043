"""Questionnaires on pages: to be filled in, and what is missing in them."""

from __future__ import annotations

from workbench.reports.printing.listing import MARGIN, Listing, PrintedColumn
from workbench.reports.results import QuestionnaireHandout, QuestionnaireTest

_WARNINGS = (
    PrintedColumn("questionnaire_code", "Questionnaire", 14), PrintedColumn("line_no", "Line", 8, is_right=True),
    PrintedColumn("type", "Type", 10), PrintedColumn("description", "Text", 30),
    PrintedColumn("warning", "Warning", 38),
)  # fmt: skip


def handout(report: QuestionnaireHandout) -> Listing:
    """Print a questionnaire with a box before each answer.

    Parameters
    ----------
    report : QuestionnaireHandout
        What to print.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.handout.description, report.as_of)
    for line in report.handout.lines.itertuples(index=False):
        if line.type == "question":
            pages.space(4)
            pages.need(18)
            pages.line(str(line.text), 10, bold=True)
            several = line.number_of_answers == "multiple"
            pages.line("Several answers are possible." if several else "Please choose one answer.", 8)
        else:
            pages.space(1.5)
            pages.need(7)
            pages.paper.box(MARGIN + 4, pages.y - 3.4, 3.6)
            pages.line(str(line.text), 10, indent=11)
    return pages


def test(report: QuestionnaireTest) -> Listing:
    """Print what is missing in questionnaires.

    Parameters
    ----------
    report : QuestionnaireTest
        What to print.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.title, report.as_of)
    rows = report.frame()
    if rows.empty:
        pages.line("Nothing is missing.")
    else:
        pages.table(rows, _WARNINGS)
    return pages
