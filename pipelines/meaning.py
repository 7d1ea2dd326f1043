"""Whether two parts of definitions mean the same although they are written differently, and how much alike they are.

Order inside a group, inside a list of values and among suppressions says nothing; nor do groups of one, groups
inside groups of the same kind, two complements in a row, and a list of one value instead of the value.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from pipelines.conditions import All, AnyOf, Not
from pipelines.definition import ContactType, Definition, Step
from pipelines.values import Node

Meaning = Hashable

UNORDERED = ("in", "not_in", "any_of", "none_of", "all_of", "not_all_of")
# The keys that say what a condition is about weigh more than what it asks of that.
_WEIGHTS = {"field": 3.0, "related": 3.0, "score": 3.0, "habit": 2.0, "sequence": 3.0}
# Beyond so many comparisons only equal items count.
MANY = 10_000
_OF_ONE = {"in": "is", "not_in": "is_not"}
_LONG_TEXT = 20


def meaning(part: Any) -> Meaning:
    """Reduce a part of a definition to what it means.

    Parameters
    ----------
    part : Definition, Step, condition or value
        Any part of the language.

    Returns
    -------
    hashable
        Equal for parts that mean the same; parts that mean the same for a deeper reason may still differ. Names,
        descriptions, examples and invariants of a definition are no part of it.

    Examples
    --------
    >>> from pipelines.definition import Definition
    >>> one = Definition.from_dict([{"add": {"any": [{"list": "a"}, {"list": "b"}]}}])
    >>> other = Definition.from_dict([{"add": {"any": [{"list": "b"}, {"list": "a"}]}}])
    >>> meaning(one) == meaning(other)
    True
    """
    if isinstance(part, Definition):
        return _definition(part)
    if isinstance(part, Step):
        return part.action, meaning(part.condition)
    if isinstance(part, All | AnyOf):
        return _group(part)
    if isinstance(part, Not):
        inner = meaning(part.not_)
        return inner[1] if isinstance(inner, tuple) and inner[0] == "not" else ("not", inner)
    if isinstance(part, Node):
        return _leaf(part)
    return tuple(map(meaning, part)) if isinstance(part, tuple) else (type(part) is bool, part)


def likeness(one: Any, other: Any) -> float:
    """Say how much alike two parts of definitions are.

    Parameters
    ----------
    one, other : plain JSON value
        In the canonical form.

    Returns
    -------
    float
        1 for equal ones, 0 for those that have nothing in common. What a condition is about weighs more than what
        it asks: the same field with another value is rather alike, another field with the same value is not.
    """
    if one == other:
        return 1.0
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _of_mappings(one, other)
    if isinstance(one, list) and isinstance(other, list):
        if len(one) * len(other) > MANY:
            return _equal_items(one, other) / max(len(one), len(other))
        best = [max((likeness(item, peer) for peer in other), default=0.0) for item in one]
        return sum(best) / max(len(one), len(other), 1)
    if isinstance(one, str) and isinstance(other, str) and min(len(one), len(other)) >= _LONG_TEXT:
        return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return 0.5 if _is_number(one) and _is_number(other) else 0.0


def _definition(definition: Definition) -> Meaning:
    base = definition.base
    return (
        ("field", base.type) if isinstance(base, ContactType) else base and meaning(base),
        definition.time_zone,
        definition.week_starts_on,
        _steps(definition.steps),
        definition.limit and meaning(definition.limit),
        frozenset(map(meaning, definition.suppress)),
    )


def _steps(steps: Sequence[Step]) -> Meaning:
    """Group steps whose order among each other says nothing: additions, and whatever takes away."""
    runs: list[tuple[bool, frozenset[Meaning]]] = []
    for step in steps:
        is_addition, one = step.action == "add", frozenset([meaning(step)])
        if runs and runs[-1][0] == is_addition:
            runs[-1] = is_addition, runs[-1][1] | one
        else:
            runs.append((is_addition, one))
    return tuple(runs)


def _group(group: All | AnyOf) -> Meaning:
    kind, parts = "all" if isinstance(group, All) else "any", set[Meaning]()
    for child in group.children:
        part = meaning(child)
        if isinstance(part, tuple) and part[0] == kind:
            parts |= part[1]
        else:
            parts.add(part)
    return next(iter(parts)) if len(parts) == 1 else (kind, frozenset(parts))


def _leaf(node: Node) -> Meaning:
    said = {name: getattr(node, name) for name in type(node).model_fields}
    if said.get("op") in UNORDERED and isinstance(said.get("value"), tuple):
        values = frozenset(map(meaning, said["value"]))
        if said["op"] in _OF_ONE and len(values) == 1:
            said.update(op=_OF_ONE[said["op"]], value=said["value"][0])
        else:
            return type(node).__name__, *(values if name == "value" else meaning(value) for name, value in said.items())
    return type(node).__name__, *(meaning(value) for value in said.values())


def _of_mappings(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    groups = [next((key for key in ("all", "any", "not") if key in item), None) for item in (one, other)]
    if all(groups) and groups[0] != groups[1]:
        return 0.8 * likeness(_children(one), _children(other))
    keys = one.keys() | other.keys()
    weights = {key: _WEIGHTS.get(key, 1.0) for key in keys}
    alike = sum(weights[key] * likeness(one[key], other[key]) for key in one.keys() & other.keys())
    return alike / sum(weights.values())


def _equal_items(one: list[Any], other: list[Any]) -> int:
    counts = [Counter(json.dumps(item, sort_keys=True) for item in items) for items in (one, other)]
    return (counts[0] & counts[1]).total()


def _children(group: Mapping[str, Any]) -> list[Any]:
    return list(group["all"]) if "all" in group else list(group["any"]) if "any" in group else [group["not"]]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
