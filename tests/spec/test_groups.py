"""Groups: all, any and not, to any depth."""

from __future__ import annotations

from tests.spec.conftest import Draw

CONTACTS = """
no | city   | language_code
A  | Prague | CS
B  | Prague | EN
C  | Brno   | CS
D  |        | EN
"""
PRAGUE = "{field: city, op: is, value: Prague}"
CZECH = "{field: language_code, op: is, value: CS}"


def test_all_is_everybody_who_satisfies_each(scene: Draw) -> None:
    assert scene(contact=CONTACTS).who(f"{{all: [{PRAGUE}, {CZECH}]}}") == "A"


def test_any_is_everybody_who_satisfies_at_least_one(scene: Draw) -> None:
    assert scene(contact=CONTACTS).who(f"{{any: [{PRAGUE}, {CZECH}]}}") == "A B C"


def test_not_of_a_group_is_everybody_else(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS)
    assert contacts.who(f"{{not: {{any: [{PRAGUE}, {CZECH}]}}}}") == "D"
    assert contacts.who(f"{{not: {{all: [{PRAGUE}, {CZECH}]}}}}") == "B C D"


def test_an_empty_all_is_everybody_and_an_empty_any_is_nobody(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS)
    assert contacts.who("{all: []}") == "A B C D"
    assert contacts.who("{any: []}") == ""
    assert contacts.who(f"{{all: [{PRAGUE}, {{any: []}}]}}") == ""
    assert contacts.who(f"{{any: [{PRAGUE}, {{all: []}}]}}") == "A B C D"
    assert contacts.who("{not: {all: []}}") == ""


def test_groups_nest(scene: Draw) -> None:
    exactly_one = f"{{any: [{{all: [{PRAGUE}, {{not: {CZECH}}}]}}, {{all: [{{not: {PRAGUE}}}, {CZECH}]}}]}}"
    assert scene(contact=CONTACTS).who(exactly_one) == "B C"


def test_groups_nest_fifty_levels_deep(scene: Draw) -> None:
    condition: dict[str, object] = {"field": "city", "op": "is", "value": "Prague"}
    for level in range(50):
        condition = {"all": [condition]} if level % 2 else {"not": {"not": condition}}
    assert scene(contact=CONTACTS).who(condition) == "A B"


def test_the_same_condition_may_stand_twice(scene: Draw) -> None:
    assert scene(contact=CONTACTS).who(f"{{all: [{PRAGUE}, {PRAGUE}]}}") == "A B"
