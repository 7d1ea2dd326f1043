"""Loading files and frames: read, map, check, compare, write; every load has a plan that is the same computation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from pipelines.schema import CONTACT, table_named
from workbench.errors import SourceError
from workbench.setup import Setup
from workbench.sources import likenesses, remembered, unknown_values, value_mapping
from workbench.sources.comparing import compared, forget
from workbench.sources.loading import write, write_receipt
from workbench.sources.options import COMPARED, Options, share_done
from workbench.sources.planning import plan_of, questions
from workbench.sources.preparing import Prepared, Source, prepared
from workbench.sources.reading import read
from workbench.sources.receipts import LoadPlan, LoadReceipt
from workbench.store import Connection, Database

__all__ = ["LoadPlan", "LoadReceipt", "Sources"]


class Sources:
    """Loads files and frames into the store.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings and custom fields.

    Notes
    -----
    Files are .csv, .tsv, .txt, .xlsx and .parquet. How they are written is found from the data, shown in the
    plan, and can be said instead, by keyword: `encoding`, `delimiter`, `decimal` (``"."`` or ``","``), `date_order`
    (``"dmy"``, ``"mdy"``, ``"ymd"``), `time_zone`, `sheet`, `header_row`. `key` names a contact by another text field
    than its number, `contact_key` does so for rows about contacts, `constants` gives fields a value that is not in
    the file, `progress` is told (rows done, rows in all) and cancels the load by raising.

    Exports of Business Central, Salesforce, HubSpot and Mautic are recognised by their headers, and their columns go
    where they belong. Where a person says where columns go, that is remembered for the next file with the same
    headers, unless ``remember=False``, which forgets it. What a person says goes before what is remembered, that
    before what is recognised, and that before names. The same holds for `values`, which say what values of the file
    are taken as: ``values={"product": {"GTXPro": "GTX Pro"}}``, with ``""`` for a blank cell. `find_duplicates` makes
    the plan compare new contacts with those of the store.

    Values of items and sales cycles that nothing in the store has are listed in the plan, with the one most like each;
    they do not stop a load, since a file may come before the one that describes them.

    New contacts without a number get the next ones of the series of marketing setup; numbers of the file are taken as
    they are, even where the series allows none to be typed, for a file of another system has its own. Where the file
    has no such column, new contacts get the defaults of marketing setup, the parts of their name or the name of its
    parts, and the name to search by; a company is its own company. People take over nothing from their company: the
    file is the source. The field `company_name`, where a file has it and no `company_no`, links people with the only
    company of that name. Fields that the workbench keeps up are never taken from files.

    A blank cell of a loaded column makes the value unknown; columns that are not in the file are left as they are.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup

    def headers(self, frame_or_path: Source, **overrides: object) -> tuple[str, ...]:
        """List the columns of a file, before anything is said of where they go.

        Parameters
        ----------
        frame_or_path : str, os.PathLike or pandas.DataFrame
            The file or frame.
        **overrides : object
            As listed under :class:`Sources`.

        Returns
        -------
        tuple of str
            In the file's order.

        Raises
        ------
        SourceError
            When the file cannot be read.
        """
        return read(frame_or_path, Options.checked(overrides)).headers

    def plan(
        self,
        table: str,
        frame_or_path: Source,
        mapping: Mapping[str, str | None] | None = None,
        new_fields: str = "ask",
        **overrides: object,
    ) -> LoadPlan:
        """Tell what loading a file would do, without doing it.

        Parameters
        ----------
        table : str
            Where the rows go: ``"contact"``, ``"sales_entry"``, ...
        frame_or_path : str, os.PathLike or pandas.DataFrame
            The file or frame.
        mapping : Mapping[str, str or None], optional
            File column to field; ``"name:type"`` adds a field, ``""`` or None leaves the column out. Other columns
            are matched by name and alias.
        new_fields : {"ask", "add", "ignore"}, optional
            What happens to columns that match nothing: ask about them, add custom fields, or leave them out.
        **overrides : object
            As listed under :class:`Sources`.

        Returns
        -------
        LoadPlan
            Dialect, mapping, counts and problems. Its `questions` are what :meth:`load` would refuse for; until they
            are answered, such columns are left out of the counts, and such dates are read with the day first.

        Raises
        ------
        SourceError
            When the file as a whole cannot be loaded.
        """
        ready, options = self._prepared(table, frame_or_path, mapping, new_fields, overrides)
        with self._database.reading() as con:
            comparison = compared(con, ready.checked.rows, ready.target)
            duplicates = likenesses.look(con, ready) if options.find_duplicates else None
            forget(con)
        options.progress(ready.raw.row_count, ready.raw.row_count)
        return plan_of(ready, comparison, duplicates)

    def load(
        self,
        table: str,
        frame_or_path: Source,
        mapping: Mapping[str, str | None] | None = None,
        new_fields: str = "ask",
        **overrides: object,
    ) -> LoadReceipt:
        """Load a file.

        Parameters
        ----------
        table : str
            Where the rows go: ``"contact"``, ``"sales_entry"``, ...
        frame_or_path : str, os.PathLike or pandas.DataFrame
            The file or frame.
        mapping : Mapping[str, str or None], optional
            File column to field; ``"name:type"`` adds a field, ``""`` or None leaves the column out. Other columns
            are matched by name and alias.
        new_fields : {"ask", "add", "ignore"}, optional
            What happens to columns that match nothing: refuse, add custom fields, or leave them out.
        **overrides : object
            As listed under :class:`Sources`.

        Returns
        -------
        LoadReceipt
            The plan, carried out. Wrong rows are in it and not in the store.

        Raises
        ------
        SourceError
            When the file as a whole cannot be loaded, or a question of its plan is open.

        Notes
        -----
        One transaction: all good rows are written, or none. Loading the same file again changes nothing and writes
        nothing.

        Examples
        --------
        >>> import pandas as pd
        >>> import workbench as wb
        >>> bench = wb.open(":memory:")
        >>> frame = pd.DataFrame({"No.": ["CT1", "CT2"], "City": ["Prague", None]})
        >>> bench.sources.load("contact", frame).counts
        {'rows': 2, 'new': 2, 'changed': 0, 'unchanged': 0, 'rejected': 0}
        """
        ready, options = self._prepared(table, frame_or_path, mapping, new_fields, overrides)
        for question, hint in questions(ready):
            raise SourceError(question, hint)
        rows, is_said = ready.raw.row_count, bool(mapping or options.values) or new_fields != "ask"
        try:
            with self._database.writing() as con:
                plan = plan_of(ready, compared(con, ready.checked.rows, ready.target))
                options.progress(share_done(rows, COMPARED), rows)
                load_no = self._write(con, ready, plan)
                if is_said or not options.remember:
                    _remember(con, ready, is_kept=options.remember)
                options.progress(rows, rows)
        except _NothingToWriteError as nothing:
            options.progress(rows, rows)
            return self._receipt(nothing.plan, None)
        return self._receipt(plan, load_no)

    def _prepared(
        self,
        table: str,
        source: Source,
        mapping: Mapping[str, str | None] | None,
        new_fields: str,
        overrides: Mapping[str, object],
    ) -> tuple[Prepared, Options]:
        options = Options.checked(overrides)
        wanted, contact = self._setup.table(table_named(table).name), self._setup.table(CONTACT.name)
        zone = self._setup.settings().time_zone
        raw = read(source, options)
        with self._database.reading() as con:
            kept = remembered.mapping_of(con, wanted.name, raw.headers) if options.remember else {}
            taken = remembered.values_of(con, wanted.name, raw.headers) if options.remember else {}
            known = unknown_values.references(con, wanted)
        value_mapping.must_be_there(raw.headers, options.values)
        values = value_mapping.together(taken, options.values)
        return prepared(raw, wanted, contact, mapping, new_fields, options, zone, kept, values, known), options

    def _write(self, con: Connection, ready: Prepared, plan: LoadPlan) -> int:
        if not plan.new and not plan.changed:
            raise _NothingToWriteError(plan)
        for match, _ in ready.columns:
            if match.is_new:
                self._setup.add_field(plan.table, match.field.name, match.field.type, match.field.meaning)
        write(con, ready.target)
        forget(con)
        return write_receipt(con, plan)

    def _receipt(self, plan: LoadPlan, load_no: int | None) -> LoadReceipt:
        content = {field.name: getattr(plan, field.name) for field in fields(plan)}
        return LoadReceipt(**content, load_no=load_no, revision=self._database.revision())


def _remember(con: Connection, ready: Prepared, *, is_kept: bool) -> None:
    """Keep where columns went because a person said so; frames of programs are said anew each time."""
    table, raw = ready.target.table.name, ready.raw
    if raw.kind == "frame":
        return
    if not is_kept:
        remembered.forget(con, table, raw.headers)
        return
    went = {m.header: f"{m.field.name}:{m.field.type}" if m.field.is_custom else m.field.name for m, _ in ready.columns}
    remembered.keep(con, table, raw.headers, {header: went.get(header, "") for header in raw.headers}, ready.values)


class _NothingToWriteError(Exception):
    """Ends a unit of work that would only count up the revision."""

    def __init__(self, plan: LoadPlan) -> None:
        super().__init__()
        self.plan = plan
