"""What is doubtful about a map of names: names that nobody can have, scores without a name, names that compete."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.rfm import FIGURES
from pipelines.rfm_maps import Named, RfmMap

LISTED = 25
"""How many combinations of scores a finding lists."""
_Finding = tuple[str, str, str, int, str]


def findings(names: RfmMap) -> pd.DataFrame:
    """Find what is doubtful about a map.

    Parameters
    ----------
    names : RfmMap
        The map.

    Returns
    -------
    pandas.DataFrame
        `finding`: ``"unreachable"`` (all combinations of `name` have earlier names), ``"uncovered"`` (no name holds) or
        ``"overlap"`` (of `name` with `other`, an earlier one, which gets them); `cells`, how many combinations of
        scores; `scores`, which: recency, frequency and monetary of each, at most `LISTED`.
    """
    found = [*_unreachable(names), *_uncovered(names), *_overlaps(names)]
    return pd.DataFrame(found, columns=["finding", "name", "other", "cells", "scores"])


def sentences(found: pd.DataFrame) -> list[str]:
    """Say what is doubtful about a map, but for overlaps, which order settles.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `findings`.

    Returns
    -------
    list of str
        One sentence for each finding.
    """
    said = []
    for row in found.to_dict("records"):
        if row["finding"] == "unreachable":
            said.append(f"Nobody can be {row['name']}: earlier names of the map hold wherever it does.")
        if row["finding"] == "uncovered":
            said.append(f"The map has no name for {row['cells']} combinations of scores: {row['scores']}.")
    return said


def _unreachable(names: RfmMap) -> Iterator[_Finding]:
    grid = names.grid()
    for place, one in enumerate(names.names):
        if not (grid == place).any():
            yield "unreachable", one.name, "", *_told(_has(names, one))


def _uncovered(names: RfmMap) -> Iterator[_Finding]:
    is_empty = names.grid() == -1
    if is_empty.any():
        yield "uncovered", "", "", *_told(is_empty)


def _overlaps(names: RfmMap) -> Iterator[_Finding]:
    for place, one in enumerate(names.names):
        for earlier in names.names[:place]:
            is_shared = _has(names, one) & _has(names, earlier)
            if is_shared.any():
                yield "overlap", one.name, earlier.name, *_told(is_shared)


def _has(names: RfmMap, one: Named) -> npt.NDArray[np.bool_]:
    found = np.zeros((names.scores,) * len(FIGURES), dtype=np.bool_)
    found[one.region] = True
    return found


def _told(is_such: npt.NDArray[np.bool_]) -> tuple[int, str]:
    """Count combinations and list the first of them."""
    every = np.argwhere(is_such) + 1
    listed = ["-".join(map(str, scores)) for scores in every[:LISTED].tolist()]
    return len(every), ", ".join([*listed, *(["…"] if len(every) > LISTED else [])])
