"""Dates and times as people write them: which part is the day, which the month, and in which zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_TIME = (
    r"(?:[T ]\s*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_PARTED = r"^(?P<one>\d{1,4})(?P<sign>[-/.])\s?(?P<two>\d{1,2})[-/.]\s?(?P<three>\d{1,4})" + _TIME
_YEAR_LAST = r"^(?P<one>\d{1,2})[-/.]\s?(?P<two>\d{1,2})[-/.]\s?(?P<three>\d{2}|\d{4})(?:[T ,]|$)"
_COMPACT = (
    r"^(?P<one>\d{4})(?P<two>\d{2})(?P<three>\d{2})"
    r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<fraction>)(?P<half>)(?P<zone>[Zz])?)?$"
)
_NAMED = (
    r"^(?P<one>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?:de )?(?P<name>\pL{3,10})\.?,?[-/. ]+(?:de )?(?P<three>\d{4})" + _TIME
)
_NAME_FIRST = r"^(?P<name>\pL{3,10})\.? (?P<one>\d{1,2})(?:st|nd|rd|th)?,? (?P<three>\d{4})" + _TIME

_MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "abr": 4, "may": 5, "mai": 5, "jun": 6,
    "jul": 7, "aug": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12,
    "dez": 12, "dic": 12,
}  # fmt: skip
# Two-digit years are read as POSIX does: 69 to 99 lie in the last century.
_PIVOT = 69
_CONTRARY = 9


@dataclass(frozen=True)
class Moments:
    """Written dates, understood.

    Attributes
    ----------
    days : numpy.ndarray of datetime64[D]
        The calendar day; NaT where the text is no date.
    microseconds : numpy.ndarray of int64
        Since midnight; 0 where no time is written.
    has_time : numpy.ndarray of bool
        Whether a time is written.
    offsets : numpy.ndarray of int64
        Minutes east of UTC.
    has_offset : numpy.ndarray of bool
        Whether an offset is written.
    """

    days: np.ndarray
    microseconds: np.ndarray
    has_time: np.ndarray
    offsets: np.ndarray
    has_offset: np.ndarray

    @property
    def valid(self) -> np.ndarray:
        """Which texts are dates."""
        return np.asarray(~np.isnat(self.days))


@dataclass(frozen=True)
class DateOrder:
    """The order of day and month that the values of a column show.

    Attributes
    ----------
    order : str
        ``"dmy"``, ``"mdy"``, or ``"ymd"`` when every date begins with its year or names its month; empty when the
        values do not tell.
    example : str
        A value that reads either way, when the values do not tell.
    """

    order: str
    example: str = ""


def order_of(texts: pa.StringArray) -> DateOrder:
    """See whether days or months come first.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Distinct values without blanks around them.

    Returns
    -------
    DateOrder
        The order that the values can only have; a few values to the contrary (one in ten of those that
        tell) are mistakes in the data. Values that mean the same day both ways tell nothing.

    Examples
    --------
    >>> order_of(pa.array(["03/04/2024", "25/04/2024"])).order
    'dmy'
    >>> order_of(pa.array(["03/04/2024"]))
    DateOrder(order='', example='03/04/2024')
    """
    numeric = texts.filter(pc.fill_null(pc.match_substring_regex(texts, _YEAR_LAST), False))
    parts = _Parts(pc.extract_regex(numeric, _YEAR_LAST))
    day_first, month_first = parts.days("dmy"), parts.days("mdy")
    differing = (day_first != month_first) & ~(np.isnat(day_first) & np.isnat(month_first))
    if not differing.any():
        return DateOrder("ymd" if not len(numeric) else "dmy")
    days = int((differing & np.isnat(month_first)).sum())
    months = int((differing & np.isnat(day_first)).sum())
    if days > _CONTRARY * months:
        return DateOrder("dmy")
    if months > _CONTRARY * days:
        return DateOrder("mdy")
    both = differing & ~np.isnat(month_first) & ~np.isnat(day_first)
    return DateOrder("", numeric[int(np.argmax(both if both.any() else differing))].as_py())


def date_format(text: str, order: str) -> str:
    """Describe how a date is written.

    Parameters
    ----------
    text : str
        A value.
    order : str
        ``"dmy"``, ``"mdy"`` or ``"ymd"``.

    Returns
    -------
    str
        Such as ``dd-mm-yyyy`` or ``yyyy-mm-dd hh:mm``; empty for what is no numeric date.

    Examples
    --------
    >>> date_format("3/4/24 10:00", "mdy")
    'mm/dd/yy hh:mm'
    """
    if re.match(r"\d{8}(\D|$)", text):
        return "yyyymmdd"
    parts = re.match(r"(\d{1,4})([-/.])\s?\d{1,2}[-/.]\s?(\d{1,4})(.*)", text)
    if parts is None:
        return ""
    order = "ymd" if len(parts[1]) == 4 else order
    year = "yyyy" if 4 in (len(parts[1]), len(parts[3])) else "yy"
    day = parts[2].join({"d": "dd", "m": "mm", "y": year}[part] for part in order)
    return f"{day} hh:mm" if ":" in parts[4] else day


def moments(texts: pa.StringArray, order: str) -> Moments:
    """Read written dates and times.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Values without blanks around them.
    order : str
        ``"dmy"``, ``"mdy"`` or ``"ymd"``: of numeric dates that do not begin with a four-digit year.

    Returns
    -------
    Moments
        One entry per text.

    Notes
    -----
    Known are 2024-01-31, 20240131, 31.1.2024, 1/31/24, 31 Jan 2024 and Jan 31, 2024, each with a time, half
    of the day and offset behind it; month names in English, Spanish and German. Years run from 1000.

    Examples
    --------
    >>> moments(pa.array(["31.12.2024", "2024-12-31T10:00Z", "32.1.2024"]), "dmy").days.astype(str).tolist()
    ['2024-12-31', '2024-12-31', 'NaT']
    """
    count = len(texts)
    found = Moments(
        np.full(count, "NaT", dtype="datetime64[D]"),
        np.zeros(count, "int64"),
        np.zeros(count, bool),
        np.zeros(count, "int64"),
        np.zeros(count, bool),
    )
    left = np.arange(count)
    for shape in (_PARTED, _COMPACT, _NAMED, _NAME_FIRST):
        parts = pc.extract_regex(texts.take(pa.array(left)), shape)
        matched = parts.is_valid().to_numpy(zero_copy_only=False)
        _fill(found, left[matched], _Parts(parts.filter(pa.array(matched))), order)
        left = left[~matched]
        if not len(left):
            break
    return found


def _fill(found: Moments, places: np.ndarray, parts: _Parts, order: str) -> None:
    days, (microseconds, sound) = parts.days(order), parts.times()
    found.days[places] = np.where(sound, days, np.datetime64("NaT"))
    found.microseconds[places] = microseconds
    found.has_time[places] = parts.known("hour")
    found.offsets[places] = parts.offsets()
    found.has_offset[places] = parts.known("zone")


class _Parts:
    """The named groups of texts that matched one shape."""

    def __init__(self, parts: pa.StructArray) -> None:
        self.groups = {field.name: pc.struct_field(parts, field.name) for field in parts.type}

    def known(self, name: str) -> np.ndarray:
        return np.asarray(pc.not_equal(self.groups[name], ""))

    def number(self, name: str) -> np.ndarray:
        texts = self.groups[name]
        return np.asarray(pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.int64()))

    def days(self, order: str) -> np.ndarray:
        if "name" in self.groups:
            year, month, day = self.number("three"), self._named_months(), self.number("one")
        else:
            year, month, day = self._ordered(order)
        return _calendar(year, month, day)

    def _ordered(self, order: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        one, two, three = (self.number(name) for name in ("one", "two", "three"))
        lengths = pc.utf8_length(self.groups["one"]).to_numpy()
        if order == "ymd":
            return _century(one, lengths), two, three
        last = pc.utf8_length(self.groups["three"]).to_numpy()
        day, month = (one, two) if order == "dmy" else (two, one)
        year_first = lengths == 4
        possible = (lengths <= 2) & ((last == 2) | (last == 4))
        year = np.where(year_first, one, np.where(possible, _century(three, last), 0))
        return year, np.where(year_first, two, month), np.where(year_first, three, day)

    def _named_months(self) -> np.ndarray:
        short = pc.utf8_slice_codeunits(pc.utf8_lower(self.groups["name"]), 0, 3)
        place = pc.index_in(short, pa.array(list(_MONTHS)))
        numbers = pa.array(list(_MONTHS.values()), pa.int64())
        return np.asarray(pc.fill_null(numbers.take(place), 0))

    def times(self) -> tuple[np.ndarray, np.ndarray]:
        """Microseconds since midnight, and whether the clock can show that time."""
        hour, minute, second = (self.number(name) for name in ("hour", "minute", "second"))
        half = pc.utf8_slice_codeunits(pc.utf8_lower(self.groups["half"]), 0, 1)
        has_half = self.known("half")
        sound = (minute < 60) & (second < 60) & np.where(has_half, (hour >= 1) & (hour <= 12), hour < 24)
        hour = np.where(has_half, hour % 12 + 12 * pc.equal(half, "p").to_numpy(zero_copy_only=False), hour)
        padded = pc.utf8_slice_codeunits(pc.utf8_rpad(self.groups["fraction"], 6, "0"), 0, 6)
        return ((hour * 60 + minute) * 60 + second) * 1_000_000 + padded.cast(pa.int64()).to_numpy(), sound

    def offsets(self) -> np.ndarray:
        parts = pc.extract_regex(self.groups["zone"], r"^(?P<sign>[-+])(?P<hours>\d{2}):?(?P<minutes>\d{2})?$")
        zero = pc.fill_null(parts.is_valid(), False)
        values = [pc.struct_field(parts, name) for name in ("hours", "minutes")]
        hours, minutes = (
            pc.if_else(pc.and_(zero, pc.not_equal(v, "")), v, "0").cast(pa.int64()).fill_null(0).to_numpy()
            for v in values
        )
        west = pc.fill_null(pc.equal(pc.struct_field(parts, "sign"), "-"), False).to_numpy(zero_copy_only=False)
        return np.asarray(np.where(west, -1, 1) * (hours * 60 + minutes))


def _century(years: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    return np.where(lengths <= 2, years + np.where(years >= _PIVOT, 1900, 2000), years)


def _calendar(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Days, NaT where the calendar has no such day."""
    sound = (year >= 1000) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = ((np.where(sound, year, 1970) - 1970) * 12 + np.where(sound, month, 1) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(sound, day - 1, 0)
    return np.where(sound & (days.astype("datetime64[M]") == months), days, np.datetime64("NaT"))


def instants(found: Moments, zone: ZoneInfo) -> np.ndarray:
    """Place written dates and times on the UTC line.

    Parameters
    ----------
    found : Moments
        As :func:`moments` gives.
    zone : zoneinfo.ZoneInfo
        Zone of what has no offset; a date without a time is midnight there.

    Returns
    -------
    numpy.ndarray of datetime64[us]
        UTC; NaT where the text is no date.
    """
    clock = found.days.astype("datetime64[us]") + found.microseconds.astype("timedelta64[us]")
    given = clock - (found.offsets * 60_000_000).astype("timedelta64[us]")
    return np.where(found.has_offset, given, to_utc(np.where(found.has_offset, np.datetime64("NaT"), clock), zone))


def local_days(found: Moments, zone: ZoneInfo) -> np.ndarray:
    """Give the calendar day of written dates and times.

    Parameters
    ----------
    found : Moments
        As :func:`moments` gives.
    zone : zoneinfo.ZoneInfo
        Zone in which the day of a time with an offset is meant.

    Returns
    -------
    numpy.ndarray of datetime64[D]
        The day as written, or the zone's day of an instant; NaT where the text is no date.
    """
    if not found.has_offset.any():
        return found.days
    at = pd.DatetimeIndex(instants(found, zone)).tz_localize("UTC").tz_convert(zone)
    return np.where(found.has_offset, at.tz_localize(None).to_numpy().astype("datetime64[D]"), found.days)


def to_utc(clock: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """Turn a zone's clock times into UTC.

    Parameters
    ----------
    clock : numpy.ndarray of datetime64[us]
        What the zone's clocks show.
    zone : zoneinfo.ZoneInfo
        The zone.

    Returns
    -------
    numpy.ndarray of datetime64[us]
        UTC, NaT kept. Of an hour that clocks show twice, the first is taken; a time that clocks skip
        becomes the first instant after the gap.
    """
    if str(zone) == "UTC":
        return clock
    index = pd.DatetimeIndex(clock.astype("datetime64[us]"))
    placed = index.tz_localize(zone, ambiguous=np.ones(len(index), bool), nonexistent="shift_forward")
    return placed.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]")
