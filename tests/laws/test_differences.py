"""A difference is told exactly where there is one, and the parts of a drift add up."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipelines.definition import Definition
from pipelines.differences import differences
from pipelines.drift import PARTS, deciding_change, drift
from pipelines.meaning import meaning
from pipelines.values import to_plain
from tests.engines import PandasEngine, World
from tests.laws.definitions import Written, definitions
from tests.laws.worlds import worlds
from workbench.segments.difference_words import said

OBVIOUS = PandasEngine()
randoms = st.randoms(use_true_random=False)


def shuffled(value: Any, random: Random) -> Any:
    """Write the same in another order: conditions of groups, and suppressions."""
    if isinstance(value, dict):
        return {
            key: random.sample(list(shuffled(held, random)), len(held))
            if key in ("all", "any", "suppress")
            else shuffled(held, random)
            for key, held in value.items()
        }
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def mixed(one: Written, other: Written, random: Random) -> Written:
    """Take some steps and keys from one definition and some from another."""
    steps = [step for step in (*one["steps"][1:], *other["steps"][1:]) if random.random() < 0.7]
    keys = {key: held for key, held in {**other, **one}.items() if key != "steps" and random.random() < 0.7}
    first = random.choice([one, other])["steps"][0]
    return {"steps": [first, *random.sample(steps, len(steps))], **keys}


@given(definitions)
def test_a_definition_does_not_differ_from_itself(written: Written) -> None:
    definition = Definition.from_dict(written)
    assert differences(definition, definition) == ()


@given(definitions, definitions, randoms)
def test_a_difference_of_meaning_is_told_and_no_other(one: Written, other: Written, random: Random) -> None:
    old, new = Definition.from_dict(one), Definition.from_dict(mixed(one, other, random))
    found = differences(old, new)
    assert any(difference.changes_meaning for difference in found) == (meaning(old) != meaning(new))
    assert bool(found) == (to_plain(old) != to_plain(new))


@given(definitions, definitions, randoms)
def test_every_difference_can_be_read_out(one: Written, other: Written, random: Random) -> None:
    old, new = Definition.from_dict(one), Definition.from_dict(mixed(one, other, random))
    for difference in differences(old, new):
        text = said(difference)
        assert text.strip()
        assert "{" not in text


@given(worlds(), definitions, randoms)
def test_another_order_means_the_same_and_gives_the_same_contacts(
    drawn: World, written: Written, random: Random
) -> None:
    old = Definition.from_dict(written)
    new = Definition.from_dict(shuffled(to_plain(old), random))
    assert meaning(old) == meaning(new)
    assert not any(difference.changes_meaning for difference in differences(old, new))
    assert OBVIOUS.members(old, drawn) == OBVIOUS.members(new, drawn)


@given(worlds(), definitions, definitions, randoms)
def test_equal_meaning_gives_equal_members(drawn: World, one: Written, other: Written, random: Random) -> None:
    old, new = Definition.from_dict(one), Definition.from_dict(mixed(one, other, random))
    if meaning(old) == meaning(new):
        assert OBVIOUS.members(old, drawn) == OBVIOUS.members(new, drawn)


@st.composite
def paths(draw: st.DrawFn) -> tuple[list[np.ndarray[Any, Any]], list[Any]]:
    """Masks at the points of a path, and what changed between them."""
    size, steps = draw(st.integers(0, 12)), draw(st.integers(0, 6))
    masks = draw(st.lists(arrays.arrays(np.bool_, size), min_size=steps + 1, max_size=steps + 1))
    return masks, draw(st.lists(st.sampled_from(PARTS), min_size=steps, max_size=steps))


@given(paths())
def test_the_parts_of_a_drift_add_up(path: tuple[list[np.ndarray[Any, Any]], list[Any]]) -> None:
    points, parts = path
    first, last = points[0], points[-1]
    frame = drift(points, parts)
    assert frame["entered"].sum() == np.count_nonzero(last & ~first)
    assert frame["left"].sum() == np.count_nonzero(first & ~last)
    assert frame["net"].sum() == np.count_nonzero(last) - np.count_nonzero(first)


@given(paths())
def test_whoever_moved_has_one_part_and_nobody_else_has_any(path: tuple[list[np.ndarray[Any, Any]], list[Any]]) -> None:
    points, _parts = path
    change = deciding_change(points)
    assert ((change > 0) == (points[-1] & ~points[0])).all()
    assert ((change < 0) == (points[0] & ~points[-1])).all()
