"""What the times of one contact's rows say, one after the other: the reference for sequences and habits."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from pipelines.bound import BoundHabit, BoundSequence
from pipelines.clocks import is_within


def follows(sequence: BoundSequence, events: Sequence[Collection[dt.datetime]]) -> bool:
    """Tell whether events happened in order.

    Parameters
    ----------
    sequence : BoundSequence
        What is asked.
    events : sequence of collection of datetime.datetime
        For each event the instants of the rows that it can be, naive, in UTC, in any order.

    Returns
    -------
    bool
        Whether there is one instant of each event, each strictly later than the one before, the last of them at most
        so long after the first.

    Notes
    -----
    From each first instant on, taking the earliest that follows gives the shortest sequence.
    """
    return any(_is_reached(sequence, first, events[1:]) for first in events[0])


def keeps(habit: BoundHabit, times: Iterable[dt.date]) -> bool:
    """Tell whether rows lie as a habit asks.

    Parameters
    ----------
    habit : BoundHabit
        What is asked.
    times : iterable of datetime.date or datetime.datetime
        The time of each row, in the type of the habit's cuts.

    Returns
    -------
    bool
        Whether enough of the busy periods hold enough rows, and none of the quiet ones any.
    """
    rows = Counter(bisect_right(habit.cuts, time) for time in times)
    is_busy = [rows[period] >= habit.at_least for period in habit.busy]
    return sum(is_busy) >= habit.of_busy and not any(rows[period] for period in habit.quiet)


def _is_reached(sequence: BoundSequence, first: dt.datetime, later: Sequence[Collection[dt.datetime]]) -> bool:
    reached = first
    for instants in later:
        following = [instant for instant in instants if instant > reached]
        if not following:
            return False
        reached = min(following)
    return sequence.within is None or is_within(first, reached, sequence.within, sequence.zone)
