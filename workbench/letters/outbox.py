"""What a logged segment has to deliver, and what keeps some of it from going."""

from __future__ import annotations

import pandas as pd

from pipelines.deliveries import judged
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.store import Connection, tables
from workbench.store.connection import first_row

IS_ADDRESS = r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+"
"""What an e-mail address has to look like for a message to be made; servers know the rest."""

# The last word of a contact on a channel counts whatever day it is: nobody writes to somebody who has withdrawn since.
# A word on all purposes is one on each; of two at the same moment the refusal counts.
_OUTBOX = """
    WITH said AS (
        SELECT DISTINCT ON (contact_id, channel) contact_id, channel, is_granted FROM consent
        WHERE $purpose IS NULL OR purpose IS NULL OR purpose = $purpose
        ORDER BY contact_id, channel, given_at DESC, is_granted
    )
    SELECT i.entry_no, i.contact_id, c.contact_no, c.name, i.correspondence_type, i.description, i.subject,
        i.language_code, i.salesperson_code, i.delivery_status, i.delivered_at, i.delivery_error, i.is_canceled,
        c.is_privacy_blocked, s.is_granted AS has_consent,
        CASE WHEN a.address_code IS NOT NULL THEN a.email ELSE c.email END AS email,
        CASE WHEN a.address_code IS NOT NULL THEN coalesce(a.address, a.address_2) ELSE coalesce(c.address, c.address_2)
        END IS NOT NULL AS has_street,
        coalesce(i.attachment_no, d.attachment_no) AS attachment_no, i.word_template_code,
        coalesce(i.sends_word_document_as_attachment, FALSE) AS is_attached
    FROM interaction i
    LEFT JOIN contact c ON c.contact_id = i.contact_id
    LEFT JOIN word_template d ON d.code = i.word_template_code
    LEFT JOIN alternative_address a ON a.contact_id = i.contact_id AND a.address_code = i.alternative_address_code
    LEFT JOIN said s ON s.contact_id = i.contact_id
        AND s.channel = CASE WHEN i.correspondence_type = 'email' THEN 'email' ELSE 'post' END
    WHERE i.logged_segment_entry_no = $entry AND i.correspondence_type IS NOT NULL
        AND (i.delivery_status IS NOT NULL OR i.delivered_at IS NOT NULL)
    ORDER BY i.entry_no
"""


def read(
    con: Connection, entry_no: int, *, purpose: str | None = None, needs_consent: bool = False, retry: bool = False
) -> pd.DataFrame:
    """Read the letters of a logged segment, and judge them.

    Parameters
    ----------
    con : connection
        An open unit of work.
    entry_no : int
        The number of the logged segment.
    purpose : str, optional
        For what they are written: consents for it, and for nothing in particular, count; all consents where absent.
    needs_consent : bool, optional
        Whether a consent has to stand; else only a refusal holds back.
    retry : bool, optional
        Whether letters that failed may go again.

    Returns
    -------
    pandas.DataFrame
        One row for each interaction to be delivered, by entry number, with `state` and `reason` as from
        `pipelines.deliveries.judged`.

    Raises
    ------
    NotFoundError
        When there is no such logged segment.
    RuleError
        When it was logged without delivering.
    """
    _check(con, entry_no)
    found = con.execute(_OUTBOX, {"entry": str(entry_no), "purpose": purpose}).df()
    if found.empty:
        raise RuleError(
            f"The logged segment {entry_no} has nothing to deliver.", "Log a worksheet with the option to deliver."
        )
    has_email = found["email"].fillna("").astype(str).str.strip().str.fullmatch(IS_ADDRESS)
    is_email = found["correspondence_type"].eq("email")
    found["has_address"] = has_email.where(is_email, found["has_street"].astype("boolean").fillna(False))
    if retry:
        found["delivery_status"] = found["delivery_status"].replace("error", "in_progress")
    return judged(found.astype({"attachment_no": "Int64"}), needs_consent=needs_consent)


def _check(con: Connection, entry_no: int) -> None:
    if first_row(con, "SELECT entry_no FROM logged_segment WHERE entry_no = ?", [entry_no]) is None:
        known = [str(one) for (one,) in con.execute("SELECT entry_no FROM logged_segment").fetchall()]
        raise NotFoundError(
            f"There is no logged segment {entry_no}.", nearest(entry_no, known) or "Log a worksheet first."
        )


def of_campaign(con: Connection, campaign_no: str) -> pd.DataFrame:
    """List the logged segments that have letters of a campaign.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        The campaign.

    Returns
    -------
    pandas.DataFrame
        entry_no, segment_no, description, created_on, letter_count; by entry number.
    """
    return tables.frame(
        con,
        """
        SELECT g.entry_no, g.segment_no, g.description, g.created_on, count(*) AS letter_count
        FROM logged_segment g JOIN interaction i ON i.logged_segment_entry_no = g.entry_no::VARCHAR
        WHERE i.campaign_no = ? AND i.correspondence_type IS NOT NULL
            AND (i.delivery_status IS NOT NULL OR i.delivered_at IS NOT NULL)
        GROUP BY ALL ORDER BY g.entry_no
        """,
        [campaign_no],
    )
