"""What every group of use cases on segments starts from: a store, its evaluator, and the segment that is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipelines.definition import Definition
from workbench.compiling.values import frame_of
from workbench.segments import saved, target_list, testing
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluation, Evaluator
from workbench.segments.testing import SegmentCheck
from workbench.setup import Setup
from workbench.store.database import Database

AnySegment = Definition | Mapping[str, Any] | str


class Resolving:
    """A store and whatever a caller may mean by a segment of it.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._evaluator = Evaluator(database, setup)

    @property
    def evaluator(self) -> Evaluator:
        """What evaluates segments of this store, for others to share its masks."""
        return self._evaluator

    def _frame(
        self, definition: Segment, as_of: dt.date, columns: Sequence[str], top: int | None = None
    ) -> tuple[pd.DataFrame, Evaluation]:
        """Read members and values in one unit of work, so that both are of one revision."""
        with self._database.reading() as con:
            evaluation = self._evaluator.evaluate(definition, as_of)
            target_list.check_columns(columns, evaluation.facts.catalogue)
            frame = frame_of(con, evaluation.ids, columns, evaluation.scope, top)
        return frame.reset_index(drop=True), evaluation

    def _checked(self, definition: Segment, as_of: dt.date) -> tuple[Evaluation, tuple[SegmentCheck, ...]]:
        """Evaluate a definition and check its promises, where it has any, at the same revision."""
        if not testing.has_checks(definition):
            return self._evaluator.evaluate(definition, as_of), ()
        with self._database.reading() as con:
            evaluation = self._evaluator.evaluate(definition, as_of)
            return evaluation, testing.checks(con, self._evaluator, evaluation)

    def _validated(self, segment: AnySegment) -> Segment:
        """Check a definition against the store, without running a query."""
        checked = self._resolved(segment)
        saved.check_no_circle(checked, self._evaluator.facts().definitions)
        self._evaluator.check(checked)
        return checked

    def _resolved(self, segment: AnySegment) -> Segment:
        if isinstance(segment, str):
            return saved.found(segment, self._evaluator.facts().definitions)
        if isinstance(segment, Segment):
            return segment
        return Segment.from_dict(segment.to_dict() if isinstance(segment, Definition) else segment)
