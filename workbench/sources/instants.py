"""Written dates and times placed on the UTC line, or on the calendar of a zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from workbench.sources.moments import Moments


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
