"""Following targets over time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from pipelines.followed_targets import followed

AS_OF = dt.date(2026, 3, 31)


def on(*rows: tuple[int, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["contact_id", "happened_on", "amount"])
    days = pd.to_datetime(frame["happened_on"]).astype("datetime64[us]")
    return frame.assign(happened_on=days, contact_id=frame["contact_id"].astype("int32"))


def sent(*rows: tuple[int, str | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["contact_id", "targeted_on", "arm"]).assign(entry_no=range(len(rows)))
    days = pd.to_datetime(frame["targeted_on"]).astype("datetime64[us]")
    return frame.assign(targeted_on=days, contact_id=frame["contact_id"].astype("int32"))


def follow(targets: pd.DataFrame, events: pd.DataFrame, window: int | None = 7, before: int | None = 3) -> pd.DataFrame:
    found = followed(targets, events, events, window_days=window, pre_period_days=before, as_of=AS_OF)
    return found.set_index("contact_id")


def test_the_window_begins_on_the_day_and_ends_so_many_days_after() -> None:
    events = on(
        (1, "2026-03-10", 1), (1, "2026-03-17", 2), (1, "2026-03-18", 4), (1, "2026-03-09", 8), (1, "2026-03-07", 16),
        (1, "2026-03-06", 32), (2, "2026-03-18", 64), (9, "2026-03-12", 128),
    )  # fmt: skip
    rows = follow(sent((1, "2026-03-10", "A"), (2, "2026-03-10", "B")), events)
    one: Any = rows.loc[1]
    assert (one["response_count"], one["early_response_count"], one["late_response_count"]) == (2, 3, 1)
    assert (one["responded_on"], one["response_days"]) == (pd.Timestamp("2026-03-10"), 0)
    assert (one["revenue_amount"], one["pre_period_amount"]) == (3, 24)
    assert rows["is_late"].tolist() == [False, True]
    assert rows["is_responder"].tolist() == [True, False]
    assert np.isnan(rows.loc[2, "response_days"])


def test_a_window_is_open_until_its_last_day_is_over() -> None:
    rows = follow(sent((1, "2026-03-24", "A"), (2, "2026-03-25", "A"), (3, "2026-03-31", "A")), on())
    assert rows["is_open"].tolist() == [False, True, True]
    assert rows["watched_days"].tolist() == [7, 6, 0]
    endless = follow(sent((1, "2026-03-24", "A")), on(), window=None)
    assert endless[["is_open", "watched_days"]].values.tolist() == [[False, 7]]


def test_a_contact_targeted_twice_counts_once_with_its_first_arm() -> None:
    targets = sent((1, "2026-03-12", "B"), (2, None, "A"), (1, "2026-03-10", "A"), (1, "2026-03-10", "C"))
    rows = follow(targets, on((1, "2026-03-18", 5)))
    assert rows.sort_index()["arm"].tolist() == ["A", "A"]
    assert not rows.loc[1, "is_responder"], "eight days after the first time"


def test_anything_counts_of_a_target_without_a_day() -> None:
    rows = follow(sent((1, None, "A")), on((1, "2020-01-01", 5), (1, "2026-03-30", 7)))
    found: Any = rows.loc[1]
    assert (found["response_count"], found["revenue_amount"], found["pre_period_amount"]) == (2, 12, 0)
    assert (found["early_response_count"], found["late_response_count"], found["is_open"]) == (0, 0, False)
    assert np.isnan(found["response_days"])
    assert np.isnan(found["watched_days"])


def test_nobody_is_followed_where_nobody_was_targeted() -> None:
    assert follow(sent(), on((1, "2026-03-10", 1))).empty
