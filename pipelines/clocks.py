"""Local time in a zone: what its clock shows at an instant, and when it last showed a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from pipelines import dates
from pipelines.values import Span

_FIRST = dt.date(1840, 1, 1)  # before any zone had a clock of its own; none changes before it
_STEP = dt.timedelta(days=3)  # no zone ever changed its clock twice within so many
_TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Offset:
    """How far a zone's clock is ahead of UTC, until the next offset starts.

    Attributes
    ----------
    since : datetime.datetime
        The instant from which on, naive, in UTC; the first of a zone's offsets holds before it as well.
    ahead : datetime.timedelta
        What has to be added to UTC; negative west of Greenwich.
    """

    since: dt.datetime
    ahead: dt.timedelta


def local(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Tell what the clock of a zone shows.

    Parameters
    ----------
    instant : datetime.datetime
        Naive, in UTC.
    zone : zoneinfo.ZoneInfo
        The zone.

    Returns
    -------
    datetime.datetime
        Naive.

    Examples
    --------
    >>> local(dt.datetime(2026, 3, 29, 1, 0), ZoneInfo("Europe/Berlin"))
    datetime.datetime(2026, 3, 29, 3, 0)
    """
    try:
        return instant.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError:
        return instant


def is_within(first: dt.datetime, last: dt.datetime, span: Span, zone: ZoneInfo) -> bool:
    """Tell whether an instant is at most a length of calendar time after another, on the clock of a zone.

    Parameters
    ----------
    first, last : datetime.datetime
        Naive, in UTC.
    span : Span
        The length of time.
    zone : zoneinfo.ZoneInfo
        The zone.

    Returns
    -------
    bool
        Whether `last` is not after the last instant at which the clock shows no more than it showed at `first`, moved
        on by the span.

    Notes
    -----
    Where the clock shows that time twice, the second counts; where it skips it, what is left is before the skip.

    Examples
    --------
    >>> first = dt.datetime(2026, 3, 28, 1, 30)  # 2:30 in Berlin; the next day goes from 2:00 to 3:00
    >>> skip = dt.datetime(2026, 3, 29, 1, 0)
    >>> zone, day = ZoneInfo("Europe/Berlin"), Span(n=1, unit="day")
    >>> is_within(first, skip - dt.timedelta(seconds=1), day, zone), is_within(first, skip, day, zone)
    (True, False)
    """
    began = local(first, zone)
    shown = dt.datetime.combine(dates.shift(began.date(), span.n, span.unit), began.time())
    return local(last, zone) <= shown or last <= _second(shown, zone)


def _second(shown: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Find when a clock shows a time, for the second time where it does so twice."""
    try:
        return shown.replace(tzinfo=zone, fold=1).astimezone(dt.UTC).replace(tzinfo=None)
    except OverflowError:
        return shown


@lru_cache(maxsize=64)
def offsets(zone: ZoneInfo, last: dt.date) -> tuple[Offset, ...]:
    """List every offset that the clock of a zone has had.

    Parameters
    ----------
    zone : zoneinfo.ZoneInfo
        The zone.
    last : datetime.date
        The last day that is asked about.

    Returns
    -------
    tuple of Offset
        In order, at least one.

    Notes
    -----
    The zone is asked every three days, and between two answers that differ to the microsecond: 20 ms for two
    centuries.

    Examples
    --------
    >>> [str(offset.since) for offset in offsets(ZoneInfo("Europe/Berlin"), dt.date(2026, 12, 31))][-2:]
    ['2026-03-29 01:00:00', '2026-10-25 01:00:00']
    """
    at = dt.datetime.combine(_FIRST, dt.time())
    end = max(at, dt.datetime.combine(dates.shift(last, 2, "day"), dt.time()))
    found = [Offset(at, _ahead(at, zone))]
    while at < end:
        following = min(at + _STEP, end)
        if _ahead(following, zone) != found[-1].ahead:
            since = _change(at, following, zone)
            found.append(Offset(since, _ahead(since, zone)))
        at = following
    return tuple(found)


def _change(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Find the first instant of the offset that holds after a change."""
    old = _ahead(before, zone)
    while after - before > _TICK:
        middle = before + (after - before) // 2
        before, after = (middle, after) if _ahead(middle, zone) == old else (before, middle)
    return after


def _ahead(instant: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return local(instant, zone) - instant
