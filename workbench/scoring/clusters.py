"""Contacts that are alike, as a score, and their rules as segments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field

from pipelines.clusters_profile import described
from pipelines.contact_features import Feature
from pipelines.schema import Column, FieldType
from workbench.scoring import features
from workbench.scoring.choosing import DEFAULT_FEATURES, Names, chosen, varying
from workbench.scoring.method import Inputs, Method, Offer, Options, Outcome

if TYPE_CHECKING:
    from pipelines.clusters import Clusters
    from pipelines.clusters_tree import Leaf

_COLUMNS = (
    Column("cluster", FieldType.NUMBER, "number of the cluster, 1 is the largest"),
    Column("rule", FieldType.NUMBER, "number of the rule that the contact satisfies"),
    Column("is_as_ruled", FieldType.BOOLEAN, "whether the rule says the cluster that the contact is in"),
    Column("centrality", FieldType.NUMBER, "1 at the centre of the cluster, 0 where the next cluster is as near"),
)


class ClusterOptions(Options):
    """What clusters are made of, and how many.

    Attributes
    ----------
    features : tuple of str
        What contacts are told apart by.
    base : str or None
        The saved segment whose members are clustered.
    count : int or None
        How many clusters; chosen where None.
    most : int
        The largest number to try.
    rules : int
        How many rules there may be.
    resamples : int
        Bootstrap samples that stability is judged by.
    seed : int
        Of all draws.
    """

    features: Names = Field(DEFAULT_FEATURES, description="What contacts are told apart by: features or fields.")
    base: str | None = Field(None, description="The saved segment whose members are clustered; everybody if empty.")
    count: int | None = Field(
        None, ge=2, le=20, description="How many clusters; chosen by stability and silhouette if empty."
    )
    most: int = Field(8, ge=2, le=20, description="The largest number of clusters to try.")
    rules: int = Field(8, ge=2, le=30, description="How many rules there may be; never fewer than clusters.")
    resamples: int = Field(20, ge=2, le=200, description="Bootstrap samples that stability is judged by.")
    seed: int = Field(0, ge=0, description="Another seed draws other samples.")


def compute(inputs: Inputs, options: ClusterOptions) -> Outcome:
    """Find contacts that are alike.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : ClusterOptions
        Features, base, and how many clusters.

    Returns
    -------
    Outcome
        `cluster`, `rule`, `is_as_ruled` and `centrality` of each contact; a segment for each cluster, and for each of
        its rules where it has several.

    Raises
    ------
    ConditionError
        When there is no such feature or segment.
    MeasureError
        When there are too few contacts, or they differ too little.
    """
    from pipelines.clusters import clusters  # models that only those wait for who ask for them

    told = {one.name: one for one in features.features(inputs, options.features)}
    known = features.frame(inputs, options.features, inputs.as_of, chosen(inputs, options.base))
    taken, notes = varying(known, told)
    found = clusters(
        taken, options.count, most=options.most, rules=options.rules, resamples=options.resamples, seed=options.seed,
        reached=inputs.reached,
    )  # fmt: skip
    return Outcome(
        _rows(found), _COLUMNS, _quality(found), _tables(found), (*notes, *_notes(found)),
        tuple(_offers(found, told, options.base, inputs)),
    )  # fmt: skip


def _rows(found: Clusters) -> pd.DataFrame:
    rows = found.rows.assign(is_as_ruled=found.rows["cluster"] == found.rows["rule_cluster"])
    return rows[["contact_id", *(column.name for column in _COLUMNS)]]


def _quality(found: Clusters) -> Mapping[str, float | int | str | None]:
    chosen_row = found.chosen.compared[found.chosen.compared["is_chosen"]].iloc[0]
    return {
        "stability": float(chosen_row["stability"]), "silhouette": found.silhouette, "fidelity": found.fidelity,
        "is_stable": "yes" if found.chosen.is_stable else "no", "structure": found.structure,
        "cluster_count": found.chosen.count, "rule_count": len(found.leaves),
    }  # fmt: skip


def _tables(found: Clusters) -> dict[str, pd.DataFrame]:
    return {
        "compared": found.chosen.compared, "centres": found.centres, "rules": found.rules, "profile": found.profile,
    }  # fmt: skip


def _notes(found: Clusters) -> Iterator[str]:
    if not found.chosen.is_stable:
        yield "Resamples give other clusters: what they say would not come again."
    if found.structure == "none":
        yield "The clusters lie close together: they cut a cloud into parts rather than find groups."
    ruled = set(found.rules["cluster"])
    for cluster in found.centres["cluster"]:
        if cluster not in ruled:
            yield f"No rule tells cluster {cluster}; allow more rules."


def _offers(found: Clusters, told: Mapping[str, Feature], base: str | None, inputs: Inputs) -> Iterator[Offer]:
    meanings = {name: one.meaning or name for name, one in told.items()}
    special = described(found.profile.assign(feature=found.profile["feature"].map(meanings)))
    rules = list(enumerate(found.leaves, start=1))
    for cluster in sorted({leaf.cluster for leaf in found.leaves}):
        own = [(number, leaf) for number, leaf in rules if leaf.cluster == cluster]
        yield _offer(f"Cluster {cluster + 1}", [leaf for _, leaf in own], told, base, inputs, special[cluster + 1])
        for number, leaf in own if len(own) > 1 else ():
            name = f"Cluster {cluster + 1}, rule {number}"
            yield _offer(name, [leaf], told, base, inputs, special[cluster + 1])


def _offer(
    name: str, leaves: Sequence[Leaf], told: Mapping[str, Feature], base: str | None, inputs: Inputs, special: str
) -> Offer:
    from pipelines.clusters_conditions import conditions

    parts: list[dict[str, Any]] = [{"all": conditions(leaf.path, told, inputs.as_of)} for leaf in leaves]
    who = parts[0] if len(parts) == 1 else {"any": parts}
    steps = [{"add": who}] if base is None else [{"add": {"segment": base}}, {"refine": who}]
    return Offer(name, special, {"steps": steps})


METHOD = Method("clusters", "Contacts that are alike, with rules that tell them.", ClusterOptions, compute)
