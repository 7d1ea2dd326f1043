"""Calendar units: weeks start when the store says, and so do fiscal years and their quarters."""

from __future__ import annotations

import pytest

from pipelines.errors import ConditionError
from tests.spec.conftest import Draw, Scene


def _joined(scene: Draw, *days: str, **settings: str) -> Scene:
    return scene(contact="no | joined_on:date\n" + "\n".join(f"{day} | {day}" for day in days), **settings)


@pytest.mark.parametrize(
    ("starts_on", "period", "members"),
    [
        ("01-01", "this_fiscal_year", "2026-01-01 2026-03-31 2026-04-01 2026-12-31"),
        ("01-01", "previous_fiscal_year", "2025-03-31 2025-04-01 2025-12-31"),
        ("01-01", "next_fiscal_year", "2027-03-31"),
        ("01-01", "this_fiscal_quarter", "2026-01-01 2026-03-31"),
        ("04-01", "this_fiscal_year", "2025-04-01 2025-12-31 2026-01-01 2026-03-31"),
        ("04-01", "previous_fiscal_year", "2025-03-31"),
        ("04-01", "next_fiscal_year", "2026-04-01 2026-12-31 2027-03-31"),
        ("04-01", "this_fiscal_quarter", "2026-01-01 2026-03-31"),
        ("04-01", "next_fiscal_quarter", "2026-04-01"),
        ("03-31", "this_fiscal_year", "2026-03-31 2026-04-01 2026-12-31"),
        ("03-31", "previous_fiscal_quarter", "2025-12-31 2026-01-01"),
        ("12-31", "this_fiscal_quarter", "2026-03-31 2026-04-01"),
    ],
)
def test_fiscal_years_start_when_the_store_says(scene: Draw, starts_on: str, period: str, members: str) -> None:
    days = ("2025-03-31", "2025-04-01", "2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-12-31",
            "2027-03-31")  # fmt: skip
    contacts = _joined(scene, *days, as_of="2026-03-31", fiscal_year_starts_on=starts_on)
    assert contacts.who(f"{{field: joined_on, op: {period}}}") == members


@pytest.mark.parametrize(
    ("as_of", "members"),
    [
        ("2027-11-29", "2027-08-30 2027-11-29"),
        ("2027-11-30", "2027-11-30 2028-02-28"),
        ("2028-02-28", "2027-11-30 2028-02-28"),
        ("2028-02-29", "2028-02-29 2028-05-29"),  # in a leap year the second quarter starts a day later
        ("2028-05-29", "2028-02-29 2028-05-29"),
        ("2028-05-30", "2028-05-30"),
    ],
)
def test_fiscal_quarters_start_at_a_months_last_day_where_it_is_shorter(scene: Draw, as_of: str, members: str) -> None:
    days = ("2027-08-30", "2027-11-29", "2027-11-30", "2028-02-28", "2028-02-29", "2028-05-29", "2028-05-30")
    contacts = _joined(scene, *days, as_of=as_of, fiscal_year_starts_on="11-30")
    assert contacts.who("{field: joined_on, op: this, value: fiscal_quarter}") == members


def test_windows_of_rows_take_fiscal_periods_in_the_zone_of_the_segment(scene: Draw) -> None:
    # the fiscal year starts in New York on 1 April at 4:00 UTC
    sales = "no | posted_at\nA | 2026-04-01 03:59:59\nB | 2026-04-01 04:00:00\nC | 2027-04-01 03:59:59"
    shop = scene(
        contact="no\nA\nB\nC",
        sales_entry=sales,
        as_of="2027-03-31",
        time_zone="America/New_York",
        fiscal_year_starts_on="04-01",
    )
    assert shop.who("{related: sales_entry, within: {this: fiscal_year}}") == "B C"
    assert shop.who("{related: sales_entry, within: {previous: fiscal_quarter}}") == ""
    assert shop.who("{related: sales_entry, within: {previous: fiscal_year}}") == "A"


@pytest.mark.parametrize(
    ("starts_on", "as_of", "this", "previous", "next_"),
    [
        ("monday", "2026-03-29", "2026-03-23 2026-03-28 2026-03-29", "2026-03-22", "2026-03-30 2026-04-04 2026-04-05"),
        ("sunday", "2026-03-29", "2026-03-29 2026-03-30 2026-04-04", "2026-03-22 2026-03-23 2026-03-28", "2026-04-05"),
        ("sunday", "2026-03-28", "2026-03-22 2026-03-23 2026-03-28", "", "2026-03-29 2026-03-30 2026-04-04"),
    ],
)
def test_a_sunday_ends_the_week_or_begins_it(
    scene: Draw, starts_on: str, as_of: str, this: str, previous: str, next_: str
) -> None:
    days = ("2026-03-22", "2026-03-23", "2026-03-28", "2026-03-29", "2026-03-30", "2026-04-04", "2026-04-05")
    contacts = _joined(scene, *days, as_of=as_of, week_starts_on=starts_on)
    assert contacts.who("{field: joined_on, op: this_week}") == this
    assert contacts.who("{field: joined_on, op: previous_week}") == previous
    assert contacts.who("{field: joined_on, op: next_week}") == next_


def test_the_sunday_clocks_go_forward_is_a_whole_day_of_its_week(scene: Draw) -> None:
    # in Berlin Sunday 29 March 2026 lasts from 28 March 23:00 UTC to 29 March 22:00 UTC
    calls = """
    no | occurred_at
    A  | 2026-03-28 22:59:59
    B  | 2026-03-28 23:00:00
    C  | 2026-03-29 21:59:59
    D  | 2026-03-29 22:00:00
    """
    contacts = scene(contact="no\nA\nB\nC\nD", interaction=calls, as_of="2026-03-30", time_zone="Europe/Berlin")
    assert contacts.who("{related: interaction, within: {this: week}}") == "D"
    assert contacts.who("{related: interaction, within: {previous: week}}") == "A B C"
    sundays = "{{week_starts_on: sunday, steps: [{{add: {{related: interaction, within: {{{0}: week}}}}}}]}}"
    assert contacts.who(sundays.format("this")) == "B C D"
    assert contacts.who(sundays.format("previous")) == "A"


def test_lengths_of_time_know_no_fiscal_units(scene: Draw) -> None:
    contacts = _joined(scene, "2026-03-31")
    with pytest.raises(ConditionError, match="fiscal_year"):
        contacts.who("{field: joined_on, op: in_last, value: {n: 1, unit: fiscal_year}}")
    with pytest.raises(ConditionError, match='"this" needs a period, not "decade"'):
        contacts.who("{field: joined_on, op: this, value: decade}")
