"""What the difference of two definitions tells: in words, and of their members."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.differences import Difference, differences
from pipelines.meaning import meaning
from pipelines.membership import Mask, count
from pipelines.values import to_plain
from workbench.compiling.values import offered
from workbench.segments.definition import Segment
from workbench.segments.difference_words import said
from workbench.segments.evaluating import Evaluation
from workbench.store import Connection


@dataclass(frozen=True)
class MembershipChange:
    """What a difference does to who is a member.

    Attributes
    ----------
    before, after : int
        Members of the old definition and of the new one.
    entered, left, stayed : int
        Members of the new one only, of the old one only, and of both.
    suppressed_before, suppressed_after : mapping of str to int
        Contacts held back, by reason.
    limited_before, limited_after : int
        Contacts that the limit left out.
    as_of : datetime.date
        The day both were evaluated on.
    revision : int
        The store's revision.
    entered_contacts, left_contacts : tuple of str or None
        Their numbers in order; None unless asked for.
    """

    before: int
    after: int
    entered: int
    left: int
    stayed: int
    suppressed_before: Mapping[str, int]
    suppressed_after: Mapping[str, int]
    limited_before: int
    limited_after: int
    as_of: dt.date
    revision: int
    entered_contacts: tuple[str, ...] | None = None
    left_contacts: tuple[str, ...] | None = None

    @property
    def sentence(self) -> str:
        """The change read out in English."""
        return (
            f"{self.before:,} -> {self.after:,} members as of {self.as_of.isoformat()}: "
            f"{self.entered:,} entered, {self.left:,} left, {self.stayed:,} stayed"
        )


@dataclass(frozen=True)
class SegmentDiff:
    """In what two definitions differ.

    Attributes
    ----------
    old_name, new_name : str or None
        The names of both; None for a side on which there is no segment.
    differences : tuple of Difference
        In the order of the definition.
    is_same_meaning : bool
        Whether both give the same members whatever the data: they are equal, or differ in order, names and checks only.
    members : MembershipChange or None
        What it does to who is a member; None where no store was asked.
    """

    old_name: str | None
    new_name: str | None
    differences: tuple[Difference, ...]
    is_same_meaning: bool
    members: MembershipChange | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The differences read out in English, each with its place."""
        return tuple(": ".join(filter(None, (one.place, said(one)))) for one in self.differences)

    def frame(self) -> pd.DataFrame:
        """Show the differences as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each: kind, part, place, sentence, changes_meaning.
        """
        columns = ["kind", "part", "place", "sentence", "changes_meaning"]
        rows = [(one.kind, one.part, one.place, said(one), one.changes_meaning) for one in self.differences]
        return pd.DataFrame(rows, columns=columns)

    def to_dict(self) -> dict[str, Any]:
        """Write the difference as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute; differences as in `frame`, with what they were and are.
        """
        told = self.frame().to_dict("records")
        values = [{"before": to_plain(one.before), "after": to_plain(one.after)} for one in self.differences]
        return {
            "old_name": self.old_name,
            "new_name": self.new_name,
            "is_same_meaning": self.is_same_meaning,
            "differences": [{**row, **pair} for row, pair in zip(told, values, strict=True)],
            "members": self.members and {**asdict(self.members), "as_of": self.members.as_of.isoformat()},
        }

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{html.escape(text)}</li>" for text in self.sentences)
        verdict = "<p>The same meaning.</p>" if self.is_same_meaning else ""
        effect = f"<p>{html.escape(self.members.sentence)}</p>" if self.members else ""
        return f"{verdict}<ul>{lines}</ul>{effect}"


def compared(old: Segment | None, new: Segment | None, members: MembershipChange | None = None) -> SegmentDiff:
    """Compare two definitions, of which one may be missing.

    Parameters
    ----------
    old : Segment or None
        As it was; None for a segment that is new.
    new : Segment or None
        As it is; None for a segment that is gone.
    members : MembershipChange, optional
        What is known of its effect.

    Returns
    -------
    SegmentDiff
        Knows nothing of a store unless it is told.
    """
    is_same = old is new or (old is not None and new is not None and meaning(old) == meaning(new))
    old_name, new_name = (None if one is None else one.name for one in (old, new))
    return SegmentDiff(old_name, new_name, differences(old, new), is_same, members)


def moved(
    con: Connection, old: Evaluation | None, new: Evaluation | None, *, contacts: bool = False
) -> MembershipChange | None:
    """Compare the members of two evaluations of one day and revision, of which one may be missing.

    Parameters
    ----------
    con : connection
        An open unit of work at that revision.
    old : Evaluation or None
        Of the old definition; nobody where there is none.
    new : Evaluation or None
        Of the new one.
    contacts : bool, optional
        Whether to list who entered and left.

    Returns
    -------
    MembershipChange or None
        None where both are missing.
    """
    known = new or old
    if known is None:
        return None
    before, after = (np.zeros_like(known.members) if one is None else one.members for one in (old, new))
    entered, left = after & ~before, before & ~after
    return MembershipChange(
        before=count(before), after=count(after), entered=count(entered), left=count(left),
        stayed=count(before & after), suppressed_before=_suppressed(old), suppressed_after=_suppressed(new),
        limited_before=old.limited if old else 0, limited_after=new.limited if new else 0,
        as_of=known.context.as_of, revision=known.facts.revision,
        entered_contacts=tuple(numbers(con, entered).values()) if contacts else None,
        left_contacts=tuple(numbers(con, left).values()) if contacts else None,
    )  # fmt: skip


def numbers(con: Connection, mask: Mask) -> dict[int, str]:
    """Read the numbers of contacts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    mask : numpy.ndarray of bool
        Whose.

    Returns
    -------
    dict of int to str
        By contact id, in the order of the numbers; without contacts that do not exist.
    """
    with offered(con, np.flatnonzero(mask)):
        query = "SELECT contact_id, contact_no FROM chosen_contact JOIN contact USING (contact_id) ORDER BY contact_no"
        return dict(con.execute(query).fetchall())


def _suppressed(evaluation: Evaluation | None) -> dict[str, int]:
    return {} if evaluation is None else {reason: count(mask) for reason, mask in evaluation.suppressed.items()}
