"""Who stays when not everybody can."""

from __future__ import annotations

import hashlib

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
        ("{one_per: phone}", "A E"),
        ("{one_per: company, by: [{field: city}]}", "B C D E"),
        ("{one_per: phone, by: [{field: score, order: descending}]}", "C E"),
        ("{one_per: company, by: [{field: city}], top: 2}", "B D"),
        ("{one_per: phone, top: 2}", "A E"),
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


@pytest.mark.parametrize(
    ("limit", "members"),
    [
        ("{top: 1, per: city}", "A B C D"),
        ("{top: 1, per: city, by: [{field: score}]}", "B C D E"),
        ("{top: 1, per: company_no, by: [{field: score}]}", "A D E"),
        ("{top: 2, per: type, by: [{field: score, order: descending}]}", "A C"),
        ("{top: 1, per: city, one_per: email}", "A C D"),
    ],
)
def test_the_first_of_each_group_stay_and_who_has_no_value_is_a_group(scene: Draw, limit: str, members: str) -> None:
    assert _limited(scene, limit) == set(members.split())


@pytest.mark.parametrize(
    ("limit", "members"),
    [
        ("{one_per: company, survivor: [{field: city}]}", "B C D E"),
        ("{one_per: company, survivor: [{field: city}], by: [{field: score, order: descending}], top: 2}", "C D"),
        ("{one_per: email, survivor: [{field: contact_no, order: descending}]}", "B C D E"),
        ("{one_per: email, by: [{field: contact_no, order: descending}]}", "B C D E"),
    ],
)
def test_a_survivor_rule_says_which_one_stays_whatever_the_order(scene: Draw, limit: str, members: str) -> None:
    assert _limited(scene, limit) == set(members.split())


def test_a_household_is_a_postal_address_whatever_its_signs_and_case(scene: Draw) -> None:
    contacts = scene(
        contact="""
        no | address         | address_2 | post_code | city   | country_code
        A  | Hauptstr. 5     |           | 10115     | Berlin | DE
        B  | HAUPTSTR 5      |           | 10 115    | berlin | DE
        C  | Hauptstr. 5     | Hof       | 10115     | Berlin | DE
        D  | Hauptstr. 5     |           | 10117     | Berlin | DE
        E  |                 |           | 10115     | Berlin | DE
        F  |                 |           | 10115     | Berlin | DE
        G  | -               |           | 10115     | Berlin | DE
        H  | -               |           | 10115     | Berlin | DE
        """
    )
    everybody = "steps: [{add: {all: []}}]"
    assert contacts.who(f"{{{everybody}, limit: {{one_per: household}}}}") == "A C D E F G H"


def test_a_telephone_may_be_written_in_many_ways(scene: Draw) -> None:
    contacts = scene(
        contact="""
        no | phone_no          | mobile_phone_no
        A  | +420 123 456      |
        B  | 00420 123456      |
        C  | +420123456        | +420 999
        D  |                   | 00420-999
        E  | n/a               |
        F  | n/a               |
        """
    )
    assert contacts.who("{steps: [{add: {all: []}}], limit: {one_per: phone}}") == "A C E F"


def test_a_sample_is_drawn_by_the_hash_of_seed_and_number(scene: Draw) -> None:
    numbers = [f"CT{i:03}" for i in range(40)]
    contacts = scene(contact=[{"contact_no": number} for number in numbers])
    hashes = {number: hashlib.sha256(f"spring:{number}".encode()).hexdigest() for number in numbers}

    def drawn(sample: str) -> list[str]:
        return contacts.who(f"{{steps: [{{add: {{all: []}}}}], limit: {{sample: {sample}}}}}").split()

    assert drawn("{n: 10, seed: spring}") == sorted(sorted(numbers, key=hashes.__getitem__)[:10])
    assert drawn("{share: 0.25, seed: spring}") == [no for no in numbers if hashes[no] < "4" + "0" * 63]
    assert drawn("{share: 1, seed: spring}") == numbers
    assert drawn("{n: 100, seed: spring}") == numbers
    assert drawn("{n: 10, seed: summer}") != drawn("{n: 10, seed: spring}")


def test_a_share_draws_the_same_contacts_whoever_else_is_there(scene: Draw) -> None:
    limit = "{steps: [{add: {all: []}}], limit: {sample: {share: 0.5, seed: a}}}"
    some = scene(contact=[{"contact_no": f"CT{i:03}"} for i in range(20)]).who(limit).split()
    more = scene(contact=[{"contact_no": f"CT{i:03}"} for i in range(40)]).who(limit).split()
    assert some == [number for number in more if number < "CT020"]


def test_duplicates_go_first_then_the_sample_then_the_top(scene: Draw) -> None:
    people = [{"contact_no": f"CT{i:03}", "email": f"{i // 2}@x.cz"} for i in range(40)]
    hashes = {no["contact_no"]: hashlib.sha256(f"a:{no['contact_no']}".encode()).hexdigest() for no in people}
    survivors = [no["contact_no"] for no in people[::2]]
    sample = sorted(survivors, key=hashes.__getitem__)[:8]
    limit = "{one_per: email, sample: {n: 8, seed: a}, top: 3, by: [{field: contact_no}]}"
    members = scene(contact=people).who(f"{{steps: [{{add: {{all: []}}}}], limit: {limit}}}").split()
    assert members == sorted(sample)[:3]


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
