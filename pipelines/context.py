"""What evaluating a definition depends on beside the rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pipelines.dates import Weekday


@dataclass(frozen=True)
class Context:
    """What evaluating a definition depends on beside the rows.

    Attributes
    ----------
    as_of : datetime.date
        The day of the evaluation, its last.
    zone : zoneinfo.ZoneInfo
        Whose calendar days and weeks follow.
    week_starts_on : str
        The first weekday.
    fiscal_year_starts_on : str
        Month and day on which fiscal years start, such as ``"04-01"``.
    """

    as_of: dt.date
    zone: ZoneInfo
    week_starts_on: Weekday = "monday"
    fiscal_year_starts_on: str = "01-01"
