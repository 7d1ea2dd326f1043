"""Anniversaries: the same day of a later year, from the day after that of the evaluation on."""

from __future__ import annotations

import pytest

from pipelines.errors import ConditionError
from tests.spec.conftest import Draw, Scene

SOON = "{{field: born_on, op: anniversary_in_next, value: {{n: {n}, unit: {unit}}}}}"


def _born(scene: Draw, *days: str, **settings: str) -> Scene:
    rows = "\n".join(f"{day} | {day}" for day in days)
    return scene(contact=f"no | born_on:date\n{rows}\nnever |", **settings)


@pytest.mark.parametrize(
    ("n", "unit", "members"),
    [
        (1, "day", "1990-04-01"),
        (30, "day", "1990-04-01 1990-04-30 2025-04-30"),
        (29, "day", "1990-04-01"),
        (1, "month", "1990-04-01 1990-04-30 2025-04-30"),
        (364, "day", "1990-03-30 1990-04-01 1990-04-30 2025-04-30"),
        (1, "year", "1990-03-30 1990-03-31 1990-04-01 1990-04-30 2025-04-30 2026-03-31"),
    ],
)
def test_an_anniversary_is_the_same_day_of_a_later_year(scene: Draw, n: int, unit: str, members: str) -> None:
    days = ("1990-03-30", "1990-03-31", "1990-04-01", "1990-04-30", "2025-04-30", "2026-03-31", "2026-04-30")
    assert _born(scene, *days, as_of="2026-03-31").who(SOON.format(n=n, unit=unit)) == members


def test_the_day_itself_is_no_anniversary(scene: Draw) -> None:
    people = _born(scene, "2025-04-10", "2026-04-10", "2027-04-10", as_of="2026-03-31")
    assert people.who(SOON.format(n=30, unit="day")) == "2025-04-10"
    assert people.who("{not: " + SOON.format(n=30, unit="day") + "}") == "2026-04-10 2027-04-10 never"


def test_the_turn_of_the_year_is_no_obstacle(scene: Draw) -> None:
    people = _born(scene, "2000-01-01", "2000-12-31", "2026-01-15", "2000-01-31", "2000-02-01", as_of="2026-12-30")
    assert people.who(SOON.format(n=32, unit="day")) == "2000-01-01 2000-01-31 2000-12-31 2026-01-15"
    new_years_eve = _born(scene, "2000-01-01", "2000-12-31", "2026-12-31", as_of="2026-12-31")
    assert new_years_eve.who(SOON.format(n=1, unit="day")) == "2000-01-01"
    assert new_years_eve.who(SOON.format(n=1, unit="year")) == "2000-01-01 2000-12-31 2026-12-31"


@pytest.mark.parametrize(
    ("as_of", "members"),
    [
        ("2027-02-26", ""),
        ("2027-02-27", "2024-02-28 2024-02-29"),  # 2027 has no 29 February: the 28th takes it along
        ("2027-02-28", "2024-03-01"),
        ("2028-02-27", "2024-02-28"),
        ("2028-02-28", "2024-02-29"),
        ("2028-02-29", "2024-03-01"),
    ],
)
def test_29_february_counts_as_the_28th_in_other_years(scene: Draw, as_of: str, members: str) -> None:
    people = _born(scene, "2024-02-28", "2024-02-29", "2024-03-01", as_of=as_of)
    assert people.who(SOON.format(n=1, unit="day")) == members


def test_whoever_was_born_on_a_leap_day_has_one_anniversary_a_year(scene: Draw) -> None:
    people = _born(scene, "2028-02-29", as_of="2028-02-29")
    assert people.who(SOON.format(n=364, unit="day")) == ""
    assert people.who(SOON.format(n=365, unit="day")) == "2028-02-29"  # on 28 February 2029
    assert people.who(SOON.format(n=1, unit="year")) == "2028-02-29"


def test_instants_have_the_day_of_the_zone(scene: Draw) -> None:
    contacts = "no | seen_at:timestamp\nA | 2020-03-31 21:59:59\nB | 2020-03-31 22:00:00\nC | 2020-04-01 21:59:59\nD |"
    tomorrow = "{field: seen_at, op: anniversary_in_next, value: {n: 1, unit: day}}"
    assert scene(contact=contacts, time_zone="Europe/Berlin", as_of="2026-03-31").who(tomorrow) == "B C"
    assert scene(contact=contacts, time_zone="UTC", as_of="2026-03-31").who(tomorrow) == "C"
    winter = "no | seen_at:timestamp\nA | 2019-12-31 22:59:59\nB | 2019-12-31 23:00:00\nC | 1891-01-01 00:00:00"
    assert scene(contact=winter, time_zone="Europe/Berlin", as_of="2026-12-31").who(tomorrow) == "B C"


def test_rows_and_measures_have_anniversaries_too(scene: Draw) -> None:
    sales = "no | posted_at\nA | 2024-04-10 10:00\nA | 2025-08-01 10:00\nB | 2024-08-01 10:00"
    shop = scene(contact="no\nA\nB\nC", sales_entry=sales, as_of="2026-03-31")
    soon = "op: anniversary_in_next, value: {n: 30, unit: day}"
    assert shop.who(f"{{related: sales_entry, where: {{field: posted_at, {soon}}}}}") == "A"
    assert shop.who(f"{{field: first_sale_on, {soon}}}") == "A"
    assert shop.who(f"{{field: last_sale_on, {soon}}}") == ""
    assert shop.who(f"{{related: sales_entry, measure: {{first: posted_at}}, {soon}}}") == "A"
    assert shop.who(f"{{not: {{field: first_sale_on, {soon}}}}}") == "B C"


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        (SOON.format(n=367, unit="day"), '"anniversary_in_next" looks further ahead than a year: 367 day.'),
        (SOON.format(n=53, unit="week"), "Look at most one year ahead."),
        (SOON.format(n=13, unit="month"), "Look at most one year ahead."),
        (SOON.format(n=2, unit="year"), "Look at most one year ahead."),
        (
            "{field: born_on, op: anniversary_in_next, value: 30}",
            '"anniversary_in_next" needs a length of time, not 30. Write {n: 30, unit: day}.',
        ),
        (
            "{field: city, op: anniversary_in_next, value: {n: 30, unit: day}}",
            '"anniversary_in_next" does not go with city, which is text.',
        ),
    ],
)
def test_what_has_no_anniversary_is_refused(scene: Draw, condition: str, error: str) -> None:
    with pytest.raises(ConditionError) as caught:
        _born(scene, "2000-01-01").who(condition)
    assert error in str(caught.value)
