"""Dates and times as people write them, taken apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_TIME = (
    r"(?:[T ]\s*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_PARTED = r"^(?P<one>\d{1,4})(?P<sign>[-/.])\s?(?P<two>\d{1,2})[-/.]\s?(?P<three>\d{1,4})" + _TIME
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
        _fill(found, left[matched], DateParts(parts.filter(pa.array(matched))), order)
        left = left[~matched]
        if not len(left):
            break
    return found


def _fill(found: Moments, places: np.ndarray, parts: DateParts, order: str) -> None:
    days, (microseconds, sound) = parts.days(order), parts.times()
    found.days[places] = np.where(sound, days, np.datetime64("NaT"))
    found.microseconds[places] = microseconds
    found.has_time[places] = parts.known("hour")
    found.offsets[places] = parts.offsets()
    found.has_offset[places] = parts.known("zone")


class DateParts:
    """The named groups of texts that matched one shape.

    Parameters
    ----------
    parts : pyarrow.StructArray
        As `extract_regex` gives; a group that is not in a text is empty.
    """

    def __init__(self, parts: pa.StructArray) -> None:
        self.groups = {field.name: pc.struct_field(parts, field.name) for field in parts.type}

    def known(self, name: str) -> np.ndarray:
        """Tell which texts have a group.

        Parameters
        ----------
        name : str
            Of the group.

        Returns
        -------
        numpy.ndarray of bool
            One entry per text.
        """
        return np.asarray(pc.not_equal(self.groups[name], ""))

    def number(self, name: str) -> np.ndarray:
        """Read a group of digits.

        Parameters
        ----------
        name : str
            Of the group.

        Returns
        -------
        numpy.ndarray of int64
            0 where the group is not in the text.
        """
        texts = self.groups[name]
        return np.asarray(pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.int64()))

    def days(self, order: str) -> np.ndarray:
        """Give the calendar days.

        Parameters
        ----------
        order : str
            ``"dmy"``, ``"mdy"`` or ``"ymd"``.

        Returns
        -------
        numpy.ndarray of datetime64[D]
            NaT where the calendar has no such day.
        """
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
        """Give the times of the day.

        Returns
        -------
        microseconds : numpy.ndarray of int64
            Since midnight.
        sound : numpy.ndarray of bool
            Whether a clock can show that time.
        """
        hour, minute, second = (self.number(name) for name in ("hour", "minute", "second"))
        half = pc.utf8_slice_codeunits(pc.utf8_lower(self.groups["half"]), 0, 1)
        has_half = self.known("half")
        sound = (minute < 60) & (second < 60) & np.where(has_half, (hour >= 1) & (hour <= 12), hour < 24)
        hour = np.where(has_half, hour % 12 + 12 * pc.equal(half, "p").to_numpy(zero_copy_only=False), hour)
        padded = pc.utf8_slice_codeunits(pc.utf8_rpad(self.groups["fraction"], 6, "0"), 0, 6)
        return ((hour * 60 + minute) * 60 + second) * 1_000_000 + padded.cast(pa.int64()).to_numpy(), sound

    def offsets(self) -> np.ndarray:
        """Give the offsets from UTC.

        Returns
        -------
        numpy.ndarray of int64
            Minutes, positive east of Greenwich; 0 for Z and where none is written.
        """
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
