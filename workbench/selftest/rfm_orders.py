"""RFM: printed scores at printed thresholds, and the table of segments of the R package rfm from its orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipelines.rfm import FIGURES, rfm
from pipelines.rfm_bins import shifted_quantile_bins
from workbench.bench import Workbench, open_workbench
from workbench.selftest.figures import Check, Figure, figure

DAY = dt.date(2006, 12, 31)
_README = "README of the R package rfm, github.com/rsquaredacademy/rfm"
_BOUNDS = {"recency": (115, 181, 297.4, 482), "frequency": (4, 5, 6, 8), "monetary": (255.8, 382, 506.4, 666)}
# customer: days since the last order, orders, revenue, score
_CUSTOMERS = (
    ("Abbey O'Reilly", 205, 6, 472, "343"),
    ("Add Senger", 140, 3, 340, "412"),
    ("Aden Lesch", 194, 4, 405, "323"),
    ("Aden Murphy", 98, 7, 596, "544"),
    ("Admiral Senger", 132, 5, 448, "433"),
)
# segment: customers, orders, revenue, revenue per order
_SEGMENTS = {
    "Champions": ("35", "316", "31646", "100.15"),
    "Potential Loyalist": ("342", "2211", "204856", "92.65"),
    "Loyal Customers": ("170", "799", "76562", "95.82"),
    "Promising": ("9", "28", "4249", "151.75"),
    "New Customers": ("104", "329", "28837", "87.65"),
    "Can't Lose Them": ("47", "274", "32446", "118.42"),
    "At Risk": ("28", "216", "22227", "102.90"),
    "Need Attention": ("10", "57", "4562", "80.04"),
    "About To Sleep": ("102", "283", "23449", "82.86"),
    "Lost": ("148", "393", "35324", "89.88"),
}


def _at_printed_bounds(_file: Path) -> Iterator[Figure]:
    known = pd.DataFrame(_CUSTOMERS, columns=["name", "days", "purchase_count", "amount", "score"])
    known["last_on"] = pd.Timestamp(DAY) - pd.to_timedelta(known["days"], unit="D")
    found = rfm(known.assign(contact_id=known.index), DAY, "custom", bounds=_BOUNDS).rows["rfm_score"]
    for (name, *_figures, printed), ours in zip(_CUSTOMERS, found, strict=True):
        yield figure(f"{name}, score", printed, float(ours), _README)


def store(path: Path) -> Workbench:
    """Bring the orders into a store by the ordinary ways.

    Parameters
    ----------
    path : pathlib.Path
        The data set rfm_data_orders of the R package, written as CSV.

    Returns
    -------
    Workbench
        In memory: customers as contacts, orders as sales entries.
    """
    bench = open_workbench(":memory:")
    people = pd.read_csv(path, usecols=["customer_id", "email"]).drop_duplicates("customer_id")
    contacts = people.rename(columns={"customer_id": "contact_no"})
    bench.sources.load("contact", contacts.assign(name=contacts["contact_no"]))
    columns = {"customer_id": "contact_no", "order_date": "posted_at", "revenue": "sales_amount"}
    bench.sources.load("sales_entry", path, mapping=columns, new_fields="ignore")
    return bench


def _from_file(file: Path) -> Iterator[Figure]:
    report = store(file).scores.run("rfm", DAY, bins="quantile_r", map="r_package", dry_run=True)
    yield figure("Customers", "995", report.quality["contact_count"], _README)
    yield figure("Revenue", "464158", report.quality["amount_sum"], _README)
    for of, bounds in _BOUNDS.items():
        ours = shifted_quantile_bins(report.rows[FIGURES[of]], 5).bounds
        for bound, seen in zip(bounds, ours, strict=True):
            yield figure(f"Threshold of {of}", f"{bound:g}", seen, _README)
    found = report.tables["names"].set_index("name")
    for name, printed in _SEGMENTS.items():
        row = found.loc[[name], ["contacts", "purchases", "amount", "amount_per_purchase"]].to_numpy("float64")[0]
        said = ("customers", "orders", "revenue", "revenue per order")
        for what, value, seen in zip(said, printed, row, strict=True):
            yield figure(f"{name}, {what}", value, float(seen), _README)


BOUNDS = Check("RFM, at printed thresholds", _at_printed_bounds)
FILE = Check(
    "RFM, from the orders of the R package",
    _from_file,
    "rfm_orders/orders.csv",
    "github.com/rsquaredacademy/rfm, data/rfm_data_orders.rda written as CSV",
)
