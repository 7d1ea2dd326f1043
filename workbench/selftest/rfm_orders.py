"""RFM: printed scores at printed thresholds, and the table of segments of the R package rfm from its orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipelines.rfm import rfm
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


def _at_printed_bounds(_file: Path) -> Iterator[Figure]:
    known = pd.DataFrame(_CUSTOMERS, columns=["name", "days", "purchase_count", "amount", "score"])
    known["last_on"] = pd.Timestamp(DAY) - pd.to_timedelta(known["days"], unit="D")
    found = rfm(known.assign(contact_id=known.index), DAY, "custom", bounds=_BOUNDS).rows["rfm_score"]
    for (name, *_figures, printed), ours in zip(_CUSTOMERS, found, strict=True):
        yield figure(f"{name}, score", printed, float(ours), _README)


BOUNDS = Check("RFM, at printed thresholds", _at_printed_bounds)
