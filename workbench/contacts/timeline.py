"""Everything that happened with one contact, in one order."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.dates import instant, shift
from workbench.store import Connection, tables

# One row for each basket, not for each line of it: a year of shopping would otherwise hide everything else.
_ROWS = """
    SELECT occurred_at AS "at", 'interaction' AS kind,
           coalesce(description, subject, interaction_template_code) AS description, cost_amount AS amount, campaign_no
    FROM interaction WHERE contact_id = $1 AND occurred_at < $2
    UNION ALL
    SELECT min(posted_at), 'sales_entry', document_no, sum(sales_amount), any_value(campaign_no)
    FROM sales_entry WHERE contact_id = $1 AND posted_at < $2
    GROUP BY document_no, CASE WHEN document_no IS NULL THEN entry_no END
    UNION ALL
    SELECT CAST(created_on AS TIMESTAMP), 'opportunity', coalesce(description, opportunity_no), estimated_amount,
           campaign_no
    FROM opportunity WHERE contact_id = $1 AND (created_on IS NULL OR created_on <= $3)
    UNION ALL
    SELECT CAST(targeted_on AS TIMESTAMP), 'campaign_target', arm, NULL, campaign_no
    FROM campaign_target WHERE contact_id = $1 AND (targeted_on IS NULL OR targeted_on <= $3)
    UNION ALL
    SELECT given_at, 'consent', channel || CASE WHEN is_granted THEN ': yes' ELSE ': no' END, NULL, NULL
    FROM consent WHERE contact_id = $1 AND given_at < $2
"""


def read(con: Connection, contact_id: int, as_of: dt.date, time_zone: str, rows: int) -> tuple[pd.DataFrame, int]:
    """Read the latest rows about a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    as_of : datetime.date
        Later rows are left out.
    time_zone : str
        Whose days.
    rows : int
        How many rows to read.

    Returns
    -------
    tuple of pandas.DataFrame and int
        Columns at (UTC), kind, description, amount, campaign_no, the latest first; and how many rows there are.
    """
    before = instant(shift(as_of, 1, "day"), ZoneInfo(time_zone))
    values = [contact_id, before, as_of, rows]
    query = f'SELECT *, count(*) OVER () AS total FROM ({_ROWS}) ORDER BY "at" DESC NULLS LAST, kind LIMIT $4'  # noqa: S608
    found = tables.frame(con, query, values)
    return found.drop(columns="total"), int(found["total"].iloc[0]) if len(found) else 0
