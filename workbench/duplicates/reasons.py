"""Why two contacts are taken for duplicates, in a few words."""

from __future__ import annotations

import numpy as np
import pandas as pd

_NOT_FIELDS = ("left", "right", "score_rate", "bits")


def in_words(pairs: pd.DataFrame) -> list[str]:
    """Say which fields are alike and which differ.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As `pipelines.fuzzy_duplicates.likely_pairs` gives them: bits of each field.

    Returns
    -------
    list of str
        For each pair the fields that speak for it, what says most first, then those that speak against it.
    """
    fields = [name for name in pairs.columns if name not in _NOT_FIELDS]
    bits = pairs[fields].to_numpy(dtype="float64")
    order = np.argsort(-bits, axis=1, kind="stable")
    return [_of_pair(fields, row, at) for row, at in zip(bits, order, strict=True)]


def _of_pair(fields: list[str], bits: np.ndarray, order: np.ndarray) -> str:
    alike = [fields[at] for at in order if bits[at] > 0]
    apart = [fields[at] for at in order[::-1] if bits[at] < 0]
    told = f"alike: {', '.join(alike)}"
    return f"{told}; different: {', '.join(apart)}" if apart else told
