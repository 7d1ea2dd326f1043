"""Who stays when not everybody can."""

from __future__ import annotations

import pytest

from pipelines.errors import ConditionError
from tests.spec.conftest import Draw

PEOPLE = """
no | score:number | city   | company_no | email     | phone_no     | mobile_phone_no
A  | 3            | Prague | F          | x@y.cz    | 123          |
B  |              | Brno   | F          |  X@Y.CZ   | +420 555     | 1-2-3
C  | 10           |        |            |           | (12) 3       |
D  | 3            | Aachen |            | d@y.cz    | 123          | n/a
E  | -1           | Prague | G          |           |              |
"""


def _limited(scene: Draw, limit: str) -> set[str]:
    return set(scene(contact=PEOPLE).who(f"{{steps: [{{add: {{all: []}}}}], limit: {limit}}}").split())


@pytest.mark.parametrize(
    ("limit", "members"),
    [
        ("{top: 2}", "A B"),
        ("{top: 100}", "A B C D E"),
        ("{top: 1, by: [{field: score, order: descending}]}", "C"),
        ("{top: 2, by: [{field: score, order: descending}]}", "A C"),
        ("{top: 2, by: [{field: score}]}", "A E"),
        ("{top: 4, by: [{field: score}]}", "A C D E"),
        ("{top: 4, by: [{field: score, order: descending}]}", "A C D E"),
        ("{top: 2, by: [{field: score, order: descending}, {field: city}]}", "C D"),
        ("{top: 2, by: [{field: city}, {field: score}]}", "B D"),
        ("{top: 3, by: [{field: city, order: descending}, {field: score, order: descending}]}", "A B E"),
        ("{top: 1, by: [{field: contact_no, order: descending}]}", "E"),
    ],
)
def test_the_first_in_the_order_stay_and_unknown_values_come_last(scene: Draw, limit: str, members: str) -> None:
    assert _limited(scene, limit) == set(members.split())


@pytest.mark.parametrize(
    ("limit", "members"),
    [
        ("{one_per: contact}", "A B C D E"),
        ("{one_per: company}", "A C D E"),
        ("{one_per: email}", "A C D E"),
        ("{one_per: phone}", "A D E"),
        ("{one_per: company, by: [{field: city}]}", "B C D E"),
        ("{one_per: phone, by: [{field: score, order: descending}]}", "C D E"),
        ("{one_per: company, by: [{field: city}], top: 2}", "B D"),
        ("{one_per: phone, top: 2}", "A D"),
    ],
)
def test_at_most_one_of_each_key_stays_and_who_has_no_key_stays(scene: Draw, limit: str, members: str) -> None:
    assert _limited(scene, limit) == set(members.split())


def test_a_company_shares_its_key_with_its_people(scene: Draw) -> None:
    contacts = scene(
        contact="""
        no | type    | company_no
        A  | person  | F
        F  | company |
        G  | company | G
        H  | person  | G
        """
    )
    assert contacts.who("{steps: [{add: {all: []}}], limit: {one_per: company}}") == "A G"


def test_the_order_can_be_by_what_is_computed(scene: Draw) -> None:
    sales = scene(
        contact="no\nA\nB\nC\nD",
        sales_entry="""
        no | posted_at        | sales_amount
        A  | 2026-03-01 10:00 | 5
        B  | 2026-02-01 10:00 | 3
        B  | 2026-03-01 10:00 | 3
        C  | 2026-03-31 10:00 | -1
        D  | 2027-03-31 10:00 | 1000
        """,
    )
    best = "limit: {{top: {n}, by: [{{field: {field}, order: {order}}}]}}"
    everybody = "steps: [{add: {all: []}}]"

    def first(n: int, field: str, order: str) -> set[str]:
        return set(sales.who(f"{{{everybody}, {best.format(n=n, field=field, order=order)}}}").split())

    assert first(1, "sales_amount", "descending") == {"B"}
    assert first(2, "sales_amount", "descending") == {"A", "B"}
    assert first(1, "sales_amount", "ascending") == {"C"}
    assert first(2, "sales_amount", "ascending") == {"C", "D"}
    assert first(1, "last_sale_on", "descending") == {"C"}
    assert first(3, "last_sale_on", "ascending") == {"A", "B", "C"}
    assert first(3, "last_sale_on", "descending") == {"A", "B", "C"}


def test_ties_go_to_the_lower_contact_number_by_code_point(scene: Draw) -> None:
    contacts = scene(contact=[{"contact_no": number} for number in ("b", "a", "Z", "é", "10", "9")])
    for n, members in [(1, {"10"}), (3, {"10", "9", "Z"}), (5, {"10", "9", "Z", "a", "b"})]:
        assert set(contacts.who(f"{{steps: [{{add: {{all: []}}}}], limit: {{top: {n}}}}}").split()) == members


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (
            "mailing_group_codes",
            "Nobody comes first by mailing_group_codes, which is many_valued. Order by a field of one value.",
        ),
        ("company.city", 'There is no field "company.city". Did you mean "company_no"?'),
        ("ctiy", 'There is no field "ctiy". Did you mean "city"?'),
    ],
)
def test_an_order_needs_a_field_of_one_value(scene: Draw, field: str, words: str) -> None:
    with pytest.raises(ConditionError) as caught:
        scene(contact=PEOPLE).who(f"{{steps: [{{add: {{all: []}}}}], limit: {{top: 1, by: [{{field: {field}}}]}}}}")
    assert str(caught.value) == f"Limit: {words}"
