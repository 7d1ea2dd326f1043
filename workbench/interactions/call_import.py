"""Telephone calls of a log become interactions with the contacts whose numbers they are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines import call_tables
from pipelines.call_tables import CALL
from workbench.interactions import address_book, importing
from workbench.interactions.address_book import UNKNOWN, Holder
from workbench.interactions.results import ImportReceipt
from workbench.setup.work import Work
from workbench.sources.options import Options
from workbench.sources.preparing import prepared
from workbench.sources.reading import read
from workbench.store import Connection

DOCUMENT_TYPE = "outgoing_call"
NO_DIRECTION, NO_SALESPERSON = "direction not known", "no salesperson"

_Read = tuple[pd.DataFrame, pd.DataFrame]


class ImportingCalls(Work):
    """Importing calls."""

    def import_calls(
        self,
        frame_or_path: str | os.PathLike[str] | pd.DataFrame,
        mapping: Mapping[str, str | None] | None = None,
        *,
        template_code: str | None = None,
        country_code: str | None = None,
        dry_run: bool = False,
        **overrides: object,
    ) -> ImportReceipt:
        """Record the calls of a log as interactions.

        Parameters
        ----------
        frame_or_path : str, os.PathLike or pandas.DataFrame
            The log: columns for when a call began and for the number of the other side; perhaps for its own number,
            direction, duration, salesperson and a note.
        mapping : mapping of str to str or None, optional
            Column to field, where names do not tell: call_no, started_at, telephone_no, direction, duration,
            salesperson_code, description.
        template_code : str, optional
            The interaction template; the one that setup names for outgoing calls where absent.
        country_code : str, optional
            The country of numbers without a prefix, by its ISO 3166 code of two letters; the default of marketing
            setup where absent.
        dry_run : bool, optional
            Only tell what would happen.
        **overrides : object
            How the file is written, as for `Sources`: encoding, delimiter, date_order, time_zone, sheet, header_row.

        Returns
        -------
        ImportReceipt
            What becomes of each call, and why some are left out.

        Raises
        ------
        SourceError
            When the file as a whole cannot be read, or has no moment or no number.
        RuleError
            When there is no template.
        NotFoundError
            When there is no such template.

        Notes
        -----
        Without a direction we called. An unanswered call is a failed attempt, as one of no length is. The salesperson
        is the file's where it is one, else the contact's; a call that came in needs one, a call that went out does
        not, for it stands for a document of its kind. A call that is in the log is found again by its own number,
        else by moment, direction and number.
        """
        calls, problems = self._read(frame_or_path, mapping, overrides)
        with self._unit(dry_run) as con:
            kind = importing.template(con, template_code, DOCUMENT_TYPE)
            country = country_code or self._setup.marketing().default_country_code or None
            holders = address_book.by_number(con, set(calls["telephone_no"]), country)
            known = _salespeople(con)
            rows = [_row(call, holders, known) for call in calls.to_dict(orient="records")]
            settled = importing.settled(con, rows)
            numbers = [] if dry_run else importing.write(con, settled, kind, self._zone, None)
        name = "frame" if isinstance(frame_or_path, pd.DataFrame) else Path(frame_or_path).name
        return ImportReceipt(
            name, kind.interaction_template_code, settled, tuple(numbers), problems, is_written=not dry_run
        )

    def _read(
        self,
        frame_or_path: str | os.PathLike[str] | pd.DataFrame,
        mapping: Mapping[str, str | None] | None,
        overrides: Mapping[str, object],
    ) -> _Read:
        """Read the log as files are read: the good rows with their place, and the problems of others."""
        options = Options.checked(overrides)
        raw = read(frame_or_path, options)
        contact, zone = self._setup.table("contact"), self._setup.settings().time_zone
        ready = prepared(raw, CALL, contact, mapping, "ignore", options, zone)
        rows = ready.checked.rows.to_pandas()
        rows["place"] = [f"row {raw.row_numbers[number]}" for number in rows["row_no"]]
        return rows.reindex(columns=["place", *CALL.by_name]), ready.checked.problems


def _salespeople(con: Connection) -> dict[str, str]:
    """Who may be meant in a log: a code, a name or an address, in small letters."""
    rows = con.execute("SELECT code, name, email FROM salesperson ORDER BY code DESC").fetchall()
    return {str(word).strip().casefold(): code for code, *words in rows for word in (*words, code) if word}


def _row(call: Mapping[Any, Any], holders: Mapping[str, Holder], salespeople: Mapping[str, str]) -> dict[str, Any]:
    said = {name: _text(call[name]) for name in ("call_no", "direction", "duration", "salesperson_code", "description")}
    way = call_tables.flow(said["direction"])
    flow, is_missed = way or (None, False)
    holder = holders.get(call["telephone_no"], UNKNOWN)
    minutes = call_tables.minutes(said["duration"])
    salesperson = salespeople.get((said["salesperson_code"] or "").casefold()) or holder.salesperson_code
    at = call["started_at"].to_pydatetime().replace(tzinfo=None)
    own = said["call_no"] or f"{at.isoformat(timespec='seconds')} {flow} {call['telephone_no']}"
    return {
        "place": call["place"], "interaction_no": f"call {own}", "occurred_at": at, "information_flow": flow,
        "address": call["telephone_no"], "contact_id": holder.contact_id, "contact_no": holder.contact_no,
        "subject": said["description"], "salesperson_code": salesperson,
        "document_type": DOCUMENT_TYPE if flow == "outbound" else None, "duration_minutes": minutes,
        "is_attempt_failed": is_missed or minutes == 0, "reason": _reason(flow, holder, salesperson),
    }  # fmt: skip


def _reason(flow: str | None, holder: Holder, salesperson: str | None) -> str:
    if flow is None:
        return NO_DIRECTION
    if holder.reason:
        return holder.reason
    return NO_SALESPERSON if flow == "inbound" and salesperson is None else ""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
