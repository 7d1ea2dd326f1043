"""The reference engine on frames: what it takes, what it leaves alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

from pipelines.bound import And, Between, Complement, HasPart, Holds, IsKnown, OneOf, Or, Test
from pipelines.matching import lowered, plain_rows, rows_satisfying
from pipelines.patterns import found_in, problem
from pipelines.schema import CONTACT, Column, FieldType, conform

OWED = Column("owed", FieldType.AMOUNT, "what is owed")
SEEN = Column("seen_at", FieldType.TIMESTAMP, "last seen")
TABLE = CONTACT.extended((OWED, SEEN))
CITY = CONTACT.column("city")


@pytest.fixture
def frame() -> pd.DataFrame:
    """Three contacts, the last of whom nothing is known."""
    rows = {
        "contact_no": ["A", "B", "C"],
        "type": ["person"] * 3,
        "city": ["Prague", " ", None],
        "owed": [0.1, 1e9 + 0.0001, None],
        "seen_at": ["2026-03-31 23:59:59.999999+02:00", None, None],
        "mailing_group_codes": [["x", "y"], [], None],
    }
    return conform(pd.DataFrame(rows, index=[7, 3, 5]), TABLE)


def test_the_answer_has_the_index_of_the_frame(frame: pd.DataFrame) -> None:
    answer = rows_satisfying(Test(CITY, OneOf(("Prague",))), frame)
    assert answer.to_dict() == {7: True, 3: False, 5: False}
    assert answer.dtype == bool


def test_the_frame_is_left_as_it_was(frame: pd.DataFrame) -> None:
    before = frame.copy(deep=True)
    rows_satisfying(And((Test(CITY, IsKnown()), Test(OWED, Between(low=Decimal(0))))), frame)
    pd.testing.assert_frame_equal(frame, before)


def test_an_empty_and_is_true_and_an_empty_or_is_false_even_on_an_empty_frame(frame: pd.DataFrame) -> None:
    assert rows_satisfying(And(()), frame).all()
    assert not rows_satisfying(Or(()), frame).any()
    assert rows_satisfying(And(()), frame.iloc[:0]).empty


def test_a_complement_is_taken_after_the_unknown_became_false(frame: pd.DataFrame) -> None:
    inner = Test(CITY, OneOf(("Prague",)))
    assert list(rows_satisfying(Complement(inner), frame)) == [False, True, True]
    assert list(rows_satisfying(Complement(Complement(inner)), frame)) == list(rows_satisfying(inner, frame))


def test_values_become_plain_ones_that_compare_exactly(frame: pd.DataFrame) -> None:
    columns = [CITY, OWED, SEEN, CONTACT.column("mailing_group_codes")]
    first, second, third = (list(row.values()) for row in plain_rows(frame, columns))
    seen = dt.datetime.fromisoformat("2026-03-31 21:59:59.999999")
    assert first == ["Prague", Decimal("0.1"), seen, frozenset({"x", "y"})]
    assert second == [None, Decimal("1000000000.0001"), None, None]
    assert third == [None, None, None, None]


@pytest.mark.parametrize(
    ("bounds", "answer"),
    [
        (Between(low=Decimal("0.1")), [True, True, False]),
        (Between(low=Decimal("0.1"), low_open=True), [False, True, False]),
        (Between(high=Decimal("0.1")), [True, False, False]),
        (Between(high=Decimal("0.1"), high_open=True), [False, False, False]),
        (Between(low=Decimal("0.09999"), high=Decimal("0.10001")), [True, False, False]),
        (Between(), [True, True, False]),
    ],
)
def test_bounds_are_in_or_out_as_they_say(frame: pd.DataFrame, bounds: Between, answer: list[bool]) -> None:
    assert list(rows_satisfying(Test(OWED, bounds), frame)) == answer


def test_many_values_are_compared_as_a_set(frame: pd.DataFrame) -> None:
    groups = CONTACT.column("mailing_group_codes")
    for kind, values, answer in [("any_of", ("y", "z"), True), ("all_of", ("y", "z"), False), ("all_of", (), True)]:
        assert list(rows_satisfying(Test(groups, Holds(kind, values)), frame)) == [answer, False, False]


def test_parts_of_text_can_ignore_case(frame: pd.DataFrame) -> None:
    for kind, text in [("contains", "RAG"), ("starts_with", "PR"), ("ends_with", "UE"), ("matches", "^PRA.ue$")]:
        assert rows_satisfying(Test(CITY, HasPart(kind, text, ignore_case=True)), frame)[7]
        assert not rows_satisfying(Test(CITY, HasPart(kind, text)), frame)[7]


def test_lower_case_goes_letter_by_letter() -> None:
    assert lowered("ΟΔΟΣ İSTANBUL ẞ É") == "οδοσ istanbul ß é"


def test_patterns_are_those_of_re2() -> None:
    assert found_in("žluť 7", r"^\pL+ \d$")
    assert not found_in("٣", r"^\d$")
    assert not found_in("x\n", "x$")
    assert not found_in("a\nb", "a.b")
    assert problem("(?P<n>a)") == ""
    assert problem("a{1001}") == "invalid repetition size: {1001}"
