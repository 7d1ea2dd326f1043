"""Looking back: on the days of the calendar, and in words that can be checked against the sizes."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines import look_back
from pipelines.errors import MeasureError


def test_weeks_are_stepped_back_from_the_day() -> None:
    assert look_back.days(dt.date(2018, 1, 3), "week", 2) == (
        dt.date(2017, 12, 20), dt.date(2017, 12, 27), dt.date(2018, 1, 3),
    )  # fmt: skip


def test_months_clip_each_on_its_own() -> None:
    found = look_back.days(dt.date(2026, 5, 31), "month", 4)
    assert [day.isoformat() for day in found] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize(
    ("every", "periods", "said"),
    [
        ("weak", 3, 'Sizes cannot be counted every "weak". Did you mean "week"?'),
        ("week", 0, "Sizes cannot be counted on 0 earlier days. Choose from 1 to 1000."),
        ("week", 1001, "Sizes cannot be counted on 1001 earlier days. Choose from 1 to 1000."),
        ("year", 1000, "The calendar has no 1000 years before 0999-01-01. Choose fewer."),
    ],
)
def test_days_that_are_not_there_are_refused(every: str, periods: int, said: str) -> None:
    with pytest.raises(MeasureError) as refused:
        look_back.days(dt.date(999, 1, 1), every, periods)  # type: ignore[arg-type]
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([0] * 41 + [1] * 12, "Empty on 41 of the 52 weeks before."),
        ([3, 2, 1, 0], "Empty on none of the 3 weeks before."),
        ([0, 0, 5], "Empty on all of the 2 weeks before."),
        ([0, 5], "Empty 1 week before."),
        ([5, 0], "Not empty 1 week before."),
    ],
)
def test_the_check_speaks_of_the_days_before(sizes: list[int], said: str) -> None:
    assert look_back.check(sizes, "week") == said
