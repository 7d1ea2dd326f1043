"""What the lines of a worksheet become when it is logged: one interaction each."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from pipelines.dates import instant
from workbench import templates
from workbench.store import Connection, tables
from workbench.worksheets.results import Header

OF_LINE = (
    "contact_id", "description", "subject", "campaign_no", "is_campaign_target", "is_campaign_response",
    "salesperson_code", "correspondence_type", "interaction_template_code", "interaction_group_code", "cost_amount",
    "duration_minutes", "information_flow", "initiated_by", "language_code", "evaluation", "is_attempt_failed",
    "alternative_address_code",
)  # fmt: skip
_OF_CONTENT = ("attachment_no", "word_template_code", "sends_word_document_as_attachment")
_ENTRIES = f"""
    SELECT l.line_no, l.dated_on, {", ".join(f"l.{name}" for name in OF_LINE)},
        CASE WHEN a.address_code IS NOT NULL THEN a.email ELSE c.email END AS email, c.contact_no
    FROM worksheet_line l
    JOIN contact c ON c.contact_id = l.contact_id
    LEFT JOIN alternative_address a ON a.contact_id = l.contact_id AND a.address_code = l.alternative_address_code
    WHERE l.worksheet_no = ? ORDER BY l.line_no
"""  # noqa: S608 - names of ours


def read(con: Connection, worksheet_no: str) -> pd.DataFrame:
    """Read what the lines say.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Which worksheet.

    Returns
    -------
    pandas.DataFrame
        One row for each line in the order of their numbers: line_no, dated_on, the columns of `OF_LINE`, email (of the
        alternative address where the line has one, blank or not), contact_no.
    """
    return tables.frame(con, _ENTRIES, [worksheet_no])


def with_content(con: Connection, header: Header, entries: pd.DataFrame) -> pd.DataFrame:
    """Say what is sent for each line.

    Parameters
    ----------
    con : connection
        An open unit of work.
    header : Header
        Of the worksheet.
    entries : pandas.DataFrame
        As from `read`, whose templates exist.

    Returns
    -------
    pandas.DataFrame
        With attachment_no and word_template_code, one of which at most is known: what the worksheet names itself, else
        what the line's template has in the line's language. And with sends_word_document_as_attachment.

    Notes
    -----
    A worksheet takes the Word template of its interaction template over; one that it names itself is another one.
    """
    own = _own_content(con, header)
    pairs = list(zip(entries["interaction_template_code"], entries["language_code"].replace(np.nan, None), strict=True))
    known = {pair: own or templates.content_for(con, *pair) for pair in set(pairs)}
    return entries.assign(
        attachment_no=pd.array([known[pair][0] for pair in pairs], dtype="Int64"),
        word_template_code=pd.Series([known[pair][1] for pair in pairs], index=entries.index, dtype="str"),
        sends_word_document_as_attachment=header.sends_word_documents_as_attachments,
    )


def _own_content(con: Connection, header: Header) -> tuple[int | None, str | None] | None:
    if header.attachment_no is not None:
        return header.attachment_no, None
    code = header.interaction_template_code
    taken_over = templates.found(con, code).word_template_code if code is not None else None
    is_own = header.word_template_code is not None and header.word_template_code != taken_over
    return (None, header.word_template_code) if is_own else None


def without_correspondence(entries: pd.DataFrame) -> pd.Series:
    """Find the lines whose e-mail has nowhere to go.

    Parameters
    ----------
    entries : pandas.DataFrame
        As from `read`.

    Returns
    -------
    pandas.Series of bool
        True where the correspondence is e-mail and there is no address; the product logs them without correspondence.
    """
    return entries["correspondence_type"].eq("email") & entries["email"].fillna("").str.strip().eq("")


def as_interactions(
    entries: pd.DataFrame, zone: ZoneInfo, *, segment_no: str, entry_no: int, deliver: bool
) -> pd.DataFrame:
    """Make interactions of lines.

    Parameters
    ----------
    entries : pandas.DataFrame
        As from `with_content`, with `campaign_entry_no`.
    zone : zoneinfo.ZoneInfo
        The store's; each interaction is at the beginning of its day there.
    segment_no : str
        The worksheet's number.
    entry_no : int
        The number of the logged segment.
    deliver : bool
        Whether those with a correspondence type are to be delivered.

    Returns
    -------
    pandas.DataFrame
        One row for each line, in their order.
    """
    moments = {day: instant(day, zone).replace(tzinfo=None) for day in entries["dated_on"].dt.date.unique()}
    goes = entries["correspondence_type"].notna() & deliver
    return entries[[*OF_LINE, *_OF_CONTENT, "campaign_entry_no"]].assign(
        occurred_at=entries["dated_on"].dt.date.map(moments),
        segment_no=segment_no,
        logged_segment_entry_no=str(entry_no),
        delivery_status=goes.map({True: "in_progress", False: None}),
    )
