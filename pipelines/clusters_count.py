"""How many clusters there are: as many as come again in resamples and lie well apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, pairwise_distances_argmin, silhouette_score
from threadpoolctl import threadpool_limits

STABLE = 0.8
"""Clusters whose mean adjusted Rand index over resamples is at least this come again."""
MOST_LOOKED_AT = 4000
"""So many contacts, drawn by chance, are enough to tell how many clusters there are."""
_STARTS = 5
_AS_GOOD = 0.01

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Reached = Callable[[int, int], None]


@dataclass(frozen=True)
class ClusterCount:
    """How many clusters were chosen, and why.

    Attributes
    ----------
    count : int
        The number of clusters.
    is_stable : bool
        Whether that many come again in resamples.
    compared : pandas.DataFrame
        One row for each number that was tried: `cluster_count`, `stability` (mean adjusted Rand index between the
        clusters and those of a bootstrap sample), `stability_low`, `stability_high` (its quartiles), `silhouette`,
        `is_stable`, `is_chosen`.
    """

    count: int
    is_stable: bool
    compared: pd.DataFrame = field(repr=False)


def cluster_count(
    points: Floats, counts: Sequence[int], *, resamples: int = 20, seed: int = 0, reached: Reached | None = None
) -> ClusterCount:
    """Choose how many clusters to make.

    Parameters
    ----------
    points : numpy.ndarray of shape (contacts, columns)
        As from `feature_scaling.scaled`.
    counts : sequence of int
        Numbers to try, each of them 2 at least.
    resamples : int, optional
        How many bootstrap samples are drawn for each.
    seed : int, optional
        Of all draws.
    reached : callable, optional
        Told how many numbers of how many were tried.

    Returns
    -------
    ClusterCount
        Of the numbers whose clusters are stable, the smallest whose silhouette is within 0.01 of the highest; where
        none is stable, the most stable one.

    Notes
    -----
    A bootstrap sample is clustered by itself, every contact is put to the nearest of its centres, and the result is
    compared with the clusters of all: an adjusted Rand index of 1 is the same clusters, 0 what chance gives. The
    silhouette alone likes two clusters of outliers and the rest; stability alone likes few.

    References
    ----------
    C. Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics and Data Analysis 52,
    258-271. L. Hubert and P. Arabie (1985), Comparing partitions, Journal of Classification 2, 193-218.
    P. J. Rousseeuw (1987), Silhouettes, Journal of Computational and Applied Mathematics 20, 53-65.
    """
    chance = np.random.default_rng(seed)
    some = points[np.sort(chance.permutation(len(points))[:MOST_LOOKED_AT])]
    rows = []
    for done, count in enumerate(counts, start=1):
        rows.append({"cluster_count": count, **_tried(some, count, resamples, seed)})
        if reached is not None:
            reached(done, len(counts))
    compared = pd.DataFrame(rows).assign(is_stable=lambda rows: rows["stability"] >= STABLE)
    chosen = _chosen(compared)
    return ClusterCount(
        int(compared["cluster_count"][chosen]), bool(compared["is_stable"][chosen]),
        compared.assign(is_chosen=compared.index == chosen),
    )  # fmt: skip


def centres_of(points: Floats, count: int, seed: int = 0) -> Floats:
    """Find the centres of clusters.

    Parameters
    ----------
    points : numpy.ndarray of shape (contacts, columns)
        As from `feature_scaling.scaled`.
    count : int
        How many clusters.
    seed : int, optional
        Of the starts, of which the best of five is kept.

    Returns
    -------
    numpy.ndarray of shape (count, columns)
        The mean of each cluster, that of the largest first.

    References
    ----------
    S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 129-137.
    """
    model = KMeans(count, n_init=_STARTS, random_state=seed)
    with threadpool_limits(1):
        model.fit(points)
    sizes = np.bincount(model.labels_, minlength=count)
    order = np.lexsort((*model.cluster_centers_.T, -sizes))
    return np.asarray(model.cluster_centers_[order], dtype=np.float64)


def assigned(points: Floats, centres: Floats) -> Integers:
    """Put contacts to the nearest centre.

    Parameters
    ----------
    points : numpy.ndarray of shape (contacts, columns)
        On the same scale.
    centres : numpy.ndarray of shape (count, columns)
        As from `centres_of`.

    Returns
    -------
    numpy.ndarray of int
        The cluster of each, from 0.
    """
    with threadpool_limits(1):
        return np.asarray(pairwise_distances_argmin(points, centres), dtype=np.int64)


def _tried(points: Floats, count: int, resamples: int, seed: int) -> dict[str, float]:
    labels = assigned(points, centres_of(points, count, seed))
    agreement = [_again(points, labels, count, [seed, count, number]) for number in range(resamples)]
    low, high = np.quantile(agreement, [0.25, 0.75])
    with threadpool_limits(1):
        silhouette = silhouette_score(points, labels)
    return {
        "stability": float(np.mean(agreement)), "stability_low": float(low), "stability_high": float(high),
        "silhouette": float(silhouette),
    }  # fmt: skip


def _again(points: Floats, labels: Integers, count: int, seed: list[int]) -> float:
    """Cluster a bootstrap sample, and tell how alike that makes everybody's clusters."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(len(points), size=len(points))
    own = centres_of(points[drawn], count, int(chance.integers(2**31)))
    return float(adjusted_rand_score(labels, assigned(points, own)))


def _chosen(compared: pd.DataFrame) -> int:
    if not compared["is_stable"].any():
        return int(compared["stability"].to_numpy().argmax())
    silhouette = compared["silhouette"].where(compared["is_stable"]).to_numpy()
    return int(np.flatnonzero(silhouette >= np.nanmax(silhouette) - _AS_GOOD)[0])
