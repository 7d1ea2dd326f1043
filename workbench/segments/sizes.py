"""How large a segment was on earlier days."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from pipelines import look_back
from pipelines.dates import Unit


@dataclass(frozen=True)
class SizeOn:
    """The size on one day.

    Attributes
    ----------
    day : datetime.date
        The day the segment was evaluated on.
    total : int
        Its members.
    """

    day: dt.date
    total: int


@dataclass(frozen=True)
class SegmentSizes:
    """How large a segment was on as_of and on days before.

    Attributes
    ----------
    name : str
        The segment's name.
    every : {"day", "week", "month", "quarter", "year"}
        The step between the days.
    sizes : tuple of SizeOn
        By day; the last is of as_of.
    as_of : datetime.date
        The last day.
    revision : int
        The store's revision; all days were evaluated at this one.

    Notes
    -----
    Fields of contacts have no history: what a rule says of a city or a mailing group is true of every day alike.
    Only what rows with a date say, and where a day stands on the calendar, changes from day to day.
    """

    name: str
    every: Unit
    sizes: tuple[SizeOn, ...]
    as_of: dt.date
    revision: int

    @property
    def smallest(self) -> SizeOn:
        """The smallest size, on the latest day that has it."""
        return min(reversed(self.sizes), key=lambda size: size.total)

    @property
    def largest(self) -> SizeOn:
        """The largest size, on the latest day that has it."""
        return max(reversed(self.sizes), key=lambda size: size.total)

    @property
    def change(self) -> int:
        """How many more members there are on as_of than on the first day."""
        return self.sizes[-1].total - self.sizes[0].total

    @property
    def empty(self) -> int:
        """On how many of the days before as_of the segment had no members."""
        return sum(size.total == 0 for size in self.sizes[:-1])

    @property
    def check(self) -> str:
        """The look-back check in words."""
        return look_back.check([size.total for size in self.sizes], self.every)

    @property
    def note(self) -> str:
        """What cannot be seen in a look back."""
        return (
            "Fields, lists and memberships have no history: every day is counted with what they say now. "
            "Rows dated after a day are left out of it."
        )

    def frame(self) -> pd.DataFrame:
        """Show the sizes as a table.

        Returns
        -------
        pandas.DataFrame
            Columns day (datetime64) and total, by day.
        """
        frame = pd.DataFrame([asdict(size) for size in self.sizes], columns=["day", "total"])
        return frame.assign(day=pd.to_datetime(frame["day"]))

    def to_dict(self) -> dict[str, Any]:
        """Write the sizes as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute and property; days as ISO text.
        """
        return {
            "name": self.name, "every": self.every, "as_of": self.as_of.isoformat(), "revision": self.revision,
            "check": self.check, "empty": self.empty, "smallest": _plain(self.smallest),
            "largest": _plain(self.largest), "change": self.change, "note": self.note,
            "sizes": [_plain(size) for size in self.sizes],
        }  # fmt: skip

    def _repr_html_(self) -> str:
        head = f"<b>{html.escape(self.name or 'Segment')}: {self.check}</b><p>{self.note}</p>"
        return head + self.frame().to_html(index=False)


def _plain(size: SizeOn) -> dict[str, Any]:
    return {"day": size.day.isoformat(), "total": size.total}
