"""From a draft to a row of the log."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from workbench.interactions import campaign_entries
from workbench.interactions.results import Draft
from workbench.store import Connection
from workbench.templates import attachments


def row(
    con: Connection,
    draft: Draft,
    zone: ZoneInfo,
    *,
    file: tuple[str, bytes] | None = None,
    finish_later: bool = False,
) -> dict[str, Any]:
    """Make the row of a draft, with its file and its campaign entry in the store.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    draft : Draft
        An interaction that was checked.
    zone : zoneinfo.ZoneInfo
        The store's, which tells the day of a new campaign entry.
    file : tuple of str and bytes, optional
        Name and content of what goes with it.
    finish_later : bool, optional
        Whether it is postponed, and belongs to no campaign entry yet.

    Returns
    -------
    dict of str to object
        By column, as `writing.insert` takes them.
    """
    values = {name: value for name, value in draft.values.items() if name != "contact_no"}
    if file is not None:
        values["attachment_no"] = attachments.store(con, *file)
    entry_no = None if finish_later else _campaign_entry(con, draft.values, zone)
    return {**values, "contact_id": draft.contact_id, "is_postponed": finish_later, "campaign_entry_no": entry_no}


def _campaign_entry(con: Connection, values: dict[str, Any], zone: ZoneInfo) -> str | None:
    if values.get("campaign_no") is None:
        return None
    day = values["occurred_at"].replace(tzinfo=dt.UTC).astimezone(zone).date()
    document_type = values.get("document_type")
    return campaign_entries.entry_for(
        con, campaign_no=values["campaign_no"], document_type=document_type,
        description=campaign_entries.kind(document_type), dated_on=day, salesperson_code=values["salesperson_code"],
    )  # fmt: skip
