"""What a filter on dates says, one end at a time: a day, or the first and last day of a period with a name."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from pipelines import date_formula
from pipelines.dates import WEEKDAYS
from pipelines.errors import ConditionError, shortened

_SOME_DAY = dt.date(2000, 1, 1)  # whether a formula can be read does not depend on the day
_MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
_PERIODS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_TODAY, _OTHER_DAYS = ("today", "workdate"), ("now", "yesterday", "tomorrow")
# Sunday before Saturday: a lone "s" is Sunday in Business Central.
_WEEKDAYS = (*WEEKDAYS[:5], "sunday", "saturday")
_WORDS = (*_TODAY, *_WEEKDAYS, "period", *_OTHER_DAYS, *_PERIODS)
_NUMBERED = (*_WEEKDAYS, "period", *_PERIODS)
_NAMED = re.compile(r"%?([a-z]+)(?:[\s-]*(\d{1,3}))?(?:[\s,/-]*(\d{4}))?", re.IGNORECASE | re.ASCII)
_FROM_YEAR = re.compile(r"(\d{4})\s*[-./,\s]\s*(\d{1,2})\s*[-./,\s]\s*(\d{1,2})\.?", re.ASCII)
_TO_YEAR = re.compile(r"(\d{1,2})\s*[-./,\s]\s*(\d{1,2})\s*[-./,\s]\s*(\d{4})\.?", re.ASCII)
_HINT = "Write 2017-05-31, a date formula such as -30D or CM+1D, or a period such as week 12, Q1 or p3."


class Days(NamedTuple):
    """The first and the last of some days, each as ISO 8601 or as a date formula.

    Attributes
    ----------
    first, last : str
        The same for a single day.
    """

    first: str
    last: str


def days_of(text: str, *, has_times: bool = False, fiscal_year_starts_on: str = "01-01") -> Days:
    """Read one end of a filter on dates.

    Parameters
    ----------
    text : str
        A date with its year (``2026-03-31``, ``20260331``, ``31.3.2026``), a day of this month (``15``), a date
        formula (``CM+1D``), a weekday (``tu``) or one of a week (``tu23``, ``tu23 2027``), or a period: ``week``,
        ``week 12``, ``month``, ``april 2027``, ``quarter``, ``Q1``, ``year 2027``, ``p3``. Words can be cut short and
        have ``%`` in front.
    has_times : bool, optional
        Whether the values have times of day, which makes ``t 23`` a time in Business Central.
    fiscal_year_starts_on : str, optional
        Month and day on which the first accounting period starts.

    Returns
    -------
    Days
        What it says.

    Raises
    ------
    ConditionError
        When it says no day, or could say several.

    Notes
    -----
    Weeks are those of ISO 8601, from Monday; week 53 of a year that has none is week 1 of the next. Accounting
    periods are the months of the fiscal year, counted on beyond it. A name without a year is of the calendar year of
    the evaluation.

    Examples
    --------
    >>> days_of("Q2")
    Days(first='-CY+3M', last='-CY+3M+CQ')
    """
    text = text.strip()
    if ":" in text or (has_times and re.fullmatch(r"%?[a-z]\s+\d+", text, re.IGNORECASE)):
        raise ConditionError(f'"{shortened(text)}" has a time of day, and filters go by days.', "Leave the time out.")
    found = _absolute(text) if text[:1].isdigit() else None
    return found or _named(text, fiscal_year_starts_on) or _formula(text)


def _absolute(text: str) -> Days | None:
    """Read a date in figures; None where other signs show that it is a formula."""
    if not re.fullmatch(r"[\d\s./,-]+", text):
        return None
    if text.isdecimal() and len(text) <= 2:
        return _day(f"-CM-1D+D{int(text)}") if 1 <= int(text) <= 31 else _refused(text)
    if text.isdecimal() and len(text) == 8:
        return _exact([(int(text[:4]), int(text[4:6]), int(text[6:]))], text)
    if parts := _FROM_YEAR.fullmatch(text):
        year, month, day = map(int, parts.groups())
        return _exact([(year, month, day)], text)
    if parts := _TO_YEAR.fullmatch(text):
        first, second, year = map(int, parts.groups())
        return _exact([(year, second, first), (year, first, second)], text)
    return _refused(text)


def _exact(readings: list[tuple[int, int, int]], text: str) -> Days:
    """Give the one date there is among the readings of some figures."""
    found = {day.isoformat() for day in map(_date, readings) if day}
    if len(found) > 1:
        one, other = sorted(found)
        raise ConditionError(f'"{shortened(text)}" can be read as {one} and as {other}.', "Write the year first.")
    return Days(*found, *found) if found else _refused(text)


def _date(parts: tuple[int, int, int]) -> dt.date | None:
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _named(text: str, fiscal_year_starts_on: str) -> Days | None:
    """Read a weekday or period; None where it is neither."""
    parts = _NAMED.fullmatch(text)
    if parts is None or (parts[2] and not int(parts[2])):
        return None
    word, number, year = parts[1].lower(), int(parts[2] or 0), parts[3]
    if word in ("w", "m") and number and not year and "-" not in text:
        raise ConditionError(
            f'"{shortened(text)}" can be read as a week or month, a weekday and a date formula.',
            "Write week 12, april, wed12 or, for the date formula, <W12>.",
        )
    known = _NUMBERED if number or year else (_PERIODS if text.startswith("%") else _WORDS)
    name = next((full for full in (*known, *_long_enough(word)) if full.startswith(word)), "")
    if text.startswith("%") and any(full.startswith(word) for full in (*_TODAY, *_OTHER_DAYS)):
        name = ""
    if name in WEEKDAYS:
        return _weekday(WEEKDAYS.index(name), number, year, text)
    if name == "period" and not year:
        return _accounting_period(number or 1, fiscal_year_starts_on)
    if name in _MONTHS and not number:
        return _of_year("M", _MONTHS.index(name) + 1, year)
    return _period(name, number, year, text) if name in _PERIODS else None


def _long_enough(word: str) -> tuple[str, ...]:
    return _MONTHS if len(word) >= 3 else ()


def _weekday(weekday: int, week: int, year: str | None, text: str) -> Days:
    if not week and not year:
        return _day(f"-CW+{weekday}D" if weekday else "-CW")
    return _week(week, year, text, weekday, weekday)


def _period(name: str, number: int, year: str | None, text: str) -> Days | None:
    unit = _PERIODS[name]
    if not number and not year:
        return Days(f"-C{unit}", f"C{unit}")
    if name == "week":
        return _week(number, year, text)
    if name == "quarter" and 1 <= number <= 4:
        return _of_year("Q", 3 * number - 2, year)
    if name == "year" and not number:
        return Days(f"{year}-01-01", f"{year}-12-31") if _date((int(year or 0), 1, 1)) else _refused(text)
    return _refused(text)


def _week(week: int, year: str | None, text: str, first: int = 0, last: int = 6) -> Days:
    """Give days of a week of ISO 8601; the one with 4 January is the first."""
    if not 1 <= week <= 53:
        return _refused(text)
    if year is None:
        days = 7 * (week - 1)
        return Days(f"-CY+3D-CW+{days + first}D", f"-CY+3D-CW+{days + last}D")
    try:
        monday = dt.date.fromisocalendar(int(year), week, 1)
        return Days(*((monday + dt.timedelta(days)).isoformat() for days in (first, last)))
    except (ValueError, OverflowError):
        return _refused(text)


def _of_year(unit: str, month: int, year: str | None) -> Days:
    """Give the month or quarter that starts with a month of a year."""
    if year is None:
        first = f"-CY+{month - 1}M" if month > 1 else "-CY"
        return Days(first, f"{first}+C{unit}")
    first_day = dt.date(max(int(year), 1), month, 1)
    last_day = date_formula.evaluate(f"C{unit}", first_day)
    return Days(first_day.isoformat(), last_day.isoformat())


def _accounting_period(number: int, fiscal_year_starts_on: str) -> Days:
    month, day = map(int, fiscal_year_starts_on.split("-"))
    start = "".join(
        (
            f"-{day - 1}D" if day > 1 else "",
            f"-{month - 1}M" if month > 1 else "",
            "-CY",
            f"+{month - 1}M" if month > 1 else "",
            f"+{day - 1}D" if day > 1 else "",
        )
    )
    return Days(f"{start}+{number - 1}M" if number > 1 else start, f"{start}+{number}M-1D")


def _formula(text: str) -> Days:
    try:
        date_formula.evaluate(text, _SOME_DAY)
    except ConditionError as error:
        raise ConditionError(error.message, _HINT) from None
    return Days(text, text)


def _day(formula: str) -> Days:
    return Days(formula, formula)


def _refused(text: str) -> Days:
    raise ConditionError(f'"{shortened(text)}" names no day, or not the same everywhere.', _HINT)
