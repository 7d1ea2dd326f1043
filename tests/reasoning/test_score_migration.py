"""Moves between two runs: every contact once, from its name to its name."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.score_migration import NOBODY, moves

NAMES = st.dictionaries(st.integers(1, 30), st.sampled_from(["A", "B", "C", None]))


def series(names: dict[int, str | None]) -> pd.Series:
    return pd.Series(list(names.values()), index=list(names), dtype="str")


@given(NAMES, NAMES)
@settings(max_examples=25, deadline=None)
def test_everybody_with_a_name_moves_once(before: dict[int, str | None], after: dict[int, str | None]) -> None:
    found = moves(series(before), series(after))
    people = {one for names in (before, after) for one, name in names.items() if name}
    assert found.contacts == len(people) == found.moves["contacts"].sum() == found.matrix().to_numpy().sum()
    assert found.stayed == sum(before.get(one) == after.get(one) for one in people)
    assert found.came == sum(before.get(one) is None for one in people)
    assert found.left == sum(after.get(one) is None for one in people)
    back = moves(series(after), series(before))
    assert (back.came, back.left) == (found.left, found.came)
    pd.testing.assert_frame_equal(
        back.matrix(), found.matrix().T.rename_axis(index="from_name", columns="to_name"), check_names=False
    )


def test_shares_are_of_those_who_had_the_name() -> None:
    found = moves(series({1: "B", 2: "B", 3: "A", 4: None}), series({1: "A", 2: "B", 4: "A"}), ["B", "A"])
    assert found.names == ("B", "A", NOBODY)
    assert found.moves.to_numpy().tolist() == [
        ["B", "B", 1, 0.5, 1.0], ["B", "A", 1, 0.5, 0.5], ["A", "", 1, 1.0, 1.0], ["", "A", 1, 1.0, 0.5],
    ]  # fmt: skip
    assert found.matrix().to_numpy().tolist() == [[1, 1, 0], [0, 0, 1], [0, 1, 0]]


def test_nobody_moves_between_empty_runs() -> None:
    found = moves(series({}), series({1: None}))
    assert (found.contacts, found.names, found.moves.empty) == (0, (), True)
