"""Fields that are computed from a contact's rows; a company takes its people's rows as its own."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

CONTACTS = """
no | type    | company_no
A  | person  | F
B  | person  | F
C  | person  |
F  | company | F
G  | company |
H  | person  | C
"""
CALLS = """
no | occurred_at      | is_canceled | is_postponed | is_attempt_failed | initiated_by | is_campaign_response
A  | 2026-03-01 10:00 | no          | no           | no                | us           | no
A  | 2026-03-05 10:00 | yes         | no           | no                | them         | yes
B  | 2026-03-02 10:00 | no          | no           | yes               | us           | yes
B  | 2026-03-09 10:00 | no          | yes          | no                | us           | no
F  | 2026-02-01 10:00 | no          | no           | no                | them         | no
H  | 2026-03-03 10:00 | no          | no           | no                | them         | no
A  | 2026-04-01 10:00 | no          | no           | no                | us           | yes
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: interaction_count, op: is, value: 1}", "A B H"),
        ("{field: interaction_count, op: is, value: 3}", "F"),
        ("{field: interaction_count, op: is, value: 0}", "C G"),
        ("{field: interaction_count, op: at_least, value: 1}", "A B F H"),
        ("{field: last_interaction_on, op: on, value: 2026-03-05}", "A F"),
        ("{field: last_interaction_on, op: is_unknown}", "B C G"),
        ("{field: last_interaction_on, op: not_in_last, value: {n: 27, unit: day}}", "B C G H"),
        ("{field: last_attempted_on, op: on, value: 2026-03-02}", "B F"),
        ("{field: response_count, op: is, value: 1}", "B F"),
        ("{field: opportunity_count, op: is, value: 0}", "A B C F G H"),
        ("{field: sales_entry_count, op: is, value: 0}", "A B C F G H"),
        ("{field: sales_amount, op: is, value: 0}", "A B C F G H"),
        ("{field: first_sale_on, op: is_known}", ""),
    ],
)
def test_computed_fields_follow_the_rows_up_to_as_of(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=CONTACTS, interaction=CALLS).who(condition) == members


def test_sales_are_summed_over_the_company_and_its_people(scene: Draw) -> None:
    sales = scene(
        contact=CONTACTS,
        sales_entry="""
        no | posted_at        | sales_amount
        A  | 2026-01-01 10:00 | 0.1
        B  | 2026-02-01 10:00 | 0.2
        F  | 2026-03-01 10:00 |
        H  | 2026-03-01 10:00 | 7
        """,
    )
    assert sales.who("{field: sales_amount, op: is, value: 0.3}") == "F"
    assert sales.who("{field: sales_entry_count, op: is, value: 3}") == "F"
    assert sales.who("{field: first_sale_on, op: on, value: 2026-01-01}") == "A F"
    assert sales.who("{field: last_sale_on, op: on, value: 2026-03-01}") == "F H"
    assert sales.who("{field: sales_amount, op: is_unknown}") == ""


def test_related_conditions_stay_with_the_contacts_own_rows(scene: Draw) -> None:
    calls = scene(contact=CONTACTS, interaction=CALLS)
    assert calls.who("{related: interaction, op: is, value: 1}") == "F H"


def test_a_companys_own_rows_count_once(scene: Draw) -> None:
    calls = scene(
        contact="no | type | company_no\nF | company | F", interaction="no | occurred_at\nF | 2026-03-01 10:00"
    )
    assert calls.who("{field: interaction_count, op: is, value: 1}") == "F"
