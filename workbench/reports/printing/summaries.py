"""Lists and summaries of contacts on pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from workbench.reports.printing.listing import Listing, PrintedColumn
from workbench.reports.results import CompanySummary, ContactList, PersonSummary
from workbench.reports.segment_contacts import SegmentContacts

Progress = Callable[[int, int], None]
_LIST = (
    PrintedColumn("contact_no", "No.", 9),
    PrintedColumn("name", "Name", 20),
    PrintedColumn("where", "Address", 30),
    PrintedColumn("type", "Type", 7),
    PrintedColumn("cost_amount", "Cost", 9, is_right=True),
    PrintedColumn("duration_minutes", "Minutes", 8, is_right=True),
    PrintedColumn("opportunity_count", "Opp.", 5, is_right=True),
    PrintedColumn("estimated_amount", "Estimated", 11, is_right=True),
    PrintedColumn("calculated_amount", "Calculated", 11, is_right=True),
    PrintedColumn("next_task_on", "Next task", 9),
)
_ON_LINES = (
    PrintedColumn("contact_no", "No.", 9),
    PrintedColumn("name", "Name", 22),
    PrintedColumn("where", "Address", 34),
    PrintedColumn("currency_code", "Currency", 7),
    PrintedColumn("salesperson_code", "Salesperson", 10),
    PrintedColumn("interaction_count", "Interactions", 10, is_right=True),
    PrintedColumn("cost_amount", "Cost", 9, is_right=True),
    PrintedColumn("opportunity_count", "Opp.", 5, is_right=True),
    PrintedColumn("estimated_amount", "Estimated", 11, is_right=True),
)
_PEOPLE = (
    PrintedColumn("contact_no", "No.", 12), PrintedColumn("name", "Person", 25),
    PrintedColumn("job_title", "Job title", 20), PrintedColumn("phone_no", "Phone", 18),
    PrintedColumn("email", "E-mail", 25),
)  # fmt: skip
_TASKS = (
    PrintedColumn("dated_on", "Date", 10), PrintedColumn("contact_no", "Contact", 12),
    PrintedColumn("type", "Task", 12), PrintedColumn("description", "Description", 40),
    PrintedColumn("status", "Status", 12), PrintedColumn("salesperson_code", "Salesperson", 12),
)  # fmt: skip
_INTERACTIONS = (
    PrintedColumn("occurred_on", "Date", 10), PrintedColumn("contact_no", "Contact", 12),
    PrintedColumn("interaction_template_code", "Interaction", 12), PrintedColumn("description", "Description", 40),
    PrintedColumn("information_flow", "Flow", 12), PrintedColumn("salesperson_code", "Salesperson", 12),
)  # fmt: skip


def contact_list(report: ContactList, progress: Progress | None) -> Listing:
    """Print a contact list.

    Parameters
    ----------
    report : ContactList
        What to print.
    progress : callable or None
        Called with contacts done and all contacts.

    Returns
    -------
    Listing
        Pages in landscape.
    """
    pages = Listing(report.title, report.as_of, landscape=True)
    _table(pages, report.rows, _LIST, progress)
    _notes(pages, report.notes)
    return pages


def segment_contacts(report: SegmentContacts, progress: Progress | None) -> Listing:
    """Print the contacts on a worksheet.

    Parameters
    ----------
    report : SegmentContacts
        What to print.
    progress : callable or None
        Called with lines done and all lines.

    Returns
    -------
    Listing
        Pages in landscape.
    """
    pages = Listing(report.title, report.as_of, landscape=True)
    pages.line("  ".join(filter(None, (report.worksheet_no, report.description))), 11, bold=True)
    pages.space(2)
    _table(pages, report.rows, _ON_LINES, progress)
    return pages


def company_summary(report: CompanySummary, progress: Progress | None) -> Listing:
    """Print company summaries, one below the other.

    Parameters
    ----------
    report : CompanySummary
        What to print.
    progress : callable or None
        Called with companies done and all companies.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.title, report.as_of)
    parts = {name: _by(getattr(report, name), "company_no") for name in ("people", "tasks", "interactions")}
    for row in _counted(report.companies, progress):
        _head(pages, row)
        _part(pages, parts["people"].get(row.contact_no), _PEOPLE)
        _part(pages, parts["tasks"].get(row.contact_no), _TASKS)
        _part(pages, parts["interactions"].get(row.contact_no), _INTERACTIONS)
    _notes(pages, report.notes)
    return pages


def person_summary(report: PersonSummary, progress: Progress | None) -> Listing:
    """Print person summaries, one below the other.

    Parameters
    ----------
    report : PersonSummary
        What to print.
    progress : callable or None
        Called with people done and all people.

    Returns
    -------
    Listing
        Pages in portrait.
    """
    pages = Listing(report.title, report.as_of)
    parts = {name: _by(getattr(report, name), "contact_no") for name in ("tasks", "interactions")}
    for row in _counted(report.people, progress):
        _head(pages, row)
        _part(pages, parts["tasks"].get(row.contact_no), _TASKS)
        _part(pages, parts["interactions"].get(row.contact_no), _INTERACTIONS)
    _notes(pages, report.notes)
    return pages


def _table(pages: Listing, rows: pd.DataFrame, columns: tuple[PrintedColumn, ...], progress: Progress | None) -> None:
    total = len(rows)
    placed = rows.assign(where=[_where(row) for row in rows.itertuples(index=False)])
    pages.table(placed, columns, advance=None if progress is None else lambda done: progress(done, total))


def _counted(rows: pd.DataFrame, progress: Progress | None) -> Iterator[Any]:
    for done, row in enumerate(rows.itertuples(index=False), start=1):
        yield row
        if progress is not None:
            progress(done, len(rows))


def _head(pages: Listing, row: Any) -> None:
    pages.space(3)
    pages.need(30)
    pages.line(f"{_text(row, 'contact_no')}  {_text(row, 'name')}", 11, bold=True)
    lines = (
        ", ".join(filter(None, (_text(row, "job_title"), _text(row, "company_name")))),
        _where(row),
        " · ".join(filter(None, (_text(row, "phone_no"), _text(row, "email")))),
    )
    for line in filter(None, lines):
        pages.line(line)
    pages.space(2)


def _part(pages: Listing, rows: pd.DataFrame | None, columns: tuple[PrintedColumn, ...]) -> None:
    if rows is not None:
        pages.table(rows, columns, indent=4)


def _by(rows: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    return {str(number): part for number, part in rows.groupby(column, sort=False)}


def _where(row: Any) -> str:
    place = " ".join(filter(None, (_text(row, "post_code"), _text(row, "city"))))
    return ", ".join(filter(None, (_text(row, "address"), place, _text(row, "county"), _text(row, "country_code"))))


def _text(row: Any, name: str) -> str:
    value = getattr(row, name, None)
    return value if isinstance(value, str) else ""


def _notes(pages: Listing, notes: tuple[str, ...]) -> None:
    for note in notes:
        pages.line(note, 8)
