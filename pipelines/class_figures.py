"""The figures that contacts are classified by: of customers, of vendors, and of each contact.

They are worked out from totals over a period, one row for each contact, which come from `pipelines.class_totals` or
from a database. Source: Business Central, report 5199, FindCustomerValues, FindVendorValues and FindContactValues.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

YEAR = 365


def customer_figures(totals: pd.DataFrame, since: dt.date, until: dt.date) -> pd.DataFrame:
    """Work the figures of customers out.

    Parameters
    ----------
    totals : pandas.DataFrame
        As from `document_totals`, one row for each customer; 0 throughout for one without sales.
    since, until : datetime.date
        First and last day of the period.

    Returns
    -------
    pandas.DataFrame
        With the index of `totals`: sales_amount, profit_amount; sales_frequency = documents / ((until - since + 1) /
        365); average_invoice_amount = sales / documents; discount_percent = 100 * discount / (sales + discount), 0
        where that base is 0; average_overdue_days = days overdue of closed documents / closed documents. Averages of
        nothing are 0.

    Examples
    --------
    >>> totals = pd.DataFrame({"amount": [900.0], "profit_amount": [90.0], "discount_amount": [100.0],
    ...     "document_count": [6.0], "closed_count": [4.0], "overdue_days": [10.0]}, index=["CT1"])
    >>> customer_figures(totals, dt.date(2018, 1, 1), dt.date(2018, 12, 31)).loc["CT1"].tolist()
    [900.0, 90.0, 6.0, 150.0, 10.0, 2.5]
    """
    figures = _of_documents(totals, since, until)
    names = {"amount": "sales_amount", "frequency": "sales_frequency", "average_amount": "average_invoice_amount"}
    order = ["amount", "profit_amount", "frequency", "average_amount", "discount_percent", "average_overdue_days"]
    return figures[order].rename(columns=names)


def vendor_figures(totals: pd.DataFrame, since: dt.date, until: dt.date) -> pd.DataFrame:
    """Work the figures of vendors out.

    Parameters
    ----------
    totals : pandas.DataFrame
        As from `document_totals` over purchase entries, one row for each vendor.
    since, until : datetime.date
        First and last day of the period.

    Returns
    -------
    pandas.DataFrame
        purchase_amount, purchase_frequency, average_ticket_size, discount_percent and average_overdue_days, each with
        the formula that `customer_figures` has for sales.
    """
    figures = _of_documents(totals, since, until)
    names = {"amount": "purchase_amount", "frequency": "purchase_frequency", "average_amount": "average_ticket_size"}
    return figures[[*names, "discount_percent", "average_overdue_days"]].rename(columns=names)


def _of_documents(totals: pd.DataFrame, since: dt.date, until: dt.date) -> pd.DataFrame:
    base = totals["amount"] + totals["discount_amount"]
    base = base.where(totals["document_count"] > 0, 0)
    return totals[["amount", "profit_amount"]].assign(
        frequency=totals["document_count"] / _years(since, until),
        average_amount=_ratio(totals["amount"], totals["document_count"]),
        discount_percent=_ratio(100 * totals["discount_amount"], base),
        average_overdue_days=_ratio(totals["overdue_days"], totals["closed_count"]),
    )


def contact_figures(totals: pd.DataFrame, since: dt.date, until: dt.date) -> pd.DataFrame:
    """Work the figures of contacts out.

    Parameters
    ----------
    totals : pandas.DataFrame
        One row for each contact: interaction_count, cost_amount, duration_minutes, won_count, lost_count; 0 throughout
        for one without any.
    since, until : datetime.date
        First and last day of the period.

    Returns
    -------
    pandas.DataFrame
        interaction_quantity; interaction_frequency = interactions / ((until - since + 1) / 365);
        average_interaction_cost and average_interaction_duration = total / interactions; opportunity_won_percent =
        100 * won / (won + lost). Averages of nothing are 0.
    """
    count = totals["interaction_count"]
    return pd.DataFrame(
        {
            "interaction_quantity": count,
            "interaction_frequency": count / _years(since, until),
            "average_interaction_cost": _ratio(totals["cost_amount"], count),
            "average_interaction_duration": _ratio(totals["duration_minutes"], count),
            "opportunity_won_percent": _ratio(100 * totals["won_count"], totals["won_count"] + totals["lost_count"]),
        }
    )


def _years(since: dt.date, until: dt.date) -> float:
    return ((until - since).days + 1) / YEAR


def _ratio(part: pd.Series, base: pd.Series) -> pd.Series:
    return (part / base.replace(0, np.nan)).fillna(0.0)
