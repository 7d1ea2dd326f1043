"""Totals of each contact over a period, added up in the store: one row for each contact, whatever there are entries.

They are those of `pipelines.class_totals`, by contact id.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.class_figures import contact_figures, customer_figures, vendor_figures
from pipelines.dates import instant
from workbench.questionnaires.people import OWNERS
from workbench.questionnaires.records import Line
from workbench.store import Connection, tables

DAY = dt.timedelta(days=1)

_DOCUMENTS = """
    WITH owner AS MATERIALIZED (SELECT contact_id, owner_id FROM ({owners})),
    document AS (
        SELECT o.owner_id, coalesce(e.document_no, chr(1) || e.entry_no) AS document_no,
            sum(e.{amount}) AS amount, sum({profit}) AS profit_amount, sum(e.discount_amount) AS discount_amount,
            bool_and(e.closed_on IS NOT NULL AND e.closed_on <= $until) AS is_closed,
            greatest(0, max(coalesce(e.closed_on - e.due_on, 0))) AS overdue_days
        FROM {table} e JOIN owner o USING (contact_id)
        WHERE e.posted_at >= $first AND e.posted_at < $end
        GROUP BY ALL
    )
    SELECT owner_id AS contact_id, coalesce(sum(amount), 0)::DOUBLE AS amount,
        coalesce(sum(profit_amount), 0)::DOUBLE AS profit_amount,
        coalesce(sum(discount_amount), 0)::DOUBLE AS discount_amount,
        count(*)::DOUBLE AS document_count, (count(*) FILTER (is_closed))::DOUBLE AS closed_count,
        coalesce(sum(overdue_days) FILTER (is_closed), 0)::DOUBLE AS overdue_days
    FROM document GROUP BY owner_id
"""
_TRADERS = """
    SELECT DISTINCT o.owner_id FROM ({owners}) o JOIN (
        SELECT contact_id FROM business_relation WHERE link_to_table = ? AND coalesce(linked_no, '') <> ''
        UNION SELECT contact_id FROM {table} WHERE posted_at < ?
    ) t USING (contact_id)
"""
_FOR_COMPANIES = """
    SELECT contact_id, {sums} FROM own GROUP BY contact_id
    UNION ALL
    SELECT o.owner_id, {sums} FROM own JOIN ({owners}) o USING (contact_id) WHERE o.owner_id <> o.contact_id
    GROUP BY o.owner_id
"""
_INTERACTIONS = """
    WITH own AS (
        SELECT contact_id, count(*) AS interaction_count, coalesce(sum(cost_amount), 0) AS cost_amount,
            coalesce(sum(round(duration_minutes, 4)::DECIMAL(18, 4)), 0) AS duration_minutes
        FROM interaction
        WHERE occurred_at >= $first AND occurred_at < $end AND NOT is_canceled AND NOT is_postponed
        GROUP BY contact_id
    ), told AS ({for_companies})
    SELECT contact_id, {totals} FROM told GROUP BY contact_id
"""
_OPPORTUNITIES = """
    WITH own AS (
        SELECT contact_id, count(*) FILTER (status = 'won') AS won_count,
            count(*) FILTER (status = 'lost') AS lost_count
        FROM opportunity
        WHERE coalesce(estimated_close_on, closed_on) BETWEEN $since AND $until
            AND (closed_on IS NULL OR closed_on <= $as_of)
        GROUP BY contact_id
    ), told AS ({for_companies})
    SELECT contact_id, {totals} FROM told GROUP BY contact_id
"""
_INTERACTION_NAMES = ("interaction_count", "cost_amount", "duration_minutes")
_OPPORTUNITY_NAMES = ("won_count", "lost_count")


@dataclass(frozen=True)
class Period:
    """The days that a question looks at.

    Attributes
    ----------
    since, until : datetime.date
        First and last day.
    as_of : datetime.date
        The day of the run; what happened later is not there.
    zone : str
        Where days begin.
    """

    since: dt.date
    until: dt.date
    as_of: dt.date
    zone: str

    @property
    def bounds(self) -> dict[str, Any]:
        """The first instant that counts and the first that does not, in UTC, with the last day that counts."""
        last = min(self.until, self.as_of)
        place = ZoneInfo(self.zone)
        return {"first": instant(self.since, place), "end": instant(last + DAY, place), "until": last}


def figures(con: Connection, question: Line, period: Period) -> pd.Series:
    """Work out the figure that a question asks for.

    Parameters
    ----------
    con : connection
        An open unit of work.
    question : Line
        A question with a figure that is no rating.
    period : Period
        Its days.

    Returns
    -------
    pandas.Series of float
        By contact id. Of customers or vendors: for everybody who has a business relation linked to such a record or
        entries until the day of the run, people being counted for their company. Of contacts: for those with rows
        in the period only; all others have 0.
    """
    if question.customer_class_field:
        totals = _documents(con, period, "customer", "sales_entry", "sales_amount", "e.profit_amount")
        return customer_figures(totals, period.since, period.until)[question.customer_class_field]
    if question.vendor_class_field:
        totals = _documents(con, period, "vendor", "purchase_entry", "purchase_amount", "0")
        return vendor_figures(totals, period.since, period.until)[question.vendor_class_field]
    return contact_figures(_activity(con, period), period.since, period.until)[str(question.contact_class_field)]


def _documents(con: Connection, period: Period, kind: str, table: str, amount: str, profit: str) -> pd.DataFrame:
    statement = _DOCUMENTS.format(owners=OWNERS, table=table, amount=amount, profit=profit)
    totals = _by_contact(con, statement, period.bounds)
    end = instant(period.as_of + DAY, ZoneInfo(period.zone))
    traders = tables.ids(con, _TRADERS.format(owners=OWNERS, table=table), [kind, end])
    return totals.reindex(pd.Index(traders, name="contact_id"), fill_value=0.0)


def _activity(con: Connection, period: Period) -> pd.DataFrame:
    bounds = period.bounds
    said = _by_contact(con, _told(_INTERACTIONS, _INTERACTION_NAMES), {name: bounds[name] for name in ("first", "end")})
    days = {"since": period.since, "until": period.until, "as_of": period.as_of}
    offered = _by_contact(con, _told(_OPPORTUNITIES, _OPPORTUNITY_NAMES), days)
    return said.join(offered, how="outer").fillna(0.0)


def _told(statement: str, names: tuple[str, ...]) -> str:
    sums = ", ".join(f"sum({name}) AS {name}" for name in names)
    totals = ", ".join(f"sum({name})::DOUBLE AS {name}" for name in names)
    return statement.format(for_companies=_FOR_COMPANIES.format(sums=sums, owners=OWNERS), totals=totals)


def _by_contact(con: Connection, statement: str, values: dict[str, Any]) -> pd.DataFrame:
    return con.execute(statement, values).df().set_index("contact_id").astype("float64")
