"""Scores: tables of what was computed of contacts on a day, loaded run by run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields

from pipelines.schema import CONTACT
from pipelines.scores import Score, score_of
from workbench.errors import ConfigError, NotFoundError, SourceError, nearest
from workbench.scores import registry
from workbench.scores.naming import by_number
from workbench.scores.registry import ScoreRun
from workbench.scores.results import ScoreEntry, ScoreList, ScoreReceipt, ScoreRuns
from workbench.setup import Setup
from workbench.sources.comparing import Comparison, compared, forget
from workbench.sources.loading import write, write_receipt
from workbench.sources.options import Options
from workbench.sources.planning import plan_of, questions
from workbench.sources.preparing import Prepared, Source, prepared
from workbench.sources.reading import read
from workbench.sources.receipts import LoadPlan
from workbench.store import Connection, Database

__all__ = ["ScoreEntry", "ScoreList", "ScoreReceipt", "ScoreRun", "ScoreRuns", "Scores"]


class Scores:
    """Loads scores and tells which there are.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings and custom fields.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup

    def load(
        self,
        name: str,
        frame_or_path: Source,
        scored_on: dt.date | None = None,
        mapping: Mapping[str, str | None] | None = None,
        **overrides: object,
    ) -> ScoreReceipt:
        """Load one run of a score, or several.

        Parameters
        ----------
        name : str
            The score: ``"rfm"``; it is made when it is loaded for the first time.
        frame_or_path : str, os.PathLike or pandas.DataFrame
            One row for each contact, named in a column `contact_no`, or `contact_id` with the ids of this store;
            every other column is a field of the score. CSV, XLSX or Parquet.
        scored_on : datetime.date, optional
            The day the rows are of; left out where a column `scored_on` says it of each row.
        mapping : Mapping[str, str or None], optional
            File column to field; ``"name:type"`` says the type of a new field, ``""`` or None leaves a column out.
        **overrides : object
            How the file is written, as for `Sources`.

        Returns
        -------
        ScoreReceipt
            What was loaded, and the rows that were refused with their reasons: above all unknown contacts.

        Raises
        ------
        ConfigError
            When the score cannot have that name.
        ConflictError
            When a new field has a type that scores have not.
        SourceError
            When the file as a whole cannot be loaded.

        Notes
        -----
        One transaction. A run of the same day is replaced as a whole, and widened by fields that are new; earlier
        runs know nothing of those. When every row is refused nothing is written and no run is replaced.

        Examples
        --------
        >>> import pandas as pd
        >>> import workbench as wb
        >>> bench = wb.open(":memory:")
        >>> _ = bench.sources.load("contact", pd.DataFrame({"No.": ["CT1", "CT2"]}))
        >>> frame = pd.DataFrame({"contact_no": ["CT1", "CT9"], "segment": ["Champions", "Lost"]})
        >>> receipt = bench.scores.load("rfm", frame, dt.date(2018, 1, 1))
        >>> receipt.counts["new"], receipt.problems["reason"].tolist()
        (1, ['no contact has this contact_no'])
        """
        registry.check_name(name)
        if scored_on is not None and not isinstance(scored_on, dt.date):
            raise ConfigError(f"{scored_on!r} is no day that a score is of.", "Give a datetime.date.")
        constants = {"constants": {"scored_on": scored_on.isoformat()}} if scored_on else {}
        options = Options.checked({**overrides, **constants})
        ready, score = self._prepared(name, frame_or_path, mapping, options)
        try:
            with self._database.writing() as con:
                return self._written(con, ready, score)
        except _NothingToWriteError as nothing:
            return self._receipt(nothing.plan, score, None)

    def list(self) -> ScoreList:
        """List the scores of the store.

        Returns
        -------
        ScoreList
            By name, with fields and runs.
        """
        with self._database.reading() as con:
            known = registry.scores(con).values()
            return ScoreList(tuple(_entry(score, registry.runs(con, score.name)) for score in known))

    def runs(self, name: str) -> ScoreRuns:
        """List the runs of a score.

        Parameters
        ----------
        name : str
            The score.

        Returns
        -------
        ScoreRuns
            The latest first.

        Raises
        ------
        NotFoundError
            When there is no such score.
        """
        with self._database.reading() as con:
            return ScoreRuns(name, registry.runs(con, _found(con, name).name))

    def delete(self, name: str, scored_on: dt.date) -> None:
        """Delete one run of a score; its fields stay.

        Parameters
        ----------
        name : str
            The score.
        scored_on : datetime.date
            The day of the run.

        Raises
        ------
        NotFoundError
            When there is no such score, or it has no run of that day.
        """
        with self._database.writing() as con:
            score = _found(con, name)
            registry.check_run(name, score.runs, scored_on)
            registry.delete_run(con, score, scored_on)

    def _prepared(
        self, name: str, source: Source, mapping: Mapping[str, str | None] | None, options: Options
    ) -> tuple[Prepared, Score]:
        with self._database.reading() as con:
            score = registry.scores(con).get(name) or score_of(name, ())
            raw = by_number(con, read(source, options))
        _check_day(raw.headers, mapping or {}, options)
        contact, zone = self._setup.table(CONTACT.name), self._setup.settings().time_zone
        ready = prepared(raw, score.table, contact, mapping, "add", options, zone)
        for question, hint in questions(ready):
            raise SourceError(question, hint)
        return ready, score

    def _written(self, con: Connection, ready: Prepared, score: Score) -> ScoreReceipt:
        registry.make_table(con, score)
        comparison = compared(con, ready.checked.rows, ready.target)
        plan = plan_of(ready, comparison)
        if not _accepted(comparison):
            raise _NothingToWriteError(plan)
        registry.add_fields(con, score, (match.field for match, _ in ready.columns if match.is_new))
        replaced = registry.clear_runs(con, score)
        write(con, ready.target)
        days = registry.note_runs(con, score, plan.source, plan.sha256)
        forget(con)
        return self._receipt(plan, score, write_receipt(con, plan), runs=days, replaced=replaced)

    def _receipt(self, plan: LoadPlan, score: Score, load_no: int | None, **more: object) -> ScoreReceipt:
        content = {field.name: getattr(plan, field.name) for field in fields(plan)}
        revision = self._database.revision() + (load_no is not None)  # what a unit of work sees is the one before
        return ScoreReceipt(**content, load_no=load_no, revision=revision, score=score.name, **more)  # type: ignore[arg-type]


class _NothingToWriteError(Exception):
    """Ends a unit of work that would only make an empty run."""

    def __init__(self, plan: LoadPlan) -> None:
        super().__init__()
        self.plan = plan


def _accepted(comparison: Comparison) -> int:
    return comparison.new + comparison.changed + comparison.unchanged


def _check_day(headers: tuple[str, ...], mapping: Mapping[str, str | None], options: Options) -> None:
    """Ask for the day where nothing says it; a wrong header is found later."""
    says = {"scored_on", *mapping.values()} & {*headers, *mapping.values(), *options.constants}
    if "scored_on" not in says:
        raise SourceError(
            "Nothing says on which day the score was computed.",
            "Give scored_on (--scored-on 2018-01-01), or a column scored_on.",
        )


def _found(con: Connection, name: str) -> Score:
    known = registry.scores(con)
    if name not in known:
        raise NotFoundError(f'There is no score "{name}".', nearest(name, known) or "None is loaded yet.")
    return known[name]


def _entry(score: Score, runs: tuple[ScoreRun, ...]) -> ScoreEntry:
    return ScoreEntry(score.name, {name: column.type.value for name, column in score.fields.items()}, runs)
