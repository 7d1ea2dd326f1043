"""Scores that the workbench computes: run on a day, kept with how they were made, shown, and made segments of."""

from __future__ import annotations

import datetime as dt

from workbench.errors import ConflictError, NotFoundError, nearest
from workbench.scores import Scores
from workbench.scores.computed import RunDetails, details, rows_of, write_run
from workbench.scores.registry import check_name, check_run, no_run
from workbench.scoring.method import Inputs, Method, Offer, Outcome, Progress
from workbench.scoring.methods import all_methods, checked, method_of
from workbench.scoring.migrating import ScoreMigration, migration
from workbench.scoring.results import ScoreReport
from workbench.segments import Segments
from workbench.segments.definition import Segment
from workbench.setup import Setup
from workbench.store import Cancellation, Connection, Database

__all__ = ["Method", "Offer", "Outcome", "ScoreMigration", "ScoreReport", "Scoring"]


class Scoring(Scores):
    """Runs scores, loads them, and tells which there are.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings and custom fields.
    segments : Segments
        What evaluates definitions, and where segments are saved.
    """

    def __init__(self, database: Database, setup: Setup, segments: Segments) -> None:
        super().__init__(database, setup)
        self._segments = segments

    def methods(self) -> tuple[Method, ...]:
        """List the ways to score contacts.

        Returns
        -------
        tuple of Method
            Each with its options and what they mean.
        """
        return all_methods()

    def run(
        self,
        name: str,
        as_of: dt.date,
        *,
        method: str | None = None,
        progress: Progress | None = None,
        cancellation: Cancellation | None = None,
        dry_run: bool = False,
        **options: object,
    ) -> ScoreReport:
        """Compute a score of contacts as of a day, and keep it as the run of that day.

        Parameters
        ----------
        name : str
            The score: the name of a method, or any name where `method` is given.
        as_of : datetime.date
            The day; nothing after it is looked at.
        method : str, optional
            How to compute it: ``"rfm"``, ``"lifetime_value"`` and so on; the name itself where left out.
        progress : callable, optional
            Called with how many parts of how many are done.
        cancellation : Cancellation, optional
            What ends the work; nothing is written then.
        dry_run : bool, optional
            Compute and tell, but keep nothing.
        **options : object
            What the method can be told; see `methods`.

        Returns
        -------
        ScoreReport
            Rows, parameters, quality, tables, and segments to make of it.

        Raises
        ------
        NotFoundError
            When there is no such method.
        ConfigError
            When the score cannot have that name, or an option does not do.
        ConditionError
            When a condition among the options does not fit the store.
        MeasureError
            When the data do not suffice.
        ConflictError
            When the store was written to meanwhile, or a field would change its type.

        Notes
        -----
        The store is given up while models are fitted. The run is of one revision: where somebody wrote meanwhile, it
        begins again, and is refused the third time.
        """
        check_name(name)
        how = method_of(method or name)
        told = checked(how, options)
        inputs = Inputs(as_of, self._database, self._setup, self._segments.evaluator, progress, cancellation, name)
        revision, outcome = self._computed(how, inputs, told)
        made = _details(how, revision, told.model_dump(mode="json"), outcome)
        if dry_run:
            return ScoreReport(name, as_of, outcome.rows, made, is_written=False)
        inputs.reached(1, 1)
        with self._database.writing() as con:
            write_run(con, name, outcome.columns, outcome.rows, as_of, made)
        return ScoreReport(name, as_of, outcome.rows, made, is_written=True)

    def show(self, name: str, scored_on: dt.date | None = None) -> ScoreReport:
        """Show a run that was computed.

        Parameters
        ----------
        name : str
            The score.
        scored_on : datetime.date, optional
            The day of the run; the latest where left out.

        Returns
        -------
        ScoreReport
            As it was made.

        Raises
        ------
        NotFoundError
            When there is no such score, it has no run of that day, or the run came from a file.
        """
        with self._database.reading() as con:
            day, made = self._made(con, name, scored_on)
            return ScoreReport(name, day, rows_of(con, name, day), made, is_written=True)

    def migration(
        self,
        name: str,
        from_on: dt.date | None = None,
        to_on: dt.date | None = None,
        *,
        field: str | None = None,
    ) -> ScoreMigration:
        """Tell who went from which name to which between two runs.

        Parameters
        ----------
        name : str
            The score.
        from_on, to_on : datetime.date, optional
            The days of the runs; the latest, and the one before it, where left out.
        field : str, optional
            The field whose values are the names; `segment` or `cluster` where left out.

        Returns
        -------
        ScoreMigration
            Contacts by earlier and later name; those with a name in one run only are among them.

        Raises
        ------
        NotFoundError
            When there is no such score, field or run, or only one run.
        MeasureError
            When the field is a figure.
        ConflictError
            When the runs are not in order.

        Notes
        -----
        Where bins are quantiles of each run, a contact also moves because others did. Custom bins move nobody but by
        what the contact did itself.
        """
        with self._database.reading() as con:
            return migration(con, name, from_on, to_on, field)

    def segment(
        self,
        name: str,
        offer: str,
        *,
        scored_on: dt.date | None = None,
        save_as: str | None = None,
        replace: bool = False,
    ) -> Segment:
        """Save a segment that a run suggests.

        Parameters
        ----------
        name : str
            The score.
        offer : str
            Which of the segments it suggests.
        scored_on : datetime.date, optional
            The day of the run; the latest where left out.
        save_as : str, optional
            What to call the segment; the name in the suggestion where left out.
        replace : bool, optional
            Whether another segment of that name may be replaced.

        Returns
        -------
        Segment
            As saved; it can be edited like any other.

        Raises
        ------
        NotFoundError
            When there is no such run, or it does not suggest the segment.
        ConflictError
            When another segment has the name and may not be replaced.
        """
        with self._database.reading() as con:
            _day, made = self._made(con, name, scored_on)
        offers = {one["name"]: Offer(**one) for one in made.offers}
        if offer not in offers:
            raise NotFoundError(f'{name} suggests no segment "{offer}".', nearest(offer, offers) or "It suggests none.")
        chosen = offers[offer]
        named = {"name": save_as or chosen.name, "description": chosen.description}
        return self._segments.save(Segment.from_dict(dict(chosen.definition)).model_copy(update=named), replace=replace)

    def _made(self, con: Connection, name: str, scored_on: dt.date | None) -> tuple[dt.date, RunDetails]:
        """Find a run, and how it was made, without its rows."""
        days = [run.scored_on for run in self.runs(name)]
        if not days:
            raise no_run(name)
        day = scored_on or days[0]
        check_run(name, days, day)
        made = details(con, name, day)
        if made is None:
            text = f"The run of {day.isoformat()} of {name} came from a file; how it was made is not known."
            raise NotFoundError(text, f"Its rows are in the table scored_{name}.")
        return day, made

    def _computed(self, how: Method, inputs: Inputs, told: object) -> tuple[int, Outcome]:
        """Compute at one revision; a store that is written to all the time is no store to compute from."""
        for _ in range(3):
            revision = self._database.revision()
            outcome = how.compute(inputs, told)
            if self._database.revision() == revision:
                return revision, outcome
        raise ConflictError(
            f"The store was written to three times while {how.name} was computed.",
            "Run it again when loading has ended.",
        )


def _details(how: Method, revision: int, parameters: dict[str, object], outcome: Outcome) -> RunDetails:
    offers = tuple(vars(offer) for offer in outcome.offers)
    return RunDetails(how.name, revision, parameters, outcome.quality, outcome.tables, outcome.notes, offers)
