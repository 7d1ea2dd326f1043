"""Segments beside each other: how they overlap, who is in one against another, and one against its own past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from pipelines import look_back, membership
from pipelines.dates import Unit
from workbench.segments import overlapping, profiling
from workbench.segments.evaluating import Evaluation
from workbench.segments.overlapping import SegmentOverlap
from workbench.segments.profiling import SegmentProfile
from workbench.segments.resolving import AnySegment, Resolving
from workbench.segments.sizes import SegmentSizes, SizeOn


class Comparing(Resolving):
    """The use cases that compare.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """

    def overlap(self, segments: Sequence[AnySegment], as_of: dt.date) -> SegmentOverlap:
        """Compare who is in which of several segments.

        Parameters
        ----------
        segments : sequence of Segment, mapping or str
            From 2 to 12; one without a name is called by its position, ``"segment 2"``.
        as_of : datetime.date
            The day they are evaluated on.

        Returns
        -------
        SegmentOverlap
            Every combination that occurs, each pair, and how much of each segment is in no other; exact, and all of
            one revision.

        Raises
        ------
        MeasureError
            When there are too few or too many segments, or two of one name.
        ConditionError
            When a definition does not fit the store.
        """
        definitions = [self._resolved(segment) for segment in segments]
        names = overlapping.names_of([definition.name for definition in definitions])
        found = self._evaluator.evaluate_each(
            [(definition, as_of) for definition in definitions], lambda one: (one.members, one.facts)
        )
        facts = found[0][1]
        return overlapping.overlapping(names, [members for members, _ in found], facts.everybody, as_of, facts.revision)

    def profile(
        self,
        segment: AnySegment,
        as_of: dt.date,
        field: str,
        categories: int = 12,
        against: AnySegment | None = None,
        smallest_cell: int = 1,
    ) -> SegmentProfile:
        """Compare the members of a segment with everybody in its base, or with another segment, by one field.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.
        field : str
            A field of contacts, a computed field, or ``company.`` and a field.
        categories : int, optional
            How many categories to tell apart.
        against : Segment, mapping or str, optional
            What to compare with; the segment's own base where it is absent.
        smallest_cell : int, optional
            The smallest figure that may be shown: categories with figures from 1 to one less are put together, with
            others where that is needed for none to be computed back; see `pipelines.small_cells`.

        Returns
        -------
        SegmentProfile
            Counts, shares with their interval, and over-index of each category.

        Raises
        ------
        ConditionError
            When a definition does not fit the store, or there is no such field.
        MeasureError
            When the segment or what it is compared with has fewer contacts than `smallest_cell`.
        """
        compared = [segment] if against is None else [segment, against]
        asked = [(self._resolved(one), as_of) for one in compared]
        with self._database.reading() as con:
            evaluations = self._evaluator.evaluate_each(asked, _whole)
            return profiling.profiled(con, evaluations, field, categories, smallest_cell)

    def over_time(
        self,
        segment: AnySegment,
        as_of: dt.date,
        every: Unit = "week",
        periods: int = 52,
        progress: Callable[[int, int], None] | None = None,
    ) -> SegmentSizes:
        """Count a segment on a day and on days before it.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The last day.
        every : {"day", "week", "month", "quarter", "year"}, optional
            The step between the days, on the calendar.
        periods : int, optional
            How many earlier days, at most 1,000.
        progress : callable, optional
            Called with days done and days in all; what it raises cancels the work.

        Returns
        -------
        SegmentSizes
            The sizes, and what they say in words.

        Raises
        ------
        MeasureError
            When there is no such unit, or too many days.
        ConditionError
            When the definition does not fit the store.

        Notes
        -----
        Every day is evaluated on the data of now, at one revision, with rows dated after the day left out. Fields of
        contacts, lists and memberships have no history and say the same of every day; rules on them are computed
        once.
        """
        definition = self._resolved(segment)
        days = look_back.days(as_of, every, periods)

        def measured(evaluation: Evaluation) -> tuple[SizeOn, int]:
            day = evaluation.context.as_of
            if progress is not None:
                progress(days.index(day) + 1, len(days))
            return SizeOn(day, membership.count(evaluation.members)), evaluation.facts.revision

        found = self._evaluator.evaluate_each([(definition, day) for day in days], measured)
        return SegmentSizes(definition.name, every, tuple(size for size, _ in found), as_of, found[0][1])


def _whole(evaluation: Evaluation) -> Evaluation:
    return evaluation
