"""Where in a definition something is wrong, and what is wrong with it, in the words of its writer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipelines.errors import ConditionError, nearest, shown

_KINDS = (
    "field", "all", "any", "not", "related", "sequence", "habit", "score", "sql", "company_has", "segment", "snapshot",
    "list", "campaign",
)  # fmt: skip
_PARTS = {
    "where": "where",
    "within": "within",
    "measure": "measure",
    "base": "base",
    "company_has": "company_has",
    "limit": "limit",
    "suppress": "suppress",
    "examples": "examples",
    "invariants": "invariants",
}
WHOLE = "definition"
_COUNTED = {
    "steps": "step", "all": "condition", "any": "condition", "sequence": "event", "suppress": "suppression",
    "by": "order", "survivor": "survivor",
}  # fmt: skip
_SUPPRESSIONS = ("excluded_from_segments", "privacy_blocked", "no_consent", "frequency_cap")
_KEYS = (
    *_KINDS, "op", "value", "ignore_case", "unknown", "where", "within", "measure", "in_last", "this", "previous", "on",
    "before", "on_or_before", "after", "on_or_after", "between", "count", "distinct", "sum", "average", "minimum",
    "maximum", "first", "latest", "arm", "responded", "add", "reduce", "refine", "version", "name", "description",
    "base", "type", "time_zone", "week_starts_on", "steps", "limit", "top", "by", "order", "one_per", "suppress",
    "no_consent", "frequency_cap", "channel", "purpose", "max", "examples", "inside", "outside", "n", "unit",
    "but_not_in_last", "gap", "back_in_last", "per", "in", "of_last", "survivor", "sample", "share", "seed",
    "invariants", "subset_of", "size_between",
)  # fmt: skip


def first_problem(error: ValidationError) -> ConditionError:
    """Turn what the grammar found into one error that names its place.

    Parameters
    ----------
    error : pydantic.ValidationError
        Everything that is wrong with a definition.

    Returns
    -------
    ConditionError
        The first problem in reading order, with a hint.
    """
    found = error.errors(include_url=False)[0]
    message, hint = _explained(found)
    place = found["loc"][:-1] if found["type"] == "extra_forbidden" else found["loc"]
    return ConditionError(message, hint, where=in_words(place) or WHOLE)


def in_words(path: Sequence[int | str]) -> str:
    """Say a place in words.

    Parameters
    ----------
    path : sequence of int or str
        Keys and zero-based indexes from the definition down.

    Returns
    -------
    str
        ``"step 2, condition 1"``, or ``""`` for the definition as a whole.

    Examples
    --------
    >>> in_words(("steps", 1, "refine", "all", "all", 0, "field", "op"))
    'step 2, condition 1'
    """
    words: list[str] = []
    for key, part in enumerate(path):
        if isinstance(part, int):
            counted = _COUNTED.get(str(path[key - 1])) if key else None
            words += [f"{counted} {part + 1}"] if counted else []
        elif part in _PARTS and part not in words[-1:] and not (part == "suppress" and key + 1 < len(path)):
            words.append(_PARTS[part])
    return ", ".join(words)


def _explained(found: ErrorDetails) -> tuple[str, str]:
    key = next((part for part in reversed(found["loc"]) if isinstance(part, str)), "")
    value, kind = found["input"], found["type"]
    if kind == "extra_forbidden":
        return _unknown_key(key)
    if kind == "missing" and isinstance(found["loc"][-1], int):
        return (
            f'"{key}" needs {found["loc"][-1] + 1} values, not {shown(value)}.',
            "Write [first, last]; both ends are included.",
        )
    if kind == "too_short" and key == "sequence":
        return '"sequence" has fewer than two events.', "Ask for a single event with related."
    if kind in ("too_short", "string_too_short"):
        return (
            f'"{key}" is empty.',
            "Write at least one." if kind == "too_short" else "Write something, or leave it out.",
        )
    if kind == "missing":
        return f'"{key}" is missing.', f"Write {key}: … here."
    if kind == "literal_error":
        return _not_one_of(key, value, re.findall(r"[^', ]+(?='|$)", str(found["ctx"]["expected"])))
    if kind.startswith("union_tag") and "suppress" in found["loc"]:
        return (
            f"Nothing says what kind of suppression {shown(value)} is.",
            f"Give it one of {', '.join(_SUPPRESSIONS)}.",
        )
    if kind.startswith("union_tag"):
        return _unknown_kind(value)
    if kind == "value_error":
        return _sentence(str(found["ctx"]["error"])), ""
    if kind in ("model_type", "tuple_type"):
        return (
            f'{shown(value)} cannot be used for "{key}".',
            "Write a list: [..., ...]." if kind == "tuple_type" else "Write keys and values: {..., ...}.",
        )
    return _sentence(f'{shown(value)} cannot be used for "{key}": {found["msg"]}'), ""


def _unknown_key(key: str) -> tuple[str, str]:
    if key in _KEYS:
        return f'"{key}" is not known here.', "Write it in another place, or leave it out."
    return f'"{key}" is not known here.', nearest(key, _KEYS) if nearest(key, _KEYS).startswith("Did") else ""


def _not_one_of(key: str, value: Any, expected: list[str]) -> tuple[str, str]:
    if key == "flag":
        return f"{shown(value)} is no suppression.", nearest(value, _SUPPRESSIONS)
    name = {"op": "operator", "this": "period", "previous": "period"}.get(key, key)
    return f"{shown(value)} is no {name}.", nearest(value, expected)


def _unknown_kind(value: Any) -> tuple[str, str]:
    if not isinstance(value, Mapping):
        return (
            f"{shown(value)} is no condition.",
            "Write a mapping such as {field: city, op: is, value: Prague}.",
        )
    named = [key for key in value if key in _KINDS]
    if len(named) > 1:
        return (
            f"A condition is one of {' or '.join(map(str, named))}, not both.",
            "Put each into a group: all: [..., ...].",
        )
    return f"Nothing says what kind of condition {shown(dict(value))} is.", _kind_hint(value)


def _kind_hint(value: Mapping[Any, Any]) -> str:
    for key in value:
        hint = nearest(key, _KINDS)
        if hint.startswith("Did"):
            return hint
    return f"Give it one of {', '.join(_KINDS)}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "…")) else ".")
