"""Every number of a count is the size of a set that the obvious engine finds as well."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.conditions import leaves
from pipelines.definition import Definition
from pipelines.values import to_plain
from tests.engines import DuckDBEngine, PandasEngine, World
from tests.laws.definitions import Written, conditions, definitions
from tests.laws.worlds import worlds

OBVIOUS = PandasEngine()


def _size(raw: Written, drawn: World) -> int:
    return len(OBVIOUS.members(Definition.from_dict(raw), drawn))


def _without(raw: Written, *keys: str) -> Written:
    return {key: value for key, value in raw.items() if key not in keys}


@given(worlds(), st.lists(definitions, min_size=1, max_size=2))
def test_the_account_of_a_definition_closes(store: DuckDBEngine, drawn: World, written: list[Written]) -> None:
    store.load(drawn)
    for raw in written:
        count = store.bench.segments.count(raw, drawn.as_of)
        assert count.total == _size(raw, drawn)
        assert count.matched == _size(_without(raw, "limit", "suppress"), drawn)
        assert count.base == _size({**_without(raw, "limit", "suppress"), "steps": [{"add": {"all": []}}]}, drawn)
        assert count.matched - sum(count.suppressed.values()) - count.limited == count.total
        assert count.matched - sum(count.suppressed.values()) == _size(_without(raw, "limit"), drawn)
        assert [step.matched for step in count.steps] == [
            _size({**_without(raw, "limit", "suppress"), "steps": raw["steps"][:end]}, drawn)
            for end in range(1, len(raw["steps"]) + 1)
        ]


@given(worlds(), st.lists(definitions, min_size=1, max_size=2))
def test_every_suppressed_contact_has_the_first_reason_that_applies(
    store: DuckDBEngine, drawn: World, written: list[Written]
) -> None:
    store.load(drawn)
    for raw in written:
        bare, suppress = _without(raw, "limit", "suppress"), raw.get("suppress", [])
        left = [_size({**bare, "suppress": suppress[:n]}, drawn) for n in range(len(suppress) + 1)]
        expected = [before - after for before, after in itertools.pairwise(left)]
        assert list(store.bench.segments.count(raw, drawn.as_of).suppressed.values()) == expected


@given(worlds(), st.lists(definitions, min_size=1, max_size=2))
def test_each_rule_alone_is_counted_within_the_base(store: DuckDBEngine, drawn: World, written: list[Written]) -> None:
    store.load(drawn)
    for raw in written:
        rules = [leaf for step in Definition.from_dict(raw).steps for leaf in leaves(step.condition)]
        counted = [leaf.alone for leaf in store.bench.segments.count(raw, drawn.as_of).leaves]
        alone = [{**_without(raw, "limit"), "steps": [{"add": to_plain(rule)}]} for rule in rules]
        assert counted == [_size(one, drawn) for one in alone]


@given(worlds(), st.sampled_from(["all", "any"]), st.lists(conditions, min_size=2, max_size=4))
def test_a_rule_left_out_is_the_group_without_it(
    store: DuckDBEngine, drawn: World, kind: str, written: list[Written]
) -> None:
    store.load(drawn)
    single = [condition for condition in written if not set(condition) & {"all", "any", "not"}]
    if len(single) < 2:
        return
    counted = store.bench.segments.count({kind: single}, drawn.as_of).leaves
    others: list[list[Any]] = [single[:i] + single[i + 1 :] for i in range(len(single))]
    assert [leaf.if_left_out for leaf in counted] == [_size({kind: rest}, drawn) for rest in others]
    firsts = [single[: i + 1] for i in range(len(single))]
    assert [leaf.cumulative for leaf in counted] == [_size({kind: first}, drawn) for first in firsts]
