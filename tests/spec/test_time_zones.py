"""Instants are kept in UTC; days, weeks and windows are those of the segment's zone."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

ON_THE_DAY = "{{related: interaction, within: {{on: {day}}}}}"
LAST_DAY = "{related: interaction, within: {in_last: {n: 1, unit: day}}}"


def _calls(*moments: str) -> dict[str, str]:
    numbers = [chr(ord("A") + i) for i in range(len(moments))]
    rows = "\n".join(f"{number} | {moment}" for number, moment in zip(numbers, moments, strict=True))
    return {"contact": "no\n" + "\n".join(numbers), "interaction": "no | occurred_at\n" + rows}


def test_ten_seconds_before_midnight_on_new_years_eve_is_still_the_old_year(scene: Draw) -> None:
    calls = _calls("2018-01-01 04:59:50", "2018-01-01 05:00:00")  # 23:59:50 and midnight in New York
    here = scene(**calls, as_of="2017-12-31", time_zone="America/New_York")
    assert here.who(LAST_DAY) == "A"
    assert here.who("{related: interaction, within: {this: year}}") == "A"
    assert here.who("{related: interaction}") == "A"
    there = scene(**calls, as_of="2017-12-31", time_zone="UTC")
    assert there.who("{related: interaction}") == ""


def test_the_definitions_zone_prevails_over_the_stores(scene: Draw) -> None:
    calls = scene(**_calls("2018-01-01 04:59:50"), as_of="2017-12-31", time_zone="UTC")
    assert calls.who(f"{{time_zone: America/New_York, steps: [{{add: {LAST_DAY}}}]}}") == "A"
    assert calls.who(f"{{time_zone: Asia/Tokyo, steps: [{{add: {LAST_DAY}}}]}}") == ""


@pytest.mark.parametrize(
    ("day", "members"),
    [("2026-03-28", "A"), ("2026-03-29", "B C"), ("2026-03-30", "D")],
)
def test_the_day_clocks_go_forward_in_berlin_has_23_hours(scene: Draw, day: str, members: str) -> None:
    moments = ("2026-03-28 22:59:59", "2026-03-28 23:00:00", "2026-03-29 21:59:59", "2026-03-29 22:00:00")
    calls = scene(**_calls(*moments), as_of="2026-04-15", time_zone="Europe/Berlin")
    assert calls.who(ON_THE_DAY.format(day=day)) == members


def test_the_day_clocks_go_back_in_berlin_has_25_hours(scene: Draw) -> None:
    moments = ("2026-10-24 21:59:59", "2026-10-24 22:00:00", "2026-10-25 22:59:59", "2026-10-25 23:00:00")
    calls = scene(**_calls(*moments), as_of="2026-10-25", time_zone="Europe/Berlin")
    assert calls.who(LAST_DAY) == "B C"


def test_where_clocks_skip_midnight_the_day_begins_at_the_skip(scene: Draw) -> None:
    moments = ("2018-11-04 02:59:59", "2018-11-04 03:00:00", "2018-11-05 01:59:59", "2018-11-05 02:00:00")
    calls = scene(**_calls(*moments), as_of="2018-11-30", time_zone="America/Sao_Paulo")
    assert calls.who(ON_THE_DAY.format(day="2018-11-03")) == "A"
    assert calls.who(ON_THE_DAY.format(day="2018-11-04")) == "B C"
    assert calls.who(ON_THE_DAY.format(day="2018-11-05")) == "D"


def test_where_midnight_comes_twice_the_day_begins_at_the_first(scene: Draw) -> None:
    moments = ("2025-11-02 03:59:59", "2025-11-02 04:00:00", "2025-11-02 05:00:00", "2025-11-03 04:59:59")
    calls = scene(**_calls(*moments), as_of="2025-11-30", time_zone="America/Havana")
    assert calls.who(ON_THE_DAY.format(day="2025-11-02")) == "B C D"


def test_a_zone_that_is_not_whole_hours_away_has_its_own_days(scene: Draw) -> None:
    calls = scene(
        **_calls("2026-03-30 18:14:59", "2026-03-30 18:15:00"), as_of="2026-03-31", time_zone="Asia/Kathmandu"
    )
    assert calls.who(LAST_DAY) == "B"


def test_dates_without_a_time_are_the_same_day_everywhere(scene: Draw) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        contacts = scene(contact="no | joined_on:date\nA | 2026-03-31", as_of="2026-03-31", time_zone=zone)
        assert contacts.who("{field: joined_on, op: this_day}") == "A"


def test_a_contacts_own_timestamps_follow_the_zone_as_well(scene: Draw) -> None:
    contacts = scene(
        contact="no | seen_at:timestamp\nA | 2026-03-30 21:59:59\nB | 2026-03-30 22:00:00\nC |",
        as_of="2026-03-31",
        time_zone="Europe/Berlin",
    )
    assert contacts.who("{field: seen_at, op: on, value: 2026-03-31}") == "B"
    assert contacts.who("{field: seen_at, op: not_on, value: 2026-03-31}") == "A C"
    assert contacts.who("{field: seen_at, op: before, value: 2026-03-31}") == "A"
    assert contacts.who("{field: seen_at, op: previous_day}") == "A"


def test_fractions_of_a_second_belong_to_their_day(scene: Draw) -> None:
    calls = scene(**_calls("2026-03-30 23:59:59.999999", "2026-03-31 00:00:00.000001"), as_of="2026-03-30")
    assert calls.who(LAST_DAY) == "A"
