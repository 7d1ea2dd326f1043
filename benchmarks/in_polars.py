"""The nine questions as somebody would ask polars, lazily."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl

import workbench as wb
from benchmarks.engines import Answer
from benchmarks.frames import Frames, in_arrow
from benchmarks.questions import CITIES

END = dt.datetime(2025, 1, 2)  # noqa: DTZ001 - the store's instants have no zone
_ID = pl.col("contact_id")


def missing() -> str:
    """Say why polars cannot be asked.

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
    held = Frames(*(pl.DataFrame(table).lazy() for table in in_arrow(bench)))
    yield lambda question: ANSWERS[question.name](held)


def _had(f: Frames, template: str, first_day: str, at_least: int = 1) -> Any:
    rows = f.interactions.filter(pl.col("occurred_at") >= dt.datetime.fromisoformat(first_day))
    rows = rows.filter(pl.col("occurred_at") < END)
    if template:
        rows = rows.filter(pl.col("interaction_template_code") == template)
    if at_least == 1:
        return rows.select(_ID).unique()
    return rows.group_by("contact_id").len().filter(pl.col("len") >= at_least).select(_ID)


def _bought(f: Frames, first_day: str, amount: float, department: str = "") -> Any:
    rows = f.sales.filter(pl.col("posted_at") >= dt.datetime.fromisoformat(first_day), pl.col("posted_at") < END)
    if department:
        rows = rows.filter(pl.col("department") == department)
    return rows.group_by("contact_id").agg(pl.sum("cents")).filter(pl.col("cents") >= amount * 100).select(_ID)


def _capped(f: Frames) -> Any:
    rows = f.interactions.filter(pl.col("information_flow") == "outbound", ~pl.col("is_void"))
    rows = rows.filter(pl.col("occurred_at") >= dt.datetime(2024, 12, 3), pl.col("occurred_at") < END)  # noqa: DTZ001
    return rows.group_by("contact_id").len().filter(pl.col("len") >= 3).select(_ID)


def _size(rows: Any) -> int:
    return int(rows.select(pl.len()).collect().item())


def _within(rows: Any, ids: Any) -> Any:
    return rows.join(ids, on="contact_id", how="semi")


def _without(rows: Any, ids: Any) -> Any:
    return rows.join(ids, on="contact_id", how="anti")


def _is(column: str, *values: str) -> pl.Expr:
    return pl.col(column).is_in(values)


def _attribute(f: Frames) -> int:
    return _size(f.contacts.filter(_is("city", *CITIES)))


def _nested(f: Frames) -> int:
    young = f.contacts.filter(_is("city", *CITIES), _is("age_band", "18-24", "25-34")).select(_ID)
    members = pl.concat([young, _bought(f, "2024-01-02", 300)]).unique()
    return _size(_without(_without(members, _had(f, "complaint", "2024-01-03")), _had(f, "store_event", "2024-07-06")))


def _steps(f: Frames) -> int:
    members = pl.concat([_had(f, "email_open", "2024-10-04", 4), _bought(f, "2024-07-02", 200, "GROCERY")]).unique()
    kept = _within(f.contacts.filter(pl.col("has_email"), _is("country_code", "US", "GB", "DE")), members)
    kept = kept.filter(~(pl.col("loyalty_points") < 10).fill_null(False))
    return _size(_without(kept, _had(f, "letter", "2024-11-03")))


def _ten_rules(f: Frames) -> int:
    kept = f.contacts.filter(
        _is("country_code", "US", "GB", "DE", "FR", "ES"), _is("age_band", "25-34", "35-44", "45-54"),
        pl.col("loyalty_points") >= 100, pl.col("joined_on") < dt.date(2024, 6, 1), pl.col("has_email"),
    )  # fmt: skip
    kept = _without(_within(kept, _had(f, "email_open", "2024-01-03", 2)), _had(f, "complaint", "2024-01-03"))
    kept = _within(_within(kept, _had(f, "web_visit", "2024-01-03")), _bought(f, "2024-01-02", 50))
    return _size(_without(kept, _bought(f, "2024-10-02", 500, "MEAT")))


def _ten_rules_nested(f: Frames) -> int:
    kept = f.contacts.filter(
        (_is("country_code", "US", "GB", "DE", "FR", "ES") & _is("age_band", "25-34", "35-44", "45-54"))
        | ((pl.col("loyalty_points") >= 100) & (pl.col("joined_on") < dt.date(2024, 6, 1))),
        pl.col("has_email"),
    )
    bought = _within(_had(f, "web_visit", "2024-01-03"), _bought(f, "2024-01-02", 50))
    kept = _within(kept, pl.concat([_had(f, "email_open", "2024-01-03", 2), bought]).unique())
    return _size(_without(_without(kept, _had(f, "complaint", "2024-01-03")), _bought(f, "2024-10-02", 500, "MEAT")))


def _suppression(f: Frames) -> int:
    kept = f.contacts.filter(
        _is("type", "person"), pl.col("age_band").is_not_null(),
        ~pl.col("is_excluded_from_segments"), ~pl.col("is_privacy_blocked"),
    )  # fmt: skip
    return _size(_without(_within(kept, _had(f, "email_click", "2024-01-03", 2)), _capped(f)))


ANSWERS: dict[str, Callable[[Frames], int]] = {
    "one attribute": _attribute,
    "3 or more clicks in 90 days": lambda f: _size(_had(f, "email_click", "2024-10-04", 3)),
    "sum of sales in 12 months": lambda f: _size(_bought(f, "2024-01-02", 200)),
    "anything in 180 days": lambda f: _size(_had(f, "", "2024-07-06")),
    "nested and, or, not": _nested,
    "add, refine, reduce": _steps,
    "ten rules": _ten_rules,
    "ten rules nested": _ten_rules_nested,
    "suppression and reference": _suppression,
}
