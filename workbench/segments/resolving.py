"""What every group of use cases on segments starts from: a store, its evaluator, and the segment that is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipelines.definition import Definition
from workbench.compiling.values import frame_of
from workbench.segments import counting, saved, target_list
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluation, Evaluator
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

    def _frame(
        self, definition: Segment, as_of: dt.date, columns: Sequence[str], top: int | None = None
    ) -> tuple[pd.DataFrame, Evaluation]:
        """Read members and values in one unit of work, so that both are of one revision."""
        with self._database.reading() as con:
            evaluation = self._evaluator.evaluate(definition, as_of)
            target_list.check_columns(columns, evaluation.facts.catalogue)
            frame = frame_of(con, evaluation.ids, columns, evaluation.scope, top)
        return frame.reset_index(drop=True), evaluation

    def _failed_examples(self, definition: Segment, evaluation: Evaluation) -> tuple[str, ...]:
        if definition.examples is None:
            return ()
        named = [*definition.examples.inside, *definition.examples.outside]
        with self._database.reading() as con:
            query = "SELECT contact_no, contact_id FROM contact WHERE list_contains(?, contact_no)"
            ids = dict(con.execute(query, [named]).fetchall())
        inside = np.zeros(max([evaluation.members.size, *(number + 1 for number in ids.values())]), dtype=np.bool_)
        inside[evaluation.ids] = True
        return counting.failures(definition.examples, ids, inside)

    def _resolved(self, segment: AnySegment) -> Segment:
        if isinstance(segment, str):
            return saved.found(segment, self._evaluator.facts().definitions)
        if isinstance(segment, Segment):
            return segment
        return Segment.from_dict(segment.to_dict() if isinstance(segment, Definition) else segment)
