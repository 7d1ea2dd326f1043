"""Logging a worksheet: its lines become interactions, and the worksheet goes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.dates import instant
from workbench import config
from workbench.errors import ConflictError, RuleError
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.worksheets import headers, lines, sheet
from workbench.worksheets.acting import Acting, write
from workbench.worksheets.receipts import LoggingReceipt
from workbench.worksheets.results import Header, Worksheet
from workbench.worksheets.reusing import from_logged

_REQUIRED = ("dated_on", "salesperson_code", "interaction_template_code")
_INTERACTIONS = """
    INSERT INTO interaction (
        entry_no, contact_id, occurred_at, interaction_group_code, interaction_template_code, description, subject,
        information_flow, initiated_by, correspondence_type, campaign_no, is_campaign_target, is_campaign_response,
        salesperson_code, cost_amount, duration_minutes, language_code, segment_no, logged_segment_entry_no
    )
    SELECT (SELECT coalesce(max(entry_no), 0) FROM interaction) + row_number() OVER (ORDER BY l.line_no),
        l.contact_id, m.occurred_at, l.interaction_group_code, l.interaction_template_code, l.description, l.subject,
        l.information_flow, l.initiated_by, l.correspondence_type, l.campaign_no, l.is_campaign_target,
        l.is_campaign_response, l.salesperson_code, l.cost_amount, l.duration_minutes, l.language_code,
        l.worksheet_no, ?
    FROM worksheet_line l JOIN moment m USING (dated_on) WHERE l.worksheet_no = ?
"""


class Logging(Acting):
    """From lines to interactions."""

    def log(
        self, worksheet_no: str, as_of: dt.date, *, follow_up: bool = False, dry_run: bool = False
    ) -> LoggingReceipt:
        """Write an interaction for each line and delete the worksheet (report 5185, without delivering).

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        as_of : datetime.date
            The day of the logged segment.
        follow_up : bool, optional
            Make a new worksheet for the same campaign with a line for each interaction.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LoggingReceipt
            The logged segment and how many interactions it has.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        RuleError
            When it has no description or no line, or a line lacks salesperson or template.
        ConflictError
            When a segment of its number was logged already.
        """
        with self._unit(dry_run) as con:
            worksheet = headers.found(con, worksheet_no)
            _check(con, worksheet)
            (entry_no,) = first_row(con, "SELECT coalesce(max(entry_no), 0) + 1 FROM logged_segment") or (1,)
            next_no = headers.next_number(con, as_of) if follow_up else None
            if not dry_run:
                row = [entry_no, worksheet_no, worksheet.header.description, as_of, config.user(), False]
                con.execute("INSERT INTO logged_segment VALUES (?, ?, ?, ?, ?, ?)", row)
                self._write_interactions(con, worksheet_no, entry_no)
                headers.remove(con, worksheet_no)
                if next_no is not None:
                    next_no = _follow_up(con, worksheet, entry_no, as_of)
        return LoggingReceipt(entry_no, worksheet_no, worksheet.line_count, next_no, not dry_run)

    def _write_interactions(self, con: Connection, worksheet_no: str, entry_no: int) -> None:
        """Date each interaction at the beginning of its day in the store's zone."""
        zone = ZoneInfo(self._setup.settings().time_zone)
        query = "SELECT DISTINCT dated_on FROM worksheet_line WHERE worksheet_no = ?"
        days = [day for (day,) in con.execute(query, [worksheet_no]).fetchall()]
        moments = [instant(day, zone).replace(tzinfo=None) for day in days]
        con.register("moment", pd.DataFrame({"dated_on": days, "occurred_at": moments}))
        try:
            con.execute(_INTERACTIONS, [str(entry_no), worksheet_no])
        finally:
            con.unregister("moment")


def _check(con: Connection, worksheet: Worksheet) -> None:
    number = worksheet.worksheet_no
    if first_row(con, "SELECT entry_no FROM logged_segment WHERE segment_no = ?", [number]):
        raise ConflictError(f"A segment {number} was logged already.", "Log it under another number.")
    if not worksheet.header.description:
        raise RuleError(f"{number} has no description.", "Describe it before it is logged.")
    if not worksheet.line_count:
        raise RuleError(f"Segment {number} is empty.", "Add contacts first.")
    frame = lines.shown(con, number)
    for name in _REQUIRED:
        lacking = frame.loc[frame[name].isna(), "line_no"]
        if len(lacking):
            raise RuleError(
                f"Lines of {number} without {name}: {len(lacking):,}, the first of them line {lacking.iloc[0]}.",
                "Fill it in on the worksheet; lines take it over.",
            )


def _follow_up(con: Connection, logged: Worksheet, entry_no: int, as_of: dt.date) -> str:
    header = Header(
        dated_on=as_of,
        description=f"Follow-up on segment {logged.worksheet_no}",
        campaign_no=logged.header.campaign_no,
    )
    number = headers.insert(con, header)
    write(con, from_logged(con, sheet.empty(number, header), entry_no))
    return number
