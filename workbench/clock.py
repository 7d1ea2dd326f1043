"""The only place that asks the system what time it is."""

from __future__ import annotations

import datetime as dt
import time
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """Tell the present instant.

    Returns
    -------
    datetime.datetime
        Aware, in UTC.
    """
    return dt.datetime.now(dt.UTC)  # noqa: TID251


def today(time_zone: str) -> dt.date:
    """Tell the calendar day it is now in a zone.

    Parameters
    ----------
    time_zone : str
        An IANA name such as ``America/New_York``.

    Returns
    -------
    datetime.date
        The local day.
    """
    return now().astimezone(ZoneInfo(time_zone)).date()


def seconds() -> float:
    """Tell a monotonic reading in seconds, for measuring how long work took.

    Returns
    -------
    float
        Seconds since an arbitrary start.
    """
    return time.perf_counter()
