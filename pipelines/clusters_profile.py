"""What is special about each cluster: how much more often its contacts have something than all of them do."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.segment_profile import OTHER, UNKNOWN, profile

RANGES = 5
"""Numbers are cut into as many ranges, that hold about as many contacts each; so many texts are told apart."""
COLUMNS = [
    "cluster", "feature", "category", "members", "base", "member_share", "base_share", "over_index", "over_index_low",
    "over_index_high",
]  # fmt: skip


def over_indices(features: pd.DataFrame, labels: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Compare each cluster with everybody.

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each contact: numbers, truth values or texts.
    labels : numpy.ndarray of int
        The cluster of each contact, from 0.

    Returns
    -------
    pandas.DataFrame
        For each cluster (numbered from 1), feature and range of values: `members` and `base`, how many contacts of the
        cluster and of all have it; `member_share` of the cluster, `base_share` of all; `over_index`, the first share
        divided by the second, with the 95 % interval `over_index_low` to `over_index_high`.

    Notes
    -----
    The interval is Wilson's of the cluster's share, divided by the share of all, who are no sample: they are the base.
    """
    found = []
    for name, values in features.items():
        plain = values.astype("object").where(values.notna(), None) if values.dtype == "category" else values
        for cluster in np.unique(labels):
            rows = profile(plain, labels == cluster, RANGES)
            found.append(rows.assign(cluster=int(cluster) + 1, feature=str(name)))
    table = pd.concat(found, ignore_index=True)
    for end in ("low", "high"):
        table[f"over_index_{end}"] = table[f"member_{end}"] / table["base_share"]
    return table.sort_values("cluster", kind="stable", ignore_index=True)[COLUMNS]


def telling(table: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """Pick what tells a cluster apart most.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `over_indices`.
    most : int, optional
        How many rows of each cluster.

    Returns
    -------
    pandas.DataFrame
        Of each cluster one row for each of the features that differ most: by how many more contacts of it than of as
        many others have the value, where the interval leaves 1 out. Rows of other and of unknown values are left out.
    """
    special = table[(table["over_index_low"] > 1) & ~table["category"].isin([OTHER, UNKNOWN])]
    more = special.assign(more=special["member_share"] - special["base_share"])
    best = more.sort_values(["cluster", "more", "feature"], ascending=[True, False, True])
    return best.drop_duplicates(["cluster", "feature"]).groupby("cluster").head(most).drop(columns="more")


def described(table: pd.DataFrame) -> dict[int, str]:
    """Say in words what tells clusters apart.

    Parameters
    ----------
    table : pandas.DataFrame
        As from `over_indices`.

    Returns
    -------
    dict of int to str
        By cluster, as ``"spent 250 … 900 (2.1 times), city Brno (1.8 times)"``; empty where it is as all.
    """
    said = {int(cluster): "" for cluster in table["cluster"].unique()}
    for cluster, own in telling(table).groupby("cluster"):
        parts = [f"{row.feature} {row.category} ({row.over_index:.1f} times)" for row in own.itertuples()]
        said[int(str(cluster))] = ", ".join(parts)
    return said
