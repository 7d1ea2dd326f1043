"""A shallow tree that puts contacts into clusters by few questions, each with a round number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from pipelines.feature_scaling import frequent, is_category, numbers, spelled

MOST_FITTED = 50_000
"""So many contacts, drawn by chance, are enough to find the questions; everybody is put by them."""
WORTH = 0.01
"""A further rule has to bring this much fidelity, or it is not worth reading."""
_SMALLEST_LEAF = 0.005

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """The side of one question that a leaf is on.

    Attributes
    ----------
    feature : str
        What is asked.
    bound : float, str or None
        Of a number: whether it is at most this, where infinite whether it is known. Of a text: whether it is this,
        where None whether it is unknown.
    holds : bool
        Whether the leaf is where the answer is yes.
    takes_unknown : bool
        Of a number: whether unknown ones are here as well.
    """

    feature: str
    bound: float | str | None
    holds: bool
    takes_unknown: bool = False


@dataclass(frozen=True)
class Leaf:
    """Contacts of whom the questions say that they belong to one cluster.

    Attributes
    ----------
    cluster : int
        The cluster, from 0.
    path : tuple of Split
        The questions that lead to it.
    members : numpy.ndarray of bool
        Who is in it.
    """

    cluster: int
    path: tuple[Split, ...]
    members: Flags = field(repr=False)


@dataclass(frozen=True)
class _Question:
    """A column that the tree may ask."""

    feature: str
    value: str | None
    is_number: bool
    column: npt.NDArray[np.float64]


def leaves(features: pd.DataFrame, labels: Integers, most: int = 8, seed: int = 0) -> list[Leaf]:
    """Find the rules that tell clusters apart.

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each contact: numbers, truth values or texts as they are, not scaled.
    labels : numpy.ndarray of int
        The cluster of each contact.
    most : int, optional
        How many rules there may be; never fewer than clusters.
    seed : int, optional
        Of the contacts that the tree is fitted to, and of ties between questions.

    Returns
    -------
    list of Leaf
        Every contact is in one of them; by cluster, the larger first. As many as tell the most clusters, and of those
        the number with the highest fidelity, less 0.01 for each rule.

    Notes
    -----
    Trees grow best first (Gini), a leaf holds at least one contact in 200, and neighbours of one cluster are joined.
    The bound of a number is the roundest between the values on either side, so no contact changes sides.

    References
    ----------
    L. Breiman, J. H. Friedman, R. A. Olshen and C. J. Stone (1984), Classification and Regression Trees.
    """
    count = len(np.unique(labels))
    asked = _questions(features)
    found = [_grown(asked, labels, size, seed) for size in range(max(count, 2), max(most, count, 2) + 1)]
    chosen = max(found, key=lambda some: _worth(some, labels))
    return sorted(chosen, key=lambda leaf: (leaf.cluster, -int(leaf.members.sum())))


def fidelity(found: Sequence[Leaf], labels: Integers) -> float:
    """Tell how often rules say the cluster that a contact is in.

    Parameters
    ----------
    found : sequence of Leaf
        In which everybody is once.
    labels : numpy.ndarray of int
        The cluster of each contact.

    Returns
    -------
    float
        Share of contacts, 0 to 1.
    """
    return float(np.mean(clusters_by(found) == labels))


def clusters_by(found: Sequence[Leaf]) -> Integers:
    """Give the cluster that rules put each contact into.

    Parameters
    ----------
    found : sequence of Leaf
        In which everybody is once.

    Returns
    -------
    numpy.ndarray of int
        From 0.
    """
    parts = np.stack([leaf.cluster * leaf.members for leaf in found])
    return np.asarray(parts.sum(axis=0), dtype=np.int64)


def rounded_between(low: float, high: float) -> float:
    """Find the roundest number that parts two values.

    Parameters
    ----------
    low, high : float
        The first less than the second.

    Returns
    -------
    float
        At least `low`, less than `high`, with the fewest digits there are.

    Examples
    --------
    >>> rounded_between(248.17, 251.3), rounded_between(3, 4), rounded_between(-0.52, -0.41)
    (250.0, 3.0, -0.5)
    """
    digits = -math.floor(math.log10(high - low)) - 1
    while digits < 17:
        found = float(round(math.ceil(high * 10.0**digits - 1) / 10.0**digits, digits))
        if low <= found < high:
            return found
        digits += 1
    return low


def _worth(found: Sequence[Leaf], labels: Integers) -> tuple[int, float]:
    return len({leaf.cluster for leaf in found}), fidelity(found, labels) - WORTH * len(found)


def _questions(features: pd.DataFrame) -> list[_Question]:
    asked = []
    for name, values in features.items():
        if is_category(values):
            texts = spelled(values)
            kept: list[str | None] = [*frequent(values), *([None] if texts.isna().any() else [])]
            for value in kept:
                holds = texts.isna() if value is None else texts.eq(value)
                asked.append(_Question(str(name), value, False, numbers(holds)))
        else:
            asked.append(_Question(str(name), None, True, numbers(values)))
    return asked


def _grown(asked: Sequence[_Question], labels: Integers, size: int, seed: int) -> list[Leaf]:
    table = np.column_stack([question.column for question in asked])
    some = np.sort(np.random.default_rng(seed).permutation(len(labels))[:MOST_FITTED])
    model = DecisionTreeClassifier(max_leaf_nodes=size, min_samples_leaf=_SMALLEST_LEAF, random_state=seed)
    model.fit(table[some], labels[some])
    return _below(model, 0, np.ones(len(labels), dtype=np.bool_), (), asked, labels)


def _below(
    model: DecisionTreeClassifier, node: int, rows: Flags, path: tuple[Split, ...],
    asked: Sequence[_Question], labels: Integers,
) -> list[Leaf]:  # fmt: skip
    """Give the leaves below a node, as one where they are all of one cluster."""
    tree = model.tree_
    if tree.children_left[node] < 0:
        return [Leaf(int(model.classes_[tree.value[node].argmax()]), path, rows)]
    question = asked[tree.feature[node]]
    goes_left = _side(question, float(tree.threshold[node]), bool(tree.missing_go_to_left[node]))
    sides = _splits(question, rows, goes_left)
    found = [
        leaf
        for child, own, split in zip(
            (tree.children_left[node], tree.children_right[node]), (rows & goes_left, rows & ~goes_left), sides,
            strict=True,
        )
        for leaf in _below(model, int(child), own, (*path, split), asked, labels)
    ]  # fmt: skip
    clusters = {leaf.cluster for leaf in found}
    return [Leaf(clusters.pop(), path, rows)] if len(clusters) == 1 else found


def _side(question: _Question, threshold: float, unknown_is_left: bool) -> Flags:
    """Tell who goes left; the tree compares in single precision."""
    at_most = question.column.astype(np.float32) <= threshold
    return np.where(np.isnan(question.column), unknown_is_left, at_most)


def _splits(question: _Question, rows: Flags, goes_left: Flags) -> tuple[Split, Split]:
    """Say both sides of a question, left first."""
    column, name = question.column, question.feature
    if not question.is_number:
        return Split(name, question.value, False), Split(name, question.value, True)
    is_unknown = rows & np.isnan(column)
    left, right = (column[rows & side & ~is_unknown] for side in (goes_left, ~goes_left))
    bound = rounded_between(left.max(), right.min()) if left.size and right.size else math.inf
    unknown_left, unknown_right = (bool((is_unknown & side).any()) for side in (goes_left, ~goes_left))
    if not left.size:
        return Split(name, bound, False, unknown_left), Split(name, bound, True, unknown_right)
    return Split(name, bound, True, unknown_left), Split(name, bound, False, unknown_right)
