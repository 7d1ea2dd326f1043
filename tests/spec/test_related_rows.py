"""Conditions on a contact's rows of another table."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

CONTACTS = "no\nA\nB\nC\nD"
CALLS = """
no | occurred_at      | interaction_template_code | evaluation
A  | 2026-03-01 10:00 | CALL                      | positive
A  | 2026-03-02 10:00 | VISIT                     | negative
B  | 2026-03-03 10:00 | CALL                      | negative
B  | 2025-01-01 10:00 | CALL                      | positive
C  | 2026-04-01 00:00 | CALL                      | positive
"""
ORDERS = """
no | created_on | closed_on  | status | estimated_amount
A  | 2026-03-01 | 2026-03-20 | won    | 100
A  |            |            | lost   | 5
B  |            | 2026-03-31 |        | 7
C  | 2026-05-01 |            | won    | 9
"""


def test_without_measure_it_asks_for_at_least_one_row(scene: Draw) -> None:
    assert scene(contact=CONTACTS, interaction=CALLS).who("{related: interaction}") == "A B"


def test_exists_says_the_same(scene: Draw) -> None:
    calls = scene(contact=CONTACTS, interaction=CALLS)
    assert calls.who("{exists: interaction}") == "A B"
    assert calls.who("{related: interaction, op: exists}") == "A B"
    assert calls.who("{not: {exists: interaction, where: {field: evaluation, op: is, value: negative}}}") == "C D"


def test_every_condition_in_where_speaks_of_the_same_row(scene: Draw) -> None:
    calls = scene(contact=CONTACTS, interaction=CALLS)
    call, bad = (
        "{field: interaction_template_code, op: is, value: CALL}",
        "{field: evaluation, op: is, value: negative}",
    )
    assert calls.who(f"{{related: interaction, where: [{call}, {bad}]}}") == "B"
    assert (
        calls.who(f"{{all: [{{related: interaction, where: {call}}}, {{related: interaction, where: {bad}}}]}}")
        == "A B"
    )


def test_where_takes_groups_and_negations_of_conditions_on_the_row(scene: Draw) -> None:
    calls = scene(contact=CONTACTS, interaction=CALLS)
    call, good = (
        "{field: interaction_template_code, op: is, value: CALL}",
        "{field: evaluation, op: is, value: positive}",
    )
    assert calls.who(f"{{related: interaction, where: {{not: {{all: [{call}, {good}]}}}}}}") == "A B"
    assert calls.who(f"{{related: interaction, where: {{not: {{any: [{call}, {good}]}}}}}}") == "A"
    assert calls.who("{related: interaction, where: {any: []}}") == ""
    assert calls.who("{related: interaction, where: {all: []}}") == "A B"


def test_not_of_a_related_condition_is_everybody_without_such_a_row(scene: Draw) -> None:
    calls = scene(contact=CONTACTS, interaction=CALLS)
    assert calls.who("{not: {related: interaction}}") == "C D"
    assert calls.who("{not: {related: interaction, where: {field: evaluation, op: is, value: negative}}}") == "C D"
    assert calls.who("{related: interaction, where: {field: evaluation, op: is_not, value: negative}}") == "A B"


@pytest.mark.parametrize(
    ("window", "members"),
    [
        ("in_last: {n: 30, unit: day}", "A B"),
        ("in_last: {n: 29, unit: day}", "B"),
        ("this: month", "A B"),
        ("previous: year", "B"),
        ("on: 2026-03-02", "A"),
        ("before: 2026-03-01", "B"),
        ("on_or_before: 2026-03-01", "A B"),
        ("after: 2026-03-02", "B"),
        ("on_or_after: 2026-03-02", "A B"),
        ("between: [2026-03-02, 2026-12-31]", "A B"),
        ("between: [2026-04-01, 2026-12-31]", ""),
        ("after: 2026-03-31", ""),
    ],
)
def test_a_window_keeps_its_rows_and_none_after_as_of(scene: Draw, window: str, members: str) -> None:
    assert scene(contact=CONTACTS, interaction=CALLS).who(f"{{related: interaction, within: {{{window}}}}}") == members


def test_rows_after_as_of_do_not_exist_but_rows_without_a_time_do(scene: Draw) -> None:
    orders = scene(contact=CONTACTS, opportunity=ORDERS)
    assert orders.who("{related: opportunity}") == "A B"
    assert orders.who("{related: opportunity, op: at_least, value: 2}") == "A"
    assert orders.who("{related: opportunity, within: {in_last: {n: 10, unit: year}}}") == "A"
    assert orders.who("{related: opportunity, op: is, value: 0}") == "C D"


def test_conditions_on_a_row_know_the_unknown(scene: Draw) -> None:
    orders = scene(contact=CONTACTS, opportunity=ORDERS)
    assert orders.who("{related: opportunity, where: {field: status, op: is_not, value: won}}") == "A B"
    assert orders.who("{related: opportunity, where: {field: status, op: is_not, value: won, unknown: exclude}}") == "A"
    assert orders.who("{related: opportunity, where: {field: status, op: is_unknown}}") == "B"
    assert orders.who("{related: opportunity, where: {field: closed_on, op: in_last, value: {n: 1, unit: day}}}") == "B"


def test_relations_have_no_time_and_are_simply_there(scene: Draw) -> None:
    relations = scene(
        contact=CONTACTS,
        business_relation="""
        no | business_relation_code | link_to_table
        A  | CUST                   | customer
        B  | PRESS                  |
        B  | CUST                   | customer
        """,
    )
    cust = "{field: business_relation_code, op: is, value: CUST}"
    assert relations.who(f"{{related: business_relation, where: {cust}}}") == "A B"
    assert relations.who("{related: business_relation, op: at_least, value: 2}") == "B"
    assert relations.who(f"{{not: {{related: business_relation, where: {cust}}}}}") == "C D"


def test_rows_have_custom_fields_too(scene: Draw) -> None:
    sales = scene(
        contact=CONTACTS,
        sales_entry="""
        no | posted_at        | department:text | weight:number | tags:many_valued | ripe_on:date
        A  | 2026-03-01 10:00 | GROCERY         | 1.5           | new cheap        | 2026-03-31
        B  | 2026-03-01 10:00 | MEAT            |               |                  |
        """,
    )
    assert sales.who("{related: sales_entry, where: {field: department, op: is, value: GROCERY}}") == "A"
    assert sales.who("{related: sales_entry, where: {field: weight, op: is_unknown}}") == "B"
    assert sales.who("{related: sales_entry, where: {field: tags, op: any_of, value: [new]}}") == "A"
    assert sales.who("{related: sales_entry, where: {field: tags, op: none_of, value: [new]}}") == "B"
    assert sales.who("{related: sales_entry, where: {field: ripe_on, op: this_month}}") == "A"


def test_conditions_on_a_row_nest_as_deep_as_any(scene: Draw) -> None:
    calls = scene(contact=CONTACTS, interaction=CALLS)
    visit: dict[str, object] = {"field": "interaction_template_code", "op": "is", "value": "VISIT"}
    nots, mixed = visit, visit
    for _ in range(59):
        nots = {"not": {"not": nots}}
    for level in range(60):
        mixed = {"not": mixed} if level % 2 else {"all": [mixed, {"field": "occurred_at", "op": "is_known"}]}
    for where in (nots, mixed):
        assert calls.who({"related": "interaction", "where": where}) == "A"
        assert calls.who({"related": "interaction", "where": {"not": where}}) == "A B"
