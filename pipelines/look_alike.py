"""Who is like the members of a segment, and how many of its members such a ranking would have found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.neighbors import KDTree

from pipelines.clusters_profile import over_indices
from pipelines.errors import MeasureError
from pipelines.feature_scaling import UNKNOWN, is_category, numbers, scaled, spelled
from pipelines.response import wilson

NEIGHBOURS = 10
FOLDS = 5
FEWEST = 20
MOST_COMPARED = 10_000
"""Likeness is to so many seed members and so many of everybody at most, drawn by chance."""
SHARES = (0.01, 0.02, 0.05, *(step / 20 for step in range(2, 21)))
_CHUNK = 50_000
_BLUR = 0.01  # of a standard deviation: what is as near as this counts as equal

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Reached = Callable[[int, int], None]


@dataclass(frozen=True)
class LookAlikes:
    """Who is like a seed.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row for each contact that is not of the seed, by id: `contact_id`; `likeness`, how far its nearest contacts
        of all are, divided by how far the nearest seed members are; `base_share`, the share of these contacts that are
        as like the seed or more; `recall`, the share of held-out seed members found among as many.
    recall : pandas.DataFrame
        By `base_share`, from nothing to everything: `recall` with its 95 % Wilson interval `recall_low`, `recall_high`,
        and `lift`, the recall divided by the share, which is what chance finds.
    profile : pandas.DataFrame
        As from `clusters_profile.over_indices`, of the seed.
    alone : pandas.DataFrame
        By `feature`: `auc`, how often its values alone put a seed member before somebody else, from 0.5 (by chance) to
        1; the highest first. Near 1 it may be what makes somebody a member.
    seed_count : int
        How many seed members there are.
    auc : float
        How often a held-out seed member is more like the rest of the seed than somebody else is; chance has 0.5.
    auc_low, auc_high : float
        Its 95 % interval.
    """

    rows: pd.DataFrame = field(repr=False)
    recall: pd.DataFrame = field(repr=False)
    profile: pd.DataFrame = field(repr=False)
    alone: pd.DataFrame = field(repr=False)
    seed_count: int
    auc: float
    auc_low: float
    auc_high: float


def look_alikes(features: pd.DataFrame, is_seed: Flags, *, seed: int = 0, reached: Reached | None = None) -> LookAlikes:
    """Rank contacts by how like they are to the members of a segment.

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each contact of base and seed, indexed by `contact_id`: numbers, truth values or texts.
    is_seed : numpy.ndarray of bool
        Who is of the seed, in the order of the rows.
    seed : int, optional
        Of all draws.
    reached : callable, optional
        Told how many parts of how many are done.

    Returns
    -------
    LookAlikes
        The same for any order of rows and any currency.

    Raises
    ------
    MeasureError
        When seed or base are too small, or nothing tells contacts apart.

    Notes
    -----
    Likeness is a ratio of distances to the 10 nearest: of everybody, and of the seed. It is the nearest-neighbour
    estimate of the ratio of two densities, and no other rank finds more of the seed among as many contacts (Neyman and
    Pearson). The bare distance to the seed ranks who lives where everybody lives before who is special as the seed is.

    Calibration: the seed is dealt into five parts; each is ranked among the others of the base by its likeness to the
    other four, so that nobody is found by himself.

    References
    ----------
    D. O. Loftsgaarden and C. P. Quesenberry (1965), A nonparametric estimate of a multivariate density function,
    Annals of Mathematical Statistics 36, 1049-1051. J. Neyman and E. S. Pearson (1933), On the problem of the most
    efficient tests of statistical hypotheses, Philosophical Transactions A 231, 289-337.
    """
    order = np.argsort(features.index.to_numpy(), kind="stable")
    features, is_seed = features.iloc[order], is_seed[order]
    _check(is_seed)
    points = scaled(features).to_numpy()
    if not points.shape[1]:
        raise MeasureError("The features are the same for every contact.", "Take features in which contacts differ.")
    chance = np.random.default_rng(seed)
    members, others = (chance.permutation(np.flatnonzero(side)) for side in (is_seed, ~is_seed))
    everybody = chance.permutation(len(points))[:MOST_COMPARED]
    places = _held_out(points, members, others[:MOST_COMPARED], everybody, reached)
    likeness = _likeness(points, np.sort(others), members[:MOST_COMPARED], everybody, reached)
    profile = over_indices(features, np.where(is_seed, 0, 1))
    return LookAlikes(
        _ranked(features.index[np.sort(others)], likeness, places), _curve(places),
        profile[profile["cluster"] == 1].drop(columns="cluster"), _alone(features, is_seed), len(members),
        *_auc(places),
    )  # fmt: skip


def _check(is_seed: Flags) -> None:
    members, others = int(is_seed.sum()), int((~is_seed).sum())
    if members < FEWEST:
        raise MeasureError(
            f"The seed has {members:,} members, too few to tell who is like them.",
            f"Take a segment of {FEWEST} members at least.",
        )
    if others < FEWEST:
        raise MeasureError(
            f"Beside the seed there are {others:,} contacts, too few to rank.",
            "Take a larger base, or exclude fewer.",
        )


def _held_out(
    points: Floats, members: Places, others: Places, everybody: Places, reached: Reached | None
) -> Floats:  # fmt: skip
    """Tell for each seed member which share of the others is as like the seed, judged without its own part."""
    places = []
    for number, part in enumerate(np.array_split(members, FOLDS)):
        rest = np.setdiff1d(members, part)[:MOST_COMPARED]
        asked = np.concatenate([part, others])
        likeness = _likeness(points, asked, rest, everybody, None)
        places.append(_share_above(likeness[: len(part)], likeness[len(part) :]))
        if reached is not None:
            reached(number + 1, 2 * FOLDS)
    return np.concatenate(places)


def _share_above(values: Floats, others: Floats) -> Floats:
    """Give the share of others that is higher, of equal ones half."""
    ordered = np.sort(others)
    below = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    return np.asarray(1 - below / 2 / len(others), dtype=np.float64)


def _likeness(
    points: Floats, asked: Places, seed: Places, everybody: Places, reached: Reached | None
) -> Floats:  # fmt: skip
    """Compare distances to everybody with those to the seed, in parts that can be cancelled between."""
    of_all, of_seed = KDTree(points[everybody]), KDTree(points[seed])
    parts = np.array_split(asked, max(1, len(asked) // _CHUNK))
    found = []
    for number, part in enumerate(parts, start=1):
        to_all = _distance(of_all, points[part], np.isin(part, everybody))
        to_seed = _distance(of_seed, points[part], np.isin(part, seed))
        found.append((to_all + _BLUR) / (to_seed + _BLUR))
        if reached is not None:
            reached(FOLDS + round(FOLDS * number / len(parts)), 2 * FOLDS)
    return np.concatenate(found)


def _distance(tree: KDTree, points: Floats, is_inside: Flags) -> Floats:
    """Give the mean distance to the nearest, oneself left out."""
    count = min(NEIGHBOURS, len(tree.data) - 1)
    distances = np.asarray(tree.query(points, count + 1)[0], dtype=np.float64)
    inside, outside = distances[:, 1:].mean(axis=1), distances[:, :-1].mean(axis=1)
    return np.asarray(np.where(is_inside, inside, outside), dtype=np.float64)


def _ranked(ids: pd.Index, likeness: Floats, places: Floats) -> pd.DataFrame:
    ordered = np.sort(likeness)
    share = 1 - np.searchsorted(ordered, likeness, "left") / len(ordered)
    recall = np.searchsorted(np.sort(places), share, "right") / len(places)
    return pd.DataFrame({"contact_id": ids, "likeness": likeness, "base_share": share, "recall": recall})


def _curve(places: Floats) -> pd.DataFrame:
    rows = []
    for share in SHARES:
        found = int((places <= share).sum())
        low, high = wilson(found, len(places))
        recall = found / len(places)
        rows.append((share, recall, low, high, recall / share))
    return pd.DataFrame(rows, columns=["base_share", "recall", "recall_low", "recall_high", "lift"])


def _alone(features: pd.DataFrame, is_seed: Flags) -> pd.DataFrame:
    """Tell how well each feature parts the seed from the others: numbers high or low, texts by their share of seed."""
    rows = []
    for name, values in features.items():
        levels = _levels(values, is_seed)
        places = _share_above(levels[is_seed], levels[~is_seed])
        rows.append((str(name), max(float(places.mean()), float(1 - places.mean()))))
    found = pd.DataFrame(rows, columns=["feature", "auc"])
    return found.sort_values(["auc", "feature"], ascending=[False, True], ignore_index=True)


def _levels(values: pd.Series, is_seed: Flags) -> Floats:
    if is_category(values):
        shares = pd.Series(is_seed, index=values.index).groupby(spelled(values).fillna(UNKNOWN)).transform("mean")
        return numbers(shares)
    known = numbers(values)
    return np.nan_to_num(known, nan=np.inf)


def _auc(places: Floats) -> tuple[float, float, float]:
    """Give the area under the curve of recall by share, with its interval by the central limit theorem."""
    auc = float(1 - places.mean())
    half = 1.96 * float(places.std(ddof=1)) / len(places) ** 0.5
    return auc, max(0.0, auc - half), min(1.0, auc + half)
