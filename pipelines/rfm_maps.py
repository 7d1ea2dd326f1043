"""Names for combinations of scores: maps as data.

A map is a list in order; a customer has the first name whose bounds hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.errors import MeasureError
from pipelines.rfm import FIGURES, cells

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Named:
    """A name and who has it, unless an earlier name of the map holds.

    Attributes
    ----------
    name : str
        Of the customers.
    recency, frequency, monetary : tuple of int
        The lowest and the highest score.
    """

    name: str
    recency: Bounds
    frequency: Bounds
    monetary: Bounds

    @property
    def region(self) -> tuple[slice, slice, slice]:
        """The combinations of scores, as places in an array that counts from 0."""
        recency, frequency, monetary = (
            slice(low - 1, high) for low, high in (self.recency, self.frequency, self.monetary)
        )
        return recency, frequency, monetary


@dataclass(frozen=True)
class RfmMap:
    """Names for combinations of scores.

    Attributes
    ----------
    name : str
        Of the map.
    scores : int
        How many scores each figure has.
    names : tuple of Named
        The first that holds counts.
    """

    name: str
    scores: int
    names: tuple[Named, ...]

    @property
    def takes_amounts(self) -> bool:
        """Whether some name depends on the monetary score."""
        return any(one.monetary != (1, self.scores) for one in self.names)

    def grid(self) -> npt.NDArray[np.int64]:
        """Tell the name of each combination of scores.

        Returns
        -------
        numpy.ndarray of int
            By recency, frequency and monetary score less 1: the place of the name in the map, -1 where none holds.
        """
        found = np.full((self.scores,) * len(FIGURES), -1, dtype=np.int64)
        for place in reversed(range(len(self.names))):
            found[self.names[place].region] = place
        return found

    def frame(self) -> pd.DataFrame:
        """Show the bounds.

        Returns
        -------
        pandas.DataFrame
            One row for each name, in order: `name`, then the lowest and highest score of each figure.
        """
        return pd.DataFrame([
            {"name": one.name, **{
                f"{figure}_{end}": score for figure in FIGURES
                for end, score in zip(("low", "high"), getattr(one, figure), strict=True)
            }} for one in self.names
        ])  # fmt: skip


def _made(name: str, scores: int, bounds: Mapping[str, tuple[Bounds, ...]]) -> RfmMap:
    every = ((1, scores),) * len(FIGURES)
    full = {one: (*of, *every)[: len(FIGURES)] for one, of in bounds.items()}
    return RfmMap(name, scores, tuple(Named(one, of[0], of[1], of[2]) for one, of in full.items()))


MAPS: Mapping[str, RfmMap] = MappingProxyType({one.name: one for one in (
    _made("grid", 5, {  # every combination of recency and frequency, each once
        "Champions": ((5, 5), (4, 5)), "Loyal customers": ((3, 4), (4, 5)), "Potential loyalists": ((4, 5), (2, 3)),
        "New customers": ((5, 5), (1, 1)), "Promising": ((4, 4), (1, 1)), "Need attention": ((3, 3), (3, 3)),
        "About to sleep": ((3, 3), (1, 2)), "Cannot lose them": ((1, 2), (5, 5)), "At risk": ((1, 2), (3, 4)),
        "Hibernating": ((1, 2), (1, 2)),
    }),
    _made("r_package", 5, {  # the README of the R package rfm, in its order and words
        "Champions": ((5, 5), (5, 5), (5, 5)), "Potential Loyalist": ((3, 5), (3, 5), (2, 5)),
        "Loyal Customers": ((2, 4), (2, 4), (2, 4)), "Promising": ((3, 4), (1, 3), (3, 5)),
        "New Customers": ((4, 5), (1, 3), (1, 5)), "Can't Lose Them": ((1, 2), (3, 4), (4, 5)),
        "At Risk": ((1, 2), (2, 5), (4, 5)), "Need Attention": ((1, 3), (3, 5), (3, 5)),
        "About To Sleep": ((2, 3), (1, 3), (1, 4)), "Lost": ((1, 1), (1, 5), (1, 5)),
    }),
    _made("thirds", 3, {
        "Best": ((3, 3), (3, 3)), "Loyal": ((2, 2), (3, 3)), "Recent": ((3, 3), (1, 2)), "Occasional": ((2, 2), (1, 2)),
        "Slipping": ((1, 1), (2, 3)), "Gone": ((1, 1), (1, 1)),
    }),
    _made("abc", 5, {
        "A": ((1, 5), (1, 5), (5, 5)), "B": ((1, 5), (1, 5), (3, 4)), "C": ((1, 5), (1, 5), (1, 2)),
    }),
)})  # fmt: skip
"""Maps that come along."""


def named(rows: pd.DataFrame, scores: Mapping[str, int], names: RfmMap) -> pd.Series:
    """Give customers their names.

    Parameters
    ----------
    rows : pandas.DataFrame
        With a score of each figure, as from `rfm.rfm`.
    scores : mapping of str to int
        The highest score of each figure that is known.
    names : RfmMap
        The map.

    Returns
    -------
    pandas.Series
        Texts (``str``), in the order of the rows; nothing where no name holds.

    Raises
    ------
    MeasureError
        When the map is of another number of scores, or needs amounts that nobody has.
    """
    for figure, count in scores.items():
        if count != names.scores:
            raise MeasureError(
                f"The map {names.name} is of {names.scores} scores, and {figure} has {count}.",
                f"Take {names.scores} scores, or a map of {count}.",
            )
    if "monetary" not in scores and names.takes_amounts:
        raise MeasureError(
            f"The map {names.name} asks for monetary scores, and the purchases have no amounts.",
            "Say what is added up (amount), or take a map of recency and frequency.",
        )
    grid = names.grid() if "monetary" in scores else names.grid()[..., 0]
    words = pd.array([one.name for one in names.names], dtype="str")
    return pd.Series(words.take(grid.ravel()[cells(rows, scores)], allow_fill=True), index=rows.index)
