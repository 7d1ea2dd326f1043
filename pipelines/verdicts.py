"""Whether a contact is in a segment, what decided it, and which single changes would turn it around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pipelines.truths import Node, Tree

Effect = Literal["added", "removed", "kept", "nothing"]
Change = Literal["holds", "fails", "left_out", "limit"]
Stage = Literal["base", "steps", "suppression", "limit"]


@dataclass(frozen=True)
class StepVerdict:
    """What one step did to the contact.

    Attributes
    ----------
    number : int
        From 1.
    action : {"add", "reduce", "refine"}
        What the step does.
    group : Node
        With whom.
    effect : {"added", "removed", "kept", "nothing"}
        `kept` where a step could have removed the contact and did not.
    is_in_after : bool
        Whether the contact matches after it.
    """

    number: int
    action: str
    group: Node
    effect: Effect
    is_in_after: bool


@dataclass(frozen=True)
class Suppressed:
    """Whether one suppression holds the contact back.

    Attributes
    ----------
    reason : str
        Its name, as in counts and ledgers.
    condition : Node
        Whom it holds back.
    is_the_reason : bool
        Whether it is the one reason given: the first that holds, of a contact that matched.
    """

    reason: str
    condition: Node
    is_the_reason: bool

    @property
    def holds(self) -> bool:
        """Whether it holds the contact back, matched or not."""
        return self.condition.holds


@dataclass(frozen=True)
class Flip:
    """A single change that would turn the verdict around, everything else staying as it is.

    Attributes
    ----------
    change : {"holds", "fails", "left_out", "limit"}
        Whether a rule would have to hold, to fail, or to be left out of the definition; or the limit to be higher.
    paths : tuple of str
        Where the rule is written; more than one place where it is written more than once.
    node : Node, optional
        The rule; None for the limit.
    top : int, optional
        How many would have to stay.
    """

    change: Change
    paths: tuple[str, ...]
    node: Node | None = None
    top: int | None = None


@dataclass(frozen=True)
class LimitVerdict:
    """What the limit did to a contact that matched and is not suppressed.

    Attributes
    ----------
    stage : {"one_per", "sample", "top"} or None
        Which part of the limit left the contact out; None where it stays.
    survivor_no : str, optional
        Who stays in its place, where only one of each stays.
    key : str, optional
        What it shares with that one.
    place : int, optional
        Its place in the order, from 1, where only the first stay; in its group where there are groups.
    size : int, optional
        How many there are in that order.
    top : int, optional
        How many of them stay.
    """

    stage: str | None
    survivor_no: str | None = None
    key: str | None = None
    place: int | None = None
    size: int | None = None
    top: int | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a contact is in a segment, and why.

    Attributes
    ----------
    contact_no : str
        The contact.
    tree : Tree
        What each rule and group said.
    is_member : bool
        Whether it matches, is not suppressed and is within the limit.
    decided_by : {"base", "steps", "suppression", "limit"}
        What settled it: the first of these that keeps the contact out, or the steps.
    deciding_step : int or None
        The last step that changed the verdict of the steps, or would have; None outside the base.
    steps : tuple of StepVerdict
        What each step did.
    suppressions : tuple of Suppressed
        Which of them hold.
    limit : LimitVerdict or None
        What the limit did; None where there is none, or the contact did not get as far.
    flips : tuple of Flip
        The single changes that would turn the verdict around; of a contact that has to come in yet, the verdict
        before the limit.
    """

    contact_no: str
    tree: Tree
    is_member: bool
    decided_by: Stage
    deciding_step: int | None
    steps: tuple[StepVerdict, ...]
    suppressions: tuple[Suppressed, ...]
    limit: LimitVerdict | None
    flips: tuple[Flip, ...]

    @property
    def suppressed_by(self) -> str | None:
        """The one reason for which the contact is held back."""
        return next((one.reason for one in self.suppressions if one.is_the_reason), None)


def facts_of(tree: Tree, limit: LimitVerdict | None) -> dict[str, Any]:
    """Work out what the attributes of a verdict say, beside the contact.

    Parameters
    ----------
    tree : Tree
        Of a whole definition.
    limit : LimitVerdict or None
        What the limit did.

    Returns
    -------
    dict of str to object
        By attribute.
    """
    steps = step_verdicts(tree)
    matched = steps[-1].is_in_after
    held = [(reason, node) for reason, node in tree.suppressions if node is not None]
    first = next((reason for reason, node in held if node.holds), None) if matched else None
    suppressions = tuple(Suppressed(reason, node, reason == first) for reason, node in held)
    cut = limit is not None and limit.stage is not None
    in_base = tree.base is None or tree.base.holds
    return {
        "tree": tree,
        "is_member": matched and first is None and not cut,
        "decided_by": "base" if not in_base else "suppression" if first else "limit" if cut else "steps",
        "deciding_step": deciding_step(tree),
        "steps": steps,
        "suppressions": suppressions,
        "limit": limit if matched and first is None else None,
        "flips": _higher(limit) if limit is not None and cut else flips(tree),
    }


def step_verdicts(tree: Tree) -> tuple[StepVerdict, ...]:
    """Say what each step did.

    Parameters
    ----------
    tree : Tree
        Of a whole definition: no group left out.

    Returns
    -------
    tuple of StepVerdict
        In order.
    """
    way = tree.way()
    return tuple(
        StepVerdict(number, action, root, _effect(action, before, after), after)
        for number, ((action, root), before, after) in enumerate(
            zip(tree.steps, [False, *way], way, strict=False), start=1
        )
        if root is not None
    )


def deciding_step(tree: Tree) -> int | None:
    """Find the step that decided whether the contact matches.

    Parameters
    ----------
    tree : Tree
        Of a whole definition.

    Returns
    -------
    int or None
        The last step that gives the same, whatever came before it: one that adds the contact, or keeps it out. Where
        there is none, the last that adds contacts and did not add this one. None for a contact outside the base.
    """
    if tree.base is not None and not tree.base.holds:
        return None
    numbered = [(number, action, root) for number, (action, root) in enumerate(tree.steps, start=1) if root]
    decided = [number for number, action, root in numbered if root.holds == (action != "refine")]
    return decided[-1] if decided else [number for number, action, _ in numbered if action == "add"][-1]


def flips(tree: Tree) -> tuple[Flip, ...]:
    """Find the single changes that would turn the verdict around.

    Parameters
    ----------
    tree : Tree
        Of a whole definition.

    Returns
    -------
    tuple of Flip
        First those of what a rule meets, then rules that could be left out; each was tried. The verdict is the one
        before any limit.

    Notes
    -----
    A rule that is written in several places meets the same everywhere, so it changes in all of them at once; left
    out is one place.
    """
    verdict = tree.is_inside()
    rules = [node for root in tree.groups() for node in root.walk() if node.is_rule]
    places: dict[Any, list[str]] = {}
    for rule in rules:
        places.setdefault(rule.condition, []).append(rule.path)
    by_path = {rule.path: rule for rule in rules}
    met = [
        Flip("fails" if by_path[paths[0]].holds else "holds", tuple(paths), by_path[paths[0]])
        for paths in places.values()
        if tree.is_inside(paths) != verdict
    ]
    left_out = [
        Flip("left_out", (rule.path,), rule) for rule in rules if tree.without(rule.path).is_inside() != verdict
    ]
    return (*met, *left_out)


def _higher(limit: LimitVerdict) -> tuple[Flip, ...]:
    """Say how high the limit would have to be for a contact that it leaves out."""
    return (Flip("limit", ("limit",), top=limit.place),) if limit.stage == "top" else ()


def _effect(action: str, before: bool, after: bool) -> Effect:
    if before != after:
        return "added" if after else "removed"
    return "kept" if after and action != "add" else "nothing"
