"""Who is like the members of a segment, as a score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from pipelines.schema import Column, FieldType
from pipelines.tallies import Integers
from workbench.scoring import features
from workbench.scoring.choosing import DEFAULT_FEATURES, Names, chosen, varying
from workbench.scoring.method import Inputs, Method, Offer, Options, Outcome

if TYPE_CHECKING:
    from pipelines.look_alike import LookAlikes

OFFERED = (0.01, 0.05, 0.1, 0.2)
TELLS_ALONE = 0.95
"""A feature whose values alone put a seed member first this often may be in the seed's definition."""
_COLUMNS = (
    Column("likeness", FieldType.NUMBER, "how far contacts are, divided by how far members of the seed are"),
    Column("base_share", FieldType.NUMBER, "share of the contacts beside the seed that are as like it, or more"),
    Column("recall", FieldType.NUMBER, "share of held-out members of the seed that are found among as many"),
)


class LookAlikeOptions(Options):
    """Whom to look for, and among whom.

    Attributes
    ----------
    segment : str
        The saved segment whose members others are to be like: the seed.
    base, exclude : str or None
        The saved segment to look in, and one whose members are left out.
    features : tuple of str
        What contacts are told apart by.
    seed : int
        Of all draws.
    """

    segment: str = Field(description="The saved segment whose members others are to be like: the seed.")
    base: str | None = Field(None, description="The saved segment to look in; everybody if empty.")
    exclude: str | None = Field(None, description="A saved segment whose members are left out.")
    features: Names = Field(DEFAULT_FEATURES, description="What contacts are told apart by: features or fields.")
    seed: int = Field(0, ge=0, description="Another number deals the segment into other parts to test with.")


def compute(inputs: Inputs, options: LookAlikeOptions) -> Outcome:
    """Rank contacts by how like they are to the members of a segment.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : LookAlikeOptions
        Seed, base and features.

    Returns
    -------
    Outcome
        `likeness`, `base_share` and `recall` of each contact of the base that is neither of the seed nor excluded;
        segments of those most like it.

    Raises
    ------
    ConditionError
        When there is no such feature or segment.
    MeasureError
        When seed or base are too small, or the features tell nobody apart.
    """
    from pipelines.look_alike import look_alikes  # models that only those wait for who ask for them

    told = {one.name: one for one in features.features(inputs, options.features)}
    of_seed = chosen(inputs, options.segment)
    known = features.frame(inputs, options.features, inputs.as_of, _compared(inputs, options, of_seed))
    taken, notes = varying(known, told)
    is_seed = np.isin(taken.index.to_numpy(), [] if of_seed is None else of_seed)
    found = look_alikes(taken, is_seed, seed=options.seed, reached=inputs.reached)
    return Outcome(
        found.rows, _COLUMNS, _quality(found), {"recall": found.recall, "profile": found.profile, "alone": found.alone},
        (*notes, *_notes(found)), tuple(_offers(found, inputs, options)),
    )  # fmt: skip


def _compared(inputs: Inputs, options: LookAlikeOptions, of_seed: Integers | None) -> Integers | None:
    """Give the base with the seed, without those left out."""
    base, out = chosen(inputs, options.base), chosen(inputs, options.exclude)
    if base is None and out is None:
        return None
    everybody = inputs.members({"steps": [{"add": {"all": []}}]}) if base is None else base
    left = everybody if out is None else np.setdiff1d(everybody, out)
    return left if of_seed is None else np.union1d(left, of_seed)


def _quality(found: LookAlikes) -> dict[str, float | int | str | None]:
    tenth = found.recall[np.isclose(found.recall["base_share"], 0.1)].iloc[0]
    return {
        "auc": found.auc, "auc_low": found.auc_low, "auc_high": found.auc_high, "seed_count": found.seed_count,
        "recall_at_10_percent": float(tenth["recall"]), "recall_at_10_percent_low": float(tenth["recall_low"]),
        "recall_at_10_percent_high": float(tenth["recall_high"]),
    }  # fmt: skip


def _notes(found: LookAlikes) -> Iterator[str]:
    for name in found.alone.loc[found.alone["auc"] >= TELLS_ALONE, "feature"]:
        yield f"{name} alone tells the seed from the rest. Where it is what makes somebody a member, leave it out."
    if found.auc_low <= 0.5:
        yield "Held-out members of the seed are found no better than by chance: the features say little about them."


def _offers(found: LookAlikes, inputs: Inputs, options: LookAlikeOptions) -> Iterator[Offer]:
    recall = found.recall.set_index("base_share")["recall"]
    for share in OFFERED:
        size = int((found.rows["base_share"] <= share).sum())
        if size:
            condition = {"score": inputs.score, "field": "base_share", "op": "at_most", "value": share}
            yield Offer(
                f"Like {options.segment}, {share:.0%}",
                f"The {size:,} of {len(found.rows):,} contacts that are most like {options.segment}; "
                f"of its held-out members {recall[share]:.0%} are among as many.",
                {"steps": [{"add": condition}]},
            )


METHOD = Method("look_alike", "Who is like the members of a segment.", LookAlikeOptions, compute)
