"""Counts and exact sums for each contact as one array, and what a test says of them for everybody at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.bound import And, Between, Complement, Expression, IsKnown, OneOf, Or, Primitive
from pipelines.membership import Mask

Integers = npt.NDArray[Any]

_CAPACITY = float(np.iinfo(np.int64).max)
_WIDTHS = (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.int64)


def counted(batches: Iterable[Integers], size: int) -> Integers:
    """Count the rows of each contact.

    Parameters
    ----------
    batches : iterable of numpy.ndarray of int
        The contact id of each row; each below `size`.
    size : int
        One more than the greatest contact id.

    Returns
    -------
    numpy.ndarray of int
        The number of rows by contact id; 0 where there are none.

    Examples
    --------
    >>> counted([np.array([2, 0, 2])], size=4)
    array([1, 0, 2, 0], dtype=int32)
    """
    counts, one = np.zeros(size, dtype=np.int32), np.int32(1)  # a plain 1 would be forty times as slow
    for ids in batches:
        np.add.at(counts, ids, one)
    return counts


def summed(batches: Iterable[Sequence[Integers]], size: int) -> Integers:
    """Add up whole numbers for each contact, without ever losing a digit.

    Parameters
    ----------
    batches : iterable of pairs of numpy.ndarray of int
        Contact ids, each below `size`, and the numbers.
    size : int
        One more than the greatest contact id.

    Returns
    -------
    numpy.ndarray of int
        The sum by contact id; 0 where there is nothing. Where 64 bits might not hold a sum, the elements are Python
        integers, which is exact and slow.

    Examples
    --------
    >>> summed([(np.array([2, 0, 2]), np.array([5, 1, -2]))], size=3)
    array([1, 0, 3])
    """
    found = ExactSums(size)
    for ids, numbers in batches:
        found.add(ids, numbers)
    return found.sums


class ExactSums:
    """Sums of whole numbers for each contact that never lose a digit.

    Parameters
    ----------
    size : int
        One more than the greatest contact id.

    Attributes
    ----------
    sums : numpy.ndarray of int
        By contact id; Python integers where 64 bits might not hold one, which is exact and slow.
    """

    def __init__(self, size: int) -> None:
        self.sums: Integers = np.zeros(size, dtype=np.int64)
        self._greatest = 0.0

    def add(self, ids: Integers, numbers: Integers) -> None:
        """Add numbers to the sums of contacts.

        Parameters
        ----------
        ids : numpy.ndarray of int
            The contact of each number, each below the size.
        numbers : numpy.ndarray of int
            What is added.
        """
        self._greatest += float(np.abs(numbers).max(initial=0)) * numbers.size
        if self._greatest > _CAPACITY:
            self.sums, numbers = self.sums.astype(object), numbers.astype(object)
        np.add.at(self.sums, ids, numbers)


def narrowed(values: Integers) -> Integers:
    """Hold whole numbers in as few bytes as they need.

    Parameters
    ----------
    values : numpy.ndarray of int
        As from `counted` or `summed`.

    Returns
    -------
    numpy.ndarray of int
        The same numbers in the narrowest type that holds the least and the greatest; for comparing, because adding
        to them may run over. Python integers stay where 64 bits do not hold them.

    Notes
    -----
    Counts of rows rarely pass 255, so they take one byte for each contact instead of four.

    Examples
    --------
    >>> narrowed(np.array([1, 0, 200]))
    array([  1,   0, 200], dtype=uint8)
    """
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    for width in _WIDTHS:
        if np.iinfo(width).min <= low and high <= np.iinfo(width).max:
            return values.astype(width, copy=False)
    return values


def holds(test: Expression, values: Integers, unit: int = 1) -> Mask:
    """Apply a test on a count or sum to the values of everybody.

    Parameters
    ----------
    test : Expression
        Of `OneOf`, `Between` and `IsKnown`; the column it names does not matter.
    values : numpy.ndarray of int
        Known for everybody.
    unit : int, optional
        How many of the values make 1 in the test: 10,000 where amounts are counted in ten-thousandths.

    Returns
    -------
    numpy.ndarray of bool
        True where the test holds.

    Examples
    --------
    >>> from pipelines.bound import Test
    >>> from pipelines.schema import Column, FieldType
    >>> value = Column("value", FieldType.INTEGER, "number of rows")
    >>> holds(Complement(Test(value, Between(low=2.0))), np.array([1, 2, 3]))
    array([ True, False, False])
    """
    if isinstance(test, Complement):
        return ~holds(test.test, values, unit)
    if isinstance(test, And | Or):
        is_and = isinstance(test, And)
        combine = np.logical_and if is_and else np.logical_or
        neutral = np.full(values.size, is_and)
        return combine.reduce([neutral, *(holds(inner, values, unit) for inner in test.tests)])  # type: ignore[no-any-return]
    return _satisfies(test.primitive, values, unit)


def _satisfies(primitive: Primitive, values: Integers, unit: int) -> Mask:
    if isinstance(primitive, Between):
        return _lies_between(primitive, values, unit)
    if isinstance(primitive, OneOf):
        wanted = (_exactly(value, unit) for value in primitive.values)
        whole = [int(value) for value in wanted if value.denominator == 1]
        return np.isin(values, whole)
    if isinstance(primitive, IsKnown):
        return np.ones(values.size, dtype=np.bool_)
    raise TypeError(f"{type(primitive).__name__} does not go with numbers")


def _lies_between(bounds: Between, values: Integers, unit: int) -> Mask:
    """Compare with the nearest whole number inside each bound, which is exact."""
    inside = np.ones(values.size, dtype=np.bool_)
    if bounds.low is not None:
        low = _exactly(bounds.low, unit)
        inside &= values >= (floor(low) + 1 if bounds.low_open else ceil(low))
    if bounds.high is not None:
        high = _exactly(bounds.high, unit)
        inside &= values <= (ceil(high) - 1 if bounds.high_open else floor(high))
    return inside


def _exactly(value: float | Decimal, unit: int) -> Fraction:
    return Fraction(value) * unit
