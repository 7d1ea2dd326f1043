"""Conditions on numbers and amounts."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

AGES = """
no | age:number | owed:amount
A  | 17.5       | 0.10
B  | 18         | 0.30
C  | 65         | 1000000000.0001
D  |            |
E  | -3         | -2.50
F  | 0          | 0
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: age, op: is, value: 18}", "B"),
        ("{field: age, op: is, value: 17.5}", "A"),
        ("{field: age, op: is, value: 0}", "F"),
        ("{field: age, op: in, value: [18, 65.0]}", "B C"),
        ("{field: age, op: in, value: []}", ""),
        ("{field: age, op: less_than, value: 18}", "A E F"),
        ("{field: age, op: at_most, value: 18}", "A B E F"),
        ("{field: age, op: more_than, value: 18}", "C"),
        ("{field: age, op: at_least, value: 18}", "B C"),
        ("{field: age, op: between, value: [17.5, 18]}", "A B"),
        ("{field: age, op: between, value: [18, 17.5]}", ""),
        ("{field: age, op: at_most, value: 1000000000000000000000000000000}", "A B C E F"),
        ("{field: age, op: more_than, value: -1.0e+300}", "A B C E F"),
        ("{field: age, op: is_known}", "A B C E F"),
        ("{field: age, op: is_not, value: 18}", "A C D E F"),
        ("{field: age, op: not_in, value: [18, 65]}", "A D E F"),
        ("{field: age, op: not_in, value: []}", "A B C D E F"),
        ("{field: age, op: not_between, value: [17.5, 18]}", "C D E F"),
        ("{field: age, op: is_unknown}", "D"),
    ],
)
def test_each_operator_on_a_number_takes_its_contacts(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=AGES).who(condition) == members


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: owed, op: is, value: 0.1}", "A"),
        ("{field: owed, op: is, value: 0.3}", "B"),
        ("{field: owed, op: is, value: 0.30004}", ""),
        ("{field: owed, op: more_than, value: 0.29999}", "B C"),
        ("{field: owed, op: less_than, value: 0.30001}", "A B E F"),
        ("{field: owed, op: is, value: 1000000000.0001}", "C"),
        ("{field: owed, op: more_than, value: 1000000000}", "C"),
        ("{field: owed, op: in, value: [0.1, -2.5]}", "A E"),
        ("{field: owed, op: between, value: [0, 0.3]}", "A B F"),
        ("{field: owed, op: is_not, value: 0}", "A B C D E"),
        ("{field: owed, op: at_most, value: 9999999999999999}", "A B C E F"),
    ],
)
def test_amounts_are_compared_exactly(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=AGES).who(condition) == members


def test_a_condition_and_its_opposite_comparison_are_everybody_with_a_value(scene: Draw) -> None:
    ages = scene(contact=AGES)
    assert (
        ages.who("{any: [{field: age, op: less_than, value: 18}, {field: age, op: at_least, value: 18}]}")
        == "A B C E F"
    )


def test_not_a_number_is_unknown(scene: Draw) -> None:
    ages = scene(contact=AGES.replace("D  |            |", "D  | nan        | nan"))
    assert ages.who("{field: age, op: is_unknown}") == "D"
    assert ages.who("{field: age, op: at_least, value: -1000000}") == "A B C E F"
    assert ages.who("{field: owed, op: is_unknown}") == "D"
