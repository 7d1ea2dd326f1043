"""Measures over a contact's rows: counts and sums start at 0, everything else at unknown."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

CONTACTS = "no\nA\nB\nC\nD"
SALES = """
no | posted_at        | item_no | quantity | sales_amount | document_no
A  | 2026-03-03 10:00 | x       | 1        | 0.10         | 2
A  | 2026-03-01 10:00 | y       | 2        | 0.20         | 1
A  | 2026-03-02 10:00 | x       |          | 0.30         |
B  | 2026-03-01 10:00 | z       | 5        | -4           | 7
C  | 2026-03-01 10:00 |         |          |              |
A  | 2027-01-01 00:00 | future  | 99       | 99           | 9
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("measure: {count: rows}, op: is, value: 3", "A"),
        ("measure: {count: rows}, op: is, value: 0", "D"),
        ("measure: {count: rows}, op: at_most, value: 1", "B C D"),
        ("measure: {count: rows}, op: is_not, value: 1", "A D"),
        ("measure: {count: rows}, op: between, value: [1, 2]", "B C"),
        ("measure: {count: rows}, op: not_between, value: [1, 2]", "A D"),
        ("measure: {count: rows}, op: in, value: [0, 3]", "A D"),
        ("measure: {count: rows}, op: less_than, value: 0.5", "D"),
        ("measure: {count: rows}, op: is, value: 0.5", ""),
        ("measure: {count: rows}, op: is_known", "A B C D"),
        ("measure: {count: rows}, op: is_unknown", ""),
        ("measure: {count: rows}, op: at_most, value: 1000000000000000000000000000000", "A B C D"),
        ("measure: {count: rows}, op: more_than, value: -1000000000000000000000000000000", "A B C D"),
        ("measure: {count: rows}, op: in, value: [1, 1000000000000000000000000000000, 18446744073709551615]", "B C"),
        ("measure: {sum: sales_amount}, op: less_than, value: 9999999999999999", "A B C D"),
        ("measure: {distinct: item_no}, op: is, value: 2", "A"),
        ("measure: {distinct: item_no}, op: is, value: 0", "C D"),
        ("measure: {distinct: item_no}, op: at_most, value: 1", "B C D"),
        ("measure: {sum: quantity}, op: is, value: 3", "A"),
        ("measure: {sum: quantity}, op: is, value: 0", "C D"),
        ("measure: {sum: quantity}, op: less_than, value: 4", "A C D"),
        ("measure: {sum: quantity}, op: is_known", "A B C D"),
        ("measure: {sum: sales_amount}, op: is, value: 0.6", "A"),
        ("measure: {sum: sales_amount}, op: is, value: 0", "C D"),
        ("measure: {sum: sales_amount}, op: more_than, value: 0.59999", "A"),
        ("measure: {sum: sales_amount}, op: at_most, value: 0", "B C D"),
        ("measure: {average: quantity}, op: is, value: 1.5", "A"),
        ("measure: {average: quantity}, op: is_unknown", "C D"),
        ("measure: {average: quantity}, op: is_not, value: 1.5", "B C D"),
        ("measure: {average: sales_amount}, op: between, value: [0.199, 0.201]", "A"),
        ("measure: {average: sales_amount}, op: is_known", "A B"),
        ("measure: {minimum: quantity}, op: is, value: 1", "A"),
        ("measure: {minimum: sales_amount}, op: less_than, value: 0.1001", "A B"),
        ("measure: {maximum: sales_amount}, op: is, value: 0.3", "A"),
        ("measure: {maximum: quantity}, op: is_unknown", "C D"),
        ("measure: {minimum: posted_at}, op: on, value: 2026-03-01", "A B C"),
        ("measure: {maximum: posted_at}, op: on, value: 2026-03-03", "A"),
        ("measure: {maximum: posted_at}, op: in_last, value: {n: 30, unit: day}", "A"),
        ("measure: {maximum: posted_at}, op: not_in_last, value: {n: 30, unit: day}", "B C D"),
        ("measure: {first: item_no}, op: is, value: y", "A"),
        ("measure: {latest: item_no}, op: is, value: x", "A"),
        ("measure: {latest: item_no}, op: is_unknown", "C D"),
        ("measure: {latest: item_no}, op: is_not, value: x", "B C D"),
        ("measure: {latest: item_no}, op: contains, value: X, ignore_case: true", "A"),
        ("measure: {first: sales_amount}, op: is, value: 0.2", "A"),
        ("measure: {latest: quantity}, op: at_least, value: 1", "A B"),
    ],
)
def test_each_measure_gives_its_contacts(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=CONTACTS, sales_entry=SALES).who(f"{{related: sales_entry, {condition}}}") == members


def test_the_latest_value_is_unknown_where_the_latest_row_has_none(scene: Draw) -> None:
    calls = scene(
        contact="no\nA\nB",
        interaction="""
        no | occurred_at      | evaluation
        A  | 2026-03-01 10:00 | positive
        A  | 2026-03-02 10:00 |
        B  | 2026-03-01 10:00 |
        B  | 2026-03-02 10:00 | positive
        """,
    )
    assert calls.who("{related: interaction, measure: {latest: evaluation}, op: is_known}") == "B"
    assert calls.who("{related: interaction, measure: {first: evaluation}, op: is_known}") == "A"


def test_rows_of_one_instant_are_told_apart_by_the_order_they_came_in(scene: Draw) -> None:
    consents = scene(
        contact="no\nA\nB",
        consent="""
        no | channel | given_at         | is_granted
        A  | email   | 2026-03-01 10:00 | yes
        A  | email   | 2026-03-01 10:00 | no
        B  | email   | 2026-03-01 10:00 | no
        B  | email   | 2026-03-01 10:00 | yes
        """,
    )
    assert consents.who("{related: consent, measure: {latest: is_granted}, op: is, value: true}") == "B"
    assert consents.who("{related: consent, measure: {first: is_granted}, op: is, value: true}") == "A"


def test_rows_without_a_time_are_neither_first_nor_latest(scene: Draw) -> None:
    orders = scene(
        contact="no\nA\nB",
        opportunity="""
        no | created_on | status
        A  |            | lost
        A  | 2026-03-01 | won
        A  |            | lost
        B  |            | won
        """,
    )
    assert orders.who("{related: opportunity, measure: {first: status}, op: is, value: won}") == "A"
    assert orders.who("{related: opportunity, measure: {latest: status}, op: is, value: won}") == "A"
    assert orders.who("{related: opportunity, measure: {latest: status}, op: is_unknown}") == "B"


def test_the_measure_is_taken_of_the_rows_that_where_and_window_leave(scene: Draw) -> None:
    sales = scene(contact=CONTACTS, sales_entry=SALES)
    x = "where: {field: item_no, op: is, value: x}"
    assert sales.who(f"{{related: sales_entry, {x}, measure: {{sum: sales_amount}}, op: is, value: 0.4}}") == "A"
    window = "within: {on_or_before: 2026-03-02}"
    assert sales.who(f"{{related: sales_entry, {x}, {window}, measure: {{count: rows}}, op: is, value: 1}}") == "A"
    assert sales.who(f"{{related: sales_entry, {x}, {window}, measure: {{count: rows}}, op: is, value: 0}}") == "B C D"


def test_sums_of_amounts_are_exact_however_many_rows_there_are(scene: Draw) -> None:
    rows = "\n".join(f"A | 2026-03-01 10:00 | {amount}" for amount in ["0.1", "0.7"] * 500 + ["10000000000"])
    sales = scene(contact="no\nA", sales_entry=f"no | posted_at | sales_amount\n{rows}")
    assert sales.who("{related: sales_entry, measure: {sum: sales_amount}, op: is, value: 10000000400}") == "A"
    assert sales.who("{related: sales_entry, measure: {sum: sales_amount}, op: is, value: 10000000400.0001}") == ""


def test_a_sum_may_be_larger_than_any_amount_can_be(scene: Draw) -> None:
    rows = "\n".join(["A | 2026-03-01 10:00 | 90000000000000"] * 20)
    sales = scene(contact="no\nA", sales_entry=f"no | posted_at | sales_amount\n{rows}")
    assert sales.who("{related: sales_entry, measure: {sum: sales_amount}, op: is, value: 1800000000000000}") == "A"
    assert sales.who("{field: sales_amount, op: more_than, value: 1799999999999999}") == "A"
    assert sales.who("{related: sales_entry, measure: {average: sales_amount}, op: is, value: 90000000000000}") == "A"


def test_distinct_counts_every_type_of_value(scene: Draw) -> None:
    sales = scene(
        contact="no\nA",
        interaction="""
        no | occurred_at      | is_canceled | evaluation | cost_amount
        A  | 2026-03-01 10:00 | yes         | positive   | 1
        A  | 2026-03-01 10:00 | no          | positive   | 1.0001
        A  | 2026-03-02 10:00 | no          |            |
        """,
    )
    for field, n in [("occurred_at", 2), ("is_canceled", 2), ("evaluation", 1), ("cost_amount", 2)]:
        assert sales.who(f"{{related: interaction, measure: {{distinct: {field}}}, op: is, value: {n}}}") == "A"
