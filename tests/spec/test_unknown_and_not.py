"""Unknown never matches, and `not` is the exact complement."""

from __future__ import annotations

from tests.spec.conftest import Draw

CITIES = """
no | city   | email
A  | Prague | a@x
B  | Brno   |
C  |        | c@x
D  |        |
"""


def test_is_not_takes_contacts_without_a_value_as_well(scene: Draw) -> None:
    assert scene(contact=CITIES).who("{field: city, op: is_not, value: Prague}") == "B C D"


def test_unknown_exclude_asks_for_a_recorded_value_as_well(scene: Draw) -> None:
    cities = scene(contact=CITIES)
    assert cities.who("{field: city, op: is_not, value: Prague, unknown: exclude}") == "B"
    assert cities.who("{field: city, op: is, value: Prague, unknown: exclude}") == "A"
    assert cities.who("{field: city, op: is_unknown, unknown: exclude}") == ""


def test_the_complement_of_unknown_exclude_takes_the_unknown(scene: Draw) -> None:
    assert scene(contact=CITIES).who("{not: {field: city, op: is_not, value: Prague, unknown: exclude}}") == "A C D"


def test_two_negations_cancel_each_other(scene: Draw) -> None:
    cities = scene(contact=CITIES)
    assert cities.who("{not: {field: city, op: is_not, value: Prague}}") == "A"
    assert cities.who("{not: {not: {field: city, op: is, value: Prague}}}") == "A"


def test_a_segment_can_be_only_a_not(scene: Draw) -> None:
    assert scene(contact=CITIES).who("{not: {field: email, op: is_known}}") == "B D"


def test_blank_text_is_unknown(scene: Draw) -> None:
    contacts = [{"contact_no": "A", "city": "x"}, {"contact_no": "B", "city": None}]
    assert scene(contact=contacts).who("{field: city, op: is_unknown}") == "B"


def test_unknown_exclude_asks_that_a_measure_is_known(scene: Draw) -> None:
    calls = scene(
        contact="no\nA\nB\nC",
        interaction="""
        no | occurred_at      | evaluation
        A  | 2026-03-01 10:00 | positive
        B  | 2026-03-01 10:00 |
        """,
    )
    latest = "{related: interaction, measure: {latest: evaluation}, op: is_not, value: negative"
    assert calls.who(latest + "}") == "A B C"
    assert calls.who(latest + ", unknown: exclude}") == "A"
