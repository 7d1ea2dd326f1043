"""Lines added, deleted and changed by hand, which are logged as criteria as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from pipelines.criteria import of_contact
from pipelines.worksheet import Lines, lines
from workbench.contact_rows.finding import id_of
from workbench.errors import NotFoundError
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.worksheets import remarks
from workbench.worksheets.acting import Acting
from workbench.worksheets.planning import Planned, Planner, done
from workbench.worksheets.receipts import ActionReceipt
from workbench.worksheets.sheet import Sheet


class ByHand(Acting):
    """Lines that people choose one by one."""

    def add_line(self, worksheet_no: str, contact_no: str, as_of: dt.date, *, dry_run: bool = False) -> ActionReceipt:
        """Add a line for one contact at the end.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        contact_no : str
            The contact's number; one that is on a line already gets another one.
        as_of : datetime.date
            The day.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With one step, logged as Add Contacts with a filter on the number. A contact that is excluded from
            segments is logged with Ignore Exclusion, for it was meant.

        Raises
        ------
        NotFoundError
            When there is no such worksheet or contact.
        """

        def plan(planner: Planner, there: Sheet) -> Sequence[Planned]:
            new = there.lines.appended(np.array([id_of(planner.con, contact_no)]))
            return [_inserted(planner.con, there, contact_no, new)]

        return self._done(worksheet_no, as_of, plan, dry_run)

    def delete_line(
        self, worksheet_no: str, line_no: int, as_of: dt.date, *, reset_criteria: bool = False, dry_run: bool = False
    ) -> ActionReceipt:
        """Delete one line.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        line_no : int
            The number of the line.
        as_of : datetime.date
            The day.
        reset_criteria : bool, optional
            Where no line is left, forget the criteria and the history.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With one step, logged as Reduce with a filter on the number.

        Raises
        ------
        NotFoundError
            When there is no such worksheet or line.
        """
        plan = lambda planner, there: [_deleted(planner.con, there, line_no)]  # noqa: E731
        return self._done(worksheet_no, as_of, plan, dry_run, reset_criteria)

    def change_line(
        self, worksheet_no: str, line_no: int, contact_no: str, as_of: dt.date, *, dry_run: bool = False
    ) -> ActionReceipt:
        """Put another contact on a line; everything else on it begins anew from the header and the contact.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        line_no : int
            The number of the line, which it keeps.
        contact_no : str
            The number of the contact; the one that is there already changes nothing.
        as_of : datetime.date
            The day.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With two steps, logged as Reduce for the one contact and Add Contacts for the other.

        Raises
        ------
        NotFoundError
            When there is no such worksheet, line or contact.
        """

        def plan(planner: Planner, there: Sheet) -> Sequence[Planned]:
            contact_id = id_of(planner.con, contact_no)
            if _line(there, line_no).contacts[0] == contact_id:
                return []
            first = _deleted(planner.con, there, line_no)
            return [first, _inserted(planner.con, first.after, contact_no, lines([line_no], [contact_id]))]

        return self._done(worksheet_no, as_of, plan, dry_run)


def _inserted(con: Connection, there: Sheet, contact_no: str, new: Lines) -> Planned:
    query = "SELECT is_excluded_from_segments FROM contact WHERE contact_no = ?"
    (is_excluded,) = first_row(con, query, [contact_no]) or (False,)
    action = of_contact("add", contact_no, ignore_exclusion=bool(is_excluded))
    return done(there, action, inserted=new)


def _deleted(con: Connection, there: Sheet, line_no: int) -> Planned:
    gone = _line(there, line_no)
    (contact_no,) = first_row(con, "SELECT contact_no FROM contact WHERE contact_id = ?", [int(gone.contacts[0])]) or (
        "",
    )
    has_others = bool(np.count_nonzero(there.lines.contacts == gone.contacts[0]) > 1)
    action = of_contact("reduce", contact_no, keeps_contact=has_others)
    return done(there, action, deleted=gone, differences=(remarks.one_of_several(),) if has_others else ())


def _line(there: Sheet, line_no: int) -> Lines:
    found = there.lines.chosen(there.lines.numbers == line_no)
    if not len(found):
        raise NotFoundError(
            f"{there.number} has no line {line_no}.", "Look its lines up; their numbers go up in steps of 10000."
        )
    return found
