"""Adding, reducing and refining: the actions on the lines of a worksheet, each logged as criteria."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pipelines import criteria
from pipelines.criteria import CriteriaAction, Filters, TableFilter
from workbench.contact_rows import target_groups
from workbench.errors import ConditionError
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluator
from workbench.setup import Setup
from workbench.store import Connection, Database
from workbench.worksheets import criteria_log, history, lines, remarks, sheet
from workbench.worksheets.planning import Planned, Planner
from workbench.worksheets.receipts import ActionReceipt
from workbench.worksheets.sheet import Sheet

Plan = Callable[[Planner, Sheet], Sequence[Planned]]


class Acting:
    """What is done to the lines of worksheets.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    evaluator : Evaluator
        What evaluates its segments.

    Notes
    -----
    Every method takes `dry_run`: it gives the same receipt by the same computation and writes nothing.
    """

    def __init__(self, database: Database, setup: Setup, evaluator: Evaluator) -> None:
        self._database, self._setup, self._evaluator = database, setup, evaluator

    def add(
        self,
        worksheet_no: str,
        filters: Filters,
        as_of: dt.date,
        *,
        allow_existing: bool = False,
        expand_companies: bool = False,
        allow_related_companies: bool = False,
        ignore_exclusion: bool = False,
        dry_run: bool = False,
    ) -> ActionReceipt:
        """Add the contacts that filters give (Add Contacts, report 5198).

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        filters : mapping of str to mapping of str to str
            By table, then by field: filter expressions of Business Central. All of them hold; those of one table for
            one and the same row. Without any, every contact.
        as_of : datetime.date
            The day on which they are evaluated.
        allow_existing : bool, optional
            Give contacts that are on a line already another one.
        expand_companies : bool, optional
            In the place of each contact found, everybody of its company.
        allow_related_companies : bool, optional
            Beside each contact found, its company.
        ignore_exclusion : bool, optional
            Also contacts that are excluded from segments.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With one step. The action is logged even where it adds nobody.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        ConditionError
            When a table, field or filter expression does not fit the store.
        """
        options = {
            "allow_existing": allow_existing, "expand_companies": expand_companies,
            "allow_related_companies": allow_related_companies, "ignore_exclusion": ignore_exclusion,
        }  # fmt: skip
        action = CriteriaAction("add", self._filters(filters), **options)
        return self._done(worksheet_no, as_of, _only(action), dry_run)

    def reduce(
        self,
        worksheet_no: str,
        filters: Filters,
        as_of: dt.date,
        *,
        entire_companies: bool = False,
        reset_criteria: bool = False,
        dry_run: bool = False,
    ) -> ActionReceipt:
        """Remove the lines of the contacts that filters give (report 5197); without filters, all lines.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        filters : mapping of str to mapping of str to str
            As for `add`.
        as_of : datetime.date
            The day on which they are evaluated.
        entire_companies : bool, optional
            A company with all its people as soon as one of them is found, on a line or not.
        reset_criteria : bool, optional
            Where no line is left, forget the criteria and the history.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With one step, and the lines that the product would have.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        ConditionError
            When a table, field or filter expression does not fit the store.
        """
        action = CriteriaAction("reduce", self._filters(filters), entire_companies=entire_companies)
        return self._done(worksheet_no, as_of, _only(action), dry_run, reset_criteria)

    def refine(
        self,
        worksheet_no: str,
        filters: Filters,
        as_of: dt.date,
        *,
        entire_companies: bool = False,
        reset_criteria: bool = False,
        dry_run: bool = False,
    ) -> ActionReceipt:
        """Keep only the lines of the contacts that filters give (report 5196); without filters, all lines.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        filters : mapping of str to mapping of str to str
            As for `add`.
        as_of : datetime.date
            The day on which they are evaluated.
        entire_companies : bool, optional
            A company with all its people as soon as one of them is found, on a line or not.
        reset_criteria : bool, optional
            Where no line is left, forget the criteria and the history.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With one step, and the lines that the product would have.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        ConditionError
            When a table, field or filter expression does not fit the store.
        """
        action = CriteriaAction("refine", self._filters(filters), entire_companies=entire_companies)
        return self._done(worksheet_no, as_of, _only(action), dry_run, reset_criteria)

    def _filters(self, filters: Filters) -> tuple[TableFilter, ...]:
        """Check each table's filters by themselves, so that an error names the table rather than a step."""
        checked = criteria.checked(filters, self._evaluator.facts().catalogue)
        for each in checked:
            try:
                said = criteria.as_definition([CriteriaAction("add", (each,), ignore_exclusion=True)])
                self._evaluator.check(Segment.from_dict(said.to_dict()))
            except ConditionError as error:
                message = error.message.split(": ", 1)[1] if error.where else error.message
                raise ConditionError(message, error.hint, where=f"filter on {each.table}") from None
        return checked

    def _done(
        self, worksheet_no: str, as_of: dt.date, plan: Plan, dry_run: bool, reset_criteria: bool = False
    ) -> ActionReceipt:
        """Plan, and write what was planned unless this is a preview, in one unit of work."""
        with self._unit(dry_run) as con:
            there = sheet.opened(con, worksheet_no)
            planned = plan(Planner(con, self._evaluator, as_of), there)
            after = planned[-1].after if planned else there
            is_emptied = not len(after.lines) and any(len(one.done.deletion) for one in planned)
            asks = is_emptied and len(after.actions) > 1
            if not dry_run:
                for one in planned:
                    write(con, one)
                if asks and reset_criteria:
                    criteria_log.drop_from(con, criteria_log.OF_WORKSHEET, worksheet_no)
                    history.forget(con, worksheet_no)
        return ActionReceipt(
            worksheet_no, as_of, tuple(one.step for one in planned), len(after.lines), after.lines.contact_count,
            0 if asks and reset_criteria else len(after.actions),
            (remarks.emptied(is_reset=reset_criteria),) if asks else (), not dry_run,
        )  # fmt: skip

    @contextmanager
    def _unit(self, dry_run: bool) -> Iterator[Connection]:
        if dry_run:
            with self._database.reading() as con:
                yield con
        else:
            with self._database.writing() as con, target_groups.watched(con):
                yield con


def write(con: Connection, planned: Planned) -> None:
    """Write what was planned: the log, the lines and the history.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    planned : Planned
        One action.
    """
    after, action = planned.after, planned.after.actions[-1]
    criteria_log.append(con, criteria_log.OF_WORKSHEET, after.number, [action])
    lines.delete(con, after.number, planned.done.deletion)
    lines.insert(con, after.number, planned.done.insertion, planned.campaigns)
    history.write(con, after.number, len(after.actions), planned.done)


def _only(action: CriteriaAction) -> Plan:
    return lambda planner, there: [planner.planned(there, action)]
