"""What a habit asks of the periods of a calendar: which of them hold rows, and which hold none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipelines import dates
from pipelines.conditions import Habit
from pipelines.dates import Unit
from pipelines.errors import ConditionError
from pipelines.values import Span

MOST_PERIODS = 400

_FEWEST_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}
_MOST_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Periods:
    """Periods that follow each other, and what has to lie in them.

    Attributes
    ----------
    cuts : tuple of datetime.date
        The first day of each period but the first one, ascending; period 0 is all time before the first cut, and
        what happens from the last cut on is in no period.
    busy : tuple of int
        Numbers of periods.
    of_busy : int
        In how many of those rows have to lie.
    quiet : tuple of int
        Numbers of the periods in which none may.
    """

    cuts: tuple[dt.date, ...]
    busy: tuple[int, ...]
    of_busy: int
    quiet: tuple[int, ...] = ()


def periods(habit: Habit, as_of: dt.date, where: str = "") -> Periods:
    """Lay the periods of a habit out on the calendar.

    Parameters
    ----------
    habit : Habit
        The habit.
    as_of : datetime.date
        The last day of its last period.
    where : str, optional
        The place of the habit in words, for errors.

    Returns
    -------
    Periods
        What has to be busy and what quiet.

    Raises
    ------
    ConditionError
        When no contact on any day could have the habit, or when there are too many periods.

    Examples
    --------
    >>> habit = Habit(habit="first_time", related="sales_entry", in_last=Span(n=90, unit="day"))
    >>> periods(habit, dt.date(2026, 3, 31)).cuts
    (datetime.date(2026, 1, 1), datetime.date(2026, 4, 1))
    """
    end = dates.shift(as_of, 1, "day")
    if habit.habit == "regularly":
        return _regular(habit, as_of, where)
    if habit.habit == "first_time":
        return Periods((_start(as_of, habit.in_last), end), busy=(1,), of_busy=1, quiet=(0,))
    if habit.habit == "stopped":
        _check_can_stop(habit, where)
        since = _start(as_of, habit.but_not_in_last)
        return Periods((min(_start(as_of, habit.in_last), since), since, end), busy=(1,), of_busy=1, quiet=(2,))
    back = _start(as_of, habit.back_in_last)
    gap = _start(dates.shift(back, -1, "day"), habit.gap)
    return Periods((gap, back, end), busy=(0, 2), of_busy=2, quiet=(1,))


def _regular(habit: Habit, as_of: dt.date, where: str) -> Periods:
    count, wanted, per = habit.of("of_last"), habit.of("in"), habit.of("per")
    if wanted > count:
        raise ConditionError(
            f"In {wanted} of the last {count} can never be: there are only {count}.", "Make in at most of_last.", where
        )
    if count > MOST_PERIODS:
        raise ConditionError(f"{count} periods are too many.", f"Use at most {MOST_PERIODS}, or longer periods.", where)
    cuts = tuple(dates.shift(dates.shift(as_of, -number, per), 1, "day") for number in range(count, -1, -1))
    return Periods(cuts, busy=tuple(range(1, count + 1)), of_busy=wanted)


def _check_can_stop(habit: Habit, where: str) -> None:
    if _is_never_longer(habit.of("in_last"), habit.of("but_not_in_last")):
        raise ConditionError(
            "Nobody can have rows in in_last and none in but_not_in_last, which is as long or longer.",
            "Make but_not_in_last shorter than in_last.",
            where,
        )


def _is_never_longer(one: Span, other: Span) -> bool:
    """Tell whether one length reaches further back than another on no day of the calendar."""
    if (one.unit in _MONTHS) and (other.unit in _MONTHS):
        return one.n * _MONTHS[one.unit] <= other.n * _MONTHS[other.unit]
    return one.n * _MOST_DAYS[one.unit] <= other.n * _FEWEST_DAYS[other.unit]


def _start(last: dt.date, span: Span | None) -> dt.date:
    """Give the first day of the window of a length that ends with a day."""
    if span is None:
        raise TypeError("the grammar gives every habit its windows")
    return dates.shift(dates.shift(last, -span.n, span.unit), 1, "day")
