"""Date formulas of Business Central: a day written relative to another, such as ``CM+1D``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NoReturn

from pipelines.dates import Unit, shift, start_of
from pipelines.errors import ConditionError

LARGEST_NUMBER = 9999
_UNITS: dict[str, Unit] = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}
_DAY_WORDS = {"today": 0, "workdate": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
_LARGEST_NAMED = {"D": 31, "WD": 7, "W": 53, "M": 12, "Q": 4}
_YEARS_AROUND = 8  # years without a week 53 are never more than seven in a row
_WORD = re.compile(r"\s*%?([a-z]+)\s*(?=[+-]|$)", re.IGNORECASE | re.ASCII)
_TERM = re.compile(
    r"\s*(?P<sign>[+-]?)\s*"
    r"(?:C\s*(?P<current>WD|[DWMQY])|(?P<count>\d+)\s*(?P<unit>WD|[DWMQY])|(?P<named>WD|[DWMQY])\s*(?P<number>\d+))\s*",
    re.IGNORECASE | re.ASCII,
)


def evaluate(formula: str, day: dt.date) -> dt.date:
    """Find the day that a date formula stands for.

    Parameters
    ----------
    formula : str
        Terms in a row, each with its sign: a number and a unit (``-2W``), ``C`` and a unit (``CM``), or a unit and a
        number (``D15``, ``WD4``); units are D, W, M, Q and Y, in upper or lower case. Angle brackets around it and
        blanks in it change nothing. A day in words may stand in front: ``t`` or ``today``, ``w`` or ``workdate``,
        ``yesterday``, ``tomorrow``.
    day : datetime.date
        The day it is relative to, which is also today and the work date.

    Returns
    -------
    datetime.date
        The day reached, held within 0001-01-01 and 9999-12-31.

    Raises
    ------
    ConditionError
        When it is no date formula; the message names the position, counted from 1.

    Notes
    -----
    Terms apply from left to right, and months clip at each of them. ``CM`` is the last day of the month and ``-CM``
    its first; weeks run from Monday to Sunday, whatever the store's week starts on, as in Business Central. ``D15``
    and ``WD4`` are the next 15th and the next Thursday, never the day itself; with a minus sign the one before; the
    31st of a short month is its last day. Microsoft documents no example of ``W12``, ``M4`` and ``Q1``: they are read
    alike, as the first day of the next week 12 (ISO 8601), April or first quarter to begin.

    Examples
    --------
    >>> evaluate("CQ+1M-10D", dt.date(1996, 5, 21)), evaluate("<-WD2>", dt.date(1996, 5, 21))
    (datetime.date(1996, 7, 20), datetime.date(1996, 5, 14))
    """
    at, end = _unwrapped(formula)
    word = _WORD.match(formula, at, end)
    if word and (days := _days_of(word[1])) is not None:
        day, at = shift(day, days, "day"), word.end()
        if at == end:
            return day
    if not formula[at:end].strip():
        _refuse_formula(formula, at, "is empty")
    while at < end:
        term = _TERM.match(formula, at, end)
        if term is None:
            _refuse_formula(formula, at, "cannot be read")
        day, at = _moved(day, term, formula), term.end()
    return day


def _unwrapped(formula: str) -> tuple[int, int]:
    """Give where the formula inside its angle brackets starts and ends."""
    start, end = len(formula) - len(formula.lstrip()), len(formula.rstrip())
    opens, closes = formula.startswith("<", start), formula.endswith(">", 0, end)
    if opens != closes:
        _refuse_formula(formula, start if opens else end - 1, "has only one of its angle brackets")
    return (start + 1, end - 1) if opens and end - start > 1 else (start, end)


def _days_of(word: str) -> int | None:
    """Tell how many days after today a word, or the beginning of one, means; Business Central asks in this order."""
    return next((days for full, days in _DAY_WORDS.items() if full.startswith(word.lower())), None)


def _moved(day: dt.date, term: re.Match[str], formula: str) -> dt.date:
    sign = -1 if term["sign"] == "-" else 1
    if term["named"]:
        unit, number = term["named"].upper(), int(term["number"][-5:])
        if not 1 <= number <= _LARGEST_NAMED.get(unit, 0) or len(term["number"]) > 4:
            _refuse_formula(formula, term.start("named"), _named_complaint(unit))
        return _named(day, unit, number, sign)
    unit = (term["current"] or term["unit"]).upper()
    if unit == "WD":
        _refuse_formula(
            formula, term.start("current" if term["current"] else "unit"), "has WD without a weekday behind it"
        )
    if term["current"]:
        return _edge(day, _UNITS[unit], sign)
    if len(term["count"].lstrip("0")) > len(str(LARGEST_NUMBER)):
        _refuse_formula(formula, term.start("count"), f"has a number beyond {LARGEST_NUMBER}")
    return shift(day, sign * int(term["count"]), _UNITS[unit])


def _edge(day: dt.date, unit: Unit, sign: int) -> dt.date:
    """Give the last day of the period that a day lies in, or its first."""
    first = start_of(day, unit)
    if sign < 0:
        return first
    following = shift(first, 1, unit)
    return following if following == dt.date.max else shift(following, -1, "day")


def _named(day: dt.date, unit: str, number: int, sign: int) -> dt.date:
    """Give the nearest day after, or before, that begins what the unit and number name."""
    if unit == "WD":
        return shift(day, sign * ((sign * (number - day.isoweekday())) % 7 or 7), "day")
    years = range(max(day.year - _YEARS_AROUND, 1), min(day.year + _YEARS_AROUND, 9999) + 1)
    found = [first for year in years for first in _begun(year, unit, number)]
    if sign > 0:
        return min((other for other in found if other > day), default=dt.date.max)
    return max((other for other in found if other < day), default=dt.date.min)


def _begun(year: int, unit: str, number: int) -> Iterator[dt.date]:
    """List the days of a year that begin a day of the month, week, month or quarter of that number."""
    if unit == "D":
        for month in range(1, 13):
            yield dt.date(year, month, min(number, calendar.monthrange(year, month)[1]))
    elif unit == "W":
        if number <= dt.date(year, 12, 28).isocalendar().week:
            yield dt.date.fromisocalendar(year, number, 1)
    else:
        yield dt.date(year, number if unit == "M" else 3 * number - 2, 1)


def _named_complaint(unit: str) -> str:
    if unit == "Y":
        return "has a number behind Y, which names no coming day"
    return f"has a number behind {unit} that is not from 1 to {_LARGEST_NAMED[unit]}"


def _refuse_formula(formula: str, at: int, complaint: str) -> NoReturn:
    shown = formula if len(formula) <= 80 else formula[:77] + "…"
    raise ConditionError(
        f'The date formula "{shown}" {complaint}, at position {at + 1}.',
        "Write a day as 2017-05-31, or relative to the day of evaluation as -30D, CM+1D, <2W-1D>, D15, WD4 or t.",
    )
