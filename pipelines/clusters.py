"""Contacts that are alike: how many kinds there are, how to tell them by rules, and what is special about each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.clusters_count import ClusterCount, Reached, assigned, centres_of, cluster_count
from pipelines.clusters_profile import over_indices
from pipelines.clusters_tree import Leaf, clusters_by, fidelity, leaves
from pipelines.errors import MeasureError
from pipelines.feature_scaling import scaled

FEWEST = 50
MOST_FITTED = 100_000
"""So many contacts, drawn by chance, are enough to find centres; everybody is put to the nearest."""
STRUCTURE = ((0.25, "none"), (0.5, "weak"), (0.7, "reasonable"))
"""What a silhouette says, by L. Kaufman and P. J. Rousseeuw; above the last it is strong."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Clusters:
    """Contacts that are alike.

    Attributes
    ----------
    rows : pandas.DataFrame
        `contact_id`, ascending; `cluster` and `rule`, from 1 (the largest cluster, and the first leaf); `rule_cluster`,
        the cluster the rule says; `centrality`, 1 at the centre of the cluster, 0 where the next one is as near.
    chosen : ClusterCount
        How many there are, and why.
    centres : pandas.DataFrame
        One row for each cluster: `cluster`, `contacts`, `share`, and the mean of each column that was scaled.
    leaves : list of Leaf
        The rules, of contacts in the order of `rows`.
    rules : pandas.DataFrame
        One row for each leaf: `rule`, `cluster`, `members`, `agreed` (those in the cluster), `precision` (of the
        members), `recall` (of the cluster).
    profile : pandas.DataFrame
        As from `clusters_profile.over_indices`.
    fidelity : float
        Share of contacts whose rule says the cluster they are in.
    """

    rows: pd.DataFrame = field(repr=False)
    chosen: ClusterCount
    centres: pd.DataFrame = field(repr=False)
    leaves: list[Leaf] = field(repr=False)
    rules: pd.DataFrame = field(repr=False)
    profile: pd.DataFrame = field(repr=False)
    fidelity: float

    @property
    def silhouette(self) -> float:
        """Of the number of clusters chosen."""
        compared = self.chosen.compared
        return float(compared.loc[compared["is_chosen"], "silhouette"].iloc[0])

    @property
    def structure(self) -> str:
        """How far apart the clusters are: none, weak, reasonable or strong."""
        return next((word for bound, word in STRUCTURE if self.silhouette <= bound), "strong")


def clusters(
    features: pd.DataFrame,
    count: int | None = None,
    *,
    most: int = 8,
    rules: int = 8,
    resamples: int = 20,
    seed: int = 0,
    reached: Reached | None = None,
) -> Clusters:
    """Find contacts that are alike, and rules that tell them.

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each contact, indexed by `contact_id`: numbers, truth values or texts, unknown ones among them.
    count : int, optional
        How many clusters; chosen by stability and silhouette where left out.
    most : int, optional
        The largest number to try.
    rules : int, optional
        How many rules there may be; never fewer than clusters.
    resamples : int, optional
        Bootstrap samples for each number.
    seed : int, optional
        Of all draws.
    reached : callable, optional
        Told how many numbers of how many were tried.

    Returns
    -------
    Clusters
        The same for any order of rows and any currency.

    Raises
    ------
    MeasureError
        When there are too few contacts, or too few that differ.

    References
    ----------
    L. Kaufman and P. J. Rousseeuw (1990), Finding Groups in Data, table 4 of chapter 2 for what a silhouette says.
    """
    features = features.sort_index()
    points = _checked(features, count or most)
    values = points.to_numpy()
    tried = range(2, most + 1) if count is None else [count]
    chosen = cluster_count(values, tried, resamples=resamples, seed=seed, reached=reached)
    some = np.sort(np.random.default_rng(seed).permutation(len(values))[:MOST_FITTED])
    centres = centres_of(values[some], chosen.count, seed)
    labels = assigned(values, centres)
    found = leaves(features, labels, rules, seed)
    return Clusters(
        _rows(features.index, labels, found, _centrality(values, centres, labels)), chosen,
        _centres(points, labels), found, _rules(found, labels), over_indices(features, labels), fidelity(found, labels),
    )  # fmt: skip


def _checked(features: pd.DataFrame, most: int) -> pd.DataFrame:
    if len(features) < FEWEST:
        raise MeasureError(
            f"{len(features):,} contacts are too few to find clusters among them.",
            f"Take a base of {FEWEST} contacts at least.",
        )
    points = scaled(features)
    kinds = len(points.drop_duplicates())
    if kinds < 3 * most:
        raise MeasureError(
            f"The features tell only {kinds:,} kinds of contacts apart, too few for {most} clusters.",
            "Take more features, or fewer clusters.",
        )
    return points


def _centrality(values: npt.NDArray[np.float64], centres: npt.NDArray[np.float64], labels: Integers) -> pd.Series:
    """The simplified silhouette: how much nearer the own centre is than the next, 0 to 1."""
    squares = np.stack([((values - centre) ** 2).sum(axis=1) for centre in centres], axis=1)
    distances = np.sqrt(squares)
    own = distances[np.arange(len(labels)), labels]
    distances[np.arange(len(labels)), labels] = np.inf
    nearest = distances.min(axis=1)
    return pd.Series(1 - own / np.where(nearest > 0, nearest, 1.0))


def _rows(ids: pd.Index, labels: Integers, found: list[Leaf], centrality: pd.Series) -> pd.DataFrame:
    rule = np.sum([number * leaf.members for number, leaf in enumerate(found, start=1)], axis=0)
    return pd.DataFrame({
        "contact_id": ids, "cluster": labels + 1, "rule": rule, "rule_cluster": clusters_by(found) + 1,
        "centrality": centrality.to_numpy(),
    })  # fmt: skip


def _centres(points: pd.DataFrame, labels: Integers) -> pd.DataFrame:
    by = points.groupby(labels + 1)
    means = by.mean().rename_axis("cluster").reset_index()
    sizes = by.size().to_numpy()
    means.insert(1, "contacts", sizes)
    means.insert(2, "share", sizes / len(points))
    return means


def _rules(found: list[Leaf], labels: Integers) -> pd.DataFrame:
    rows = []
    for number, leaf in enumerate(found, start=1):
        own, members = labels == leaf.cluster, int(leaf.members.sum())
        agreed = int((own & leaf.members).sum())
        rows.append({
            "rule": number, "cluster": leaf.cluster + 1, "members": members, "agreed": agreed,
            "precision": agreed / members, "recall": agreed / int(own.sum()),
        })  # fmt: skip
    return pd.DataFrame(rows)
