"""Conditions on fields with several values, which are compared as sets."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

GROUPS = """
no | mailing_group_codes
A  | NEWS SPORT
B  | NEWS
C  | SPORT NEWS NEWS
D  |
E  | news
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("op: any_of, value: [NEWS]", "A B C"),
        ("op: any_of, value: [SPORT, TRAVEL]", "A C"),
        ("op: any_of, value: []", ""),
        ("op: none_of, value: [NEWS]", "D E"),
        ("op: none_of, value: []", "A B C D E"),
        ("op: all_of, value: [NEWS, SPORT]", "A C"),
        ("op: all_of, value: [SPORT, SPORT]", "A C"),
        ("op: not_all_of, value: [NEWS, SPORT]", "B D E"),
        ("op: is_empty", "D"),
        ("op: is_not_empty", "A B C E"),
    ],
)
def test_each_operator_takes_its_contacts(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=GROUPS).who(f"{{field: mailing_group_codes, {condition}}}") == members


def test_all_of_nothing_is_everybody_with_a_value(scene: Draw) -> None:
    groups = scene(contact=GROUPS)
    assert groups.who("{field: mailing_group_codes, op: all_of, value: []}") == "A B C E"
    assert groups.who("{field: mailing_group_codes, op: not_all_of, value: []}") == "D"


def test_a_contacts_own_field_can_have_several_values(scene: Draw) -> None:
    hobbies = scene(
        contact="""
        no | hobbies:many_valued
        A  | chess go
        B  |
        """
    )
    assert hobbies.who("{field: hobbies, op: any_of, value: [go]}") == "A"
    assert hobbies.who("{field: hobbies, op: is_empty}") == "B"
