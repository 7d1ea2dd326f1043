"""What one definition says that another does not: by content and place, not by lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from pipelines.conditions import All, AnyOf, Not
from pipelines.definition import Definition, Limit, Step
from pipelines.meaning import UNORDERED, likeness, meaning
from pipelines.pairing import aligned, paired
from pipelines.places import in_words
from pipelines.values import Node, to_plain

Kind = Literal["added", "removed", "changed", "moved", "reordered"]

_WITHOUT_MEANING = ("version", "name", "description", "examples", "invariants")
_ALIKE_ENOUGH = 0.5
_GROUPS_ALIKE_ENOUGH = 0.25


@dataclass(frozen=True)
class Difference:
    """One thing in which two definitions differ.

    Attributes
    ----------
    kind : {"added", "removed", "changed", "moved", "reordered"}
        What happened to it.
    part : str
        What it happened to: ``"step"``, ``"condition"``, ``"suppression"``, or the key whose value differs, such as
        ``"value"``, ``"within"``, ``"top"`` or ``"description"``.
    place : str
        Where it stands in words, ``"step 2, condition 1"``: in the new definition, or in the old one when it was
        removed; empty for the definition as a whole.
    before, after : object
        The part as it was and as it is: a value of the language; None where there is none.
    of : condition, optional
        The condition whose key differs, as it is now.
    was_at : str
        Where it stood in the old definition, where that is another place.
    changes_meaning : bool
        False for what cannot make anybody a member or no member: order, names, examples.
    """

    kind: Kind
    part: str
    place: str = ""
    before: Any = None
    after: Any = None
    of: Any = None
    was_at: str = ""
    changes_meaning: bool = True


def differences(old: Definition | None, new: Definition | None) -> tuple[Difference, ...]:
    """Compare two definitions.

    Parameters
    ----------
    old : Definition or None
        As it was; None for a segment that is new.
    new : Definition or None
        As it is; None for a segment that is gone.

    Returns
    -------
    tuple of Difference
        In the order of the definition; empty when both say the same.

    Notes
    -----
    Steps are aligned in order, conditions are paired inside their groups whatever their order, first equal ones, then
    the most alike; a condition that left one place and stands in another is moved.

    Examples
    --------
    >>> old = Definition.from_dict({"field": "age", "op": "at_least", "value": 20})
    >>> new = Definition.from_dict({"field": "age", "op": "at_least", "value": 18})
    >>> [(one.kind, one.part, one.place, one.before, one.after) for one in differences(old, new)]
    [('changed', 'value', 'step 1, condition 1', 20, 18)]
    """
    if old is None or new is None:
        whole = new if old is None else old
        return (Difference("added" if old is None else "removed", "segment", before=old, after=new),) if whole else ()
    comparison = _Comparison()
    comparison.definition(old, new)
    found = _with_moves(comparison.found)
    is_same = meaning(old) == meaning(new)
    return tuple(replace(one, changes_meaning=False) for one in found) if is_same else tuple(found)


class _Spot(NamedTuple):
    """One place in both definitions."""

    old: tuple[str | int, ...] = ()
    new: tuple[str | int, ...] = ()

    def under(self, *keys: str | int) -> _Spot:
        return _Spot((*self.old, *keys), (*self.new, *keys))

    def at(self, key: str, old: int, new: int) -> _Spot:
        return _Spot((*self.old, key, old), (*self.new, key, new))


class _Comparison:
    """One walk through two definitions."""

    def __init__(self) -> None:
        self.found: list[Difference] = []

    def definition(self, old: Definition, new: Definition) -> None:
        for name in Definition.model_fields:
            before, after = getattr(old, name), getattr(new, name)
            if before == after:
                continue
            if name == "steps":
                self.steps(before, after)
            elif name == "suppress":
                self.suppressions(before, after)
            elif isinstance(before, Limit) and isinstance(after, Limit):
                self.fields(before, after, _Spot().under("limit"), of=None)
            elif name == "base" and _is_group(before) and _is_group(after):
                self.groups(before, after, _Spot().under("base"))
            else:
                self.whole(name, before, after)

    def whole(self, name: str, before: Any, after: Any) -> None:
        kind: Kind = "added" if before in (None, "") else "removed" if after in (None, "") else "changed"
        changes = name not in _WITHOUT_MEANING
        self.found.append(Difference(kind, name, before=before or None, after=after or None, changes_meaning=changes))

    def suppressions(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self.found += [
            Difference("removed", "suppression", in_words(("suppress", place)), before=item)
            for place, item in enumerate(old) if item not in new
        ]  # fmt: skip
        self.found += [
            Difference("added", "suppression", in_words(("suppress", place)), after=item)
            for place, item in enumerate(new) if item not in old
        ]  # fmt: skip
        if [item for item in old if item in new] != [item for item in new if item in old]:
            self.found.append(Difference("reordered", "suppress", "suppress", old, new, changes_meaning=False))

    def steps(self, old: Sequence[Step], new: Sequence[Step]) -> None:
        pairs = aligned(old, new, _steps_alike)
        for before, after in pairs:
            if before is None or after is None:
                self.only_one("step", "steps", old, new, before, after)
            elif old[before] != new[after]:
                self.step(old[before], new[after], _Spot().at("steps", before, after))

    def step(self, old: Step, new: Step, spot: _Spot) -> None:
        if old.action != new.action:
            self.found.append(Difference("changed", "action", in_words(spot.new), old.action, new.action, of=new))
        self.groups(old.condition, new.condition, spot)

    def only_one(
        self, part: str, key: str, old: Sequence[Any], new: Sequence[Any], before: int | None, after: int | None,
        spot: _Spot = _Spot(),  # noqa: B008 - a named tuple never changes
    ) -> None:  # fmt: skip
        if before is not None:
            place = in_words((*spot.old, key, before))
            self.found.append(Difference("removed", part, place, before=old[before]))
        if after is not None:
            self.found.append(Difference("added", part, in_words((*spot.new, key, after)), after=new[after]))

    def groups(self, old: Any, new: Any, spot: _Spot) -> None:
        """Compare two groups; a single condition is a group of one."""
        old, new = _wrapped(old, new), _wrapped(new, old)
        before, after = _kind(old), _kind(new)
        if before != after and ("not" in (before, after) or max(len(old.children), len(new.children)) > 1):
            self.found.append(Difference("changed", "group", in_words(spot.new), before, after, of=new))
        self.children(old.children, new.children, spot)

    def children(self, old: Sequence[Any], new: Sequence[Any], spot: _Spot) -> None:
        pairs = paired(old, new, _conditions_alike)
        matched = [(before, after) for before, after in pairs if before is not None and after is not None]
        for before, after in pairs:
            if before is None or after is None:
                self.only_one("condition", "all", old, new, before, after, spot)
            elif old[before] != new[after]:
                self.conditions(old[before], new[after], spot.at("all", before, after))
        if [before for before, _ in matched] != sorted(before for before, _ in matched):
            self.found.append(Difference("reordered", "conditions", in_words(spot.new), changes_meaning=False))

    def conditions(self, old: Any, new: Any, spot: _Spot) -> None:
        if _is_group(old) or _is_group(new):
            self.groups(old, new, spot)
        else:
            self.fields(old, new, spot, of=new)

    def fields(self, old: Node, new: Node, spot: _Spot, of: Any) -> None:
        """Compare two conditions, events or limits of one kind, key by key."""
        changes = meaning(old) != meaning(new)
        for name, info in type(new).model_fields.items():
            before, after, key = getattr(old, name), getattr(new, name), info.alias or name
            if before == after:
                continue
            if _is_group(before) and _is_group(after):
                self.groups(before, after, spot.under(key))
            elif key == "sequence":
                self.events(before, after, spot)
            elif not changes and isinstance(before, tuple) and getattr(new, "op", None) in UNORDERED:
                self.found.append(Difference("reordered", key, in_words(spot.new), before, after, of, "", False))
            else:
                kind: Kind = "added" if before in (None, ()) else "removed" if after in (None, ()) else "changed"
                self.found.append(Difference(kind, key, in_words(spot.new), before, after, of, "", changes))

    def events(self, old: Sequence[Any], new: Sequence[Any], spot: _Spot) -> None:
        for before, after in aligned(old, new, _conditions_alike):
            if before is None or after is None:
                self.only_one("event", "sequence", old, new, before, after, spot)
            elif old[before] != new[after]:
                self.fields(old[before], new[after], spot.at("sequence", before, after), of=new[after])


def _with_moves(found: list[Difference]) -> list[Difference]:
    """Turn what was removed here and added there into one move."""
    gone = {id(one): one for one in found if one.kind == "removed" and one.part in ("step", "condition")}
    told: list[Difference] = []
    moved: set[int] = set()
    for one in found:
        twin = _twin(one, [other for other in gone.values() if id(other) not in moved])
        if twin is not None:
            moved.add(id(twin))
            one = replace(one, kind="moved", before=twin.before, was_at=twin.place)
        told.append(one)
    return [one for one in told if id(one) not in moved]


def _twin(added: Difference, gone: list[Difference]) -> Difference | None:
    if added.kind != "added" or added.part not in ("step", "condition") or not gone:
        return None
    meant = meaning(added.after)
    return next((one for one in gone if one.part == added.part and meaning(one.before) == meant), None)


def _steps_alike(old: Step, new: Step) -> float:
    """Say how much alike two steps are: those that do the same may be compared in any case."""
    alike = 1.0 if meaning(old.condition) == meaning(new.condition) else likeness(*_plain(old.condition, new.condition))
    if old.action == new.action:
        return 0.2 + alike
    return alike if alike > _ALIKE_ENOUGH else 0.0


def _conditions_alike(old: Any, new: Any) -> float:
    if meaning(old) == meaning(new):
        return 2.0
    if type(old) is not type(new) and not (_is_group(old) and _is_group(new)):
        return 0.0
    alike = likeness(*_plain(old, new))
    return alike if alike > (_GROUPS_ALIKE_ENOUGH if _is_group(old) else _ALIKE_ENOUGH) else 0.0


def _wrapped(group: Any, other: Any) -> Any:
    """Put a group into one of the other's kind when it has become, or was, one of the other's conditions."""
    if not _is_group(group):
        return AnyOf(any=(group,)) if isinstance(other, AnyOf) else All(all=(group,))
    if not _is_group(other) or isinstance(other, Not) or _kind(group) == _kind(other):
        return group
    inside = max((_conditions_alike(group, child) for child in other.children if _is_group(child)), default=0.0)
    if inside <= 0.8 * likeness(*(to_plain(one.children) for one in (group, other))):
        return group
    return AnyOf(any=(group,)) if isinstance(other, AnyOf) else All(all=(group,))


def _plain(*nodes: Any) -> tuple[Any, ...]:
    return tuple(map(to_plain, nodes))


def _is_group(node: Any) -> bool:
    return isinstance(node, All | AnyOf | Not)


def _kind(group: Any) -> str:
    return "all" if isinstance(group, All) else "any" if isinstance(group, AnyOf) else "not"
