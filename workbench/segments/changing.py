"""Changes of segments: between definitions, between points of time, between versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pipelines.definition import Definition
from pipelines.errors import ConditionError
from pipelines.membership import Mask
from workbench.segments import differing, drifting, history, saved, snapshots, versions
from workbench.segments.definition import Segment
from workbench.segments.differing import SegmentDiff
from workbench.segments.drifting import SegmentDrift, When
from workbench.segments.history import SegmentHistory
from workbench.segments.resolving import AnySegment, Resolving
from workbench.segments.testing import SegmentCheck, SegmentTests, has_checks
from workbench.segments.versions import SegmentVersion


class Changing(Resolving):
    """The use cases that look at changes.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """

    def diff(
        self, old: AnySegment | None, new: AnySegment | None, as_of: dt.date, *, contacts: bool = False
    ) -> SegmentDiff:
        """Compare two definitions by what they mean, and by their members.

        Parameters
        ----------
        old : Segment, mapping, str or None
            As it was; None for a segment that is new.
        new : Segment, mapping, str or None
            As it is; None for a segment that is gone.
        as_of : datetime.date
            The day both are evaluated on.
        contacts : bool, optional
            Whether to list who enters and leaves.

        Returns
        -------
        SegmentDiff
            What was added, removed, changed and moved, and who enters and leaves.

        Raises
        ------
        ConditionError
            When a definition does not fit the store.
        NotFoundError
            When no saved segment has a name.
        """
        before, after = (None if one is None else self._resolved(one) for one in (old, new))
        with self._database.reading() as con:
            evaluated = [None if one is None else self._evaluator.evaluate(one, as_of) for one in (before, after)]
            return differing.compared(before, after, differing.moved(con, *evaluated, contacts=contacts))

    def drift(self, segment: AnySegment, since: When, until: When, *, contacts: bool = False) -> SegmentDrift:
        """Tell who entered and left a segment between two points, by rule, data and clock.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment; its present definition is the rule of a day.
        since, until : datetime.date or str
            A snapshot's number (its members, with the definition and day of that time), or a day (the present
            definition on that day, with today's data).
        contacts : bool, optional
            Whether to list who moved.

        Returns
        -------
        SegmentDrift
            Entered and left, of which each contact has exactly one part, so that the parts add up.

        Raises
        ------
        NotFoundError
            When there is no such segment or snapshot.
        ConditionError
            When a definition does not fit the store any more.

        Notes
        -----
        From the members at `since` one thing changes at a time: the data (the old rule on the old day, with today's
        data), the clock (the new day), the rule (the new definition). A contact's part is the last of these changes
        that turned it. Where `until` is a snapshot its members are the end; what changed in the data after it was
        taken cannot be separated and is taken back under data. Contacts deleted since count as data, and so does
        what the segments that a rule refers to say now. A segment that looks at no time has nothing by the clock.
        """
        present = self._resolved(segment)
        with self._database.reading() as con:
            taken = snapshots.listed(con)
            ends = [drifting.end(when, present, taken) for when in (since, until)]

            def members(definition: Segment, as_of: dt.date) -> Mask:
                return self._evaluator.evaluate(definition, as_of).members

            revision = self._database.revision()
            return drifting.drifted(con, present.name, ends[0], ends[1], members, revision, contacts=contacts)

    def test(self, segments: AnySegment | Sequence[AnySegment] | None = None, *, as_of: dt.date) -> SegmentTests:
        """Check what segments promise of themselves: examples and invariants.

        Parameters
        ----------
        segments : Segment, mapping, str or sequence of these, optional
            Which; all saved ones where absent.
        as_of : datetime.date
            The day they are evaluated on.

        Returns
        -------
        SegmentTests
            Each check with why it fails. A definition that does not fit the store is a check that failed.

        Raises
        ------
        NotFoundError
            When no saved segment has a name.
        """
        with self._database.reading():
            found: list[SegmentCheck] = []
            untested: list[str] = []
            for definition in self._meant(segments):
                checks = self._tested(definition, as_of)
                found += checks
                untested += [] if checks else [definition.name]
            return SegmentTests(tuple(found), tuple(untested), as_of, self._database.revision())

    def history(self, name: str, as_of: dt.date | None = None) -> SegmentHistory:
        """Tell who changed a saved segment when, and what that changed.

        Parameters
        ----------
        name : str
            A segment, saved or deleted.
        as_of : datetime.date, optional
            The day on which the members of each version are compared with those of the one before, with today's
            data; only definitions are compared where absent.

        Returns
        -------
        SegmentHistory
            The newest version first.

        Raises
        ------
        NotFoundError
            When nothing was ever saved under the name.
        """
        with self._database.reading() as con:
            return history.told(con, versions.of(con, name), self._evaluator.evaluate, as_of)

    def deleted(self) -> tuple[SegmentVersion, ...]:
        """List the segments that were deleted and can be restored.

        Returns
        -------
        tuple of SegmentVersion
            The last version of each, by name: who deleted it, and when.
        """
        with self._database.reading() as con:
            return tuple(versions.deleted(con))

    def restore(self, name: str, version_no: int) -> Segment:
        """Save an old version of a segment as its newest; a deleted segment comes back.

        Parameters
        ----------
        name : str
            A segment, saved or deleted.
        version_no : int
            Which version.

        Returns
        -------
        Segment
            What was restored; restoring what is saved already writes nothing.

        Raises
        ------
        NotFoundError
            When there is no such segment or version.
        ConditionError
            When the version does not fit the store any more.
        """
        with self._database.reading() as con:
            version = versions.numbered(con, name, version_no).segment
            stored = self._evaluator.facts().definitions.get(name)
        if stored is None or stored.hash != version.hash:
            with self._database.writing() as con:
                self._validated(version)
                saved.write(con, version, replace=True, known_hash=None, restored_no=version_no)
        return version

    def _meant(self, segments: AnySegment | Sequence[AnySegment] | None) -> list[Segment]:
        if segments is None:
            definitions = self._evaluator.facts().definitions
            return [definitions[name] for name in sorted(definitions)]
        if isinstance(segments, str | Definition | Mapping):
            return [self._resolved(segments)]
        return [self._resolved(one) for one in segments]

    def _tested(self, definition: Segment, as_of: dt.date) -> tuple[SegmentCheck, ...]:
        try:
            self._validated(definition)
            return self._checked(definition, as_of)[1] if has_checks(definition) else ()
        except ConditionError as error:
            return (SegmentCheck(definition.name, "fits", "", False, error.message.rstrip(".")),)
