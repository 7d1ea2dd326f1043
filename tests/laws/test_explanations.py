"""An explanation gives the verdict that the fast engine gave on the whole store, and carries all that it takes."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.definition import Definition
from pipelines.evidence import references_in
from pipelines.selecting import members
from tests.engines import DuckDBEngine, World
from tests.laws.definitions import Written, definitions
from tests.laws.worlds import worlds
from workbench.segments import Explanation


def _without_limit(raw: Written) -> Written:
    return {key: value for key, value in raw.items() if key != "limit"}


def _explained(store: DuckDBEngine, drawn: World, raw: Written) -> list[Explanation]:
    numbers = drawn.frames["contact"]["contact_no"]
    return [store.bench.segments.explain(raw, number, drawn.as_of) for number in numbers]


@given(worlds(), st.lists(definitions, min_size=1, max_size=2))
def test_the_verdict_is_that_of_the_whole_store(store: DuckDBEngine, drawn: World, written: list[Written]) -> None:
    for raw in written:
        inside = store.members(Definition.from_dict(_without_limit(raw)), drawn)
        limited = store.members(Definition.from_dict(raw), drawn)
        for explanation in _explained(store, drawn, raw):
            assert explanation.tree.is_inside() == (explanation.contact_no in inside), explanation.sentence
            assert explanation.is_member == (explanation.contact_no in limited), explanation.sentence


@given(worlds(), definitions)
def test_its_own_rows_give_the_same_verdict(store: DuckDBEngine, drawn: World, written: Written) -> None:
    definition = Definition.from_dict(_without_limit(written))
    inside = store.members(definition, drawn)
    catalogue = store.bench.segments.catalogue()
    for explanation in _explained(store, drawn, written):
        rows = explanation.evidence
        found = members(definition, rows, catalogue, drawn.context, references_in(rows))
        number = explanation.contact_no
        assert (drawn.id_of[number] in found) == (number in inside), explanation.sentence


@given(worlds(), definitions)
def test_what_is_certain_is_what_the_language_says(store: DuckDBEngine, drawn: World, written: Written) -> None:
    store.members(Definition.from_dict(_without_limit(written)), drawn)
    for explanation in _explained(store, drawn, written):
        for root in explanation.tree.groups():
            for node in root.walk():
                assert node.truth is None or node.truth == node.holds, (node.path, explanation.frame())


@given(worlds(), definitions)
def test_exactly_the_single_changes_that_turn_the_verdict_are_named(
    store: DuckDBEngine, drawn: World, written: Written
) -> None:
    raw = Definition.from_dict(_without_limit(written)).to_dict()
    before = store.members(Definition.from_dict(raw), drawn)
    for explanation in _explained(store, drawn, raw):
        number = explanation.contact_no
        named = {paths for flip in explanation.flips if flip.change != "left_out" for paths in [flip.paths]}
        rules = [rule for step in explanation.steps for rule in step.group.walk() if rule.is_rule]
        for rule in rules:
            if (
                sum(rule.condition == other.condition for root in explanation.tree.groups() for other in root.walk())
                > 1
            ):
                continue
            turned = _with(raw, rule.path, {"any": []} if rule.holds else {"all": []})
            after = store.members(Definition.from_dict(turned), drawn)
            assert ((number in before) != (number in after)) == ((rule.path,) in named), (
                rule.path,
                explanation.sentence,
            )


@given(worlds(), definitions)
def test_a_rule_is_named_that_turns_the_verdict_when_it_is_left_out(
    store: DuckDBEngine, drawn: World, written: Written
) -> None:
    raw = Definition.from_dict(_without_limit(written)).to_dict()
    before = store.members(Definition.from_dict(raw), drawn)
    for explanation in _explained(store, drawn, raw):
        number = explanation.contact_no
        for flip in explanation.flips:
            if flip.change == "left_out" and _has_others(raw, flip.paths[0]):
                after = store.members(Definition.from_dict(_left_out(raw, flip.paths[0])), drawn)
                assert (number in before) != (number in after), (flip.paths, explanation.sentence)


def _group_of(raw: dict[str, Any], path: str) -> tuple[Any, Any]:
    """Find what holds the rule at a place of a step, and under which key or index."""
    step, *places = path.split(".")
    holder: Any = raw["steps"][int(step) - 1]
    key: Any = next(iter(holder))
    for place in places:
        group = holder[key]
        kind = next(iter(group))
        holder, key = (group, "not") if kind == "not" else (group[kind], int(place) - 1)
    return holder, key


def _with(raw: dict[str, Any], path: str, condition: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(raw)
    holder, key = _group_of(changed, path)
    holder[key] = condition
    return changed


def _has_others(raw: dict[str, Any], path: str) -> bool:
    """Whether the group of a rule of a step keeps another condition."""
    if not path[0].isdigit():
        return False
    holder, _ = _group_of(raw, path)
    return isinstance(holder, list) and len(holder) > 1


def _left_out(raw: dict[str, Any], path: str) -> dict[str, Any]:
    changed = copy.deepcopy(raw)
    holder, key = _group_of(changed, path)
    del holder[key]
    return changed
