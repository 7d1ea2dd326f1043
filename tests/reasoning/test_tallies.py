"""Counts and sums by contact: exact, whatever the numbers, and the same as counting by hand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.bound import And, Between, Complement, HasPart, IsKnown, OneOf, Or, Test
from pipelines.membership import count, ones, packed
from pipelines.schema import Column, FieldType
from pipelines.tallies import counted, holds, narrowed, summed

VALUE = Column("value", FieldType.AMOUNT, "sum of sales_amount")
LARGEST = 10**18 - 1  # of DECIMAL(18, 4), in ten-thousandths
IDS = st.lists(st.integers(0, 9), max_size=40)
BATCHES = st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(-LARGEST, LARGEST)), max_size=30), max_size=4)


def on_value(primitive: object) -> Test:
    """A test on a sum or count."""
    return Test(VALUE, primitive)  # type: ignore[arg-type]


@given(st.lists(IDS, max_size=4))
def test_rows_are_counted_whatever_the_batches(batches: list[list[int]]) -> None:
    found = counted((np.array(ids, dtype=np.int32) for ids in batches), size=10)
    by_hand = Counter(number for ids in batches for number in ids)
    assert found.tolist() == [by_hand[number] for number in range(10)]


@given(BATCHES)
def test_sums_never_lose_a_digit(batches: list[list[tuple[int, int]]]) -> None:
    arrays = [np.array(batch, dtype=np.int64).reshape(-1, 2) for batch in batches]
    found = summed(((array[:, 0], array[:, 1]) for array in arrays), size=5)
    by_hand = [sum(number for batch in batches for at, number in batch if at == contact) for contact in range(5)]
    assert found.tolist() == by_hand


def test_a_sum_beyond_64_bits_is_exact() -> None:
    ids, numbers = np.zeros(20, dtype=np.int32), np.full(20, LARGEST)
    sums = summed([(ids, numbers)], size=2)
    assert sums.tolist() == [20 * LARGEST, 0]
    low = Decimal(20 * LARGEST).scaleb(-4)
    assert holds(on_value(Between(low=low)), sums, unit=10_000).tolist() == [True, False]
    assert holds(on_value(Between(low=low, low_open=True)), sums, unit=10_000).tolist() == [False, False]


@pytest.mark.parametrize(
    ("primitive", "expected"),
    [
        (Between(low=Decimal("0.5")), [False, False, True, True]),
        (Between(low=Decimal("0.5"), low_open=True), [False, False, False, True]),
        (Between(high=Decimal("0.5")), [True, True, True, False]),
        (Between(high=Decimal("0.5"), high_open=True), [True, True, False, False]),
        (Between(low=Decimal("0.50001")), [False, False, False, True]),
        (Between(low=Decimal("0.50001"), low_open=True), [False, False, False, True]),
        (Between(high=Decimal("0.50001")), [True, True, True, False]),
        (Between(high=Decimal("0.50001"), high_open=True), [True, True, True, False]),
        (Between(low=Decimal(0), high=Decimal("0.5")), [False, True, True, False]),
        (Between(low=Decimal("1e30")), [False] * 4),
        (Between(high=Decimal("1e30")), [True] * 4),
        (OneOf((Decimal("0.5"), Decimal("0.00005"))), [False, False, True, False]),
        (OneOf((Decimal("1e30"), Decimal(-1))), [True, False, False, False]),
        (OneOf(()), [False] * 4),
        (IsKnown(), [True] * 4),
    ],
)
def test_bounds_are_compared_exactly(primitive: object, expected: list[bool]) -> None:
    sums = np.array([-10_000, 0, 5_000, 5_001])
    assert holds(on_value(primitive), sums, unit=10_000).tolist() == expected
    assert holds(Complement(on_value(primitive)), sums, unit=10_000).tolist() == [not one for one in expected]


def test_tests_are_combined_as_everywhere() -> None:
    counts = np.array([0, 1, 2, 3], dtype=np.int32)
    some, few = on_value(Between(low=1.0)), on_value(Between(high=2.0))
    assert holds(And((some, few)), counts).tolist() == [False, True, True, False]
    assert holds(Or((Complement(some), Complement(few))), counts).tolist() == [True, False, False, True]
    assert holds(And(()), counts).tolist() == [True] * 4
    assert holds(Or(()), counts).tolist() == [False] * 4


def test_a_fractional_bound_on_a_count_is_no_error() -> None:
    counts = np.array([0, 1, 2], dtype=np.int32)
    assert holds(on_value(Between(low=1.5)), counts).tolist() == [False, False, True]
    assert holds(on_value(OneOf((1.5,))), counts).tolist() == [False, False, False]


def test_numbers_have_no_parts() -> None:
    with pytest.raises(TypeError, match="HasPart does not go with numbers"):
        holds(on_value(HasPart("contains", "x")), np.array([1]))


@given(st.lists(st.booleans(), max_size=200))
def test_packing_a_mask_keeps_its_size(truths: list[bool]) -> None:
    mask = np.array(truths, dtype=np.bool_)
    assert ones(packed(mask)) == count(mask) == sum(truths)


@given(st.lists(st.one_of(st.integers(-300, 300), st.integers(-(2**70), 2**70)), max_size=6), st.integers(-300, 300))
def test_the_narrowest_type_holds_the_same_numbers_and_compares_the_same(numbers: list[int], bound: int) -> None:
    wide = np.array(numbers, dtype=object)
    narrow = narrowed(wide)
    assert narrow.tolist() == numbers
    for primitive in (Between(low=float(bound)), Between(high=Decimal(bound)), OneOf((float(bound), 2.0**80))):
        assert holds(on_value(primitive), narrow).tolist() == holds(on_value(primitive), wide).tolist()


@pytest.mark.parametrize(
    ("numbers", "type_"),
    [([0, 255], "uint8"), ([-1, 127], "int8"), ([0, 256], "uint16"), ([-1, 128], "int16"), ([0, 2**32 - 1], "uint32"),
     ([-1, 2**31], "int64"), ([0, 2**63], "object"), ([], "uint8")],
)  # fmt: skip
def test_counts_take_no_more_bytes_than_the_greatest_needs(numbers: list[int], type_: str) -> None:
    assert narrowed(np.array(numbers, dtype=object)).dtype == type_
