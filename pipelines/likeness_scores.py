"""What all fields of two contacts say together: bits by field, their sum, and the score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.blocking import Candidates
from pipelines.likeness import Floats, Kind, bits, likeness
from pipelines.likeness_records import Field, Records

SWAPPED_BITS = -3.0
"""What it says against a pair that first name and surname agree only the other way round."""

SECOND_RATE = 0.3
"""How much of what they say further fields about the same place are worth, beside the one that says most."""

HOUSEHOLD_BITS = 3.0
"""How far above the odds of a random pair that what a household shares may lift two people."""

SMALLEST_POPULATION = 200


@dataclass(frozen=True)
class Scores:
    """What was found about pairs.

    Attributes
    ----------
    score_rate : numpy.ndarray of float
        The probability that the two are the same, 0 to 1.
    bits : numpy.ndarray of float
        The sum it comes from, before the odds of a random pair.
    fields : pandas.DataFrame
        What each field says, in bits; 0 where one of the two values is unknown.
    likeness : pandas.DataFrame
        How alike the values are, 0 to 1; unknown where one of them is.
    """

    score_rate: Floats
    bits: Floats
    fields: pd.DataFrame
    likeness: pd.DataFrame


def compare(rows: Records, pairs: Candidates) -> Scores:
    """Compare pairs of contacts.

    Parameters
    ----------
    rows : Records
        The contacts.
    pairs : Candidates
        Which.

    Returns
    -------
    Scores
        One row for each pair, in their order.

    Notes
    -----
    The odds of a random pair are one to the number of contacts. Fields about a place say partly the same, so all but
    the strongest count less; what a household or company shares cannot make two people the same by itself.
    """
    alike, said = {}, {}
    for field in rows.fields:
        alike[field.name], said[field.name] = _of_field(field, field, pairs, rows, field.kind)
    given, family = rows.of_kind("given_name"), rows.of_kind("surname")
    if given is not None and family is not None:
        _swap_names(given, family, pairs, rows, alike, said)
    for group in sorted({field.kind.group for field in rows.fields} - {""}):
        _discount([field.name for field in rows.fields if field.kind.group == group], said)
    prior = np.log2(max(rows.population, SMALLEST_POPULATION))
    if given is not None:
        _cap_household(rows, prior, said)
    fields = pd.DataFrame(said, index=range(len(pairs)), dtype="float64")
    total = fields.sum(axis=1).to_numpy()
    score = 1.0 / (1.0 + np.exp2(np.clip(prior - total, -60, 60)))
    return Scores(score, total, fields, pd.DataFrame(alike, index=range(len(pairs)), dtype="float64"))


def _of_field(one: Field, other: Field, pairs: Candidates, rows: Records, kind: Kind) -> tuple[Floats, Floats]:
    """Compare the values of two fields, the same field or two that may be swapped; different texts once each."""
    left, right = one.codes[pairs.left], other.codes[pairs.right]
    alike, said = np.full(len(pairs), np.nan), np.zeros(len(pairs))
    known = np.flatnonzero((left >= 0) & (right >= 0))
    if not len(known):
        return alike, said
    width = len(other.values)
    codes, inverse = np.unique(left[known] * width + right[known], return_inverse=True)
    a, b = codes // width, codes % width
    found = likeness(kind, [one.values[i] for i in a], [other.values[i] for i in b])
    chance = np.maximum(one.chance(a, rows.population), other.chance(b, rows.population))
    alike[known], said[known] = found[inverse], bits(kind, found, chance)[inverse]
    return alike, said


def _swap_names(
    given: Field, family: Field, pairs: Candidates, rows: Records, alike: dict[str, Floats], said: dict[str, Floats]
) -> None:
    """Where first name and surname agree better the other way round, that counts, with something off.

    Both fields then say half of it, so that it does not matter which of the two contacts stands first.
    """
    one_alike, one_said = _of_field(given, family, pairs, rows, family.kind)
    other_alike, other_said = _of_field(family, given, pairs, rows, family.kind)
    swapped = one_said + other_said + SWAPPED_BITS
    is_alike = np.fmax(one_alike, other_alike) > family.kind.floor
    is_swapped = (swapped > said[given.name] + said[family.name]) & is_alike
    mean = np.fmin(one_alike, other_alike) / 2 + np.fmax(one_alike, other_alike) / 2
    for field in (given, family):
        alike[field.name] = np.where(is_swapped, mean, alike[field.name])
        said[field.name] = np.where(is_swapped, swapped / 2, said[field.name])


def _discount(names: list[str], said: dict[str, Floats]) -> None:
    together = np.stack([said[name] for name in names])
    strongest = together.max(axis=0)
    is_first = np.zeros_like(together, dtype=bool)
    is_first[together.argmax(axis=0), np.arange(together.shape[1])] = True
    for at, name in enumerate(names):
        weaker = np.minimum(together[at], strongest) * SECOND_RATE
        said[name] = np.where(is_first[at] | (together[at] < 0), together[at], weaker)


def _cap_household(rows: Records, prior: float, said: dict[str, Floats]) -> None:
    """Scale what a household shares so that its sum stays below the limit."""
    names = [field.name for field in rows.fields if field.kind.is_shared]
    total = np.sum([said[name] for name in names], axis=0) if names else np.zeros(0)
    limit = prior + HOUSEHOLD_BITS
    is_above = total > limit
    scale = np.where(is_above, limit / np.where(is_above, total, 1.0), 1.0)
    for name in names:
        said[name] = said[name] * scale
