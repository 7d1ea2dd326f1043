"""Duplicates among people and companies, found in spite of typing errors and explained field by field.

Two contacts that share a cheap key are compared field by field; what each field says for or against them being the
same is added up in bits (Fellegi and Sunter), and the sum against the odds of a random pair gives the score.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.blocking import Candidates, candidates
from pipelines.likeness_keys import blocking_keys, ranks
from pipelines.likeness_records import Counts, records
from pipelines.likeness_scores import Scores, compare

PERSON_KINDS: Mapping[str, str] = MappingProxyType({
    "first_name": "given_name", "surname": "surname", "address": "street", "address_2": "street", "city": "city",
    "post_code": "post_code", "county": "county", "country_code": "country", "phone_no": "phone",
    "mobile_phone_no": "mobile_phone", "email": "email",
})  # fmt: skip
COMPANY_KINDS: Mapping[str, str] = MappingProxyType({
    "name": "company_name", "address": "street", "address_2": "street", "city": "city", "post_code": "post_code",
    "county": "county", "country_code": "country", "phone_no": "phone", "mobile_phone_no": "mobile_phone",
    "email": "email", "home_page": "web", "vat_registration_no": "identifier", "registration_no": "identifier",
})  # fmt: skip

BATCH = 200_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class FuzzyPairs:
    """Pairs that are likely the same.

    Attributes
    ----------
    pairs : pandas.DataFrame
        Columns left, right (places of rows, left below right), score_rate (0 to 1), bits, and bits of each field.
    candidate_count : int
        How many pairs were compared.
    """

    pairs: pd.DataFrame
    candidate_count: int


def likely_pairs(
    frame: pd.DataFrame,
    kinds: Mapping[str, str],
    threshold: float,
    *,
    is_wanted: npt.NDArray[np.bool_] | None = None,
    counts: Counts | None = None,
    population: int | None = None,
    progress: Progress | None = None,
) -> FuzzyPairs:
    """Find pairs of contacts that are likely the same.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row for each contact of one type, in any order.
    kinds : mapping of str to str
        The kind of each field that is compared; `PERSON_KINDS` and `COMPANY_KINDS` for the fields every contact has.
    threshold : float
        The lowest score, above 0 and at most 1.
    is_wanted : numpy.ndarray of bool, optional
        Only pairs of which at least one row is marked.
    counts : mapping of str to mapping of str to int, optional
        How often values occur in all contacts, where these are only some; see `records`.
    population : int, optional
        How many contacts there are in all, where these are only some.
    progress : callable, optional
        Called with how many pairs were compared and how many there are; may raise, to end the work.

    Returns
    -------
    FuzzyPairs
        The surest first, then in the order of rows.

    Raises
    ------
    MeasureError
        When there is no such kind.
    """
    rows = records(frame, kinds, population, counts)
    chosen = candidates(blocking_keys(rows), ranks(rows), rows.size, is_wanted)
    parts = []
    for start in range(0, len(chosen), BATCH):
        part = Candidates(chosen.left[start : start + BATCH], chosen.right[start : start + BATCH])
        parts.append(_above(part, compare(rows, part), threshold))
        if progress is not None:
            progress(min(start + BATCH, len(chosen)), len(chosen))
    columns = ["left", "right", "score_rate", "bits", *(field.name for field in rows.fields)]
    found = pd.concat(parts) if parts else pd.DataFrame({name: np.zeros(0) for name in columns})
    found = found.astype({"left": "int64", "right": "int64"})
    return FuzzyPairs(found.sort_values(["bits", "left", "right"], ascending=[False, True, True]), len(chosen))


def _above(pairs: Candidates, scores: Scores, threshold: float) -> pd.DataFrame:
    at = np.flatnonzero(scores.score_rate >= threshold)
    head = {
        "left": pairs.left[at],
        "right": pairs.right[at],
        "score_rate": scores.score_rate[at],
        "bits": scores.bits[at],
    }
    return pd.concat([pd.DataFrame(head), scores.fields.iloc[at].reset_index(drop=True)], axis=1)


def explained(
    frame: pd.DataFrame, kinds: Mapping[str, str], counts: Counts | None = None, population: int | None = None
) -> tuple[float, pd.DataFrame]:
    """Explain how alike two contacts are.

    Parameters
    ----------
    frame : pandas.DataFrame
        Two rows.
    kinds : mapping of str to str
        The kind of each field that is compared.
    counts : mapping of str to mapping of str to int, optional
        How often values occur in all contacts; see `records`.
    population : int, optional
        How many contacts there are in all.

    Returns
    -------
    tuple of float and pandas.DataFrame
        The score, 0 to 1; and columns field, kind, value, other_value (as written), likeness (0 to 1, unknown where a
        value is), bits (above 0 where it speaks for, below 0 where against), for fields of which one has a value.
    """
    rows = records(frame, kinds, population, counts)
    scores = compare(rows, Candidates(np.array([0]), np.array([1])))
    told = [
        (
            field.name,
            field.kind.name,
            *field.shown,
            scores.likeness[field.name].iloc[0],
            scores.fields[field.name].iloc[0],
        )
        for field in rows.fields
        if field.shown.ne("").any()
    ]
    columns = ["field", "kind", "value", "other_value", "likeness", "bits"]
    return float(scores.score_rate[0]), pd.DataFrame(told, columns=columns)
