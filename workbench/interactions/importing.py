"""What e-mails and calls have in common when they become interactions: the template, what is there already, writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines import interaction_wizard
from workbench.errors import RuleError
from workbench.interactions import campaign_entries, writing
from workbench.store import Connection, tables
from workbench.templates import Template
from workbench.templates import rows as template_rows

COLUMNS = (
    "place", "interaction_no", "occurred_at", "information_flow", "address", "contact_id", "contact_no", "subject",
    "salesperson_code", "document_type", "duration_minutes", "is_attempt_failed", "reason",
)  # fmt: skip
"""What is known of each interaction that a file may become; `reason` is blank where nothing speaks against it."""

NEW, UNCHANGED, LEFT_OUT = "new", "unchanged", "left_out"
THERE_ALREADY, TWICE = "there already", "twice in the file"
_INITIATED = {"outbound": "us", "inbound": "them"}


def template(con: Connection, code: str | None, document_type: str) -> Template:
    """Find the template of what is imported.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str or None
        The one that is named.
    document_type : str
        The kind of document whose template of setup is taken otherwise.

    Returns
    -------
    Template
        Its fields.

    Raises
    ------
    NotFoundError
        When there is no such template.
    RuleError
        When none is named and setup has none, or that one sends something itself.
    """
    found = template_rows.found(con, code) if code else template_rows.for_document(con, document_type)
    if found is None:
        raise RuleError(
            f"Setup names no interaction template for the document type {document_type}.",
            f"Name one with --template, or set it up: workbench interaction setup set {document_type} CODE.",
        )
    return found


def settled(con: Connection, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Decide what becomes of each row.

    Parameters
    ----------
    con : connection
        An open unit of work.
    rows : list of dict
        By `COLUMNS`; of those with the same `interaction_no` or the same message and contact, the first counts.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS` and `state`: new, unchanged where the log has it, or left_out for its reason.
    """
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"reason": "str", "interaction_no": "str"})
    is_open = frame["reason"].eq("")
    is_twice = is_open & frame.assign(is_open=is_open).duplicated(["is_open", "interaction_no"])
    frame.loc[is_twice, "reason"] = TWICE
    is_there = frame["reason"].eq("") & frame["interaction_no"].isin(_there(con, frame["interaction_no"]))
    frame.loc[is_there, "reason"] = THERE_ALREADY
    frame["state"] = frame["reason"].map(lambda why: NEW if why == "" else LEFT_OUT)
    frame.loc[is_there, "state"] = UNCHANGED
    return frame


def write(
    con: Connection,
    rows: pd.DataFrame,
    kind: Template,
    zone: ZoneInfo,
    correspondence_type: str | None,
    attachment_no: Callable[[str], int | None] | None = None,
) -> list[int]:
    """Write the rows that are new.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    rows : pandas.DataFrame
        As from `settled`.
    kind : Template
        Their template.
    zone : zoneinfo.ZoneInfo
        The store's.
    correspondence_type : str or None
        The same for all.
    attachment_no : callable, optional
        Gives the number of the file that goes with the row of a place.

    Returns
    -------
    list of int
        Their numbers in the log.
    """
    fresh = rows[rows["state"] == NEW]
    if fresh.empty:
        return []
    records = [_record(row, kind, correspondence_type) for row in fresh.to_dict(orient="records")]
    if attachment_no is not None:
        for record, place in zip(records, fresh["place"], strict=True):
            record["attachment_no"] = attachment_no(place)
    entries = _campaign_entries(con, records, zone)
    for record in records:
        record["campaign_entry_no"] = entries.get(record["document_type"])
    return writing.insert(con, pd.DataFrame(records))


def _there(con: Connection, numbers: pd.Series) -> set[str]:
    con.register("incoming_number", pd.DataFrame({"interaction_no": numbers}))
    try:
        found = tables.frame(
            con, "SELECT interaction_no FROM interaction SEMI JOIN incoming_number USING (interaction_no)"
        )
    finally:
        con.unregister("incoming_number")
    return set(found["interaction_no"])


def _record(row: Mapping[Any, Any], kind: Template, correspondence_type: str | None) -> dict[str, Any]:
    own = {
        "information_flow": row["information_flow"],
        "initiated_by": _INITIATED[row["information_flow"]],
        "correspondence_type": correspondence_type,
        "description": row["subject"] or None,
    }
    if not pd.isna(row["duration_minutes"]):
        own["duration_minutes"] = row["duration_minutes"]
    kept = ("contact_id", "interaction_no", "occurred_at", "salesperson_code", "document_type", "is_attempt_failed")
    return {
        **interaction_wizard.filled(own, vars(kind), {}),
        **{name: row[name] for name in kept},
        "contact_id": int(row["contact_id"]),
        "interaction_template_code": kind.interaction_template_code,
        "language_code": kind.language_code,
    }


def _campaign_entries(con: Connection, records: list[dict[str, Any]], zone: ZoneInfo) -> dict[str | None, str]:
    """Find or make the entry of the template's campaign for each kind of document, dated as its first interaction."""
    found: dict[str | None, str] = {}
    for record in sorted(records, key=lambda one: one["occurred_at"]):
        kind = record["document_type"]
        if record["campaign_no"] is None or kind in found:
            continue
        day = record["occurred_at"].replace(tzinfo=dt.UTC).astimezone(zone).date()
        found[kind] = campaign_entries.entry_for(
            con, campaign_no=record["campaign_no"], document_type=kind, description=campaign_entries.kind(kind),
            dated_on=day, salesperson_code=record["salesperson_code"],
        )  # fmt: skip
    return found
