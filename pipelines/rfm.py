"""How recently, how often and for how much customers bought, as scores: 1 is the least, the highest the best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.errors import FrameError, MeasureError, nearest
from pipelines.rfm_bins import FEWEST, MOST, Bins, bins_at, even_bins, quantile_bins, shifted_quantile_bins

Integers = npt.NDArray[np.int64]

FIGURES: Mapping[str, str] = MappingProxyType(
    {"recency": "recency_days", "frequency": "frequency", "monetary": "monetary"}
)
"""The figures and their columns."""
CUSTOM = "custom"
WAYS: Mapping[str, Callable[[npt.ArrayLike, int], Bins]] = MappingProxyType(
    {"quantile": quantile_bins, "quantile_r": shifted_quantile_bins, "fixed": even_bins}
)
"""How to find where figures are cut, beside `CUSTOM`."""


@dataclass(frozen=True)
class Rfm:
    """Customers with figures and scores.

    Attributes
    ----------
    rows : pandas.DataFrame
        `contact_id`, `recency_days`, `frequency`, `monetary`, `recency_score`, `frequency_score`, `monetary_score`
        (float64, unknown without amounts) and `rfm_score`; in the order of the customers given.
    bins : mapping of str to Bins
        Where each figure was cut; without monetary where there are no amounts.
    """

    rows: pd.DataFrame = field(repr=False)
    bins: Mapping[str, Bins]

    @property
    def scores(self) -> Mapping[str, int]:
        """The highest score of each figure."""
        return {figure: bins.count for figure, bins in self.bins.items()}

    def ranges(self) -> pd.DataFrame:
        """Tell what figures each score stands for.

        Returns
        -------
        pandas.DataFrame
            One row for each score of each figure: `figure`, `score`, `lowest` and `highest` figure of those who have
            it (unknown where nobody has), `contacts`.
        """
        return pd.concat([self._ranges(figure) for figure in self.bins], ignore_index=True)

    def _ranges(self, figure: str) -> pd.DataFrame:
        column, count = FIGURES[figure], self.bins[figure].count
        found = self.rows.groupby(f"{figure}_score")[column].agg(["min", "max", "size"]).reindex(range(1, count + 1))
        return pd.DataFrame({
            "figure": figure, "score": range(1, count + 1), "lowest": found["min"].to_numpy(),
            "highest": found["max"].to_numpy(), "contacts": found["size"].fillna(0).astype("int64").to_numpy(),
        })  # fmt: skip


def rfm(
    known: pd.DataFrame,
    as_of: dt.date,
    way: str = "quantile",
    scores: int = 5,
    bounds: Mapping[str, Sequence[float]] | None = None,
) -> Rfm:
    """Score customers by how recently, how often and for how much they bought.

    Parameters
    ----------
    known : pandas.DataFrame
        One row for each customer: `contact_id`, `last_on` (datetime64), `purchase_count`, `amount` (of all purchases;
        unknown for everybody or nobody).
    as_of : datetime.date
        The day that recency is counted to.
    way : {"quantile", "quantile_r", "fixed", "custom"}, optional
        Equal shares of customers; equal shares as the R package rfm cuts them; even steps of the figure; at `bounds`.
    scores : int, optional
        How many scores each figure has, 2 to 10; with bounds, they say it.
    bounds : mapping of str to sequence of float, optional
        For the way "custom": of recency (days), frequency and monetary, each ascending.

    Returns
    -------
    Rfm
        Scores from 1 to the number of scores; the fewer days since the last purchase, the higher the recency score.

    Raises
    ------
    FrameError
        When a customer bought after the day.
    MeasureError
        When there are no customers, no such way, or the bounds do not do.

    Notes
    -----
    Customers with the same figures have the same scores, whoever else there is between them, in whatever order.
    """
    if known.empty:
        raise MeasureError(
            f"Nobody bought anything up to {as_of.isoformat()}.", "Take a later day, or another condition."
        )
    rows = _figures(known, as_of)
    bins = _bins(rows, way, scores, bounds or {})
    for figure, cut in bins.items():
        number = cut.numbers(rows[FIGURES[figure]])
        rows[f"{figure}_score"] = cut.count + 1 - number if figure == "recency" else number
    if "monetary" not in bins:
        rows["monetary_score"] = np.nan
    return Rfm(rows.assign(rfm_score=_written(rows, bins)), bins)


def cells(rows: pd.DataFrame, scores: Mapping[str, int]) -> Integers:
    """Number the combinations of scores.

    Parameters
    ----------
    rows : pandas.DataFrame
        With a score of each figure.
    scores : mapping of str to int
        The highest score of each figure; the first changes slowest.

    Returns
    -------
    numpy.ndarray of int
        From 0, which is 1 of each.
    """
    place = np.zeros(len(rows), dtype=np.int64)
    for figure, count in scores.items():
        place = place * count + rows[f"{figure}_score"].to_numpy(dtype=np.int64) - 1
    return place


def _figures(known: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    days = (pd.Timestamp(as_of) - known["last_on"]).dt.days
    if days.min() < 0:
        late = known.loc[days.idxmin()]
        raise FrameError(
            f"The contact {late['contact_id']} bought on {late['last_on']:%Y-%m-%d}, after {as_of.isoformat()}.",
            "Give purchases up to the day only.",
        )
    return pd.DataFrame({
        "contact_id": known["contact_id"].to_numpy(), "recency_days": days.to_numpy(dtype=np.int64),
        "frequency": known["purchase_count"].to_numpy(dtype=np.int64),
        "monetary": known["amount"].to_numpy(dtype=np.float64),
    })  # fmt: skip


def _bins(rows: pd.DataFrame, way: str, scores: int, bounds: Mapping[str, Sequence[float]]) -> dict[str, Bins]:
    figures = [figure for figure, column in FIGURES.items() if rows[column].notna().all()]
    if way == CUSTOM:
        return {figure: bins_at(bounds.get(figure, ()), figure) for figure in figures}
    if way not in WAYS:
        raise MeasureError(f'There is no way to cut figures called "{way}".', nearest(way, (*WAYS, CUSTOM)))
    if not FEWEST <= scores <= MOST:
        raise MeasureError(f"There cannot be {scores} scores.", f"Take {FEWEST} to {MOST}.")
    return {figure: WAYS[way](rows[FIGURES[figure]], scores) for figure in figures}


def _written(rows: pd.DataFrame, bins: Mapping[str, Bins]) -> pd.Series:
    """Write scores behind each other, and apart where one may have two digits."""
    scores = {figure: cut.count for figure, cut in bins.items()}
    between = "-" if max(scores.values()) > 9 else ""
    every = product(*(range(1, count + 1) for count in scores.values()))
    labels = pd.array([between.join(map(str, combination)) for combination in every], dtype="str")
    return pd.Series(labels.take(cells(rows, scores)), index=rows.index)
