"""Where the scores of a figure begin: at quantiles, at even steps, or where the user says.

Everybody with the same figure has the same score, since scores depend on the figure alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipelines.errors import MeasureError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

FEWEST, MOST = 2, 10
"""How few and how many scores there can be."""


@dataclass(frozen=True)
class Bins:
    """Where a figure is cut.

    Attributes
    ----------
    bounds : tuple of float
        Ascending, each between two bins.
    takes_bound : bool
        Whether the figure at a bound is in the bin below it; otherwise it is in the one above.
    """

    bounds: tuple[float, ...]
    takes_bound: bool = False

    @property
    def count(self) -> int:
        """How many bins there are."""
        return len(self.bounds) + 1

    def numbers(self, figures: npt.ArrayLike) -> Integers:
        """Tell which bin figures are in.

        Parameters
        ----------
        figures : array_like
            Known numbers.

        Returns
        -------
        numpy.ndarray of int
            From 1, the lowest, to `count`.

        Examples
        --------
        >>> Bins((10.0, 20.0)).numbers([9, 10, 20]).tolist()
        [1, 2, 3]
        >>> Bins((10.0, 20.0), takes_bound=True).numbers([9, 10, 20]).tolist()
        [1, 1, 2]
        """
        bounds, known = np.asarray(self.bounds), np.asarray(figures, dtype=np.float64)
        found = np.searchsorted(bounds, known, side="left" if self.takes_bound else "right")
        return np.asarray(found, dtype=np.int64) + 1


def quantile_bins(figures: npt.ArrayLike, count: int) -> Bins:
    """Cut where equal shares lie below.

    Parameters
    ----------
    figures : array_like
        At least one known number.
    count : int
        How many bins.

    Returns
    -------
    Bins
        A figure at a quantile is in the bin below it, so that bins are the same in any currency.

    Notes
    -----
    Quantiles are those of type 7, interpolated between neighbours, which are met exactly where they lie on a figure.
    Many equal figures leave bins empty: shares are only as equal as figures are different.

    References
    ----------
    R. J. Hyndman and Y. Fan (1996), Sample quantiles in statistical packages, The American Statistician 50, 361-365.

    Examples
    --------
    >>> quantile_bins([1, 2, 3, 4, 5], 4).bounds
    (2.0, 3.0, 4.0)
    """
    return Bins(tuple(_quantiles(figures, count)), takes_bound=True)


def shifted_quantile_bins(figures: npt.ArrayLike, count: int) -> Bins:
    """Cut one above where equal shares lie below, as the R package rfm does.

    Parameters
    ----------
    figures : array_like
        At least one known number.
    count : int
        How many bins.

    Returns
    -------
    Bins
        A figure at a bound is in the bin above it. The 1 is one day, one purchase and one unit of the currency, so that
        bins of amounts depend on the currency.

    References
    ----------
    A. Hebbali, rfm: Recency, Frequency and Monetary Value Analysis, R package, ``rfm_table_order``.

    Examples
    --------
    >>> shifted_quantile_bins([1, 2, 3, 4, 5], 4).bounds
    (3.0, 4.0, 5.0)
    """
    return Bins(tuple(bound + 1 for bound in _quantiles(figures, count)))


def even_bins(figures: npt.ArrayLike, count: int) -> Bins:
    """Cut into steps of the same length from the lowest figure to the highest.

    Parameters
    ----------
    figures : array_like
        At least one known number.
    count : int
        How many bins.

    Returns
    -------
    Bins
        A figure at a bound is in the bin below it.

    Examples
    --------
    >>> even_bins([0, 1, 100], 4).bounds
    (25.0, 50.0, 75.0)
    """
    known = np.asarray(figures, dtype=np.float64)
    low, high = float(known.min()), float(known.max())
    return Bins(tuple(low + (high - low) * part / count for part in range(1, count)), takes_bound=True)


def bins_at(bounds: Sequence[float], of: str) -> Bins:
    """Cut where the user says.

    Parameters
    ----------
    bounds : sequence of float
        Ascending.
    of : str
        The name of the figure, for errors.

    Returns
    -------
    Bins
        A figure at a bound is in the bin above it.

    Raises
    ------
    MeasureError
        When there are none, too many, or they do not ascend.
    """
    if not FEWEST <= len(bounds) + 1 <= MOST:
        raise MeasureError(
            f"{len(bounds)} bounds of {of} make {len(bounds) + 1} scores.",
            f"Give {FEWEST - 1} to {MOST - 1} bounds, each between two scores.",
        )
    for lower, higher in pairwise(bounds):
        if not lower < higher:
            raise MeasureError(
                f"The bounds of {of} do not ascend: {higher:g} comes after {lower:g}.",
                "Write them from the lowest to the highest, each once.",
            )
    return Bins(tuple(map(float, bounds)))


def _quantiles(figures: npt.ArrayLike, count: int) -> list[float]:
    """Interpolate with whole numbers, so that no rounding puts a quantile beside the figure it lies on."""
    known = np.asarray(figures, dtype=np.float64)
    places = [divmod((len(known) - 1) * part, count) for part in range(1, count)]
    wanted = sorted({place + step for place, rest in places for step in (0, 1 if rest else 0)})
    ordered = np.partition(known, wanted)
    return [
        float(ordered[place] + (ordered[place + 1] - ordered[place]) * rest / count if rest else ordered[place])
        for place, rest in places
    ]
