"""Each contact goes to one campaign at most, and every loss has its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.allocation import Cap, Offer, allocate

PEOPLE = 8


def places(*contacts: int) -> np.ndarray:
    return np.array(contacts, dtype=np.intp)


def offer(
    number: str,
    segments: Mapping[str, Sequence[int]],
    barred: Mapping[str, Sequence[int]] | None = None,
    rank: Sequence[int] = tuple(range(PEOPLE)),
    capacity: int | None = None,
) -> Offer:
    masks = {reason: np.isin(np.arange(PEOPLE), list(who)) for reason, who in (barred or {}).items()}
    return Offer(number, {name: places(*who) for name, who in segments.items()}, masks, places(*rank), capacity)


def outcome(found: pd.DataFrame) -> dict[tuple[str, str, int], str]:
    """What became of each member, the taken ones as an empty text."""
    rows = found.fillna({"reason": ""}).itertuples(index=False)
    return {(row.campaign_no, row.segment_name, row.contact): row.reason for row in rows}


OWN = places(*range(PEOPLE))


def test_the_first_campaign_and_the_first_segment_choose_first() -> None:
    found = outcome(allocate([offer("A", {"x": [0, 1], "y": [1, 2]}), offer("B", {"x": [0, 1, 3]})], OWN))
    assert found == {
        ("A", "x", 0): "", ("A", "x", 1): "", ("A", "y", 1): "other_segment", ("A", "y", 2): "",
        ("B", "x", 0): "other_campaign", ("B", "x", 1): "other_campaign", ("B", "x", 3): "",
    }  # fmt: skip


def test_a_segment_goes_before_a_better_rank() -> None:
    found = outcome(allocate([offer("A", {"x": [5, 4], "y": [0, 1]}, capacity=3)], OWN))
    assert found == {("A", "x", 5): "", ("A", "x", 4): "", ("A", "y", 0): "", ("A", "y", 1): "capacity"}


def test_the_first_reason_that_holds_is_given() -> None:
    found = outcome(allocate([offer("A", {"x": [0, 1, 2]}, {"blocked": [0], "unreachable": [0, 1]})], OWN))
    assert list(found.values()) == ["blocked", "unreachable", ""]


def test_of_those_who_share_a_key_the_first_by_rank_stays() -> None:
    keys = places(0, 0, 1, 2, 3, 4, 5, 6)
    found = allocate([offer("A", {"x": [0, 1, 2]}, rank=[1, 0, 2, 3, 4, 5, 6, 7])], keys)
    assert list(outcome(found).values()) == ["duplicate", "", ""]
    kept = allocate([offer("A", {"x": [0, 1, 2]}), offer("B", {"x": [0]})], keys, keep_duplicates=True)
    assert list(outcome(kept).values()) == ["", "", "", "other_campaign"]


def test_a_key_is_in_one_campaign_only() -> None:
    keys = places(0, 0, 1, 2, 3, 4, 5, 6)
    for keep in (False, True):
        found = allocate([offer("A", {"x": [0]}), offer("B", {"x": [1, 2]})], keys, keep_duplicates=keep)
        assert list(outcome(found).values()) == ["", "duplicate", ""]


def test_caps_hold_over_all_campaigns_and_no_room_uses_no_room() -> None:
    household = Cap("household_cap", places(0, 0, 0, 1, 1, -1, -1, -1), 1)
    company = Cap("company_cap", places(0, 1, 2, 0, 3, -1, -1, -1), 1)
    found = allocate([offer("A", {"x": [0, 3]}), offer("B", {"x": [1, 4, 5, 6]})], OWN, [household, company])
    assert list(outcome(found).values()) == ["", "company_cap", "household_cap", "", "", ""]


def test_who_was_taken_earlier_counts() -> None:
    taken = np.isin(np.arange(PEOPLE), [0])
    cap = Cap("household_cap", places(0, 0, 1, 2, 3, 4, 5, 6), 1)
    found = allocate([offer("A", {"x": [0, 1, 2]})], OWN, [cap], taken=taken)
    assert list(outcome(found).values()) == ["other_campaign", "household_cap", ""]


MEMBERS = st.lists(st.integers(0, PEOPLE - 1), unique=True, max_size=PEOPLE)


@settings(max_examples=25, deadline=None)
@given(
    segments=st.lists(st.lists(MEMBERS, min_size=1, max_size=3), min_size=1, max_size=3),
    capacity=st.one_of(st.none(), st.integers(0, 4)), limit=st.integers(1, 3),
    keys=st.lists(st.integers(0, 4), min_size=PEOPLE, max_size=PEOPLE),
    groups=st.lists(st.integers(-1, 3), min_size=PEOPLE, max_size=PEOPLE), keep=st.booleans(),
)  # fmt: skip
def test_the_ledger_closes_and_nobody_is_over_a_cap(
    segments: list[list[list[int]]], capacity: int | None, limit: int, keys: list[int], groups: list[int], keep: bool
) -> None:
    offers = [
        offer(f"C{at}", {f"s{number}": each for number, each in enumerate(own)}, capacity=capacity)
        for at, own in enumerate(segments)
    ]
    found = allocate(offers, places(*keys), [Cap("cap", places(*groups), limit)], keep_duplicates=keep)

    members = {(f"C{at}", f"s{n}"): len(each) for at, own in enumerate(segments) for n, each in enumerate(own)}
    counted = found.groupby(["campaign_no", "segment_name"]).size().to_dict()
    assert counted == {pair: count for pair, count in members.items() if count}

    taken = found[found["reason"].isna()]
    assert taken["contact"].is_unique
    by_key = taken.assign(key=np.array(keys)[taken["contact"]])
    assert by_key.groupby("key")["campaign_no"].nunique().le(1).all()
    assert keep or by_key["key"].is_unique
    in_groups = Counter(np.array(groups)[taken["contact"]].tolist())
    assert all(count <= limit for group, count in in_groups.items() if group >= 0)
    assert capacity is None or taken.groupby("campaign_no").size().le(capacity).all()
