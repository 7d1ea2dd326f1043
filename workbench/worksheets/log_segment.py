"""Logging a worksheet: its lines become interactions, and the worksheet goes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd

from workbench import config
from workbench.interactions import campaign_entries, writing
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.worksheets import headers, log_checks, log_entries, remarks, sheet
from workbench.worksheets.acting import Acting, write
from workbench.worksheets.receipts import LoggingReceipt
from workbench.worksheets.results import Header, Worksheet
from workbench.worksheets.reusing import from_logged


class Logging(Acting):
    """From lines to interactions."""

    def log(
        self,
        worksheet_no: str,
        as_of: dt.date,
        *,
        deliver: bool = False,
        follow_up: bool = False,
        dry_run: bool = False,
    ) -> LoggingReceipt:
        """Write an interaction for each line and delete the worksheet (report 5185).

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        as_of : datetime.date
            The day of the logged segment.
        deliver : bool, optional
            Mark what has a correspondence type as to be delivered; `Letters` merges and sends it.
        follow_up : bool, optional
            Make a new worksheet for the same campaign with a line for each interaction.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LoggingReceipt
            The logged segment, and how many interactions and campaign entries it has.

        Raises
        ------
        NotFoundError
            When there is no such worksheet, or a line names a salesperson, template or campaign that does not exist.
        RuleError
            When it has no description or no line, or a line lacks salesperson or template; to deliver, when no line
            has a correspondence type, an e-mail has no address, or a line has nothing to send.
        ConflictError
            When a segment of its number was logged already.

        Notes
        -----
        An e-mail to a contact without an address is logged without correspondence where nothing is delivered. The
        address of the line's alternative address counts where it has one, also when that is blank. Each campaign on
        the lines gets one campaign entry, dated and signed as the first of its lines.

        References
        ----------
        Business Central, codeunit 5051 (SegManagement), LogSegment.
        """
        with self._unit(dry_run) as con:
            worksheet = headers.found(con, worksheet_no)
            log_checks.check_header(con, worksheet)
            entries = log_entries.read(con, worksheet_no)
            log_checks.check_lines(con, worksheet_no, entries)
            entries = log_entries.with_content(con, worksheet.header, entries)
            lost = log_entries.without_correspondence(entries)
            if deliver:
                log_checks.check_delivery(worksheet_no, entries, lost)
            entries["correspondence_type"] = entries["correspondence_type"].mask(lost, None)
            (entry_no,) = first_row(con, "SELECT coalesce(max(entry_no), 0) + 1 FROM logged_segment") or (1,)
            next_no = headers.next_number(con, as_of) if follow_up else None
            if not dry_run:
                self._write(con, worksheet, entries, entry_no, as_of, deliver=deliver)
                if next_no is not None:
                    next_no = _follow_up(con, worksheet, entry_no, as_of)
        return LoggingReceipt(
            entry_no, worksheet_no, len(entries), entries["campaign_no"].nunique(),
            int(entries["correspondence_type"].notna().sum()) if deliver else 0, next_no,
            (remarks.without_correspondence(int(lost.sum())),) if lost.any() else (), not dry_run,
        )  # fmt: skip

    def _write(
        self, con: Connection, worksheet: Worksheet, entries: pd.DataFrame, entry_no: int, as_of: dt.date, *,
        deliver: bool,
    ) -> None:  # fmt: skip
        number = worksheet.worksheet_no
        row = [entry_no, number, worksheet.header.description, as_of, config.user(), False]
        con.execute("INSERT INTO logged_segment VALUES (?, ?, ?, ?, ?, ?)", row)
        entries = entries.assign(campaign_entry_no=_campaign_entries(con, worksheet, entries, entry_no))
        zone = ZoneInfo(self._setup.settings().time_zone)
        writing.insert(
            con, log_entries.as_interactions(entries, zone, segment_no=number, entry_no=entry_no, deliver=deliver)
        )
        headers.remove(con, number)


def _campaign_entries(con: Connection, worksheet: Worksheet, entries: pd.DataFrame, entry_no: int) -> pd.Series:
    """Find or make the entry of each campaign, and give its number by line."""
    firsts = entries.dropna(subset="campaign_no").drop_duplicates("campaign_no")
    numbers = {
        line["campaign_no"]: campaign_entries.entry_for(
            con, campaign_no=line["campaign_no"], segment_no=worksheet.worksheet_no,
            description=worksheet.header.description or "", dated_on=line["dated_on"].date(),
            salesperson_code=line["salesperson_code"], logged_segment_entry_no=str(entry_no),
        )
        for line in firsts.to_dict(orient="records")
    }  # fmt: skip
    return entries["campaign_no"].map(numbers)


def _follow_up(con: Connection, logged: Worksheet, entry_no: int, as_of: dt.date) -> str:
    header = Header(
        dated_on=as_of,
        description=f"Follow-up on segment {logged.worksheet_no}",
        campaign_no=logged.header.campaign_no,
    )
    number = headers.insert(con, header)
    write(con, from_logged(con, sheet.empty(number, header), entry_no))
    return number
