"""Things to know of a definition on a day that are no errors: what is out of date, and what may surprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pipelines import notes as traps
from pipelines import walking
from pipelines.conditions import ScoreCondition, SegmentReference, SnapshotReference, SqlCondition
from pipelines.definition import Definition
from pipelines.scores import parted
from workbench.segments.facts import Facts

Note = tuple[str, str]


def noted(definition: Definition, facts: Facts, as_of: dt.date) -> tuple[str, ...]:
    """Say what a reader of a definition's numbers should know.

    Parameters
    ----------
    definition : Definition
        One that fits the store.
    facts : Facts
        The store at the revision of the numbers.
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    tuple of str
        One sentence or two each, behind the place: ``"Step 1, condition 2: …"``; those of segments that are referred
        to as well, once each.
    """
    found = _Walk(facts, as_of).notes(definition)
    return tuple(dict.fromkeys(f"{place[:1].upper()}{place[1:]}: {text}" for place, text in found))


def scored(definition: Definition, facts: Facts, as_of: dt.date) -> dict[str, dt.date | None]:
    """Tell of which day the scores are that a definition names.

    Parameters
    ----------
    definition : Definition
        One that fits the store.
    facts : Facts
        The store at the revision of the numbers.
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    dict of str to datetime.date or None
        The run that counts on the day, by score; None where there is none. Those of segments that are referred to as
        well.
    """
    names = dict.fromkeys(_Walk(facts, as_of).scores(definition))
    return {name: facts.catalogue.scores[name].run_on(as_of) for name in names}


class _Walk:
    """One walk through a definition and what it refers to."""

    def __init__(self, facts: Facts, as_of: dt.date) -> None:
        self.facts, self.as_of = facts, as_of
        self.seen: set[str] = {""}

    def notes(self, definition: Definition) -> Iterator[Note]:
        self.seen.add(definition.name)
        yield from traps.notes(definition, self.facts.catalogue)
        for condition, place in walking.conditions(definition):
            yield from ((place, text) for text in self.on(condition))
            if isinstance(condition, SegmentReference) and condition.segment not in self.seen:
                inner = self.notes(self.facts.definitions[condition.segment])
                yield from ((f"{place}, in segment {condition.segment}, {where}", text) for where, text in inner)
        limit = definition.limit
        for item in (*limit.by, *limit.survivor) if limit else ():
            if (of_score := parted(item.name)) is not None:
                yield from (("limit", text) for text in self.on_score(of_score[0]))

    def scores(self, definition: Definition) -> Iterator[str]:
        self.seen.add(definition.name)
        for condition, _place in walking.conditions(definition):
            if isinstance(condition, ScoreCondition):
                yield condition.score
            if isinstance(condition, SegmentReference) and condition.segment not in self.seen:
                yield from self.scores(self.facts.definitions[condition.segment])
        limit = definition.limit
        for item in (*limit.by, *limit.survivor) if limit else ():
            if (of_score := parted(item.name)) is not None:
                yield of_score[0]

    def on(self, condition: Any) -> Iterator[str]:
        if isinstance(condition, ScoreCondition):
            yield from self.on_score(condition.score)
        if isinstance(condition, SnapshotReference):
            yield from self.on_snapshot(condition.snapshot)
        if isinstance(condition, SqlCondition) and "$as_of" not in condition.sql:
            yield "SQL sees rows after the day of evaluation as well, unless it compares their dates with $as_of."

    def on_score(self, name: str) -> Iterator[str]:
        run = self.facts.catalogue.scores[name].run_on(self.as_of)
        if run is None:
            yield f"Score {name} has no run on or before the day of evaluation, so it is unknown for everybody."
        elif run != self.as_of:
            days = (self.as_of - run).days
            unit = "day" if days == 1 else "days"
            yield f"Score {name} is of {run}, {days} {unit} before the day of evaluation."

    def on_snapshot(self, snapshot_id: str) -> Iterator[str]:
        taken = self.facts.snapshots[snapshot_id]
        days = (self.as_of - taken.as_of).days
        unit = "day" if abs(days) == 1 else "days"
        if days > 0:
            yield f"Snapshot {snapshot_id} is of {taken.as_of}, {days} {unit} before the day of evaluation."
        if days < 0:
            yield f"Snapshot {snapshot_id} is of {taken.as_of}, {-days} {unit} after the day of evaluation."
        saved = self.facts.definitions.get(taken.segment_name)
        if saved is not None and saved.hash != taken.definition_hash:
            yield f"Segment {taken.segment_name} has changed since snapshot {snapshot_id} was taken."
