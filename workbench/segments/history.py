"""What became of a saved segment from version to version."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.errors import ConditionError
from workbench.segments.definition import Segment
from workbench.segments.differing import SegmentDiff, compared, moved
from workbench.segments.evaluating import Evaluation
from workbench.segments.versions import SegmentVersion
from workbench.store import Connection


@dataclass(frozen=True)
class VersionChange:
    """One version, and in what it differs from the one before.

    Attributes
    ----------
    version : SegmentVersion
        The version.
    diff : SegmentDiff
        From the version before: nothing was there before the first one, and nothing is there after a deletion.
    problem : str
        Why its members cannot be compared, in words; empty where they were, or were not asked for.
    """

    version: SegmentVersion
    diff: SegmentDiff
    problem: str = ""


@dataclass(frozen=True)
class SegmentHistory:
    """The versions of a saved segment.

    Attributes
    ----------
    name : str
        Its name.
    entries : tuple of VersionChange
        The newest first.
    is_deleted : bool
        Whether the segment is deleted now.
    """

    name: str
    entries: tuple[VersionChange, ...]

    @property
    def is_deleted(self) -> bool:
        """Whether the segment is deleted now."""
        return self.entries[0].version.event == "deleted"

    def __iter__(self) -> Iterator[VersionChange]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def frame(self) -> pd.DataFrame:
        """Show the versions as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each: version_no, event, restored_no, saved_at, saved_by, changes (in English), members, entered
            and left, unknown where no day was given or the version does not fit the store.
        """
        columns = [
            "version_no", "event", "restored_no", "saved_at", "saved_by", "changes", "members", "entered", "left",
        ]  # fmt: skip
        frame = pd.DataFrame([_row(entry) for entry in self.entries], columns=columns)
        counts = ["restored_no", "members", "entered", "left"]
        return frame.astype({**dict.fromkeys(counts, "Int64"), "saved_at": "datetime64[us]"})

    def to_dict(self) -> dict[str, Any]:
        """Write the history as plain JSON values.

        Returns
        -------
        dict
            The name, whether it is deleted, and the versions, the newest first.
        """
        return {"name": self.name, "is_deleted": self.is_deleted, "versions": [_plain(entry) for entry in self.entries]}

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.name)}</b>{self.frame().to_html(index=False)}"


Evaluate = Callable[[Segment, dt.date], Evaluation]


def told(con: Connection, versions: list[SegmentVersion], evaluate: Evaluate, as_of: dt.date | None) -> SegmentHistory:
    """Compare each version with the one before.

    Parameters
    ----------
    con : connection
        An open unit of work.
    versions : list of SegmentVersion
        The oldest first; at least one.
    evaluate : callable
        Evaluates a definition on a day at the unit's revision.
    as_of : datetime.date or None
        The day members are compared on; None compares definitions only.

    Returns
    -------
    SegmentHistory
        The newest first.
    """
    entries, before = [], None
    problem_before = ""
    evaluated_before: Evaluation | None = None
    for version in versions:
        after = None if version.event == "deleted" else version.segment
        evaluated, problem = _evaluated(after, evaluate, as_of)
        members = None
        if as_of is not None and not (problem or problem_before):
            members = moved(con, evaluated_before, evaluated)
        entries.append(VersionChange(version, compared(before, after, members), problem or problem_before))
        before, evaluated_before, problem_before = after, evaluated, problem
    return SegmentHistory(versions[0].name, tuple(reversed(entries)))


def _evaluated(segment: Segment | None, evaluate: Evaluate, as_of: dt.date | None) -> tuple[Evaluation | None, str]:
    """Evaluate a version; one that no longer fits the store says why."""
    if segment is None or as_of is None:
        return None, ""
    try:
        return evaluate(segment, as_of), ""
    except ConditionError as error:
        return None, error.message


def _row(entry: VersionChange) -> tuple[Any, ...]:
    version, members = entry.version, entry.diff.members
    counts = (None, None, None) if members is None else (members.after, members.entered, members.left)
    changes = "; ".join(entry.diff.sentences)
    return (
        version.version_no, version.event, version.restored_no, version.saved_at, version.saved_by, changes, *counts,
    )  # fmt: skip


def _plain(entry: VersionChange) -> dict[str, Any]:
    version = entry.version
    return {
        "version_no": version.version_no,
        "event": version.event,
        "restored_no": version.restored_no,
        "saved_at": version.saved_at.isoformat(),
        "saved_by": version.saved_by,
        "hash": version.definition_hash,
        "sentence": version.segment.sentence,
        "diff": entry.diff.to_dict(),
        "problem": entry.problem,
    }
