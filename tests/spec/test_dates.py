"""Conditions on calendar dates: fixed days, windows that end with as_of, and whole periods."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw, Scene

BIRTHDAYS = """
no | joined_on:date
A  | 2026-03-01
B  | 2026-03-02
C  | 2026-03-31
D  | 2026-04-01
E  |
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ('op: on, value: "2026-03-02"', "B"),
        ("op: on, value: 2026-03-02", "B"),
        ("op: before, value: 2026-03-02", "A"),
        ("op: on_or_before, value: 2026-03-02", "A B"),
        ("op: after, value: 2026-03-02", "C D"),
        ("op: on_or_after, value: 2026-03-02", "B C D"),
        ("op: between, value: [2026-03-02, 2026-03-31]", "B C"),
        ("op: between, value: [2026-03-31, 2026-03-02]", ""),
        ("op: not_on, value: 2026-03-02", "A C D E"),
        ("op: not_between, value: [2026-03-02, 2026-03-31]", "A D E"),
        ("op: is_known", "A B C D"),
        ("op: is_unknown", "E"),
        ("op: in_last, value: {n: 1, unit: day}", "C"),
        ("op: in_last, value: {n: 30, unit: day}", "B C"),
        ("op: not_in_last, value: {n: 30, unit: day}", "A D E"),
        ("op: in_next, value: {n: 1, unit: day}", "D"),
        ("op: not_in_next, value: {n: 1, unit: day}", "A B C E"),
        ("op: this, value: month", "A B C"),
        ("op: this_month", "A B C"),
        ("op: next_month", "D"),
        ("op: previous_month", ""),
        ("op: this_day", "C"),
        ("op: this_quarter", "A B C"),
        ("op: next_quarter", "D"),
        ("op: this_year", "A B C D"),
    ],
)
def test_each_operator_takes_its_contacts(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=BIRTHDAYS, as_of="2026-03-31").who(f"{{field: joined_on, {condition}}}") == members


def _joined(scene: Draw, as_of: str, *days: str, **settings: str) -> Scene:
    rows = "\n".join(f"{day} | {day}" for day in days)
    return scene(contact=f"no | joined_on:date\n{rows}", as_of=as_of, **settings)


@pytest.mark.parametrize(
    ("as_of", "n", "unit", "first"),
    [
        ("2026-03-31", 1, "month", "2026-03-01"),  # one month before is 28 February, and the window starts after it
        ("2028-03-31", 1, "month", "2028-03-01"),  # 29 February, in a leap year
        ("2026-05-31", 1, "month", "2026-05-01"),
        ("2026-05-30", 1, "month", "2026-05-01"),  # 30 April, the same as from the 31st
        ("2026-05-29", 1, "month", "2026-04-30"),
        ("2028-02-29", 1, "year", "2027-03-01"),  # 28 February 2027
        ("2028-02-29", 4, "year", "2024-03-01"),  # 29 February 2024
        ("2028-02-29", 1, "quarter", "2027-11-30"),
        ("2026-03-31", 2, "week", "2026-03-18"),
        ("2026-01-01", 1, "day", "2026-01-01"),
    ],
)
def test_calendar_units_clip_at_month_ends(scene: Draw, as_of: str, n: int, unit: str, first: str) -> None:
    import datetime as dt

    day_before = (dt.date.fromisoformat(first) - dt.timedelta(days=1)).isoformat()
    day_after = (dt.date.fromisoformat(as_of) + dt.timedelta(days=1)).isoformat()
    contacts = _joined(scene, as_of, *sorted({day_before, first, as_of, day_after}))
    expected = " ".join(sorted({first, as_of}))
    assert contacts.who(f"{{field: joined_on, op: in_last, value: {{n: {n}, unit: {unit}}}}}") == expected


def test_the_29th_of_february_2028_is_a_day_like_any_other(scene: Draw) -> None:
    contacts = _joined(scene, "2028-02-29", "2028-02-28", "2028-02-29", "2028-03-01")
    assert contacts.who("{field: joined_on, op: on, value: 2028-02-29}") == "2028-02-29"
    assert contacts.who("{field: joined_on, op: this_month}") == "2028-02-28 2028-02-29"
    assert contacts.who("{field: joined_on, op: in_next, value: {n: 1, unit: day}}") == "2028-03-01"
    assert contacts.who("{field: joined_on, op: after, value: 2028-02-28}") == "2028-02-29 2028-03-01"


def test_in_next_clips_as_well(scene: Draw) -> None:
    contacts = _joined(scene, "2027-01-31", "2027-01-31", "2027-02-01", "2027-02-28", "2027-03-01")
    assert contacts.who("{field: joined_on, op: in_next, value: {n: 1, unit: month}}") == "2027-02-01 2027-02-28"


def test_weeks_start_on_monday_unless_the_definition_or_the_store_says_otherwise(scene: Draw) -> None:
    days = ("2026-03-28", "2026-03-29", "2026-03-30", "2026-04-04", "2026-04-05")  # a Saturday to a Sunday
    week = "field: joined_on, op: this_week"
    contacts = _joined(scene, "2026-03-31", *days)
    assert contacts.who(f"{{{week}}}") == "2026-03-30 2026-04-04 2026-04-05"
    assert (
        contacts.who(f"{{week_starts_on: sunday, steps: [{{add: {{{week}}}}}]}}") == "2026-03-29 2026-03-30 2026-04-04"
    )
    sundays = _joined(scene, "2026-03-31", *days, week_starts_on="sunday")
    assert sundays.who(f"{{{week}}}") == "2026-03-29 2026-03-30 2026-04-04"
    assert sundays.who("{field: joined_on, op: previous_week}") == "2026-03-28"
    assert sundays.who("{field: joined_on, op: next_week}") == "2026-04-05"


def test_periods_know_where_the_year_ends(scene: Draw) -> None:
    contacts = _joined(scene, "2026-01-01", "2025-10-01", "2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    assert contacts.who("{field: joined_on, op: previous_quarter}") == "2025-10-01 2025-12-31"
    assert contacts.who("{field: joined_on, op: previous_year}") == "2025-10-01 2025-12-31"
    assert contacts.who("{field: joined_on, op: this_year}") == "2026-01-01 2026-12-31"
    assert contacts.who("{field: joined_on, op: next_year}") == "2027-01-01"


def test_the_last_day_there_is_can_be_asked_for(scene: Draw) -> None:
    contacts = _joined(scene, "2026-03-31", "2026-03-31", "9999-12-30", "9999-12-31")
    assert contacts.who("{field: joined_on, op: on, value: 9999-12-31}") == "9999-12-31"
    assert contacts.who("{field: joined_on, op: on_or_before, value: 9999-12-31}") == "2026-03-31 9999-12-30 9999-12-31"
    assert contacts.who("{field: joined_on, op: after, value: 9999-12-31}") == ""
    assert contacts.who("{field: joined_on, op: between, value: [9999-12-30, 9999-12-31]}") == "9999-12-30 9999-12-31"


def test_windows_longer_than_the_calendar_reach_to_its_beginning(scene: Draw) -> None:
    contacts = _joined(scene, "2026-03-31", "0900-01-01", "2026-03-31", "2026-04-01")
    assert contacts.who("{field: joined_on, op: in_last, value: {n: 100000, unit: year}}") == "0900-01-01 2026-03-31"
    assert contacts.who("{field: joined_on, op: in_next, value: {n: 100000, unit: month}}") == "2026-04-01"
