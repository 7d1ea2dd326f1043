"""Automatic classification: the figure of each contact, compared with the ranges of the answers to a question.

Business Central's Update Contact Classification (report 5199) in pandas. `pipelines.class_totals` and
`pipelines.class_figures` give the figures, `pipelines.ratings` the points of rating questions, which are classified
here as well.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.errors import MeasureError, nearest

DEFINED_VALUE = "defined_value"
PERCENTAGE_OF_VALUE = "percentage_of_value"
PERCENTAGE_OF_CONTACTS = "percentage_of_contacts"
METHODS = (DEFINED_VALUE, PERCENTAGE_OF_VALUE, PERCENTAGE_OF_CONTACTS)
SORTING = ("descending", "ascending")
MOST_DECIMALS = 25

_FINEST = 2.0**52  # a float this large has no decimals left
_NUDGE = 1 + 4 * np.finfo(np.float64).eps  # halves written in decimals may lie a little below a half as a float

Floats = npt.NDArray[np.float64]


def rounded(values: npt.ArrayLike, decimal_count: int = 0) -> Floats:
    """Round figures as Business Central does: halves away from zero.

    Parameters
    ----------
    values : array_like of float
        Any shape.
    decimal_count : int, optional
        Decimals that stay, -25 to 25; -3 rounds to thousands.

    Returns
    -------
    numpy.ndarray of float
        Of the same shape; a figure that has no such decimals as a float stays as it is.

    Raises
    ------
    MeasureError
        When there are more decimals than that.

    Examples
    --------
    >>> rounded([2.5, -2.5, 1.005, 1449.0], 0).tolist(), rounded([1449.0, 1450.0], -2).tolist()
    ([3.0, -3.0, 1.0, 1449.0], [1400.0, 1500.0])
    """
    if not -MOST_DECIMALS <= decimal_count <= MOST_DECIMALS:
        raise MeasureError(f"{decimal_count} is no number of decimals.", "Write a whole number from -25 to 25.")
    exact = np.asarray(values, dtype=np.float64)
    scale = 10.0 ** abs(decimal_count)
    size = np.abs(exact)
    scaled = size * scale if decimal_count >= 0 else size / scale
    whole = np.floor(scaled * _NUDGE + 0.5)
    near = whole / scale if decimal_count >= 0 else whole * scale
    result: Floats = np.copysign(np.where(scaled < _FINEST, near, size), exact) + 0.0
    return result


def compared(figures: pd.Series, method: str, sorting: str = "descending", decimal_count: int = 0) -> pd.Series:
    """Turn figures into what the ranges of answers are compared with.

    Parameters
    ----------
    figures : pandas.Series of float
        One for each contact that takes part, by number; unknown ones take no part.
    method : str
        ``defined_value`` (the figure itself), ``percentage_of_value`` (100 * figure / sum of all figures, 0 where the
        sum is 0) or ``percentage_of_contacts`` (100 * place / number of contacts).
    sorting : str, optional
        ``descending`` (place 1 has the highest figure) or ``ascending``; matters for places only.
    decimal_count : int, optional
        Decimals it is rounded to, -25 to 25.

    Returns
    -------
    pandas.Series of float
        Rounded, by number in ascending order.

    Raises
    ------
    MeasureError
        When there is no such method or sorting, or a contact has two figures.

    Notes
    -----
    Places run from 1 without gaps: contacts with equal figures stand one behind the other by their number, upwards
    where the sorting is ascending and downwards where it is descending, as the product reads its key. The result is
    the same for any order of rows; so is the sum, which is exact. Source: Business Central, report 5199,
    InsertContactValue, MarkByPercentageOfValue and MarkByPercentageOfContacts.

    Examples
    --------
    >>> sales = pd.Series({"CT1": 700.0, "CT2": 200.0, "CT3": 100.0, "CT4": 0.0})
    >>> compared(sales, "percentage_of_value").tolist(), compared(sales, "percentage_of_contacts").tolist()
    ([70.0, 20.0, 10.0, 0.0], [25.0, 50.0, 75.0, 100.0])
    """
    if method not in METHODS:
        raise MeasureError(f'There is no classification method "{method}".', nearest(method, METHODS))
    if sorting not in SORTING:
        raise MeasureError(f'There is no sorting method "{sorting}".', nearest(sorting, SORTING))
    known = figures.dropna().sort_index()
    if not known.index.is_unique:
        raise MeasureError("A contact has two figures.", "Give one figure for each contact.")
    exact = known.to_numpy(dtype=np.float64)
    if method == PERCENTAGE_OF_VALUE:
        exact = _shares(exact)
    elif method == PERCENTAGE_OF_CONTACTS:
        exact = _places(exact, sorting)
    return pd.Series(rounded(exact, decimal_count), index=known.index, name="compared")


def _shares(exact: Floats) -> Floats:
    total = math.fsum(exact)
    return 100 * exact / total if total else np.zeros_like(exact)


def _places(exact: Floats, sorting: str) -> Floats:
    order = np.argsort(exact, kind="stable")
    if sorting == "descending":
        order = order[::-1]
    places = np.empty(len(exact))
    places[order] = np.arange(1, len(exact) + 1)
    return 100 * places / max(1, len(exact))


def in_range(values: npt.ArrayLike, from_value: float, to_value: float) -> npt.NDArray[np.bool_]:
    """Tell which values lie in the range of an answer.

    Parameters
    ----------
    values : array_like of float
        As `compared` gives them.
    from_value, to_value : float
        The bounds, both of which belong to the range; 0 is no bound.

    Returns
    -------
    numpy.ndarray of bool
        True from the lower bound, up to the upper bound, or between both; false throughout where both are 0.

    Notes
    -----
    So a range cannot begin or end at 0: "from 0 to 25" is "up to 25", with everything negative, and no range holds 0
    alone. Source: Business Central, report 5199, InRange.

    Examples
    --------
    >>> in_range([10, 25, 26], 0, 25).tolist(), in_range([10, 25, 26], 0, 0).tolist()
    ([True, True, False], [False, False, False])
    """
    exact = np.asarray(values, dtype=np.float64)
    if not from_value and not to_value:
        return np.zeros(exact.shape, dtype=np.bool_)
    lowest = from_value or -np.inf
    highest = to_value or np.inf
    result: npt.NDArray[np.bool_] = (exact >= lowest) & (exact <= highest)
    return result


def classify(values: pd.Series, answers: pd.DataFrame) -> pd.DataFrame:
    """Give each contact the answers whose range its value is in.

    Parameters
    ----------
    values : pandas.Series of float
        By number, as from `compared`.
    answers : pandas.DataFrame
        The answers to the question: line_no, from_value, to_value; unknown bounds are none.

    Returns
    -------
    pandas.DataFrame of bool
        One row for each contact, one column for each line_no in ascending order. A contact may get several answers,
        or none.

    Examples
    --------
    The manual's ABC classification: A for 500,000 or more, B from 100,000 to 499,999, C up to 99,999.

    >>> sales = pd.Series({"CT1": 612000.0, "CT2": 100000.0, "CT3": 99999.4})
    >>> bounds = {"from_value": [500000, 100000, 0], "to_value": [0, 499999, 99999]}
    >>> answers = pd.DataFrame({"line_no": [1, 2, 3], **bounds})
    >>> found = classify(compared(sales, "defined_value"), answers)
    >>> {number: list(row.index[row]) for number, row in found.iterrows()}
    {'CT1': [1], 'CT2': [2], 'CT3': [3]}
    """
    bounds = answers.sort_values("line_no").fillna({"from_value": 0.0, "to_value": 0.0})
    exact = values.to_numpy(dtype=np.float64)
    found: dict[Any, npt.NDArray[np.bool_]] = {
        answer.line_no: in_range(exact, float(answer.from_value), float(answer.to_value))  # type: ignore[arg-type]
        for answer in bounds.itertuples()
    }
    return pd.DataFrame(found, index=values.index)
