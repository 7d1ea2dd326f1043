"""Segments: saved, counted, previewed, frozen and exported, all from the same masks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.catalogue import Catalogue
from pipelines.conditions import FieldCondition
from pipelines.membership import Mask
from workbench import clock
from workbench.contact_rows import export_log
from workbench.exporting import ExportReceipt
from workbench.segments import choices, counting, dropping, saved, snapshots, target_list
from workbench.segments.belonging import Belongings, ContactSegments
from workbench.segments.changing import Changing
from workbench.segments.choices import Choices
from workbench.segments.comparing import Comparing
from workbench.segments.definition import Segment
from workbench.segments.differing import SegmentDiff
from workbench.segments.drifting import SegmentDrift
from workbench.segments.dropping import Dropped
from workbench.segments.explaining import Explanation
from workbench.segments.filter_results import FilterReading, RuleFilter, SegmentFilters
from workbench.segments.filtering import Filtering
from workbench.segments.history import SegmentHistory
from workbench.segments.noting import noted
from workbench.segments.overlapping import SegmentOverlap
from workbench.segments.profiling import SegmentProfile
from workbench.segments.resolving import AnySegment
from workbench.segments.results import Preview, SegmentCount, Snapshot
from workbench.segments.saved import SavedSegment
from workbench.segments.sizes import SegmentSizes
from workbench.segments.target_list import DEFAULT_COLUMNS, DedupeKey
from workbench.segments.testing import SegmentTests, refuse_failed

__all__ = [
    "Choices",
    "ContactSegments",
    "Dropped",
    "Explanation",
    "FilterReading",
    "Preview",
    "RuleFilter",
    "SavedSegment",
    "Segment",
    "SegmentCount",
    "SegmentDiff",
    "SegmentDrift",
    "SegmentFilters",
    "SegmentHistory",
    "SegmentList",
    "SegmentOverlap",
    "SegmentProfile",
    "SegmentSizes",
    "SegmentTests",
    "Segments",
    "Snapshot",
]


@dataclass(frozen=True)
class SegmentList:
    """The saved segments.

    Attributes
    ----------
    entries : tuple of SavedSegment
        By name.
    """

    entries: tuple[SavedSegment, ...]

    def __iter__(self) -> Iterator[SavedSegment]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def frame(self) -> pd.DataFrame:
        """Show the list as a table.

        Returns
        -------
        pandas.DataFrame
            Columns name, description, hash, saved_at.
        """
        columns = ["name", "description", "hash", "saved_at"]
        return pd.DataFrame(
            [{name: getattr(entry, name) for name in columns} for entry in self.entries], columns=columns
        )

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


class Segments(Changing, Comparing, Belongings, Filtering):
    """Everything a workbench does with segments.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.

    Notes
    -----
    Wherever a segment is expected, a `Segment`, a mapping in the form of the language or the name of a saved
    segment will do.
    """

    def validate(self, segment: AnySegment) -> Segment:
        """Check a definition against the store: every field, operator, value and reference.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.

        Returns
        -------
        Segment
            In its canonical form.

        Raises
        ------
        ConditionError
            With the place, the value and what to write instead.
        """
        return self._validated(segment)

    def notes(self, segment: AnySegment, as_of: dt.date) -> tuple[str, ...]:
        """Say what to know of a definition that is no error.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.

        Returns
        -------
        tuple of str
            Scores and snapshots that are out of date, and traps of filter expressions, each behind its place; a count
            has the same.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        """
        return noted(self._validated(segment), self._evaluator.facts(), as_of)

    def save(self, segment: AnySegment, *, replace: bool = False, known_hash: str | None = None) -> Segment:
        """Save a segment under its name.

        Parameters
        ----------
        segment : Segment or mapping
            With a name.
        replace : bool, optional
            Whether another definition of that name may be replaced.
        known_hash : str, optional
            The hash of the definition one started from, to notice that somebody else saved meanwhile.

        Returns
        -------
        Segment
            What was saved; saving the same again writes nothing.

        Raises
        ------
        ConditionError
            When it has no name or does not fit the store.
        ConflictError
            When another definition has the name and may not be replaced.
        """
        checked = self.validate(segment)
        saved.check_name(checked)
        stored = self._evaluator.facts().definitions.get(checked.name)
        if stored is None or stored.hash != checked.hash:
            with self._database.writing() as con:
                saved.check_no_circle(checked, self._evaluator.facts().definitions)
                saved.write(con, checked, replace=replace, known_hash=known_hash)
        return checked

    def list(self) -> SegmentList:
        """List the saved segments.

        Returns
        -------
        SegmentList
            By name.
        """
        with self._database.reading() as con:
            return SegmentList(tuple(saved.listed(con)))

    def get(self, name: str) -> Segment:
        """Fetch a saved segment.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        Segment
            Its definition.

        Raises
        ------
        NotFoundError
            When none has the name; suggests the nearest.
        """
        return saved.found(name, self._evaluator.facts().definitions)

    def delete(self, name: str) -> None:
        """Delete a saved segment; its snapshots stay.

        Parameters
        ----------
        name : str
            Its name.

        Raises
        ------
        NotFoundError
            When none has the name.
        ConflictError
            When other saved segments refer to it.
        """
        self.get(name)
        with self._database.writing() as con:
            saved.remove(con, name, self._evaluator.facts().definitions)

    def count(self, segment: AnySegment, as_of: dt.date) -> SegmentCount:
        """Count a segment: the total, each step, and what each rule costs.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.

        Returns
        -------
        SegmentCount
            Exact numbers; the seconds are those of the evaluation.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        NotFoundError
            When no saved segment has the name.
        """
        started = clock.seconds()
        definition = self._resolved(segment)
        evaluation, checks = self._checked(definition, as_of)

        def unknowns(condition: FieldCondition) -> Mask:
            return ~self._evaluator.mask(FieldCondition(field=condition.field, op="is_known"), as_of)

        return counting.counted(evaluation, unknowns, checks, started)

    def members(self, segment: AnySegment, as_of: dt.date, columns: Sequence[str] = ("contact_no",)) -> pd.DataFrame:
        """List the members of a segment.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.
        columns : sequence of str, optional
            Fields of contacts, computed fields, or ``company.`` and a field.

        Returns
        -------
        pandas.DataFrame
            One row for each member, ordered by contact number.
        """
        return self._frame(self._resolved(segment), as_of, columns)[0]

    def preview(
        self, segment: AnySegment, as_of: dt.date, columns: Sequence[str] = DEFAULT_COLUMNS, rows: int = 10
    ) -> Preview:
        """Show the first members of a segment.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.
        columns : sequence of str, optional
            As for `members`.
        rows : int, optional
            How many to show.

        Returns
        -------
        Preview
            Of the same members that are counted, frozen and exported.
        """
        frame, evaluation = self._frame(self._resolved(segment), as_of, columns, top=rows)
        return Preview(frame, int(evaluation.ids.size), as_of, evaluation.facts.revision)

    def dropped(self, segment: AnySegment, as_of: dt.date) -> Dropped:
        """List whom the limit of a segment leaves out, and who stays instead.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.

        Returns
        -------
        Dropped
            Each contact with the stage of the limit; duplicates with their key and the contact that stayed.
        """
        definition = self._resolved(segment)
        with self._database.reading() as con:
            return dropping.dropped(con, self._evaluator.evaluate(definition, as_of))

    def catalogue(self) -> Catalogue:
        """Tell which fields, related rows and names definitions can use.

        Returns
        -------
        Catalogue
            As of the store's present revision.
        """
        return self._evaluator.facts().catalogue

    def choices(self, field: str, related: str | None = None, top: int = 200) -> Choices:
        """List the values that a field really has.

        Parameters
        ----------
        field : str
            A text or many-valued field of contacts, or of related rows.
        related : str, optional
            The related rows, such as ``"sales_entry"``.
        top : int, optional
            How many values at most.

        Returns
        -------
        Choices
            The most frequent first, with how often each occurs.

        Raises
        ------
        ConditionError
            When there is no such field or related table.
        """
        catalogue = self.catalogue()
        with self._database.reading() as con:
            return choices.chosen_from(con, catalogue, field, related, top)

    def snapshot(self, segment: AnySegment, as_of: dt.date) -> Snapshot:
        """Keep the members a segment has on a day, for good.

        Parameters
        ----------
        segment : Segment, mapping or str
            With a name.
        as_of : datetime.date
            The day it is evaluated on.

        Returns
        -------
        Snapshot
            Its number, definition, wording, day and revision.
        """
        definition = self._resolved(segment)
        saved.check_name(definition)
        evaluation = self._evaluator.evaluate(definition, as_of)
        with self._database.writing() as con:
            if self._database.revision() != evaluation.facts.revision:
                evaluation = self._evaluator.evaluate(definition, as_of)
            return snapshots.take(con, definition, evaluation)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """List the snapshots.

        Returns
        -------
        tuple of Snapshot
            The newest first.
        """
        with self._database.reading() as con:
            return tuple(snapshots.listed(con))

    def snapshot_members(self, snapshot_id: str) -> pd.DataFrame:
        """List the members of a snapshot.

        Parameters
        ----------
        snapshot_id : str
            Which one.

        Returns
        -------
        pandas.DataFrame
            Column `contact_no`, in order.

        Raises
        ------
        NotFoundError
            When there is no such snapshot.
        """
        with self._database.reading() as con:
            return snapshots.members(con, snapshot_id)

    def export(
        self,
        segment: AnySegment,
        path: str | Path,
        as_of: dt.date,
        *,
        columns: Sequence[str] = DEFAULT_COLUMNS,
        format: str | None = None,
        channel: str | None = None,
        dedupe_key: DedupeKey | None = None,
        locale: str = "en",
        overwrite: bool = False,
        force: bool = False,
        place: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> ExportReceipt:
        """Write the members of a segment to a file with a manifest, and note in the store whom it holds.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        path : str or pathlib.Path
            Where to; the ending decides the format unless one is named.
        as_of : datetime.date
            The day it is evaluated on.
        columns : sequence of str, optional
            As for `members`.
        format : {"csv", "excel_csv", "xlsx", "parquet"}, optional
            The format.
        channel : {"email", "phone", "post", "sms"}, optional
            Leave out members without an address for it.
        dedupe_key : {"email", "phone", "company"}, optional
            Keep the first contact of each.
        locale : str, optional
            For Excel CSV: decides delimiter and decimal sign.
        overwrite : bool, optional
            Whether an existing file is replaced.
        force : bool, optional
            Whether to export although the segment does not keep its own checks; the manifest says so.
        place : str, optional
            What the store notes as the place of the file, where it is handed on from its path.
        progress : callable, optional
            Called with steps done and steps in all; what it raises cancels the export.

        Returns
        -------
        ExportReceipt
            File, manifest, hash, and a ledger that closes.

        Raises
        ------
        ExportError
            When the file cannot be written or does not read back the same; nothing is left behind.
        ConflictError
            When the file exists and is not to be overwritten.
        ChecksFailedError
            When an example or an invariant of the definition does not hold.
        StoreError
            When the file was written and the store cannot note it.

        Notes
        -----
        An erasure lists the files that held the person, see `workbench.privacy`; noting them is a write of its own
        after the file has its place.
        """
        definition = self._resolved(segment)
        target_list.check_columns(columns, self._evaluator.facts().catalogue)
        with self._database.reading() as con:
            evaluation, checks = self._checked(definition, as_of)
            if not force:
                refuse_failed(checks)
            target = target_list.drawn(con, evaluation, columns, channel, dedupe_key)
        receipt = target_list.written(
            target,
            definition,
            evaluation,
            checks,
            path,
            format=format,
            locale=locale,
            overwrite=overwrite,
            progress=progress,
        )
        with self._database.writing() as con:
            export_log.note(
                con, place or export_log.absolute(receipt.path), receipt.format, target.ids, row_count=receipt.rows,
                sha256=receipt.sha256, segment_name=definition.name,
            )  # fmt: skip
        return receipt
