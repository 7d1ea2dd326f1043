"""What keeps a worksheet from being logged."""

from __future__ import annotations

import pandas as pd

from workbench import templates
from workbench.errors import ConflictError, NotFoundError, RuleError, nearest
from workbench.setup import codes
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.worksheets.results import Worksheet

_REQUIRED = ("dated_on", "salesperson_code", "interaction_template_code")


def check_header(con: Connection, worksheet: Worksheet) -> None:
    """Refuse a worksheet that was logged already, says nothing or has no line.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet : Worksheet
        To be logged.

    Raises
    ------
    ConflictError
        When a segment of its number was logged already.
    RuleError
        When it has no description or no line.
    """
    number = worksheet.worksheet_no
    if first_row(con, "SELECT entry_no FROM logged_segment WHERE segment_no = ?", [number]):
        raise ConflictError(f"A segment {number} was logged already.", "Log it under another number.")
    if not worksheet.header.description:
        raise RuleError(f"{number} has no description.", "Describe it before it is logged.")
    if not worksheet.line_count:
        raise RuleError(f"Segment {number} is empty.", "Add contacts first.")


def check_lines(con: Connection, worksheet_no: str, entries: pd.DataFrame) -> None:
    """Refuse lines that lack what an interaction needs, or name what does not exist.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Which worksheet.
    entries : pandas.DataFrame
        As from `log_entries.read`.

    Raises
    ------
    RuleError
        When a line lacks day, salesperson or template, or the salesperson is blocked.
    NotFoundError
        When there is no such salesperson, template or campaign.
    """
    for name in _REQUIRED:
        lacking = entries.loc[entries[name].isna(), "line_no"]
        if len(lacking):
            raise RuleError(
                f"Lines of {worksheet_no} without {name}: {len(lacking):,}, the first of them line {lacking.iloc[0]}.",
                "Fill it in on the worksheet; lines take it over.",
            )
    for code in entries["salesperson_code"].unique():
        codes.check_code(con, "salesperson_code", str(code))
    for code in entries["interaction_template_code"].unique():
        templates.found(con, str(code))
    known = {no for (no,) in con.execute("SELECT campaign_no FROM campaign").fetchall()}
    for no in entries["campaign_no"].dropna().unique():
        if no not in known:
            raise NotFoundError(f'There is no campaign "{no}".', nearest(no, known) or "Create it first.")


def check_delivery(worksheet_no: str, entries: pd.DataFrame, has_nowhere_to_go: pd.Series) -> None:
    """Refuse to deliver what cannot be delivered.

    Parameters
    ----------
    worksheet_no : str
        Which worksheet.
    entries : pandas.DataFrame
        As from `log_entries.with_content`.
    has_nowhere_to_go : pandas.Series of bool
        Which lines are e-mails without an address.

    Raises
    ------
    RuleError
        When no line has a correspondence type, an e-mail has no address, or there is nothing to send.
    """
    is_meant = entries["correspondence_type"].notna()
    if not is_meant.any():
        raise RuleError(
            f"No line of {worksheet_no} has a correspondence type, so there is nothing to deliver.",
            "Choose one on the worksheet or the template, or log it without delivering.",
        )
    _refuse(
        entries[has_nowhere_to_go], f"E-mails of {worksheet_no} to contacts without an e-mail address",
        "Give them an address or another correspondence type, or log it without delivering.",
    )  # fmt: skip
    has_content = entries["attachment_no"].notna() | entries["word_template_code"].notna()
    _refuse(
        entries[is_meant & ~has_content], f"Lines of {worksheet_no} with neither a Word template nor an attachment",
        "Give the worksheet or its interaction template what is to be sent.",
    )  # fmt: skip


def _refuse(rows: pd.DataFrame, what: str, hint: str) -> None:
    if len(rows):
        raise RuleError(f"{what}: {len(rows):,}, the first of them {rows['contact_no'].iloc[0]}.", hint)
