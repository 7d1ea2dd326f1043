"""A contact's way through a definition: what each rule and group said, step by step, as logic on truth values.

Nothing here looks at rows: what the rules said is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pipelines.schema import Column

Truth = bool | None
Joined = Literal["all", "any", "not"]


@dataclass(frozen=True)
class DecidingRow:
    """One row that a rule looked at.

    Attributes
    ----------
    table : str
        The table, as the store names it.
    values : mapping of str to object
        What the rule looked at in it, beside its number and time: plain values, None where unknown.
    """

    table: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Met:
    """What a rule met.

    Attributes
    ----------
    column : Column, optional
        What `value` is: the field, or the measure.
    value : object
        The value of the field or measure; None where it is unknown, or where the rule compares none.
    rows : tuple of DecidingRow
        The rows that decided, the latest first; only some where there are many.
    row_count : int, optional
        How many rows decided; None where the rule is about no rows.
    """

    column: Column | None = None
    value: Any = None
    rows: tuple[DecidingRow, ...] = ()
    row_count: int | None = None


@dataclass(frozen=True)
class Node:
    """A rule or group and what it said of the contact.

    Attributes
    ----------
    path : str
        Its place in numbers: ``"2.1"`` is the first condition of the second step; ``"base"`` and ``"suppress.1"``
        begin the places of the base and of the first suppression.
    condition : Condition
        What it says.
    truth : bool or None
        Whether that is so; None where a recorded value is missing to tell.
    holds : bool
        What the language makes of it: an unknown value never matches, and `not` is a true complement.
    children : tuple of Node
        The conditions of a group; none for a rule.
    met : Met
        What a rule met.
    joined : {"all", "any", "not"}, optional
        How the conditions of a group are joined; None for a rule.
    """

    path: str
    condition: Any
    truth: Truth
    holds: bool
    children: tuple[Node, ...] = ()
    met: Met = Met()
    joined: Joined | None = None

    @property
    def is_rule(self) -> bool:
        """Whether it is no group."""
        return self.joined is None

    def walk(self) -> Iterator[Node]:
        """Go through the node and everything below it.

        Yields
        ------
        Node
            In the order of the definition.
        """
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Tree:
    """The base, the steps and the suppressions of a definition, with what each said of one contact.

    Attributes
    ----------
    base : Node or None
        Who can be a member; everybody where None.
    steps : tuple of (str, Node or None)
        The action and the group of each; None once every rule of the group was left out.
    suppressions : tuple of (str, Node or None)
        The reason and the condition of each, likewise.
    """

    base: Node | None
    steps: tuple[tuple[str, Node | None], ...]
    suppressions: tuple[tuple[str, Node | None], ...]

    def groups(self) -> Iterator[Node]:
        """Go through the base, the steps and the suppressions that are there.

        Yields
        ------
        Node
            The root of each.
        """
        roots = (self.base, *(group for _, group in self.steps), *(group for _, group in self.suppressions))
        yield from (root for root in roots if root is not None)

    def way(self, toggled: Collection[str] = ()) -> list[bool]:
        """Follow the contact through the steps.

        Parameters
        ----------
        toggled : collection of str
            Places of rules that say the opposite of what they said.

        Returns
        -------
        list of bool
            Whether the contact matches after each step.
        """
        in_base = self.base is None or holds(self.base, toggled)
        is_in, way = False, []
        for number, (action, group) in enumerate(self.steps):
            is_in = in_base and _after(action, group, is_in, toggled, is_first=number == 0)
            way.append(is_in)
        return way

    def is_inside(self, toggled: Collection[str] = ()) -> bool:
        """Tell the verdict before any limit.

        Parameters
        ----------
        toggled : collection of str
            Places of rules that say the opposite of what they said.

        Returns
        -------
        bool
            Whether the contact matches and no suppression holds it back.
        """
        return self.way(toggled)[-1] and not any(
            condition is not None and holds(condition, toggled) for _, condition in self.suppressions
        )

    def without(self, path: str) -> Tree:
        """Leave one rule out.

        Parameters
        ----------
        path : str
            Its place.

        Returns
        -------
        Tree
            A group that loses its last rule is gone with it; a first step that does starts from the base.
        """
        return Tree(
            self.base and _pruned(self.base, path),
            tuple((action, group and _pruned(group, path)) for action, group in self.steps),
            tuple((reason, condition and _pruned(condition, path)) for reason, condition in self.suppressions),
        )


def holds(node: Node, toggled: Collection[str] = ()) -> bool:
    """Tell what the language makes of a rule or group.

    Parameters
    ----------
    node : Node
        The root.
    toggled : collection of str
        Places of rules that say the opposite of what they said.

    Returns
    -------
    bool
        As `Node.holds` where nothing is toggled.
    """
    if node.joined is None:
        return node.holds != (node.path in toggled)
    said = (holds(child, toggled) for child in node.children)
    if node.joined == "not":
        return not next(said)
    return all(said) if node.joined == "all" else any(said)


def group(path: str, condition: Any, joined: Joined, children: tuple[Node, ...]) -> Node:
    """Put conditions together to a group.

    Parameters
    ----------
    path : str
        Its place.
    condition : Condition
        What it says.
    joined : {"all", "any", "not"}
        How its conditions are joined.
    children : tuple of Node
        What they said.

    Returns
    -------
    Node
        Its truth by Kleene's rules: what is unknown stays so unless the others decide.
    """
    bare = Node(path, condition, None, holds=False, children=children, joined=joined)
    truths = [child.truth for child in children]
    truth = opposite(truths[0]) if joined == "not" else every(truths) if joined == "all" else some(truths)
    return replace(bare, truth=truth, holds=holds(bare))


def every(truths: Collection[Truth]) -> Truth:
    """Tell whether all of some truths are true.

    Parameters
    ----------
    truths : collection of bool or None
        None is unknown.

    Returns
    -------
    bool or None
        False where one is false, whatever is unknown; true where there are none.
    """
    return False if False in truths else None if None in truths else True


def some(truths: Collection[Truth]) -> Truth:
    """Tell whether any of some truths is true.

    Parameters
    ----------
    truths : collection of bool or None
        None is unknown.

    Returns
    -------
    bool or None
        True where one is true, whatever is unknown; false where there are none.
    """
    return True if True in truths else None if None in truths else False


def opposite(truth: Truth) -> Truth:
    """Negate a truth.

    Parameters
    ----------
    truth : bool or None
        None is unknown.

    Returns
    -------
    bool or None
        What is unknown stays so.
    """
    return None if truth is None else not truth


def _after(action: str, root: Node | None, is_in: bool, toggled: Collection[str], *, is_first: bool) -> bool:
    if root is None:
        return is_in or is_first
    hit = holds(root, toggled)
    return {"add": is_in or hit, "reduce": is_in and not hit, "refine": is_in and hit}[action]


def _pruned(node: Node, path: str) -> Node | None:
    if node.joined is None:
        return None if node.path == path else node
    children = tuple(kept for child in node.children if (kept := _pruned(child, path)) is not None)
    return replace(node, children=children) if children or not node.children else None
