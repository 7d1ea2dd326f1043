"""What models of purchases need of customers: how often they came back, when last, and since when they are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipelines.errors import FrameError, MeasureError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

FEWEST = 30
"""Customers who came back that a model needs at least."""
_ROUNDING = 1e-9
_CHUNK = 1 << 14


@dataclass(frozen=True)
class Histories:
    """The different histories that customers have, in the symbols of the literature.

    Attributes
    ----------
    x : numpy.ndarray of float
        Repeat purchases: those after the first.
    t_x : numpy.ndarray of float
        Time from the first purchase to the last, in units; 0 where there was no other.
    age : numpy.ndarray of float
        Time from the first purchase to the day, in units; T in the literature.
    weight : numpy.ndarray of float
        How many customers have each history.
    inverse : numpy.ndarray of int
        For each customer, which history it is.

    Notes
    -----
    Histories are in ascending order, whatever the order of customers was, so that sums come out the same to the last
    digit. A model costs by the number of different histories: a million customers known by the day have about a tenth
    as many.
    """

    x: Floats
    t_x: Floats
    age: Floats
    weight: Floats
    inverse: Integers = field(repr=False)

    @classmethod
    def of(cls, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Histories:
        """Count the different histories of customers.

        Parameters
        ----------
        x : array_like
            Repeat purchases of each customer: whole numbers, at least 0.
        t_x : array_like
            Time from the first purchase to the last, in units.
        age : array_like
            Time from the first purchase to the day, in the same units.

        Returns
        -------
        Histories
            Each once, with how many customers have it.

        Raises
        ------
        FrameError
            When a number is missing, or no history can be like that.

        Examples
        --------
        >>> found = Histories.of([0, 2, 0], [0, 30.4, 0], [38.9, 38.9, 38.9])
        >>> found.x.tolist(), found.weight.tolist(), found.inverse.tolist()
        ([0.0, 2.0], [2.0, 1.0], [0, 1, 0])
        """
        columns = [np.asarray(column, dtype=np.float64) for column in (x, t_x, age)]
        if len({column.shape for column in columns}) > 1:
            raise FrameError(f"Histories of different lengths: {', '.join(str(column.size) for column in columns)}.")
        _check(*columns)
        order = np.lexsort(columns[::-1])
        rows = np.stack(columns)[:, order]
        is_first = np.r_[True, (rows[:, 1:] != rows[:, :-1]).any(axis=0)][: len(order)]
        number = np.cumsum(is_first) - 1
        inverse = np.empty(len(order), dtype=np.int64)
        inverse[order] = number
        first = rows[:, is_first]
        return cls(first[0], first[1], first[2], np.bincount(number).astype(np.float64), inverse)

    @property
    def customer_count(self) -> int:
        """How many customers there are."""
        return len(self.inverse)

    @property
    def repeat_customer_count(self) -> int:
        """How many of them came back."""
        return int(self.weight[self.x > 0].sum())

    @property
    def rate(self) -> float:
        """Repeat purchases of all customers for each unit they are known: where searches begin."""
        return float((self.weight * self.x).sum() / (self.weight * self.age).sum())

    def chunks(self) -> Iterator[Histories]:
        """Go through the histories in parts that fit into a processor's cache.

        Yields
        ------
        Histories
            Of 16,384 rows at most, without `inverse`.
        """
        nobody = np.empty(0, dtype=np.int64)
        for begin in range(0, len(self.x), _CHUNK):
            part = slice(begin, begin + _CHUNK)
            yield Histories(self.x[part], self.t_x[part], self.age[part], self.weight[part], nobody)

    def check_enough(self) -> None:
        """Refuse what no model can be fitted to.

        Raises
        ------
        MeasureError
            When fewer than `FEWEST` customers came back.
        """
        if self.repeat_customer_count < FEWEST:
            raise MeasureError(
                f"Of {self.customer_count:,} customers {self.repeat_customer_count:,} bought again, and a model needs "
                f"{FEWEST} that did.",
                "Take a later day, or a wider condition of what a purchase is.",
            )


def _check(x: Floats, t_x: Floats, age: Floats) -> None:
    wrong = ~(np.isfinite(x) & np.isfinite(t_x) & np.isfinite(age))
    wrong |= (x < 0) | (x != np.floor(x)) | (t_x < 0) | (t_x > age * (1 + _ROUNDING))
    wrong |= (x == 0) & (t_x != 0)
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise FrameError(
            f"No customer has {x[place]:g} repeat purchases, the last {t_x[place]:g} after the first, within "
            f"{age[place]:g} (row {place + 1}).",
            "Repeat purchases are whole numbers; the last lies between the first and the day, and is 0 without them.",
        )
