"""Conditions on text."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

CITIES = """
no | city
A  | Prague
B  | prague
C  | Praha
D  |
E  | New Prague
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: city, op: is, value: Prague}", "A"),
        ("{field: city, op: is, value: Prague, ignore_case: true}", "A B"),
        ("{field: city, op: in, value: [Prague, Praha]}", "A C"),
        ("{field: city, op: in, value: [PRAGUE, PRAHA], ignore_case: true}", "A B C"),
        ("{field: city, op: in, value: []}", ""),
        ("{field: city, op: contains, value: ragu}", "A B E"),
        ("{field: city, op: contains, value: RAGU, ignore_case: true}", "A B E"),
        ("{field: city, op: contains, value: RAGU}", ""),
        ("{field: city, op: starts_with, value: Pra}", "A C"),
        ("{field: city, op: starts_with, value: Pra, ignore_case: true}", "A B C"),
        ("{field: city, op: ends_with, value: Prague}", "A E"),
        ("{field: city, op: ends_with, value: PRAGUE, ignore_case: true}", "A B E"),
        ('{field: city, op: matches, value: "Pra.+e"}', "A E"),
        ('{field: city, op: matches, value: "^Pra.+e$"}', "A"),
        ('{field: city, op: matches, value: "^pra", ignore_case: true}', "A B C"),
        ("{field: city, op: is_known}", "A B C E"),
    ],
)
def test_each_operator_takes_its_contacts(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=CITIES).who(condition) == members


@pytest.mark.parametrize(
    ("positive", "negative"),
    [
        ("op: is, value: Prague", "op: is_not, value: Prague"),
        ("op: in, value: [Prague, Praha]", "op: not_in, value: [Prague, Praha]"),
        ("op: in, value: []", "op: not_in, value: []"),
        ("op: contains, value: ragu", "op: not_contains, value: ragu"),
        ("op: starts_with, value: Pra", "op: not_starts_with, value: Pra"),
        ("op: ends_with, value: gue", "op: not_ends_with, value: gue"),
        ("op: matches, value: ^P", "op: not_matches, value: ^P"),
        ("op: is_known", "op: is_unknown"),
    ],
)
def test_each_negative_operator_takes_exactly_the_others(scene: Draw, positive: str, negative: str) -> None:
    cities = scene(contact=CITIES)
    inside = cities.who(f"{{field: city, {positive}}}").split()
    outside = cities.who(f"{{field: city, {negative}}}").split()
    assert sorted(inside + outside) == ["A", "B", "C", "D", "E"]
    assert "D" in outside


def test_signs_that_mean_something_elsewhere_mean_themselves(scene: Draw) -> None:
    odd = [
        {"contact_no": "A", "city": "100% O'Hara_1"},
        {"contact_no": "B", "city": "100x OXHaraY1"},
        {"contact_no": "C", "city": 'back\\slash "quoted"; -- drop'},
        {"contact_no": "D", "city": "žluťoučký 🐎"},
    ]
    cities = scene(contact=odd)
    assert cities.who({"field": "city", "op": "contains", "value": "%"}) == "A"
    assert cities.who({"field": "city", "op": "ends_with", "value": "Hara_1"}) == "A"
    assert cities.who({"field": "city", "op": "is", "value": "100% O'Hara_1"}) == "A"
    assert cities.who({"field": "city", "op": "contains", "value": "\\"}) == "C"
    assert cities.who({"field": "city", "op": "contains", "value": '"; --'}) == "C"
    assert cities.who({"field": "city", "op": "ends_with", "value": " 🐎"}) == "D"
    assert cities.who({"field": "city", "op": "matches", "value": r"^\pL+ .$"}) == "D"


def test_case_is_ignored_letter_by_letter_in_every_alphabet(scene: Draw) -> None:
    names = [
        {"contact_no": "A", "city": "ÉVORA"},
        {"contact_no": "B", "city": "ΟΔΟΣ"},
        {"contact_no": "C", "city": "GROẞ"},
        {"contact_no": "D", "city": "İZMİR"},
        {"contact_no": "E", "city": "GROSS"},
    ]
    cities = scene(contact=names)
    for value, member in [("évora", "A"), ("οδοσ", "B"), ("groß", "C"), ("izmir", "D"), ("İZMİR", "D"), ("gross", "E")]:
        assert cities.who({"field": "city", "op": "is", "value": value, "ignore_case": True}) == member


def test_numbers_kept_as_text_are_compared_as_text(scene: Draw) -> None:
    codes = scene(
        contact="""
        no | post_code
        A  | 01067
        B  | 1067
        """
    )
    assert codes.who('{field: post_code, op: is, value: "01067"}') == "A"


def test_every_order_is_by_contact_number(scene: Draw) -> None:
    contacts = [{"contact_no": number, "city": "x"} for number in ("b", "a", "Z", "10", "9", "é")]
    assert scene(contact=contacts).who("{field: city, op: is, value: x}") == "10 9 Z a b é"
