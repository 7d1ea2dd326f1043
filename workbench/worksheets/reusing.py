"""Criteria saved under a code and done again, and logged segments taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from pipelines.criteria import CriteriaAction, TableFilter
from workbench import clock, config
from workbench.errors import ConflictError, NotFoundError, RuleError, nearest
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.worksheets import criteria_log, headers
from workbench.worksheets.acting import Acting
from workbench.worksheets.planning import Planned, Planner, done
from workbench.worksheets.receipts import ActionReceipt
from workbench.worksheets.results import CriteriaLog, SavedCriteria
from workbench.worksheets.sheet import Sheet

_SAVED = """
    SELECT s.code, s.description, count(*) FILTER (k.type = 'action'), s.saved_at, s.saved_by
    FROM saved_criteria s LEFT JOIN saved_criterion k USING (code) GROUP BY ALL ORDER BY s.code
"""
_ENTRIES = """
    SELECT contact_id, campaign_no FROM interaction WHERE logged_segment_entry_no = ? ORDER BY entry_no
"""


class Reusing(Acting):
    """What was done once, done again."""

    def save_criteria(self, worksheet_no: str, code: str, description: str = "") -> SavedCriteria:
        """Save the criteria of a worksheet under a code.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        code : str
            A new code.
        description : str, optional
            What they are for.

        Returns
        -------
        SavedCriteria
            What was saved.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        RuleError
            When it has no actions, or the code is blank.
        ConflictError
            When the code is taken.
        """
        code = code.strip()
        if not code:
            raise RuleError("Saved criteria need a code.", "Give a short one, such as PRESS.")
        with self._database.writing() as con:
            headers.found(con, worksheet_no)
            log = criteria_log.read(con, criteria_log.OF_WORKSHEET, worksheet_no)
            if not log.actions:
                raise RuleError(f"{worksheet_no} has no criteria to save.", "Add contacts first.")
            if first_row(con, "SELECT code FROM saved_criteria WHERE code = ?", [code]):
                raise ConflictError(f'Criteria are saved as "{code}" already.', "Choose another code.")
            saved_at = clock.now().replace(tzinfo=None)
            row = [code, description.strip() or None, saved_at, config.user()]
            con.execute("INSERT INTO saved_criteria VALUES (?, ?, ?, ?)", row)
            criteria_log.append(con, criteria_log.SAVED, code, [entry.action for entry in log.actions])
            return _saved(con, code)

    def saved_criteria(self) -> tuple[SavedCriteria, ...]:
        """List the criteria that were saved.

        Returns
        -------
        tuple of SavedCriteria
            By code.
        """
        with self._database.reading() as con:
            return tuple(SavedCriteria(*row) for row in con.execute(_SAVED).fetchall())

    def saved_log(self, code: str) -> CriteriaLog:
        """Show criteria that were saved.

        Parameters
        ----------
        code : str
            Their code.

        Returns
        -------
        CriteriaLog
            Their actions.

        Raises
        ------
        NotFoundError
            When none have the code.
        """
        with self._database.reading() as con:
            _saved(con, code)
            return criteria_log.read(con, criteria_log.SAVED, code)

    def delete_criteria(self, code: str) -> None:
        """Delete criteria that were saved; worksheets keep theirs.

        Parameters
        ----------
        code : str
            Their code.

        Raises
        ------
        NotFoundError
            When none have the code.
        """
        with self._database.writing() as con:
            _saved(con, code)
            con.execute("DELETE FROM saved_criteria WHERE code = ?", [code])
            criteria_log.drop_from(con, criteria_log.SAVED, code)

    def reuse_criteria(
        self,
        worksheet_no: str,
        code: str,
        as_of: dt.date,
        *,
        append: bool = False,
        reset_criteria: bool = False,
        dry_run: bool = False,
    ) -> ActionReceipt:
        """Do saved criteria again, action by action.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        code : str
            The code of the criteria.
        as_of : datetime.date
            The day on which their filters are evaluated.
        append : bool, optional
            Do so although the worksheet has actions already; its lines stay.
        reset_criteria : bool, optional
            Where no line is left, forget the criteria and the history.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With a step for each action, and the lines that the product would have after it.

        Raises
        ------
        NotFoundError
            When there is no such worksheet, or no criteria have the code.
        RuleError
            When the worksheet has actions and they are not to be appended.
        ConditionError
            When a filter no longer fits the store.
        """

        def plan(planner: Planner, there: Sheet) -> Sequence[Planned]:
            _saved(planner.con, code)
            _check_append(there, append)
            planned: list[Planned] = []
            for entry in criteria_log.read(planner.con, criteria_log.SAVED, code).actions:
                before = planned[-1].after if planned else there
                planned.append(planner.planned(before, entry.action, is_reuse=True))
            return planned

        return self._done(worksheet_no, as_of, plan, dry_run, reset_criteria)

    def reuse_logged(
        self, worksheet_no: str, entry_no: int, as_of: dt.date, *, append: bool = False, dry_run: bool = False
    ) -> ActionReceipt:
        """Add the contacts of a logged segment again, a line for each interaction that was logged.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        entry_no : int
            The number of the logged segment.
        as_of : datetime.date
            The day.
        append : bool, optional
            Do so although the worksheet has actions already.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With one step, logged as Add Contacts with a filter on the interactions' logged segment. A contact with
            two interactions gets two lines, as in the product; `contact_count` counts it once.

        Raises
        ------
        NotFoundError
            When there is no such worksheet or logged segment.
        RuleError
            When the worksheet has actions and they are not to be appended.
        """

        def plan(planner: Planner, there: Sheet) -> Sequence[Planned]:
            _check_append(there, append)
            return [from_logged(planner.con, there, entry_no)]

        return self._done(worksheet_no, as_of, plan, dry_run)


def from_logged(con: Connection, there: Sheet, entry_no: int) -> Planned:
    """Plan a line for each interaction of a logged segment.

    Parameters
    ----------
    con : connection
        An open unit of work.
    there : Sheet
        The worksheet.
    entry_no : int
        The number of the logged segment.

    Returns
    -------
    Planned
        An addition of existing contacts, excluded ones included: they were written to already.

    Raises
    ------
    NotFoundError
        When there is no such logged segment.
    """
    known = [str(number) for (number,) in con.execute("SELECT entry_no FROM logged_segment").fetchall()]
    if str(entry_no) not in known:
        hint = nearest(entry_no, known) or "Log a worksheet first."
        raise NotFoundError(f"There is no logged segment {entry_no}.", hint)
    entries = tables.frame(con, _ENTRIES, [str(entry_no)])
    contacts = entries["contact_id"].to_numpy()
    filter_ = TableFilter("interaction", (("logged_segment_entry_no", str(entry_no)),))
    action = CriteriaAction("add", (filter_,), allow_existing=True, ignore_exclusion=True)
    return done(
        there, action, inserted=there.lines.appended(contacts), campaigns=entries["campaign_no"].to_numpy(),
        matched=int(np.unique(contacts).size),
    )  # fmt: skip


def _check_append(there: Sheet, append: bool) -> None:
    if there.actions and not append:
        raise RuleError(
            f"{there.number} has actions already: {len(there.actions)}.",
            "Do it in an empty worksheet, or append to this one.",
        )


def _saved(con: Connection, code: str) -> SavedCriteria:
    known = {row[0]: SavedCriteria(*row) for row in con.execute(_SAVED).fetchall()}
    if code not in known:
        raise NotFoundError(f'No criteria are saved as "{code}".', nearest(code, known) or "None are saved yet.")
    return known[code]
