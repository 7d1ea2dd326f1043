"""A shop with three kinds of customers: those who came once, regulars, and good ones who stayed away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

import workbench as wb

DAY = dt.date(2026, 6, 30)
SIZE = 120


def shop(later: pd.DataFrame | None = None, at: str | Path = ":memory:") -> wb.Workbench:
    """A new store; some of its sales may come in a second file, in another order and once more."""
    bench = wb.open(at)
    bench.setup.set("time_zone", "Europe/Prague")
    bench.sources.load("contact", contacts(), new_fields="add")
    bench.sources.load("sales_entry", sales())
    if later is not None:
        bench.sources.load("sales_entry", later)
    bench.segments.save(wb.Segment.from_dict({"name": "women", "steps": [
        {"add": {"field": "salutation_code", "op": "is", "value": "F"}},
    ]}))  # fmt: skip
    bench.segments.save(wb.Segment.from_dict({"name": "regulars with the app", "steps": [
        {"add": {"all": [{"field": "has_app", "op": "is", "value": True},
                         {"field": "sales_entry_count", "op": "more_than", "value": 9}]}},
    ]}))  # fmt: skip
    return bench


def contacts() -> pd.DataFrame:
    """Three kinds in turn; every second one is a woman, every third has the app, some have no city."""
    number = np.arange(SIZE)
    return pd.DataFrame({
        "contact_no": [f"C{n:03}" for n in number], "type": "person",
        "salutation_code": np.where(number % 2, "F", "M"), "has_app": number // 3 % 3 == 0,
        "city": [None if n % 7 == 0 else "Prague" if n % 5 else "Brno" for n in number],
    })  # fmt: skip


def sales() -> pd.DataFrame:
    """Who came once spent 20 a year ago; regulars spend 30 every week; good ones spent 200 a time until last year."""
    chance, rows = np.random.default_rng(1), []
    for number in range(SIZE):
        visits, last, amount = ((1, 300, 20), (12, 3, 30), (6, 250, 200))[number % 3]
        for visit in range(visits):
            day = DAY - dt.timedelta(last + 7 * visit + int(chance.integers(0, 5)))
            rows.append((f"C{number:03}", f"{day}T10:00Z", f"B{number}-{visit}", amount + int(chance.integers(0, 9))))
    return pd.DataFrame(rows, columns=["contact_no", "posted_at", "document_no", "sales_amount"])


def after_the_day() -> pd.DataFrame:
    """What would change everything, and happens after midnight of the day, in Prague."""
    return pd.DataFrame({
        "contact_no": [f"C{n:03}" for n in range(0, SIZE, 3)], "posted_at": "2026-06-30T22:00Z",
        "document_no": "LATE", "sales_amount": 5000,
    })  # fmt: skip
