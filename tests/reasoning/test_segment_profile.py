"""Who the members are against the base: counts that add up, shares with their denominators, no surprises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.segment_profile import profile


def inside(*marks: int) -> np.ndarray:
    return np.array(marks, dtype=np.bool_)


def test_shares_are_of_all_members_and_of_all_the_base() -> None:
    found = profile(pd.Series(["a", "a", "a", "b", "b"]), inside(1, 1, 0, 1, 0)).set_index("category")
    assert found.loc["a", "member_share"] == pytest.approx(2 / 3)
    assert found.loc["a", "base_share"] == pytest.approx(3 / 5)
    assert found.loc["a", "over_index"] == pytest.approx((2 / 3) / (3 / 5))


def test_the_unknown_are_a_category_and_stand_last() -> None:
    found = profile(pd.Series(["a", None, None, None], dtype="str"), inside(1, 1, 0, 0))
    assert found["category"].tolist() == ["a", "not recorded"]
    assert found["base"].tolist() == [1, 3]


def test_rare_categories_are_put_together() -> None:
    values = pd.Series(["a"] * 5 + ["b"] * 4 + ["c"] * 2 + ["d"] + [None], dtype="str")
    found = profile(values, np.ones(13, dtype=np.bool_), categories=2)
    assert found["category"].tolist() == ["a", "b", "other", "not recorded"]
    assert found["base"].tolist() == [5, 4, 3, 1]


def test_ties_in_size_are_ordered_by_name() -> None:
    assert profile(pd.Series(["b", "a"]), inside(0, 0))["category"].tolist() == ["a", "b"]


def test_a_contact_counts_once_in_each_of_its_values() -> None:
    values = pd.Series([["x", "y"], ["x"], []], dtype="object")
    found = profile(values, inside(1, 0, 1)).set_index("category")
    assert found["base"].to_dict() == {"x": 2, "y": 1, "not recorded": 1}
    assert found["members"].to_dict() == {"x": 1, "y": 1, "not recorded": 1}


def test_a_contact_with_two_rare_values_is_one_other() -> None:
    values = pd.Series([["a"], ["a"], ["x", "y"]], dtype="object")
    found = profile(values, inside(0, 0, 1), categories=1).set_index("category")
    assert found.loc["other", "base"] == 1


def test_few_numbers_are_shown_as_they_are_and_in_their_order() -> None:
    found = profile(pd.Series([10.0, 2.0, 10.0, np.nan]), inside(0, 1, 0, 0))
    assert found["category"].tolist() == ["2", "10", "not recorded"]


def test_many_numbers_are_cut_into_ranges_of_about_the_same_size() -> None:
    found = profile(pd.Series(np.arange(100, dtype="float64")), np.arange(100) < 50)
    assert found["base"].tolist() == [10] * 10
    assert found["category"].iloc[0] == "0 … 9"
    assert found["members"].tolist() == [10] * 5 + [0] * 5


def test_days_are_cut_into_ranges_of_days() -> None:
    days = pd.Series(pd.date_range("2017-01-01", periods=40, freq="12h", tz="UTC"))
    found = profile(days, np.ones(40, dtype=np.bool_))
    assert found["category"].iloc[0].startswith("2017-01-01 … ")
    assert found["category"].is_unique


def test_booleans_are_two_categories() -> None:
    found = profile(pd.Series([True, False, None], dtype="boolean"), inside(1, 0, 0))
    assert set(found["category"]) == {"True", "False", "not recorded"}


def test_an_empty_segment_has_no_shares() -> None:
    found = profile(pd.Series(["a", "b"]), inside(0, 0))
    assert found["member_share"].isna().all()
    assert found["over_index"].isna().all()
    assert found["base_share"].tolist() == [0.5, 0.5]


def test_an_empty_base_has_no_categories() -> None:
    assert profile(pd.Series([], dtype="str"), inside()).empty


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.sampled_from("abcdef")), st.booleans()), min_size=1, max_size=40),
    st.integers(1, 5),
)
def test_the_counts_of_texts_add_up(rows: list[tuple[str | None, bool]], categories: int) -> None:
    values = pd.Series([value for value, _ in rows], dtype="str")
    found = profile(values, np.array([mark for _, mark in rows]), categories)
    assert found["base"].sum() == len(rows)
    assert found["members"].sum() == sum(mark for _, mark in rows)
    assert (found["members"] <= found["base"]).all()


@given(st.lists(st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6)), min_size=1, max_size=60))
def test_the_counts_of_numbers_add_up(numbers: list[float]) -> None:
    found = profile(pd.Series(numbers), np.ones(len(numbers), dtype=np.bool_))
    assert found["base"].sum() == len(numbers)
    assert (found["over_index"] == 1).all()


@given(st.permutations(list(range(12))))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    values, marks = pd.Series(list("aaabbbbccdde")), np.arange(12) % 3 == 0
    shuffled = profile(values.iloc[order].reset_index(drop=True), marks[order], categories=3)
    pd.testing.assert_frame_equal(shuffled, profile(values, marks, categories=3))
