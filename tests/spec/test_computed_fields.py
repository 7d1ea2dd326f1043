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


STAFF = """
no | type    | company_no | mailing_group_codes | job_responsibility_codes | industry_codes
A  | person  | F          | NEWS VIP            | BUY                      |
B  | person  | F          |                     |                          |
C  | person  |            | NEWS                | BUY SELL                 |
F  | company | F          | NEWS                |                          | RETAIL FOOD
G  | company |            |                     |                          | FOOD
H  | person  | C          |                     |                          |
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: mailing_group_count, op: is, value: 2}", "A"),
        ("{field: mailing_group_count, op: is, value: 0}", "B G H"),
        ("{field: mailing_group_count, op: is_not, value: 1}", "A B G H"),
        ("{field: mailing_group_count, op: is_unknown}", ""),
        ("{field: job_responsibility_count, op: at_least, value: 1}", "A C"),
        ("{field: industry_group_count, op: is, value: 2}", "A B F"),
        ("{field: industry_group_count, op: is, value: 1}", "G"),
        ("{field: industry_group_count, op: is, value: 0}", "C H"),
    ],
)
def test_values_are_counted_on_the_contact_and_industries_on_its_company(
    scene: Draw, condition: str, members: str
) -> None:
    assert scene(contact=STAFF).who(condition) == members


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: business_relation_count, op: is, value: 2}", "A B F"),
        ("{field: business_relation_count, op: is, value: 1}", "G"),
        ("{field: business_relation_count, op: is, value: 0}", "C H"),
        ("{field: business_relation_count, op: between, value: [1, 2]}", "A B F G"),
    ],
)
def test_business_relations_are_those_of_the_company(scene: Draw, condition: str, members: str) -> None:
    relations = """
    no | business_relation_code
    F  | CUST
    F  | PRESS
    G  | LAW
    C  | PRESS
    A  | EMPL
    """
    assert scene(contact=STAFF, business_relation=relations).who(condition) == members


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: interaction_cost_amount, op: is, value: 4.5}", "A"),
        ("{field: interaction_cost_amount, op: is, value: 5}", "F"),
        ("{field: interaction_duration_minutes, op: is, value: 30}", "A F"),
        ("{field: interaction_cost_amount, op: is, value: 0}", "C G H"),
    ],
)
def test_cost_and_duration_are_of_interactions_that_took_place(scene: Draw, condition: str, members: str) -> None:
    calls = """
    no | occurred_at      | is_canceled | is_postponed | cost_amount | duration_minutes
    A  | 2026-03-01 10:00 | no          | no           | 4.5         | 20
    A  | 2026-03-02 10:00 | no          | no           |             | 10
    A  | 2026-03-03 10:00 | yes         | no           | 7           | 7
    B  | 2026-03-04 10:00 | no          | no           | 0.5         |
    B  | 2026-03-05 10:00 | no          | yes          | 9           | 9
    """
    assert scene(contact=STAFF, interaction=calls).who(condition) == members


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: opportunity_count, op: is, value: 3}", "F"),
        ("{field: opportunity_estimated_amount, op: is, value: 150}", "A"),
        ("{field: opportunity_estimated_amount, op: is, value: 180}", "F"),
        ("{field: opportunity_calculated_amount, op: is, value: 40.5}", "A F"),
    ],
)
def test_opportunities_count_whatever_became_of_them(scene: Draw, condition: str, members: str) -> None:
    opportunities = """
    no | status      | created_on | estimated_amount | calculated_amount
    A  | in_progress | 2026-01-01 | 100              | 40.5
    A  | lost        | 2026-01-02 | 50               |
    B  | won         |            | 30               |
    """
    assert scene(contact=STAFF, opportunity=opportunities).who(condition) == members


TASKS = """
no | task_no | dated_on   | is_closed | is_canceled
A  | T1      | 2026-04-20 | no        | no
A  | T2      | 2026-04-10 | yes       | no
A  | T3      |            | no        | no
B  | T4      | 2026-03-01 | no        | no
B  | T5      | 2026-02-01 | no        | yes
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: open_task_count, op: is, value: 2}", "A"),
        ("{field: open_task_count, op: is, value: 3}", "F"),
        ("{field: next_task_on, op: on, value: 2026-04-20}", "A"),
        ("{field: next_task_on, op: on, value: 2026-03-01}", "B F"),
        ("{field: next_task_on, op: in_next, value: {n: 30, unit: day}}", "A"),
        ("{field: next_task_on, op: is_unknown}", "C G H"),
    ],
)
def test_tasks_count_while_they_are_open_even_before_their_day(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=STAFF, task=TASKS).who(condition) == members


def test_conditions_on_tasks_look_ahead(scene: Draw) -> None:
    tasks = scene(contact=STAFF, task=TASKS)
    assert tasks.who("{related: task, where: {field: dated_on, op: in_next, value: {n: 30, unit: day}}}") == "A"
    assert tasks.who("{related: task, within: {after: today}}") == "A"
    assert tasks.who("{related: task, op: at_least, value: 3}") == "A"


def test_what_was_bought_is_summed_over_the_company_and_its_people(scene: Draw) -> None:
    purchases = """
    no | posted_at        | purchase_amount
    A  | 2026-01-01 10:00 | 0.1
    F  | 2026-02-01 10:00 | 0.2
    F  | 2026-04-01 10:00 | 5
    """
    bought = scene(contact=STAFF, purchase_entry=purchases)
    assert bought.who("{field: purchase_amount, op: is, value: 0.3}") == "F"
    assert bought.who("{field: purchase_entry_count, op: is, value: 1}") == "A"


def test_comments_addresses_and_answers_are_counted_on_the_contact_itself(scene: Draw) -> None:
    beside = scene(
        contact=STAFF,
        contact_comment="no | comment\nA | hello\nA | again\nF | hello",
        alternative_address="no | address_code\nA | SUMMER\nF | QUAY",
        profile_answer="no | questionnaire_code | line_no\nA | Q | 20000\nF | Q | 30000",
    )
    assert beside.who("{field: comment_count, op: is, value: 2}") == "A"
    assert beside.who("{field: alternative_address_count, op: is, value: 1}") == "A F"
    assert beside.who("{field: profile_answer_count, op: is, value: 1}") == "A F"
    assert beside.who("{related: comment, where: {field: comment, op: is, value: again}}") == "A"
    assert beside.who("{related: alternative_address, where: {field: address_code, op: is, value: QUAY}}") == "F"
    assert beside.who("{related: web_source}") == ""


PIPELINE = """
no | status      | created_on | closed_on  | estimated_close_on | calculated_amount
A  | in_progress | 2026-01-01 |            | 2026-05-01         | 40.5
A  | won         | 2026-01-02 | 2026-02-02 |                    | 100
B  | in_progress | 2026-01-03 |            | 2026-04-15         | 9.5
B  | lost        | 2026-01-04 | 2026-03-04 |                    | 0
H  | not_started | 2026-01-05 |            |                    | 7
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: open_opportunity_count, op: is, value: 2}", "F"),
        ("{field: open_opportunity_count, op: is, value: 0}", "C G H"),
        ("{field: open_opportunity_amount, op: is, value: 50}", "F"),
        ("{field: next_close_on, op: on, value: 2026-04-15}", "B F"),
        ("{field: won_opportunity_count, op: is, value: 1}", "A F"),
        ("{field: won_opportunity_amount, op: at_least, value: 100}", "A F"),
        ("{field: lost_opportunity_count, op: is, value: 1}", "B F"),
        ("{field: last_opportunity_closed_on, op: on, value: 2026-03-04}", "B F"),
        ("{field: last_opportunity_closed_on, op: on, value: 2026-02-02}", "A"),
    ],
)
def test_opportunities_are_told_apart_by_what_became_of_them(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=STAFF, opportunity=PIPELINE).who(condition) == members


MOVED_ON = """
related: opportunity_entry
where: {all: [{field: is_active, op: is, value: true}, {field: stage_no, op: at_least, value: 2}]}
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: stage_move_count, op: is, value: 2}", "A"),
        ("{field: stage_move_count, op: is, value: 3}", "F"),
        ("{field: last_stage_move_on, op: on, value: 2026-03-20}", "B F"),
        (MOVED_ON, "A"),
    ],
)  # fmt: skip
def test_steps_through_sales_cycles_are_rows_of_their_own(scene: Draw, condition: str, members: str) -> None:
    steps = """
    no | opportunity_no | changed_on | stage_no | is_active
    A  | O1             | 2026-03-01 | 1        | no
    A  | O1             | 2026-03-10 | 2        | yes
    B  | O2             | 2026-03-20 | 1        | yes
    B  | O2             | 2026-04-20 | 2        | no
    """
    assert scene(contact=STAFF, opportunity_entry=steps).who(condition) == members
