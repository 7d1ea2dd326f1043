"""Which items of one list became which of another: in any order, or in their order."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import Any

Likeness = Callable[[Any, Any], float]
Pairs = list[tuple[int | None, int | None]]

# Beyond so many comparisons only equal items are paired: nobody reads such a difference item by item.
MANY = 10_000


def paired(old: Sequence[Any], new: Sequence[Any], alike: Likeness) -> Pairs:
    """Pair the items of two lists whatever their order.

    Parameters
    ----------
    old, new : sequence
        The items.
    alike : callable
        How much alike two items are: 0 when they are never a pair; equal ones more than any others.

    Returns
    -------
    list of tuple
        Positions in `old` and `new`, by `new`, what is only in `old` behind; each position once, None where an item
        has no counterpart. Equal items are paired first, then the most alike, nearest positions first.

    Examples
    --------
    >>> paired("abc", "cad", lambda one, other: float(one == other))
    [(2, 0), (0, 1), (None, 2), (1, None)]
    """
    found = _equal(old, new)
    left_old = [place for place in range(len(old)) if place not in found]
    taken = set(found.values())
    left_new = [place for place in range(len(new)) if place not in taken]
    for before, after in _closest(old, new, left_old, left_new, alike):
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    back = {after: before for before, after in found.items()}
    return [(back.get(after), after) for after in range(len(new))] + [
        (before, None) for before in range(len(old)) if before not in found
    ]


def aligned(old: Sequence[Any], new: Sequence[Any], alike: Likeness) -> Pairs:
    """Pair the items of two lists in their order, so that the pairs together are as much alike as can be.

    Parameters
    ----------
    old, new : sequence
        The items.
    alike : callable
        How much alike two items are: 0 when they are never a pair.

    Returns
    -------
    list of tuple
        Positions in `old` and `new`, both ascending; None where an item has no counterpart.

    Examples
    --------
    >>> aligned("abc", "axc", lambda one, other: float(one == other))
    [(0, 0), (1, None), (None, 1), (2, 2)]
    """
    if len(old) * len(new) > MANY:
        blocks = difflib.SequenceMatcher(None, list(old), list(new), autojunk=False).get_matching_blocks()
        return _filled([(a + n, b + n) for a, b, size in blocks for n in range(size)], len(old), len(new))
    return _filled(_heaviest(old, new, alike), len(old), len(new))


def _equal(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    places: dict[Any, list[int]] = {}
    for place, item in enumerate(new):
        places.setdefault(item, []).append(place)
    found = {}
    for place, item in enumerate(old):
        if places.get(item):
            found[place] = places[item].pop(0)
    return found


def _closest(
    old: Sequence[Any], new: Sequence[Any], left_old: list[int], left_new: list[int], alike: Likeness
) -> list[tuple[int, int]]:
    if len(left_old) * len(left_new) > MANY:
        return []
    weighed = [(alike(old[a], new[b]), a, b) for a in left_old for b in left_new]
    return [(a, b) for weight, a, b in sorted(weighed, key=lambda one: (-one[0], abs(one[1] - one[2]), one)) if weight]


def _heaviest(old: Sequence[Any], new: Sequence[Any], alike: Likeness) -> list[tuple[int, int]]:
    """Find the pairs in order that weigh most together."""
    weights = [[alike(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            with_pair = weights[a][b] + best[a + 1][b + 1] if weights[a][b] else 0.0
            best[a][b] = max(with_pair, best[a + 1][b], best[a][b + 1])
    a = b = 0
    found = []
    while a < len(old) and b < len(new):
        if weights[a][b] and best[a][b] == weights[a][b] + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _filled(pairs: list[tuple[int, int]], old: int, new: int) -> Pairs:
    """Put what has no counterpart between the pairs."""
    found: Pairs = []
    a = b = 0
    for before, after in [*pairs, (old, new)]:
        found += [(place, None) for place in range(a, before)]
        found += [(None, place) for place in range(b, after)]
        found += [(before, after)] if before < old and after < new else []
        a, b = before + 1, after + 1
    return found
