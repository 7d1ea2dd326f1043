"""The versions of saved segments: what was saved under a name, when and by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import Literal

from workbench import clock, config
from workbench.errors import NotFoundError, nearest
from workbench.segments.definition import Segment
from workbench.store import Connection

Event = Literal["saved", "restored", "deleted"]


@dataclass(frozen=True)
class SegmentVersion:
    """One version of a saved segment.

    Attributes
    ----------
    name : str
        The segment's name.
    version_no : int
        Counted from 1 for each name; goes on after a deletion.
    event : {"saved", "restored", "deleted"}
        How it came about; a deletion carries the definition that was deleted.
    restored_no : int or None
        The version it was restored from.
    definition : str
        The canonical YAML.
    definition_hash : str
        Its SHA-256.
    saved_at : datetime.datetime
        When, in UTC.
    saved_by : str or None
        By whom; None where it was not recorded.
    """

    name: str
    version_no: int
    event: Event
    restored_no: int | None
    definition: str = field(repr=False)
    definition_hash: str
    saved_at: dt.datetime
    saved_by: str | None

    @property
    def segment(self) -> Segment:
        """The definition as a value."""
        return Segment.from_yaml(self.definition)


_COLUMNS = tuple(column.name for column in fields(SegmentVersion))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM segment_version"  # noqa: S608 - names of ours
_INSERT = f"INSERT INTO segment_version VALUES ({', '.join('?' for _ in _COLUMNS)})"  # noqa: S608
_DELETED = (
    f"{_SELECT} WHERE name NOT IN (SELECT name FROM segment) "  # noqa: S608
    "QUALIFY row_number() OVER (PARTITION BY name ORDER BY version_no DESC) = 1 ORDER BY name"
)


def record(con: Connection, segment: Segment, event: Event, restored_no: int | None = None) -> SegmentVersion:
    """Write the next version of a segment.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    segment : Segment
        What was saved, restored or deleted; with a name.
    event : {"saved", "restored", "deleted"}
        Which of these.
    restored_no : int, optional
        The version it was restored from.

    Returns
    -------
    SegmentVersion
        Under the next number of its name.
    """
    highest = "SELECT coalesce(max(version_no), 0) FROM segment_version WHERE name = ?"
    number = con.execute(highest, [segment.name]).fetchall()[0][0] + 1
    now = clock.now().replace(tzinfo=None)
    version = SegmentVersion(
        segment.name, number, event, restored_no, segment.to_yaml(), segment.hash, now, config.user()
    )
    con.execute(_INSERT, [getattr(version, name) for name in _COLUMNS])
    return version


def of(con: Connection, name: str) -> list[SegmentVersion]:
    """Read the versions of a segment, saved or deleted.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        Its name.

    Returns
    -------
    list of SegmentVersion
        The oldest first; at least one.

    Raises
    ------
    NotFoundError
        When nothing was ever saved under the name.
    """
    rows = con.execute(f"{_SELECT} WHERE name = ? ORDER BY version_no", [name]).fetchall()
    if not rows:
        known = [row[0] for row in con.execute("SELECT DISTINCT name FROM segment_version").fetchall()]
        raise NotFoundError(f'No segment was ever saved as "{name}".', nearest(name, known) or "None is saved yet.")
    return [SegmentVersion(*row) for row in rows]


def numbered(con: Connection, name: str, version_no: int) -> SegmentVersion:
    """Read one version of a segment.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        Its name.
    version_no : int
        Which one.

    Returns
    -------
    SegmentVersion
        That version.

    Raises
    ------
    NotFoundError
        When there is no such segment or version.
    """
    versions = of(con, name)
    if not 1 <= version_no <= len(versions):
        raise NotFoundError(f'"{name}" has no version {version_no}.', f"It has versions 1 to {len(versions)}.")
    return versions[version_no - 1]


def deleted(con: Connection) -> list[SegmentVersion]:
    """List the segments that were deleted and not saved again.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of SegmentVersion
        The last version of each, by name.
    """
    return [SegmentVersion(*row) for row in con.execute(_DELETED).fetchall()]
