"""What of a draft can be counted: its rules that say something, with the place each has in the draft."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipelines.operators import WITHOUT_VALUE
from workbench.app.drafts import Plain

_GROUPS = ("all", "any", "not")
_REFERENCES = ("segment", "snapshot", "list", "campaign")


@dataclass
class Finished:
    """The countable part of a draft.

    Attributes
    ----------
    definition : dict
        A definition of finished rules only.
    places : dict of str to str
        From the path of a rule or step in `definition` to its path in the draft: ``{"1.1": "1.2"}``.
    suppressions : list of int
        For each suppression of `definition`, its index in the draft.
    left_out : list of str
        Paths in the draft of the rules that are not in `definition`.
    """

    definition: Plain = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    suppressions: list[int] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def finished(definition: Plain, without: Collection[str] = ()) -> Finished:
    """Take the finished rules of a draft.

    Parameters
    ----------
    definition : dict
        The draft's definition.
    without : collection of str, optional
        Paths of further rules to leave out.

    Returns
    -------
    Finished
        A group that lost its last rule is left out with it, and so is a step; where that was the first step, the
        segment starts from everybody. Paths of rules are those of `SegmentCount`; those of rules inside a base or a
        `where` begin with ``"base"`` or go on with ``".where"``.
    """
    found = Finished()
    walk = _Walk(found, without)
    rest = {key: value for key, value in definition.items() if key not in ("base", "steps", "limit", "suppress")}
    base = _base(walk, definition.get("base"))
    suppress = list(_suppressions(found, definition.get("suppress", [])))
    limit = _limit(definition.get("limit"))
    parts = {"base": base, "steps": _steps(walk, definition["steps"]), "limit": limit, "suppress": suppress}
    found.definition = {**rest, **{key: value for key, value in parts.items() if value}}
    return found


def rules(definition: Plain) -> Iterator[tuple[str, Plain]]:
    """List the rules of a draft that are no groups.

    Parameters
    ----------
    definition : dict
        The draft's definition.

    Yields
    ------
    tuple of str and dict
        The path, and the rule.
    """
    if "type" not in (base := definition.get("base") or {"type": ""}):
        yield from _rules(base, "base")
    for number, step in enumerate(definition["steps"], start=1):
        yield from _rules(next(iter(step.values())), str(number))


def _rules(node: Plain, path: str) -> Iterator[tuple[str, Plain]]:
    if "not" in node:
        yield from _rules(node["not"], f"{path}.1")
    elif "all" in node or "any" in node:
        for number, child in enumerate(node["all"] if "all" in node else node["any"], start=1):
            yield from _rules(child, f"{path}.{number}")
    else:
        yield path, node


@dataclass
class _Walk:
    """One walk through a draft, noting what it finds."""

    found: Finished
    without: Collection[str]

    def node(self, node: Plain, at: str, place: str) -> Plain | None:
        """Take what is finished of a condition; `at` is its path in the result, `place` that in the draft."""
        if "not" in node:
            inner = self.node(node["not"], f"{at}.1", f"{place}.1")
            return None if inner is None else {"not": inner}
        for match in ("all", "any"):
            if match in node:
                return self.group(match, node[match], at, place)
        return self.rule(node, at, place)

    def group(self, match: str, children: list[Plain], at: str, place: str) -> Plain | None:
        kept: list[Plain] = []
        for number, child in enumerate(children, start=1):
            taken = self.node(child, f"{at}.{len(kept) + 1}", f"{place}.{number}")
            if taken is not None:
                kept.append(taken)
        return {match: kept} if kept or not children else None

    def rule(self, rule: Plain, at: str, place: str) -> Plain | None:
        if place in self.without or not _is_finished(rule):
            self.found.left_out.append(place)
            return None
        self.found.places[at] = place
        return self.inside(rule, at, place)

    def inside(self, rule: Plain, at: str, place: str) -> Plain:
        """Take what is finished of the conditions inside a rule: on its rows, its events, or on colleagues."""
        if "sequence" in rule:
            events = (
                self.inside(event, f"{at}.{number}", f"{place}.{number}")
                for number, event in enumerate(rule["sequence"], start=1)
            )
            return {**rule, "sequence": list(events)}
        if "company_has" in rule:
            group = self.node(rule["company_has"], f"{at}.company_has", f"{place}.company_has")
            return {"company_has": {"all": []} if group is None else group}
        if "where" not in rule:
            return rule
        where = self.node(rule["where"], f"{at}.where", f"{place}.where")
        rest = {key: value for key, value in rule.items() if key != "where"}
        return rest if where is None else {**rest, "where": where}


def _steps(walk: _Walk, steps: list[Plain]) -> list[Plain]:
    kept: list[Plain] = []
    for number, step in enumerate(steps, start=1):
        [(action, group)] = step.items()
        at = str(len(kept) + 1)
        taken = walk.node(group, at, str(number))
        if taken is None and number == 1:
            taken = {"all": []}
        if taken is not None:
            kept.append({action: taken if any(key in taken for key in _GROUPS) else {"all": [taken]}})
            walk.found.places[at] = str(number)
    return kept


def _base(walk: _Walk, base: Plain | None) -> Plain | None:
    return base if not base or "type" in base else walk.node(base, "base", "base")


def _is_finished(rule: Plain) -> bool:
    for kind in (*_REFERENCES, "company_has"):
        if kind in rule:
            return bool(rule[kind])
    if "sql" in rule:
        return bool(rule["sql"].strip())
    if "habit" in rule or "sequence" in rule:
        return all(_is_there(value) for key, value in rule.items() if key not in ("where", "sequence"))
    if not rule.get("op") or (rule["op"] not in WITHOUT_VALUE and not _is_there(rule.get("value"))):
        return False
    if "related" in rule:
        window, measure = rule.get("within") or {}, rule.get("measure") or {"count": "rows"}
        return bool(rule["related"]) and all(map(_is_there, window.values())) and all(measure.values())
    return bool(rule.get("field"))


def _is_there(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_there, value))
    if isinstance(value, dict):
        return all(map(_is_there, value.values()))
    return value is not None


def _suppressions(found: Finished, items: list[Any]) -> Iterator[Any]:
    for index, item in enumerate(items):
        if _is_there(item):
            found.suppressions.append(index)
            yield item


def _limit(limit: Plain | None) -> Plain | None:
    """Take what is finished of a limit; an order without a field is not."""
    if not limit:
        return None
    orders = {key: [item for item in limit.get(key, []) if item["field"]] for key in ("by", "survivor")}
    sample = limit.get("sample")
    kept = {**limit, **orders, "sample": sample if _is_there(sample) else None}
    kept = {key: value for key, value in kept.items() if value}
    return kept if any(kept.get(key) for key in ("top", "one_per", "sample")) else None
