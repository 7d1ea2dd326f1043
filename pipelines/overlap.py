"""How segments overlap: every combination that occurs, and each pair, counted exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.errors import MeasureError

MOST = 12
_CHUNK = 2**18  # contacts whose codes stay in the processor's cache


def check(names: Sequence[str]) -> None:
    """Refuse what cannot be compared, before anything is evaluated.

    Parameters
    ----------
    names : sequence of str
        The names of the segments.

    Raises
    ------
    MeasureError
        When there are fewer than 2 or more than 12, or two of one name.
    """
    if len(names) < 2:
        raise MeasureError("An overlap needs at least 2 segments.", "Name another one.")
    if len(names) > MOST:
        raise MeasureError(
            f"An overlap of {len(names)} segments is too wide.", f"Compare at most {MOST} segments at a time."
        )
    twice = next((name for name in names if list(names).count(name) > 1), None)
    if twice is not None:
        raise MeasureError(f'Two of the segments are called "{twice}".', "Give each a name of its own.")


def tally(masks: Sequence[npt.NDArray[np.bool_]], everybody: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Count how many contacts are in exactly each combination of segments.

    Parameters
    ----------
    masks : sequence of numpy.ndarray of bool
        One for each segment, at most 12, one element for each contact id.
    everybody : numpy.ndarray of bool
        True at each contact id that exists.

    Returns
    -------
    numpy.ndarray of int
        2 to the power of the number of segments elements. Bit i of an index says whether the contacts counted
        there are in segment i; index 0 are those in none. They add up to everybody.

    Notes
    -----
    Each contact gets a code of one bit for each segment, and the codes are counted: 12 segments of 1,000,000
    contacts take about 5 ms.

    Examples
    --------
    >>> import numpy as np
    >>> tally([np.array([True, True, False]), np.array([False, True, False])], np.ones(3, bool)).tolist()
    [1, 1, 0, 1]
    """
    counts = np.zeros(2 ** len(masks), dtype=np.int64)
    for first in range(0, everybody.size, _CHUNK):
        part = slice(first, first + _CHUNK)
        codes = np.zeros(everybody[part].size, dtype=np.uint16)
        for position, mask in enumerate(masks):
            codes |= mask[part].astype(np.uint16) << np.uint16(position)
        counts += np.bincount(codes[everybody[part]], minlength=counts.size)
    return counts


def combinations(counts: npt.NDArray[np.int64], names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """List the combinations that occur, the most frequent first.

    Parameters
    ----------
    counts : numpy.ndarray of int
        As from `tally`.
    names : sequence of str
        The segments, in the order of the masks.

    Yields
    ------
    tuple
        Names of the segments that the contacts are in, and in no other; how many contacts. Those in none are left
        out. Ties are broken by fewer segments, then by the order of the names.
    """
    codes = [int(code) for code in np.flatnonzero(counts) if code]
    held = {code: [position for position in range(len(names)) if code >> position & 1] for code in codes}
    for code in sorted(codes, key=lambda code: (-counts[code], len(held[code]), held[code])):
        yield tuple(names[position] for position in held[code]), int(counts[code])


def sizes(counts: npt.NDArray[np.int64], names: Sequence[str]) -> pd.DataFrame:
    """Tell how much of each segment is in no other.

    Parameters
    ----------
    counts : numpy.ndarray of int
        As from `tally`.
    names : sequence of str
        The segments, in the order of the masks.

    Returns
    -------
    pandas.DataFrame
        One row for each segment in the order given: segment, contacts, only_here (in none of the others), shared
        (in at least one other); only_here and shared add up to contacts.
    """
    totals = np.diag(_together(counts, len(names)))
    alone = counts[1 << np.arange(len(names))]
    return pd.DataFrame({"segment": list(names), "contacts": totals, "only_here": alone, "shared": totals - alone})


def pairs(counts: npt.NDArray[np.int64], names: Sequence[str]) -> pd.DataFrame:
    """Compare each segment with each.

    Parameters
    ----------
    counts : numpy.ndarray of int
        As from `tally`.
    names : sequence of str
        The segments, in the order of the masks.

    Returns
    -------
    pandas.DataFrame
        One row for each ordered pair, a segment with itself included: segment, other, contacts (in both), share
        (of the contacts of `segment`, 0 to 1; NaN when it is empty) and jaccard (in both, of those in either, 0 to
        1; NaN when both are empty).
    """
    together = _together(counts, len(names)).astype("float64")
    totals = np.diag(together)
    either = totals[:, None] + totals[None, :] - together
    with np.errstate(invalid="ignore", divide="ignore"):
        share, jaccard = together / totals[:, None], together / either
    first, second = np.indices(together.shape).reshape(2, -1)
    labels = np.array(list(names), dtype=object)
    return pd.DataFrame(
        {
            "segment": labels[first], "other": labels[second], "contacts": together.ravel().astype("int64"),
            "share": share.ravel(), "jaccard": jaccard.ravel(),
        }
    )  # fmt: skip


def _together(counts: npt.NDArray[np.int64], segments: int) -> npt.NDArray[Any]:
    """Add the combinations up to how many contacts are in both of each pair."""
    bits = np.arange(counts.size)[:, None] >> np.arange(segments) & 1
    together: npt.NDArray[Any] = bits.T @ (bits * counts[:, None])
    return together
