"""Overlaps are what sets say: every combination, each pair, each segment."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import overlap
from pipelines.errors import MeasureError

CONTACTS = 14
contacts = st.frozensets(st.integers(0, CONTACTS - 1))
several = st.lists(contacts, min_size=2, max_size=12)


def mask(members: frozenset[int], size: int = CONTACTS) -> np.ndarray:
    found = np.zeros(size, dtype=np.bool_)
    found[list(members)] = True
    return found


def named(segments: list[frozenset[int]]) -> list[str]:
    return [f"s{position}" for position in range(len(segments))]


@given(several, contacts)
def test_every_combination_is_counted_as_by_sets(segments: list[frozenset[int]], everybody: frozenset[int]) -> None:
    segments = [members & everybody for members in segments]
    names = named(segments)
    counts = overlap.tally([mask(members) for members in segments], mask(everybody))
    expected: dict[tuple[str, ...], int] = {}
    for contact in everybody:
        held = tuple(name for name, members in zip(names, segments, strict=True) if contact in members)
        expected[held] = expected.get(held, 0) + 1
    assert counts[0] == expected.pop((), 0)
    assert dict(overlap.combinations(counts, names)) == expected
    assert counts.sum() == len(everybody)


@given(several)
def test_pairs_are_counted_as_by_sets(segments: list[frozenset[int]]) -> None:
    names = named(segments)
    counts = overlap.tally([mask(members) for members in segments], np.ones(CONTACTS, dtype=np.bool_))
    found = overlap.pairs(counts, names).set_index(["segment", "other"])
    for (name, members), (other, others) in itertools.product(zip(names, segments, strict=True), repeat=2):
        row = found.loc[(name, other)]
        assert row["contacts"] == len(members & others)
        assert (math.isnan(row["share"]) and not members) or row["share"] == len(members & others) / len(members)
        either = len(members | others)
        assert (math.isnan(row["jaccard"]) and not either) or row["jaccard"] == len(members & others) / either


@given(several)
def test_each_segment_is_divided_into_only_here_and_shared(segments: list[frozenset[int]]) -> None:
    counts = overlap.tally([mask(members) for members in segments], np.ones(CONTACTS, dtype=np.bool_))
    found = overlap.sizes(counts, named(segments))
    for position, members in enumerate(segments):
        others = frozenset().union(*(other for place, other in enumerate(segments) if place != position))
        assert found.loc[position, ["contacts", "only_here", "shared"]].tolist() == [
            len(members), len(members - others), len(members & others),
        ]  # fmt: skip


def test_the_most_frequent_combination_comes_first_and_ties_go_to_fewer_segments() -> None:
    a, b = mask(frozenset({0, 1, 2, 3, 4})), mask(frozenset({3, 4, 5, 6}))
    counts = overlap.tally([a, b], mask(frozenset(range(8))))
    assert list(overlap.combinations(counts, ["a", "b"])) == [(("a",), 3), (("b",), 2), (("a", "b"), 2)]


def test_contacts_that_do_not_exist_are_in_no_combination() -> None:
    everybody = np.array([False, True])
    assert overlap.tally([np.array([True, True]), np.array([True, False])], everybody).tolist() == [0, 1, 0, 0]


def test_many_contacts_are_counted_as_few_are() -> None:
    size = overlap._CHUNK * 2 + 3
    every_second, every_third = np.arange(size) % 2 == 0, np.arange(size) % 3 == 0
    counts = overlap.tally([every_second, every_third], np.ones(size, dtype=np.bool_))
    assert counts[3] == len(range(0, size, 6))
    assert counts.sum() == size


def test_an_empty_store_has_no_combination() -> None:
    nobody = np.zeros(0, dtype=np.bool_)
    assert list(overlap.combinations(overlap.tally([nobody, nobody], nobody), ["a", "b"])) == []


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["a"], "An overlap needs at least 2 segments. Name another one."),
        (named([frozenset()] * 13), "An overlap of 13 segments is too wide. Compare at most 12 segments at a time."),
        (["a", "b", "a"], 'Two of the segments are called "a". Give each a name of its own.'),
    ],
)
def test_what_cannot_be_compared_is_refused(names: list[str], complaint: str) -> None:
    with pytest.raises(MeasureError) as refused:
        overlap.check(names)
    assert str(refused.value) == complaint
