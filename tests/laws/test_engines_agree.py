"""Whatever is asked of whatever store, the fast engine gives the contacts that the obvious one gives."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from pipelines.definition import Definition
from tests.engines import DuckDBEngine, PandasEngine, World
from tests.laws.definitions import Written, conditions, definitions, single
from tests.laws.worlds import worlds

OBVIOUS = PandasEngine()


@given(worlds(), st.lists(single, min_size=1, max_size=6))
def test_both_engines_give_the_same_contacts_for_every_rule(
    store: DuckDBEngine, drawn: World, written: list[Written]
) -> None:
    for rule in written:
        definition = Definition.from_dict(rule)
        assert store.members(definition, drawn) == OBVIOUS.members(definition, drawn), rule


@given(worlds(), st.lists(definitions, min_size=1, max_size=3))
def test_both_engines_give_the_same_contacts_for_every_definition(
    store: DuckDBEngine, drawn: World, written: list[Written]
) -> None:
    for raw in written:
        definition = Definition.from_dict(raw)
        assert store.members(definition, drawn) == OBVIOUS.members(definition, drawn), raw


@given(worlds(), conditions, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn: World, written: Written, random: object) -> None:
    seed = random.randrange(2**31)  # type: ignore[attr-defined]
    frames = {name: frame.sample(frac=1, random_state=seed) for name, frame in drawn.frames.items()}
    shuffled = dataclasses.replace(drawn, frames=frames)
    definition = Definition.from_dict(written)
    assert OBVIOUS.members(definition, shuffled) == OBVIOUS.members(definition, drawn)
