"""company_has: anybody at the contact's company satisfies the conditions; who has no company stands for himself."""

from __future__ import annotations

from tests.spec.conftest import Draw, Scene

CONTACTS = """
no | type    | company_no | job_title | city
C1 | company | C1         |           | Prague
P1 | person  | C1         | buyer     |
P2 | person  | C1         |           | Brno
C2 | company |            |           |
P3 | person  | C2         |           |
P4 | person  | C9         | buyer     |
P5 | person  | C9         |           |
P6 | person  |            | buyer     |
P7 | person  |            |           |
"""


def drawn(scene: Draw, **more: object) -> Scene:
    return scene(contact=CONTACTS, **more)


def test_everybody_at_the_company_of_one_who_satisfies_it(scene: Draw) -> None:
    contacts = drawn(scene)
    assert contacts.who("{company_has: {field: job_title, op: is, value: buyer}}") == "C1 P1 P2 P4 P5 P6"
    assert contacts.who("{company_has: {field: city, op: is, value: Prague}}") == "C1 P1 P2"


def test_a_companys_own_number_counts_as_its_company(scene: Draw) -> None:
    assert drawn(scene).who("{company_has: {field: type, op: is, value: company}}") == "C1 C2 P1 P2 P3"


def test_people_share_a_company_that_is_no_contact(scene: Draw) -> None:
    contacts = drawn(scene)
    buyers = "{company_has: {field: job_title, op: is, value: buyer}}"
    assert contacts.who(f"{{all: [{buyers}, {{field: company_no, op: is, value: C9}}]}}") == "P4 P5"


def test_the_conditions_inside_speak_of_one_contact(scene: Draw) -> None:
    contacts = drawn(scene)
    buys, lives = "{field: job_title, op: is, value: buyer}", "{field: city, op: is_known}"
    assert contacts.who(f"{{company_has: [{buys}, {lives}]}}") == ""
    assert contacts.who(f"{{all: [{{company_has: {buys}}}, {{company_has: {lives}}}]}}") == "C1 P1 P2"


def test_not_is_nobody_at_the_company(scene: Draw) -> None:
    contacts = drawn(scene)
    assert contacts.who("{not: {company_has: {field: job_title, op: is, value: buyer}}}") == "C2 P3 P7"
    assert contacts.who("{company_has: {not: {field: job_title, op: is, value: buyer}}}") == "C1 C2 P1 P2 P3 P4 P5 P7"


def test_rows_references_and_company_has_stand_inside(scene: Draw) -> None:
    contacts = drawn(
        scene,
        sales_entry="no | posted_at\nP3 | 2026-03-01",
        contact_list="no | list_name\nP2 | vip",
        segments={"buyers": "{field: job_title, op: is, value: buyer}"},
    )
    assert contacts.who("{company_has: {related: sales_entry}}") == "C2 P3"
    assert contacts.who("{company_has: {any: [{list: vip}, {segment: buyers}]}}") == "C1 P1 P2 P4 P5 P6"
    assert contacts.who("{company_has: {company_has: {list: vip}}}") == "C1 P1 P2"
    assert contacts.who("{company_has: {all: []}}") == "C1 C2 P1 P2 P3 P4 P5 P6 P7"
    assert contacts.who("{company_has: {any: []}}") == ""


def test_those_outside_the_base_speak_for_their_company(scene: Draw) -> None:
    who = drawn(scene).who("""
        base: {type: company}
        steps: [{add: {company_has: {field: job_title, op: is, value: buyer}}}]
    """)
    assert who == "C1"
