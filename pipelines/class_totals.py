"""Totals that contacts are classified by: what was sold, bought, said and won over a period, from the rows themselves.

`pipelines.class_figures` makes figures of them.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.dates import instant

_PART = 10_000  # amounts have four decimals, and whole parts of them add up exactly whatever their order


def document_totals(
    entries: pd.DataFrame,
    since: dt.date,
    until: dt.date,
    amount: str = "sales_amount",
    companies: pd.Series | None = None,
    zone: str = "UTC",
) -> pd.DataFrame:
    """Add up the sales or purchases of each customer or vendor.

    Parameters
    ----------
    entries : pandas.DataFrame
        Sales or purchase entries: contact_no, posted_at (UTC), document_no, discount_amount, due_on, closed_on, the
        amount, and profit_amount where there is one.
    since, until : datetime.date
        First and last day that counts, in the zone.
    amount : str, optional
        The column of the amount.
    companies : pandas.Series of str, optional
        The company of each contact, by contact_no; entries of people count for their company.
    zone : str, optional
        Where days begin.

    Returns
    -------
    pandas.DataFrame
        By contact_no in ascending order, those without entries left out: amount, profit_amount, discount_amount,
        document_count, closed_count (documents of which everything is paid by `until`), overdue_days (days between
        due date and payment of those, where positive; of a document's lines the latest counts).

    Notes
    -----
    An entry without a document is a document of its own.
    """
    chosen = _within(entries, "posted_at", since, until, zone)
    sums = {"amount": "sum", "profit_amount": "sum", "discount_amount": "sum", "closed": "all", "overdue_days": "max"}
    documents = _lines(chosen, until, amount, companies).groupby(["contact_no", "document"]).agg(sums)
    documents["overdue_days"] *= documents["closed"]
    by_contact = documents.groupby("contact_no")
    totals = by_contact[["amount", "profit_amount", "discount_amount"]].sum() / _PART
    counts = pd.DataFrame({"document_count": by_contact.size(), "closed_count": by_contact["closed"].sum(),
                           "overdue_days": by_contact["overdue_days"].sum()})  # fmt: skip
    return totals.join(counts.astype("float64"))


def _lines(chosen: pd.DataFrame, until: dt.date, amount: str, companies: pd.Series | None) -> pd.DataFrame:
    single = pd.Series([f"\0{row}" for row in range(len(chosen))], index=chosen.index, dtype="str")
    closed, due = pd.to_datetime(chosen["closed_on"]), pd.to_datetime(chosen["due_on"])
    return pd.DataFrame(
        {
            "contact_no": _holders(chosen["contact_no"], companies),
            "document": chosen["document_no"].astype("str").fillna(single),
            "amount": _parts(chosen, amount),
            "profit_amount": _parts(chosen, "profit_amount"),
            "discount_amount": _parts(chosen, "discount_amount"),
            "closed": closed.notna() & (closed <= pd.Timestamp(until)),
            "overdue_days": (closed - due).dt.days.clip(lower=0).fillna(0),
        }
    )


def interaction_totals(
    interactions: pd.DataFrame,
    since: dt.date,
    until: dt.date,
    companies: pd.Series | None = None,
    zone: str = "UTC",
) -> pd.DataFrame:
    """Add up the interactions of each contact.

    Parameters
    ----------
    interactions : pandas.DataFrame
        contact_no, occurred_at (UTC), cost_amount, duration_minutes, is_canceled, is_postponed.
    since, until : datetime.date
        First and last day that counts, in the zone.
    companies : pandas.Series of str, optional
        The company of each contact, by contact_no.
    zone : str, optional
        Where days begin.

    Returns
    -------
    pandas.DataFrame
        By contact_no in ascending order: interaction_count, cost_amount, duration_minutes; neither canceled nor
        postponed ones count. A company has its own and those of its people, a person its own.
    """
    chosen = _within(interactions, "occurred_at", since, until, zone)
    chosen = chosen[~(chosen["is_canceled"] | chosen["is_postponed"])]
    rows = pd.DataFrame({"contact_no": chosen["contact_no"], "interaction_count": 1.0})
    for name in ("cost_amount", "duration_minutes"):
        rows[name] = _parts(chosen, name)
    totals = _with_companies(rows, companies).groupby("contact_no").sum()
    return totals.assign(**{name: totals[name] / _PART for name in ("cost_amount", "duration_minutes")})


def opportunity_totals(
    opportunities: pd.DataFrame, since: dt.date, until: dt.date, companies: pd.Series | None = None
) -> pd.DataFrame:
    """Count the opportunities of each contact that were won and lost.

    Parameters
    ----------
    opportunities : pandas.DataFrame
        contact_no, status, estimated_close_on, closed_on.
    since, until : datetime.date
        First and last estimated closing date that counts; where that date is unknown, the day of closing stands for it.
    companies : pandas.Series of str, optional
        The company of each contact, by contact_no.

    Returns
    -------
    pandas.DataFrame
        By contact_no in ascending order: won_count, lost_count. A company has its own and those of its people.
    """
    day = pd.to_datetime(opportunities["estimated_close_on"]).fillna(pd.to_datetime(opportunities["closed_on"]))
    chosen = opportunities[(day >= pd.Timestamp(since)) & (day <= pd.Timestamp(until))]
    rows = pd.DataFrame({"contact_no": chosen["contact_no"], "won_count": (chosen["status"] == "won").astype("float64"),
                         "lost_count": (chosen["status"] == "lost").astype("float64")})  # fmt: skip
    return _with_companies(rows, companies).groupby("contact_no").sum()


def _parts(rows: pd.DataFrame, name: str) -> pd.Series:
    """Give numbers as whole ten-thousandths; a column that is not there is 0."""
    if name not in rows:
        return pd.Series(0, index=rows.index, dtype="int64")
    return (rows[name].astype("float64").fillna(0) * _PART).round().astype("int64")


def _within(rows: pd.DataFrame, name: str, since: dt.date, until: dt.date, zone: str) -> pd.DataFrame:
    place = ZoneInfo(zone)
    first, end = (pd.Timestamp(instant(day, place), tz="UTC") for day in (since, until + dt.timedelta(days=1)))
    return rows[(rows[name] >= first) & (rows[name] < end)]


def _holders(numbers: pd.Series, companies: pd.Series | None) -> pd.Series:
    """Name the company of each contact, or itself where it has none."""
    if companies is None:
        return numbers
    known = companies.replace("", None).dropna()
    return numbers.map(known).astype(numbers.dtype).fillna(numbers)


def _with_companies(rows: pd.DataFrame, companies: pd.Series | None) -> pd.DataFrame:
    """Repeat the rows of people for their companies."""
    holders = _holders(rows["contact_no"], companies)
    return pd.concat([rows, rows.assign(contact_no=holders)[holders != rows["contact_no"]]])
