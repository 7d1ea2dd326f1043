"""Sequences: rows that happened one after the other, each strictly later than the one before."""

from __future__ import annotations

import pytest

from pipelines.errors import ConditionError
from tests.spec.conftest import Draw, Scene

CONTACTS = "no\nA\nB\nC\nD"
CALLS = """
no | occurred_at         | interaction_template_code | evaluation
A  | 2026-01-10 10:00:00 | CALL                      | positive
B  | 2026-02-01 10:00:00 | CALL                      | negative
C  | 2026-03-01 10:00:00 | VISIT                     | positive
D  | 2026-03-01 10:00:00 | CALL                      | positive
"""
SALES = """
no | posted_at           | sales_amount
A  | 2026-01-20 10:00:00 | 5
A  | 2026-03-01 10:00:00 | 50
B  | 2026-02-01 10:00:00 | 50
C  | 2026-02-28 10:00:00 | 50
C  | 2026-03-20 10:00:00 | 50
"""
THEN = "sequence: [{related: interaction}, {related: sales_entry}]"


@pytest.fixture
def shop(scene: Draw) -> Scene:
    return scene(contact=CONTACTS, interaction=CALLS, sales_entry=SALES)


def test_each_event_is_strictly_later_than_the_one_before(shop: Scene) -> None:
    assert shop.who(f"{{{THEN}}}") == "A C"
    assert shop.who("{sequence: [{related: sales_entry}, {related: interaction}]}") == "C"
    assert shop.who(f"{{not: {{{THEN}}}}}") == "B D"


def test_conditions_of_an_event_speak_of_one_row(shop: Scene) -> None:
    good_call = (
        "where: [{field: evaluation, op: is, value: positive}, {field: interaction_template_code, op: is, value: CALL}]"
    )
    large = "where: {field: sales_amount, op: more_than, value: 10}"
    assert shop.who(f"{{sequence: [{{related: interaction, {good_call}}}, {{related: sales_entry}}]}}") == "A"
    assert shop.who(f"{{sequence: [{{related: interaction}}, {{related: sales_entry, {large}}}]}}") == "A C"
    assert shop.who(f"{{sequence: [{{related: sales_entry, {large}}}, {{related: interaction}}]}}") == "C"


def test_events_may_be_of_one_table_and_take_different_rows(shop: Scene) -> None:
    assert shop.who("{sequence: [{related: sales_entry}, {related: sales_entry}]}") == "A C"
    assert shop.who("{sequence: [{related: sales_entry}, {related: sales_entry}, {related: sales_entry}]}") == ""


def test_there_may_be_more_than_two(shop: Scene) -> None:
    three = "{sequence: [{related: sales_entry}, {related: interaction}, {related: sales_entry}]}"
    assert shop.who(three) == "C"


@pytest.mark.parametrize(
    ("within", "members"),
    [
        ("{n: 9, unit: day}", ""),
        ("{n: 10, unit: day}", "A"),
        ("{n: 18, unit: day}", "A"),
        ("{n: 19, unit: day}", "A C"),
        ("{n: 1, unit: month}", "A C"),
    ],
)
def test_within_goes_from_the_first_event_to_the_last(shop: Scene, within: str, members: str) -> None:
    assert shop.who(f"{{{THEN}, within: {within}}}") == members


def test_within_may_begin_at_any_row_of_the_first_event(scene: Draw) -> None:
    calls = "no | occurred_at\nA | 2026-01-01 10:00\nA | 2026-03-01 10:00\nA | 2026-03-04 10:00"
    shop = scene(contact=CONTACTS, interaction=calls, sales_entry="no | posted_at\nA | 2026-03-05 09:00")
    assert shop.who(f"{{{THEN}, within: {{n: 1, unit: day}}}}") == "A"
    three = "sequence: [{related: interaction}, {related: interaction}, {related: sales_entry}]"
    assert shop.who(f"{{{three}, within: {{n: 3, unit: day}}}}") == ""
    assert shop.who(f"{{{three}, within: {{n: 4, unit: day}}}}") == "A"


def test_all_events_lie_in_the_window(shop: Scene) -> None:
    assert shop.who(f"{{{THEN}, in_last: {{n: 12, unit: month}}}}") == "A C"
    assert shop.who(f"{{{THEN}, in_last: {{n: 80, unit: day}}}}") == "C"
    assert shop.who(f"{{{THEN}, in_last: {{n: 31, unit: day}}}}") == "C"
    assert shop.who(f"{{{THEN}, in_last: {{n: 30, unit: day}}}}") == ""


def test_rows_after_as_of_do_not_exist(scene: Draw) -> None:
    def shop(as_of: str) -> Scene:
        return scene(contact=CONTACTS, interaction=CALLS, sales_entry=SALES, as_of=as_of)

    assert shop("2026-01-19").who(f"{{{THEN}}}") == ""
    assert shop("2026-01-20").who(f"{{{THEN}}}") == "A"


def test_a_day_without_a_time_begins_at_its_midnight_and_rows_without_a_day_have_no_place(scene: Draw) -> None:
    orders = "no | created_on\nA | 2026-03-10\nB | 2026-03-10\nC |"
    calls = "no | occurred_at\nA | 2026-03-09 23:00:00\nB | 2026-03-09 22:59:59\nC | 2026-01-01 00:00:00"
    given = {"contact": CONTACTS, "opportunity": orders, "interaction": calls, "time_zone": "Europe/Berlin"}
    deal, call = "{related: opportunity}", "{related: interaction}"
    shop = scene(**given)
    assert shop.who(f"{{sequence: [{call}, {deal}]}}") == "B"  # 9 March 23:00 UTC is midnight in Berlin: not earlier
    assert shop.who(f"{{sequence: [{deal}, {call}]}}") == ""
    assert scene(**{**given, "time_zone": "UTC"}).who(f"{{sequence: [{call}, {deal}]}}") == "A B"
    assert scene(**{**given, "time_zone": "Asia/Tokyo"}).who(f"{{sequence: [{deal}, {call}]}}") == "A B"


def _from_to(scene: Draw, first: str, *last: str, **settings: str) -> Scene:
    contacts = "no\n" + "\n".join("ABCDEFGH"[: len(last)])
    calls = "no | occurred_at\n" + "\n".join(f"{no} | {first}" for no, _ in zip("ABCDEFGH", last, strict=False))
    sales = "no | posted_at\n" + "\n".join(f"{no} | {at}" for no, at in zip("ABCDEFGH", last, strict=False))
    return scene(contact=contacts, interaction=calls, sales_entry=sales, **settings)


def test_a_day_later_is_the_same_time_on_the_clock_even_if_the_day_has_23_or_25_hours(scene: Draw) -> None:
    def within_a_day(first: str, *last: str) -> str:
        shop = _from_to(scene, first, *last, time_zone="Europe/Berlin", as_of="2026-12-31")
        return shop.who(f"{{{THEN}, within: {{n: 1, unit: day}}}}")

    # 28 March 12:00 is 11:00 UTC; 29 March 12:00 is 10:00 UTC already
    assert within_a_day("2026-03-28 11:00:00", "2026-03-29 10:00:00", "2026-03-29 10:00:01") == "A"
    # 24 October 12:00 is 10:00 UTC; 25 October 12:00 is 11:00 UTC
    assert within_a_day("2026-10-24 10:00:00", "2026-10-25 11:00:00", "2026-10-25 11:00:01") == "A"


def test_where_the_clock_skips_the_time_the_skip_is_too_late(scene: Draw) -> None:
    # 28 March 2026 2:30 in Berlin; on the 29th it is 1:59:59 and then 3:00
    shop = _from_to(
        scene,
        "2026-03-28 01:30:00",
        "2026-03-29 00:59:59.999999",
        "2026-03-29 01:00:00.000000",
        time_zone="Europe/Berlin",
    )
    assert shop.who(f"{{{THEN}, within: {{n: 1, unit: day}}}}") == "A"


def test_where_the_clock_shows_the_time_twice_the_second_counts(scene: Draw) -> None:
    # 24 October 2026 2:30 in Berlin; on the 25th it is 2:30 at 0:30 and at 1:30 UTC
    last = ("2026-10-25 00:30:00", "2026-10-25 00:59:59", "2026-10-25 01:30:00", "2026-10-25 01:30:01")
    shop = _from_to(scene, "2026-10-24 00:30:00", *last, time_zone="Europe/Berlin", as_of="2026-12-31")
    assert shop.who(f"{{{THEN}, within: {{n: 1, unit: day}}}}") == "A B C"


def test_the_same_time_twice_is_in_order_all_the_same(scene: Draw) -> None:
    # 2:45 summer time, then 2:15 winter time, half an hour later
    calls, sales = "no | occurred_at\nA | 2026-10-25 00:45", "no | posted_at\nA | 2026-10-25 01:15"
    shop = scene(contact=CONTACTS, interaction=calls, sales_entry=sales, time_zone="Europe/Berlin", as_of="2026-10-31")
    assert shop.who(f"{{{THEN}}}") == "A"
    assert shop.who("{sequence: [{related: sales_entry}, {related: interaction}]}") == ""


@pytest.mark.parametrize(
    ("first", "last", "too_late", "within", "as_of"),
    [
        ("2028-01-31 10:00:00", "2028-02-29 10:00:00", "2028-02-29 10:00:01", "{n: 1, unit: month}", "2028-12-31"),
        ("2027-11-29 10:00:00", "2028-02-29 10:00:00", "2028-02-29 10:00:01", "{n: 1, unit: quarter}", "2028-12-31"),
        ("2028-02-29 10:00:00", "2029-02-28 10:00:00", "2029-02-28 10:00:01", "{n: 1, unit: year}", "2029-12-31"),
        ("2028-02-28 10:00:00", "2028-02-29 10:00:00", "2028-02-29 10:00:01", "{n: 1, unit: day}", "2028-12-31"),
        ("2025-12-31 23:59:50", "2026-01-07 23:59:50", "2026-01-07 23:59:51", "{n: 1, unit: week}", "2026-12-31"),
        ("2025-12-31 23:59:50", "2026-12-31 23:59:50", "2026-12-31 23:59:51", "{n: 1, unit: year}", "2026-12-31"),
    ],
)
def test_months_clip_at_their_ends(scene: Draw, first: str, last: str, too_late: str, within: str, as_of: str) -> None:
    assert _from_to(scene, first, last, too_late, as_of=as_of).who(f"{{{THEN}, within: {within}}}") == "A"


def test_ten_seconds_before_midnight_is_another_day_than_ten_seconds_after(scene: Draw) -> None:
    shop = _from_to(scene, "2026-12-31 22:59:50", "2026-12-31 23:00:10", time_zone="Europe/Berlin", as_of="2026-12-31")
    assert shop.who(f"{{{THEN}}}") == ""  # in Berlin the second is on 1 January already
    shop = _from_to(scene, "2026-12-31 22:59:50", "2026-12-31 23:00:10", time_zone="Europe/Berlin", as_of="2027-01-01")
    assert shop.who(f"{{{THEN}, within: {{n: 1, unit: day}}}}") == "A"
    assert shop.who(f"{{{THEN}, in_last: {{n: 1, unit: day}}}}") == ""


def test_a_span_longer_than_the_calendar_admits_everything(shop: Scene) -> None:
    assert shop.who(f"{{{THEN}, within: {{n: 100000, unit: year}}, in_last: {{n: 100000, unit: year}}}}") == "A C"


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        (
            "{sequence: [{related: interaction}, {related: business_relation}]}",
            "Event 2: Rows of business_relation have no date, so none comes before another.",
        ),
        (
            "{sequence: [{related: interaction}, {related: sold}]}",
            'Event 2: There are no related rows "sold". Known:',
        ),
        (
            "{sequence: [{related: sales_entry}, {related: interaction, where: {field: amount, op: is_known}}]}",
            'Event 2: interaction has no field "amount".',
        ),
        (
            "{sequence: [{related: interaction, where: {related: sales_entry}}, {related: interaction}]}",
            "Event 1: Inside where, conditions speak of fields of the row only.",
        ),
        ("{sequence: [{related: interaction}]}", '"sequence" has fewer than two events.'),
        ("{sequence: [{related: interaction}, {where: {field: subject, op: is_known}}]}", '"related" is missing.'),
        (f"{{{THEN}, within: {{n: 0, unit: day}}}}", "Step 1, condition 1, within:"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_place(shop: Scene, condition: str, error: str) -> None:
    with pytest.raises(ConditionError) as caught:
        shop.who(condition)
    assert error.lower() in str(caught.value).lower()
