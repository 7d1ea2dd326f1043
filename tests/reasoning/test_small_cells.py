"""No figure below the threshold is shown, and none can be computed back from those that are."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import small_cells
from pipelines.errors import MeasureError
from pipelines.segment_profile import TOGETHER, profile

Row = tuple[int, ...]


def hidden(rows: list[Row], smallest: int) -> list[int]:
    """The places of the rows that are put together; rows join in their order."""
    counts = pd.DataFrame(rows)
    return sorted(small_cells.hidden(counts, smallest, lambda names: counts.loc[list(names)].sum()))


def test_nothing_is_hidden_where_everything_is_large_or_nobody() -> None:
    assert hidden([(5, 9), (0, 7)], 5) == []


def test_one_small_category_takes_another_with_it() -> None:
    assert hidden([(30,), (40,), (2,)], 5) == [0, 2]


def test_a_small_base_is_hidden_as_a_small_segment_is() -> None:
    assert hidden([(30, 60), (40, 90), (0, 3)], 5) == [0, 2]


def test_small_ones_together_are_not_bounded_by_the_threshold() -> None:
    """Three of at most 4 that make 12 would be 4 each: a larger one joins, though 12 is no small figure."""
    assert hidden([(20,), (4,), (4,), (4,), (30,)], 5) == [0, 1, 2, 3]


def test_categories_join_until_twice_the_threshold_is_reached() -> None:
    assert hidden([(1,), (5,), (6,), (7,)], 5) == [0, 1, 2]


rows = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6)


@given(rows, st.integers(2, 6))
def test_what_is_shown_is_never_small_and_what_is_hidden_has_company(table: list[Row], smallest: int) -> None:
    held = hidden(table, smallest)
    shown = [row for place, row in enumerate(table) if place not in held]
    assert not any(small_cells.is_small(figure, smallest) for row in shown for figure in row)
    if held:
        sums = np.array([table[place] for place in held]).sum(axis=0)
        assert len(held) == len(table) or (len(held) > 1 and all(total == 0 or total >= 2 * smallest for total in sums))


@pytest.mark.parametrize(("categories", "most"), [(2, 9), (3, 9), (4, 7)])
def test_who_knows_the_rule_still_cannot_tell_a_hidden_figure(categories: int, most: int) -> None:
    """Of all tables that show the same, no small figure is the same in each: threshold 3, all counts up to `most`."""
    smallest, tables = 3, defaultdict(list)
    for figures in itertools.product(range(most + 1), repeat=categories):
        if small_cells.is_small(sum(figures), smallest):
            continue  # such a segment is refused as a whole
        held = tuple(hidden([(figure,) for figure in figures], smallest))
        if held and sum(figures[place] for place in held) <= most:
            shown = tuple((place, figure) for place, figure in enumerate(figures) if place not in held)
            tables[held, sum(figures[place] for place in held), shown].append(figures)
    assert tables
    for (held, _sum, _shown), alike in tables.items():
        for place in held:
            known = {figures[place] for figures in alike}
            assert len(known) > 1 or not small_cells.is_small(known.pop(), smallest)


def letters(**counts: int) -> pd.Series[str]:
    return pd.Series([letter for letter, size in counts.items() for _ in range(size)], dtype="str")


def members(values: pd.Series[str], **counts: int) -> np.ndarray:
    """Mark so many of each letter."""
    places = values.groupby(values).cumcount()
    return (places < values.map(counts).fillna(0)).to_numpy()


def test_a_profile_puts_small_categories_together_and_keeps_its_totals() -> None:
    values = letters(a=90, b=60, c=40, d=30)
    found = profile(values, members(values, a=40, b=30, c=3, d=8), smallest_cell=5)
    assert found["category"].tolist() == ["a", "b", TOGETHER]
    assert found["members"].tolist() == [40, 30, 11]
    assert found["base"].tolist() == [90, 60, 70]
    assert found["member_share"].sum() == pytest.approx(1)


def test_the_rest_of_the_base_is_protected_too() -> None:
    """All but 2 of category b are members: that figure follows from those of members and base."""
    values = letters(a=90, b=60, c=40)
    found = profile(values, members(values, a=40, b=58, c=20), smallest_cell=5)
    assert found["category"].tolist() == ["a", TOGETHER]


def test_without_a_threshold_everything_is_shown() -> None:
    values = letters(a=3, b=1)
    assert profile(values, members(values, a=1))["members"].tolist() == [1, 0]


def test_a_contact_with_several_hidden_values_is_one_of_those_put_together() -> None:
    values = pd.Series([["x", "y"]] * 6 + [["x"]] * 2 + [["z"]] * 20, dtype="object")
    is_member = np.array([True] * 6 + [False] * 2 + [True] * 10 + [False] * 10)
    found = profile(values, is_member, smallest_cell=3).set_index("category")
    assert found.loc[TOGETHER, ["members", "base"]].tolist() == [16, 28]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (3, "The segment has fewer than 5 contacts"),
        (98, "Outside of the segment, what it is compared with has fewer than 5 contacts"),
    ],
)
def test_a_segment_that_is_small_as_a_whole_is_refused(inside: int, said: str) -> None:
    values = letters(a=100)
    with pytest.raises(MeasureError) as refused:
        profile(values, members(values, a=inside), smallest_cell=5)
    assert refused.value.message == f"{said}, so no figures of them are shown."


def test_members_outside_of_what_they_are_compared_with_count_among_the_members() -> None:
    values = letters(a=4, b=2)
    is_member = members(values, a=3, b=2)
    is_base = np.array([True, True, True, True, False, False])
    found = profile(values, is_member, is_base=is_base).set_index("category")
    assert found.loc["a", ["members", "base", "over_index"]].tolist() == [3, 4, 0.6]
    assert found.loc["b", ["members", "base"]].tolist() == [2, 0]
    assert np.isnan(found.loc["b", "over_index"])
