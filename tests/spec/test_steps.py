"""Steps in their order, and the base everything starts from."""

from __future__ import annotations

from tests.spec.conftest import Draw

CONTACTS = """
no | type    | city   | language_code
A  | person  | Prague | CS
B  | person  | Prague | EN
C  | person  | Brno   | CS
D  | company |        | EN
"""


def test_add_is_union(scene: Draw) -> None:
    definition = """
        steps:
        - add: {field: city, op: is, value: Prague}
        - add: {field: language_code, op: is, value: CS}
        """
    assert scene(contact=CONTACTS).who(definition) == "A B C"


def test_reduce_is_difference_and_refine_is_intersection(scene: Draw) -> None:
    definition = """
        steps:
        - add: {field: city, op: is_known}
        - reduce: {field: language_code, op: is, value: EN}
        - refine: {field: city, op: is, value: Prague}
        """
    assert scene(contact=CONTACTS).who(definition) == "A"


def test_the_order_of_steps_matters(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS)
    prague, czech = "{field: city, op: is, value: Prague}", "{field: language_code, op: is, value: CS}"
    assert contacts.who(f"steps: [{{add: {prague}}}, {{reduce: {czech}}}, {{add: {czech}}}]") == "A B C"
    assert contacts.who(f"steps: [{{add: {prague}}}, {{add: {czech}}}, {{reduce: {czech}}}]") == "B"


def test_who_was_reduced_can_be_added_again(scene: Draw) -> None:
    definition = "steps: [{add: {all: []}}, {reduce: {all: []}}, {add: {field: city, op: is, value: Brno}}]"
    assert scene(contact=CONTACTS).who(definition) == "C"


def test_the_base_bounds_every_step(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS)
    assert contacts.who("{base: {type: person}, steps: [{add: {all: []}}]}") == "A B C"
    assert contacts.who("{base: {type: company}, steps: [{add: {not: {field: city, op: is, value: Brno}}}]}") == "D"
    based = """
        base: {field: city, op: is, value: Prague}
        steps:
        - add: {field: city, op: is, value: Brno}
        - add: {field: language_code, op: is, value: CS}
        """
    assert contacts.who(based) == "A"


def test_the_base_can_be_a_group_with_a_not(scene: Draw) -> None:
    definition = """
        base: {not: {field: city, op: is_unknown}}
        steps:
        - add: {all: []}
        - reduce: {field: city, op: is, value: Brno}
        """
    assert scene(contact=CONTACTS).who(definition) == "A B"


def test_a_list_of_steps_is_a_definition(scene: Draw) -> None:
    assert scene(contact=CONTACTS).who("[{add: {field: city, op: is, value: Brno}}]") == "C"


def test_a_store_without_contacts_gives_nobody(scene: Draw) -> None:
    nobody = scene(contact="no | city")
    assert nobody.who("{all: []}") == ""
    assert nobody.who("{related: interaction, op: is, value: 0}") == ""
