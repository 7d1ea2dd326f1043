"""Calendar arithmetic."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import dates

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
UNITS = st.sampled_from(dates.UNITS)
PERIODS = st.sampled_from(dates.PERIODS)
FISCAL_STARTS = st.dates(dt.date(2001, 1, 1), dt.date(2001, 12, 31)).map(lambda day: day.strftime("%m-%d"))
WEEKDAYS = st.sampled_from(dates.WEEKDAYS)


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "unit", "reached"),
    [
        ("2028-03-31", -1, "month", "2028-02-29"),
        ("2026-03-31", -1, "month", "2026-02-28"),
        ("2028-02-29", 1, "year", "2029-02-28"),
        ("2028-02-29", -4, "year", "2024-02-29"),
        ("2026-12-31", 2, "month", "2027-02-28"),
        ("2026-08-31", -1, "quarter", "2026-05-31"),
        ("2026-01-01", -1, "day", "2025-12-31"),
        ("2026-01-01", 1, "week", "2026-01-08"),
        ("2026-01-01", 100_000, "year", "9999-12-31"),
        ("2026-01-01", -100_000, "month", "0001-01-01"),
        ("2026-01-01", -100_000, "year", "0001-01-01"),
        ("9999-12-31", 1, "day", "9999-12-31"),
        ("0001-01-01", -1, "week", "0001-01-01"),
    ],
)
def test_shifts_clip_at_month_ends_and_at_the_ends_of_the_calendar(start: str, n: int, unit: str, reached: str) -> None:
    assert dates.shift(day(start), n, unit) == day(reached)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "first"),
    [
        ("day", "2026-03-29"),
        ("week", "2026-03-23"),
        ("month", "2026-03-01"),
        ("quarter", "2026-01-01"),
        ("year", "2026-01-01"),
    ],
)
def test_periods_start_on_their_first_day(unit: str, first: str) -> None:
    assert dates.start_of(day("2026-03-29"), unit) == day(first)  # type: ignore[arg-type]


def test_there_is_no_day_after_the_last() -> None:
    assert dates.day_after(dt.date.max) is None
    assert dates.day_after(day("2028-02-28")) == day("2028-02-29")


@given(DAYS, PERIODS, WEEKDAYS, FISCAL_STARTS)
def test_every_day_lies_in_its_own_period_and_periods_do_not_overlap(
    day: dt.date, unit: str, start: str, fiscal: str
) -> None:
    first, after = dates.period(day, 0, unit, start, fiscal)  # type: ignore[arg-type]
    assert first is not None
    assert after is not None
    assert first <= day < after
    before, behind = dates.period(day, -1, unit, start, fiscal), dates.period(day, 1, unit, start, fiscal)  # type: ignore[arg-type]
    assert before[1] == first
    assert behind[0] == after
    assert dates.period(after, 0, unit, start, fiscal) == behind  # type: ignore[arg-type]


@given(DAYS, st.integers(1, 400), UNITS)
def test_in_last_ends_with_as_of_and_in_next_begins_behind_it(as_of: dt.date, n: int, unit: str) -> None:
    first, after = dates.in_last(as_of, n, unit)  # type: ignore[arg-type]
    assert first is not None
    assert first <= as_of
    assert after == as_of + dt.timedelta(days=1) == dates.in_next(as_of, n, unit)[0]  # type: ignore[arg-type]


@given(
    DAYS, st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Asia/Kathmandu", "Pacific/Apia"])
)
def test_days_of_a_zone_follow_one_another_without_gap(day: dt.date, name: str) -> None:
    zone = ZoneInfo(name)
    begin, end = dates.instant(day, zone), dates.instant(day + dt.timedelta(days=1), zone)
    assert begin <= end
    last = (end - dt.timedelta(microseconds=1)).replace(tzinfo=dt.UTC).astimezone(zone)
    assert begin == end or last.date() <= day


def test_an_instant_beyond_the_calendar_is_held_within_it() -> None:
    assert dates.instant(dt.date.min, ZoneInfo("Asia/Tokyo")) == dt.datetime(1, 1, 1)  # noqa: DTZ001
    assert dates.instant(dt.date.max, ZoneInfo("America/New_York")) == dt.datetime(9999, 12, 31, 5)  # noqa: DTZ001


@pytest.mark.parametrize("day_in_the_first_year", ["0001-01-01", "0001-03-31"])
def test_the_calendars_first_fiscal_year_begins_with_it(day_in_the_first_year: str) -> None:
    first, after = dates.period(day(day_in_the_first_year), 0, "fiscal_year", fiscal_year_starts_on="04-01")
    assert first == dt.date.min
    assert after is not None
