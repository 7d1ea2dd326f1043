"""Ten rules in groups within groups: once in the segment language, once as one clause of SQL, rules left out or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

# A rule by its number, or a group of rules and groups.
Node = int | tuple[Any, ...]

TREE: Node = (
    "all",
    ("any", ("all", 0, 1), ("all", 2, 3)),
    4,
    ("any", 5, ("all", 7, 8)),
    ("not", ("any", 6, 9)),
)


def numbers(node: Node) -> list[int]:
    """List the rules in the order they are written.

    Parameters
    ----------
    node : int or tuple
        A rule or group.

    Returns
    -------
    list of int
        Their numbers.
    """
    return [node] if isinstance(node, int) else [number for child in node[1:] for number in numbers(child)]


def keeping(node: Node, keep: Callable[[int], bool]) -> Node | None:
    """Leave rules out; a group that loses its last rule goes with it.

    Parameters
    ----------
    node : int or tuple
        A rule or group.
    keep : callable
        Tells of a rule's number whether it stays.

    Returns
    -------
    int, tuple or None
        What is left.
    """
    if isinstance(node, int):
        return node if keep(node) else None
    kept = [child for child in (keeping(child, keep) for child in node[1:]) if child is not None]
    return (node[0], *kept) if kept else None


def definition(node: Node, rules: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Write a group in the segment language.

    Parameters
    ----------
    node : int or tuple
        A rule or group.
    rules : sequence of dict
        The rules by number.

    Returns
    -------
    dict
        A condition.
    """
    if isinstance(node, int):
        return rules[node]
    children = [definition(child, rules) for child in node[1:]]
    return {node[0]: children[0] if node[0] == "not" else children}


def where(node: Node | None, clauses: Sequence[str]) -> str:
    """Write a group as SQL; unknown counts as false in each rule, as it does in the language.

    Parameters
    ----------
    node : int, tuple or None
        A rule or group; None is everybody.
    clauses : sequence of str
        The rules by number.

    Returns
    -------
    str
        For after WHERE.
    """
    if node is None:
        return "1 = 1"
    if isinstance(node, int):
        return f"coalesce({clauses[node]}, false)"
    if node[0] == "not":
        return f"NOT {where(node[1], clauses)}"
    return "(" + (" AND " if node[0] == "all" else " OR ").join(where(child, clauses) for child in node[1:]) + ")"
