"""The nine questions as somebody would ask pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

import workbench as wb
from benchmarks.engines import Answer
from benchmarks.frames import Frames, in_arrow
from benchmarks.questions import CITIES

END = pd.Timestamp("2025-01-02")


def missing() -> str:
    """Say why pandas cannot be asked.

    Returns
    -------
    str
        Always empty: importing it has told.
    """
    return ""


@contextmanager
def opened(bench: wb.Workbench) -> Iterator[Answer]:
    """Read the store's columns into memory.

    Parameters
    ----------
    bench : Workbench
        The store.

    Yields
    ------
    callable
        Answers a question.
    """
    contacts, interactions, sales = (table.to_pandas() for table in in_arrow(bench))
    held = Frames(contacts.set_index("contact_id"), interactions, sales)
    yield lambda question: ANSWERS[question.name](held)


def _had(f: Frames, template: str, first_day: str, at_least: int = 1) -> Any:
    rows = f.interactions
    chosen = (rows["occurred_at"] >= pd.Timestamp(first_day)) & (rows["occurred_at"] < END)
    if template:
        chosen &= rows["interaction_template_code"] == template
    found = rows.loc[chosen, "contact_id"]
    if at_least == 1:
        return found.unique()
    counts = found.value_counts()
    return counts.index[counts >= at_least]


def _bought(f: Frames, first_day: str, amount: float, department: str = "") -> Any:
    rows = f.sales
    chosen = (rows["posted_at"] >= pd.Timestamp(first_day)) & (rows["posted_at"] < END)
    if department:
        chosen &= rows["department"] == department
    sums = rows.loc[chosen].groupby("contact_id")["cents"].sum()
    return sums.index[sums >= amount * 100]


def _capped(f: Frames) -> Any:
    rows = f.interactions
    chosen = (rows["information_flow"] == "outbound") & ~rows["is_void"]
    chosen &= (rows["occurred_at"] >= pd.Timestamp("2024-12-03")) & (rows["occurred_at"] < END)
    counts = rows.loc[chosen, "contact_id"].value_counts()
    return counts.index[counts >= 3]


def _attribute(f: Frames) -> int:
    return int(f.contacts["city"].isin(CITIES).sum())


def _nested(f: Frames) -> int:
    c = f.contacts
    young = c["city"].isin(CITIES) & c["age_band"].isin(["18-24", "25-34"])
    spent = c.index.isin(_bought(f, "2024-01-02", 300))
    out = c.index.isin(_had(f, "complaint", "2024-01-03")) | c.index.isin(_had(f, "store_event", "2024-07-06"))
    return int(((young | spent) & ~out).sum())


def _steps(f: Frames) -> int:
    c = f.contacts
    members = c.index.isin(_had(f, "email_open", "2024-10-04", 4))
    members |= c.index.isin(_bought(f, "2024-07-02", 200, "GROCERY"))
    kept = members & c["has_email"] & c["country_code"].isin(["US", "GB", "DE"])
    return int((kept & ~(c.index.isin(_had(f, "letter", "2024-11-03")) | (c["loyalty_points"] < 10))).sum())


def _ten_rules(f: Frames) -> int:
    c = f.contacts
    kept = c["country_code"].isin(["US", "GB", "DE", "FR", "ES"]) & c["age_band"].isin(["25-34", "35-44", "45-54"])
    kept &= (c["loyalty_points"] >= 100) & (pd.to_datetime(c["joined_on"]) < "2024-06-01") & c["has_email"]
    kept &= c.index.isin(_had(f, "email_open", "2024-01-03", 2)) & ~c.index.isin(_had(f, "complaint", "2024-01-03"))
    kept &= c.index.isin(_had(f, "web_visit", "2024-01-03")) & c.index.isin(_bought(f, "2024-01-02", 50))
    return int((kept & ~c.index.isin(_bought(f, "2024-10-02", 500, "MEAT"))).sum())


def _ten_rules_nested(f: Frames) -> int:
    c = f.contacts
    kept = c["country_code"].isin(["US", "GB", "DE", "FR", "ES"]) & c["age_band"].isin(["25-34", "35-44", "45-54"])
    kept |= (c["loyalty_points"] >= 100) & (pd.to_datetime(c["joined_on"]) < "2024-06-01")
    opened = c.index.isin(_had(f, "email_open", "2024-01-03", 2))
    bought = c.index.isin(_had(f, "web_visit", "2024-01-03")) & c.index.isin(_bought(f, "2024-01-02", 50))
    kept &= c["has_email"] & (opened | bought) & ~c.index.isin(_had(f, "complaint", "2024-01-03"))
    return int((kept & ~c.index.isin(_bought(f, "2024-10-02", 500, "MEAT"))).sum())


def _suppression(f: Frames) -> int:
    c = f.contacts
    kept = (c["type"] == "person") & c.index.isin(_had(f, "email_click", "2024-01-03", 2)) & c["age_band"].notna()
    return int((kept & ~c["is_excluded_from_segments"] & ~c["is_privacy_blocked"] & ~c.index.isin(_capped(f))).sum())


ANSWERS: dict[str, Callable[[Frames], int]] = {
    "one attribute": _attribute,
    "3 or more clicks in 90 days": lambda f: len(_had(f, "email_click", "2024-10-04", 3)),
    "sum of sales in 12 months": lambda f: len(_bought(f, "2024-01-02", 200)),
    "anything in 180 days": lambda f: len(_had(f, "", "2024-07-06")),
    "nested and, or, not": _nested,
    "add, refine, reduce": _steps,
    "ten rules": _ten_rules,
    "ten rules nested": _ten_rules_nested,
    "suppression and reference": _suppression,
}
