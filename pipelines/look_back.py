"""A look back: on which earlier days a segment is counted, and what its sizes then say about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import get_args

from pipelines import dates
from pipelines.dates import Unit
from pipelines.errors import MeasureError, nearest

MOST = 1000
_ONE = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}
_MANY = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}


def days(as_of: dt.date, every: Unit, periods: int) -> tuple[dt.date, ...]:
    """List the days to count on.

    Parameters
    ----------
    as_of : datetime.date
        The last of them.
    every : {"day", "week", "month", "quarter", "year"}
        The step, on the calendar.
    periods : int
        How many earlier days, from 1 to 1,000.

    Returns
    -------
    tuple of datetime.date
        `periods` + 1 days, in order. Each is stepped from as_of, so months clip one by one: 31 May, 30 April,
        31 March.

    Raises
    ------
    MeasureError
        When there is no such unit, or the days would leave the calendar.

    Examples
    --------
    >>> [day.isoformat() for day in days(dt.date(2028, 3, 31), "month", 2)]
    ['2028-01-31', '2028-02-29', '2028-03-31']
    """
    if every not in get_args(Unit):
        raise MeasureError(f'Sizes cannot be counted every "{every}".', nearest(every, get_args(Unit)))
    if not 1 <= periods <= MOST:
        raise MeasureError(f"Sizes cannot be counted on {periods} earlier days.", f"Choose from 1 to {MOST}.")
    if dates.shift(as_of, -periods, every) == dt.date.min:
        raise MeasureError(f"The calendar has no {periods} {_MANY[every]} before {as_of}.", "Choose fewer.")
    return tuple(dates.shift(as_of, -back, every) for back in range(periods, -1, -1))


def check(sizes: Sequence[int], every: Unit) -> str:
    """Say whether a segment was empty on the earlier days.

    Parameters
    ----------
    sizes : sequence of int
        On the days, in order; the last is of as_of, and not an earlier one.
    every : {"day", "week", "month", "quarter", "year"}
        The step between them.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> check([0, 0, 4, 5], "week")
    'Empty on 2 of the 3 weeks before.'
    """
    earlier = sizes[:-1]
    empty = sum(size == 0 for size in earlier)
    if len(earlier) == 1:
        return f"{'Empty' if empty else 'Not empty'} 1 {_ONE[every]} before."
    if not empty:
        return f"Empty on none of the {len(earlier)} {_MANY[every]} before."
    if empty == len(earlier):
        return f"Empty on all of the {len(earlier)} {_MANY[every]} before."
    return f"Empty on {empty} of the {len(earlier)} {_MANY[every]} before."
