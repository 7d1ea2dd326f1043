"""What counting, previewing and freezing a segment tell."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class StepCount:
    """What one step did.

    Attributes
    ----------
    step : int
        Its number, from 1.
    action : str
        `add`, `reduce` or `refine`.
    change : int
        How many contacts it added (positive) or took away (negative).
    matched : int
        How many contacts match after it, before suppressions.
    """

    step: int
    action: str
    change: int
    matched: int


@dataclass(frozen=True)
class LeafCount:
    """What one rule costs; counts are after suppressions and before the limit.

    Attributes
    ----------
    path : str
        Its place in numbers: ``"2.1"`` is the first condition of the second step.
    sentence : str
        The rule read out in English.
    alone : int
        Contacts of the base that this rule alone would give.
    cumulative : int
        Contacts that the segment would have if it ended with this rule.
    if_left_out : int
        Contacts that the segment would have without this rule.
    with_unknown : int
        Those of `alone` for whom the rule's field is not recorded; 0 for rules on related rows.
    """

    path: str
    sentence: str
    alone: int
    cumulative: int
    if_left_out: int
    with_unknown: int = 0


@dataclass(frozen=True)
class SegmentCount:
    """How many contacts are in a segment, and why.

    Attributes
    ----------
    name : str
        The segment's name.
    total : int
        Members: matched, not suppressed, within the limit.
    base : int
        Contacts that counts are of.
    matched : int
        Contacts that the steps give, before suppressions and limit.
    steps : tuple of StepCount
        What each step did.
    leaves : tuple of LeafCount
        What each rule costs.
    suppressed : mapping of str to int
        Contacts held back, each under the first reason that applies.
    dropped : mapping of str to int
        Contacts that the limit left out, by stage: ``"one_per"``, ``"sample"``, ``"top"``.
    reachable : mapping of str to int
        Members with an address, by channel.
    as_of : datetime.date
        The day the segment was evaluated on.
    revision : int
        The store's revision it was evaluated at.
    seconds : float
        How long it took.
    failed_examples : tuple of str
        Examples of the definition that do not hold, in words.
    failed_invariants : tuple of str
        Invariants of the definition that do not hold, in words.
    notes : tuple of str
        Things to know that are no errors: scores and snapshots that are out of date, traps of filter expressions;
        each behind its place.
    scores : mapping of str to datetime.date or None
        The day that each score it names is of: its newest run not after `as_of`; None where there is none.
    """

    name: str
    total: int
    base: int
    matched: int
    steps: tuple[StepCount, ...]
    leaves: tuple[LeafCount, ...]
    suppressed: Mapping[str, int]
    dropped: Mapping[str, int]
    reachable: Mapping[str, int]
    as_of: dt.date
    revision: int
    seconds: float
    failed_examples: tuple[str, ...] = ()
    failed_invariants: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    scores: Mapping[str, dt.date | None] = field(default_factory=dict)

    @property
    def limited(self) -> int:
        """How many contacts the limit left out."""
        return sum(self.dropped.values())

    def to_dict(self) -> dict[str, Any]:
        """Write the count as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute, and `limited`; `as_of` as ISO text; of each score `scored_on` and `age_days`.
        """
        return {
            **asdict(self),
            "scores": {name: self._aged(scored_on) for name, scored_on in self.scores.items()},
            "limited": self.limited,
            "as_of": self.as_of.isoformat(),
            "seconds": round(self.seconds, 6),
        }

    def _aged(self, scored_on: dt.date | None) -> dict[str, Any]:
        if scored_on is None:
            return {"scored_on": None, "age_days": None}
        return {"scored_on": scored_on.isoformat(), "age_days": (self.as_of - scored_on).days}

    def frame(self) -> pd.DataFrame:
        """Show the rules as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each rule: path, sentence, alone, cumulative, if_left_out, with_unknown.
        """
        columns = ["path", "sentence", "alone", "cumulative", "if_left_out", "with_unknown"]
        return pd.DataFrame([asdict(leaf) for leaf in self.leaves], columns=columns)

    def waterfall(self) -> pd.DataFrame:
        """Show the way from the base to the total.

        Returns
        -------
        pandas.DataFrame
            Columns stage, change, contacts; one row for the base, each step, each reason, the limit and the total.
        """
        rows: list[tuple[str, int, int]] = [("base", self.base, self.base)]
        rows += [(f"step {step.step}: {step.action}", step.change, step.matched) for step in self.steps]
        left = self.matched
        held_back = {f"suppressed: {reason}": size for reason, size in self.suppressed.items()}
        limited = {f"limit: {stage}": size for stage, size in self.dropped.items() if size}
        for stage, size in {**held_back, **limited}.items():
            left -= size
            rows.append((stage, -size, left))
        rows.append(("total", self.total, self.total))
        return pd.DataFrame(rows, columns=["stage", "change", "contacts"])

    def _repr_html_(self) -> str:
        head = (
            f"<b>{html.escape(self.name or 'Segment')}: {self.total:,} contacts</b> of {self.base:,} "
            f"as of {self.as_of.isoformat()} (revision {self.revision}, {self.seconds * 1000:.0f} ms)"
        )
        return f"{head}{self.waterfall().to_html(index=False)}{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class Preview:
    """Some members of a segment.

    Attributes
    ----------
    members : pandas.DataFrame
        The first members in order of contact number, with the columns asked for.
    total : int
        How many members there are in all.
    as_of : datetime.date
        The day of the evaluation.
    revision : int
        The store's revision.
    """

    members: pd.DataFrame = field(repr=False)
    total: int
    as_of: dt.date
    revision: int

    def frame(self) -> pd.DataFrame:
        """Show the members.

        Returns
        -------
        pandas.DataFrame
            `members`.
        """
        return self.members

    def _repr_html_(self) -> str:
        head = f"{len(self.members):,} of {self.total:,} members as of {self.as_of.isoformat()}"
        return f"<b>{head}</b>{self.members.to_html(index=False)}"


@dataclass(frozen=True)
class Snapshot:
    """The members a segment had once; it never changes.

    Attributes
    ----------
    snapshot_id : str
        How to refer to it: ``"lapsed@2018-01-01"``, with ``.2`` and so on for further ones of the same day.
    segment_name : str
        The segment it was taken of.
    definition : str
        The canonical YAML at that time.
    definition_hash : str
        Its SHA-256.
    sentence : str
        The definition read out in English.
    as_of : datetime.date
        The day it was evaluated on.
    revision : int
        The store's revision it was evaluated at.
    taken_at : datetime.datetime
        When, in UTC.
    total : int
        How many members it has.
    """

    snapshot_id: str
    segment_name: str
    definition: str = field(repr=False)
    definition_hash: str
    sentence: str
    as_of: dt.date
    revision: int
    taken_at: dt.datetime
    total: int

    def frame(self) -> pd.DataFrame:
        """Show the snapshot as one row.

        Returns
        -------
        pandas.DataFrame
            One column for each attribute.
        """
        return pd.DataFrame([asdict(self)])

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute; dates as ISO text.
        """
        return {**asdict(self), "as_of": self.as_of.isoformat(), "taken_at": self.taken_at.isoformat()}

    def _repr_html_(self) -> str:
        return (
            f"<b>Snapshot {html.escape(self.snapshot_id)}</b>: {self.total:,} contacts as of {self.as_of.isoformat()}"
            f"<p>{html.escape(self.sentence)}</p>"
        )
