"""Who entered and left a segment between two snapshots or days, by what moved them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pipelines import drift
from pipelines.drift import Part
from pipelines.membership import Mask, count
from workbench.errors import NotFoundError, nearest
from workbench.segments.definition import Segment
from workbench.segments.differing import numbers
from workbench.segments.facts import mask_of
from workbench.segments.results import Snapshot
from workbench.segments.snapshots import NUMBER
from workbench.store import Connection, tables

When = dt.date | str
Members = Callable[[Segment, dt.date], Mask]


@dataclass(frozen=True)
class SegmentDrift:
    """How a segment changed between two points, and why.

    Attributes
    ----------
    name : str
        The segment's name.
    since, until : str
        The two points: a snapshot's number, or a day as ISO text.
    since_on, until_on : datetime.date
        The days they are evaluated on.
    before, after : int
        Members at each.
    entered, left, stayed : int
        Members at the second only, at the first only, and at both.
    parts : pandas.DataFrame
        One row each for data, clock and rule: part, entered, left, net. Both columns add up to `entered` and `left`.
    notes : tuple of str
        What to know when reading it.
    revision : int
        The store's revision.
    contacts : pandas.DataFrame or None
        Each contact that moved: contact_no, change (``"entered"`` or ``"left"``) and part; None unless asked for.
    """

    name: str
    since: str
    until: str
    since_on: dt.date
    until_on: dt.date
    before: int
    after: int
    entered: int
    left: int
    stayed: int
    parts: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...]
    revision: int
    contacts: pd.DataFrame | None = field(default=None, repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the parts.

        Returns
        -------
        pandas.DataFrame
            `parts`.
        """
        return self.parts

    def to_dict(self) -> dict[str, Any]:
        """Write the drift as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute; days as ISO text, tables as lists of rows.
        """
        names = ("name", "since", "until", "before", "after", "entered", "left", "stayed", "revision")
        return {
            **{name: getattr(self, name) for name in names},
            "since_on": self.since_on.isoformat(),
            "until_on": self.until_on.isoformat(),
            "parts": self.parts.to_dict("records"),
            "notes": list(self.notes),
            "contacts": None if self.contacts is None else self.contacts.to_dict("records"),
        }

    def _repr_html_(self) -> str:
        head = (
            f"<b>{self.before:,} -> {self.after:,} members</b>: {self.entered:,} entered, {self.left:,} left, "
            f"{self.stayed:,} stayed"
        )
        return f"{head}{self.parts.to_html(index=False)}{''.join(f'<p>{note}</p>' for note in self.notes)}"


@dataclass(frozen=True)
class End:
    """One end of a drift.

    Attributes
    ----------
    called : str
        The snapshot's number, or the day as ISO text.
    segment : Segment
        The rule of that time; the present one for a day.
    as_of : datetime.date
        The day.
    snapshot : Snapshot or None
        Whose members are the end; None for a day.
    """

    called: str
    segment: Segment
    as_of: dt.date
    snapshot: Snapshot | None = None


def end(when: When, present: Segment, taken: Sequence[Snapshot]) -> End:
    """Find out what somebody means by one end.

    Parameters
    ----------
    when : datetime.date or str
        A day, also as ISO text, or a snapshot's number.
    present : Segment
        The definition of a day.
    taken : sequence of Snapshot
        The snapshots there are.

    Returns
    -------
    End
        With its rule and day.

    Raises
    ------
    NotFoundError
        When it is neither.
    """
    if isinstance(when, dt.date):
        return End(when.strftime("%Y-%m-%d"), present, dt.date(when.year, when.month, when.day))
    known = {snapshot.snapshot_id: snapshot for snapshot in taken}
    if when in known:
        return End(when, Segment.from_yaml(known[when].definition), known[when].as_of, known[when])
    try:
        return End(when, present, dt.date.fromisoformat(when))
    except ValueError:
        hint = nearest(when, known) or "Give a day such as 2017-05-31."
        raise NotFoundError(f'"{when}" is neither a snapshot nor a day.', hint) from None


def drifted(
    con: Connection, name: str, since: End, until: End, members: Members, revision: int, *, contacts: bool
) -> SegmentDrift:
    """Follow who moved from one end to the other.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        The segment's name.
    since, until : End
        The ends.
    members : callable
        Gives the members of a definition on a day, with the data there are now.
    revision : int
        The store's revision.
    contacts : bool
        Whether to list who moved.

    Returns
    -------
    SegmentDrift
        With parts that add up.

    Notes
    -----
    The path: the old members; the old rule with today's data on the old day (data); the same on the new day (clock);
    the new rule (rule); the new members, where they are those of a snapshot (data again).
    """
    points = [
        members(since.segment, since.as_of), members(since.segment, until.as_of), members(until.segment, until.as_of),
    ]  # fmt: skip
    frozen = [_frozen(con, one.snapshot) for one in (since, until)]
    first, last = (points[place] if one is None else one for place, one in zip((0, 2), frozen, strict=True))
    path = _as_long([first, *points, last])
    parts: list[Part] = ["data", "clock", "rule", "data"]
    first, last = path[0], path[-1]
    return SegmentDrift(
        name, since.called, until.called, since.as_of, until.as_of, count(first), count(last), count(last & ~first),
        count(first & ~last), count(first & last), drift.drift(path, parts), tuple(_notes(name, since, until)),
        revision, _contacts(con, path, parts, [since, until]) if contacts else None,
    )  # fmt: skip


def _frozen(con: Connection, snapshot: Snapshot | None) -> Mask | None:
    """Read the members of a snapshot, those deleted since included."""
    if snapshot is None:
        return None
    query = "SELECT contact_id FROM segment_snapshot_member WHERE snapshot_id = ?"
    ids = tables.ids(con, query, [snapshot.snapshot_id])
    return mask_of(ids, int(ids.max()) + 1 if ids.size else 0)


def _as_long(masks: list[Mask]) -> list[Mask]:
    size = max(mask.size for mask in masks)
    return [np.pad(mask, (0, size - mask.size)) for mask in masks]


def _contacts(con: Connection, path: list[Mask], parts: list[Part], ends: list[End]) -> pd.DataFrame:
    change = drift.deciding_change(path)
    named = {**_frozen_numbers(con, ends), **numbers(con, change != 0)}
    rows = [
        (named[int(one)], "entered" if change[one] > 0 else "left", parts[abs(int(change[one])) - 1])
        for one in np.flatnonzero(change)
    ]
    return pd.DataFrame(sorted(rows), columns=["contact_no", "change", "part"])


def _frozen_numbers(con: Connection, ends: list[End]) -> dict[int, str]:
    """Read the numbers as snapshots keep them: of contacts that exist no more, they are the only ones."""
    ids = [end.snapshot.snapshot_id for end in ends if end.snapshot]
    query = f"SELECT contact_id, {NUMBER} FROM segment_snapshot_member m WHERE list_contains(?, snapshot_id)"  # noqa: S608
    return dict(con.execute(query, [ids]).fetchall()) if ids else {}


def _notes(name: str, since: End, until: End) -> list[str]:
    frozen = [end.snapshot for end in (since, until) if end.snapshot]
    found = [
        f'Snapshot "{one.snapshot_id}" is of the segment "{one.segment_name}".'
        for one in frozen
        if one.segment_name != name
    ]
    if until.snapshot:
        found.append(
            f'The members at the end are those of snapshot "{until.called}"; what changed in the data since is taken '
            "back under data."
        )
    if since.snapshot is None:
        found.append(
            f"The members on {since.called} are those that the present definition gives on that day with today's data; "
            "take snapshots to keep what was known then."
        )
    return found
