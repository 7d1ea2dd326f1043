"""Calendar windows relative to an as_of day, half open, on the calendar of one time zone."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Unit = Literal["day", "week", "month", "quarter", "year"]
PeriodUnit = Literal["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Interval = tuple[dt.date | None, dt.date | None]

UNITS: tuple[str, ...] = get_args(Unit)
PERIODS: tuple[str, ...] = get_args(PeriodUnit)
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
MOST_IN_A_YEAR = {"day": 366, "week": 52, "month": 12, "quarter": 4, "year": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_FISCAL_MONTHS = {"fiscal_quarter": 3, "fiscal_year": 12}
_DAYS = {"day": 1, "week": 7}


def shift(day: dt.date, n: int, unit: Unit) -> dt.date:
    """Move a day by whole units of the calendar.

    Parameters
    ----------
    day : datetime.date
        Where to start.
    n : int
        How many units, negative for the past.
    unit : {"day", "week", "month", "quarter", "year"}
        What to count in.

    Returns
    -------
    datetime.date
        The day reached, held within 0001-01-01 and 9999-12-31.

    Notes
    -----
    Months clip: one month before 31 March is the last day of February.

    Examples
    --------
    >>> shift(dt.date(2028, 3, 31), -1, "month")
    datetime.date(2028, 2, 29)
    """
    if unit in _DAYS:
        ordinal = day.toordinal() + n * _DAYS[unit]
        return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))
    months = day.year * 12 + day.month - 1 + n * _MONTHS[unit]
    if months < 12:
        return dt.date.min
    if months > 9999 * 12 + 11:
        return dt.date.max
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_after(day: dt.date) -> dt.date | None:
    """Give the next day.

    Parameters
    ----------
    day : datetime.date
        Any day.

    Returns
    -------
    datetime.date or None
        None after 9999-12-31, which systems write for "never": there is no day after it to end a window with.
    """
    return None if day == dt.date.max else shift(day, 1, "day")


def start_of(day: dt.date, unit: Unit, week_starts_on: Weekday = "monday") -> dt.date:
    """Find the first day of the period that a day lies in.

    Parameters
    ----------
    day : datetime.date
        Any day of the period.
    unit : {"day", "week", "month", "quarter", "year"}
        The length of the period.
    week_starts_on : str, default "monday"
        The first weekday.

    Returns
    -------
    datetime.date
        The first day.

    Examples
    --------
    >>> start_of(dt.date(2026, 3, 29), "week", "sunday")
    datetime.date(2026, 3, 29)
    """
    if unit == "day":
        return day
    if unit == "week":
        return shift(day, -((day.weekday() - WEEKDAYS.index(week_starts_on)) % 7), "day")
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def in_last(as_of: dt.date, n: int, unit: Unit) -> Interval:
    """Give the window that ends with as_of and is n units long.

    Parameters
    ----------
    as_of : datetime.date
        The last day of the window.
    n : int
        Its length in units.
    unit : {"day", "week", "month", "quarter", "year"}
        The unit.

    Returns
    -------
    tuple of datetime.date
        First day, and the day after the last.

    Examples
    --------
    >>> in_last(dt.date(2018, 1, 1), 1, "day")
    (datetime.date(2018, 1, 1), datetime.date(2018, 1, 2))
    """
    return _after(shift(as_of, -n, unit)), _after(as_of)


def in_next(as_of: dt.date, n: int, unit: Unit) -> Interval:
    """Give the window of n units that begins the day after as_of.

    Parameters
    ----------
    as_of : datetime.date
        The day before the window.
    n : int
        Its length in units.
    unit : {"day", "week", "month", "quarter", "year"}
        The unit.

    Returns
    -------
    tuple of datetime.date
        First day, and the day after the last.
    """
    return _after(as_of), _after(shift(as_of, n, unit))


def period(
    as_of: dt.date,
    offset: int,
    unit: PeriodUnit,
    week_starts_on: Weekday = "monday",
    fiscal_year_starts_on: str = "01-01",
) -> Interval:
    """Give a whole calendar period: this one (0), the previous (-1) or the next (1).

    Parameters
    ----------
    as_of : datetime.date
        A day of this period.
    offset : int
        Which period, counted from this one.
    unit : {"day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"}
        Its length.
    week_starts_on : str, default "monday"
        The first weekday.
    fiscal_year_starts_on : str, default "01-01"
        Month and day on which fiscal years start; 29 February, which most years lack, is none.

    Returns
    -------
    tuple of datetime.date
        First day, and the day after the last.

    Notes
    -----
    Fiscal quarters start on the same day of the month as the fiscal year, or on the month's last where it is shorter.

    Examples
    --------
    >>> period(dt.date(2018, 1, 1), -1, "quarter")
    (datetime.date(2017, 10, 1), datetime.date(2018, 1, 1))
    >>> period(dt.date(2018, 3, 31), 0, "fiscal_year", fiscal_year_starts_on="04-01")
    (datetime.date(2017, 4, 1), datetime.date(2018, 4, 1))
    """
    if unit == "fiscal_quarter" or unit == "fiscal_year":
        return _fiscal_period(as_of, offset, _FISCAL_MONTHS[unit], fiscal_year_starts_on)
    first = shift(start_of(as_of, unit, week_starts_on), offset, unit)
    return first, shift(first, 1, unit)


def _fiscal_period(as_of: dt.date, offset: int, months: int, starts_on: str) -> Interval:
    """Count in whole months from the start of the fiscal year, so that short months never pull later starts back."""
    month, day = map(int, starts_on.split("-"))
    start = dt.date(as_of.year, month, day)
    if start > as_of:
        start = shift(start, -1, "year")
    starts = [n for n in range(0, 12, months) if shift(start, n, "month") <= as_of]
    first = starts[-1] + offset * months
    return shift(start, first, "month"), shift(start, first + months, "month")


def instant(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Find the instant at which a calendar day begins in a zone.

    Parameters
    ----------
    day : datetime.date
        A local day.
    zone : zoneinfo.ZoneInfo
        The zone.

    Returns
    -------
    datetime.datetime
        Naive, in UTC.

    Notes
    -----
    Where clocks skip midnight, the day begins at the skip; where midnight occurs twice, at the first.

    Examples
    --------
    >>> instant(dt.date(2018, 1, 1), ZoneInfo("America/New_York"))
    datetime.datetime(2018, 1, 1, 5, 0)
    """
    midnight = dt.datetime.combine(day, dt.time(), zone)
    try:
        return midnight.astimezone(dt.UTC).replace(tzinfo=None)
    except OverflowError:
        return midnight.replace(tzinfo=None)


def _after(day: dt.date) -> dt.date:
    return shift(day, 1, "day")
