"""Tasks completed, canceled and opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.date_formula import evaluate
from workbench import config
from workbench.errors import ConfigError, RuleError
from workbench.setup import numbering
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.tasks import checks, recording, remarks, rows, writing
from workbench.tasks.changing import OPEN_AGAIN, changes
from workbench.tasks.receipts import TaskReceipt
from workbench.tasks.results import Task
from workbench.tasks.writing import Draft

_NO_LONGER_RECURRING: Mapping[str, Any] = {"recurring_formula": None, "recurs_from": None}
_REPEATED = (
    "description", "type", "start_time", "duration_minutes", "location", "priority", "salesperson_code", "team_code",
    "campaign_no", "segment_no", "opportunity_no", "interaction_template_code", "activity_code", "role",
    "recurring_formula", "recurs_from",
)  # fmt: skip


class Closing(Work):
    """Closing tasks, and opening them again."""

    def complete(
        self,
        task_no: str,
        as_of: dt.date,
        *,
        completed_by: str | None = None,
        records: bool | None = None,
        interaction_template_code: str | None = None,
        dry_run: bool = False,
    ) -> TaskReceipt:
        """Complete a task, which closes it.

        Parameters
        ----------
        task_no : str
            Its number, or that of a member's copy of what a team is to do.
        as_of : datetime.date
            The day on which it is closed.
        completed_by : str, optional
            The salesperson who completed the task of a team; the user where absent.
        records : bool, optional
            Whether an interaction is recorded for each contact it was about. Where absent, calls and meetings are.
        interaction_template_code : str, optional
            What these interactions begin with; else the template of the task, else that of setup for outgoing calls or
            for meetings.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            What is different now, how many interactions were recorded, and the task that follows a recurring one.

        Raises
        ------
        NotFoundError
            When none has the number, or there is no such salesperson.
        ConfigError
            When the task is a team's, and nobody is named.
        RuleError
            When it is closed already, the copy of an attendee, or something lacks for an interaction.

        Notes
        -----
        Copies are closed with their task. A member's copy is closed alone. The task that follows a recurring one has
        its attendees and comments; it recurs then in the place of the one that is closed, so that opening that again
        does not make a second one.
        """
        with self._unit(dry_run) as con:
            task = rows.found(con, task_no)
            _check_is_open(task)
            doer = _doer(con, task, completed_by)
            whom = _recorded(con, task, records)
            used = recording.template(con, task, interaction_template_code) if whom else None
            if whom:
                recording.check(con, task, doer, whom)
            changed = {"status": "completed", "is_closed": True, "closed_on": as_of}
            if task.team_code:
                changed["completed_by"] = doer
            if used is not None and not dry_run:
                recording.record(con, task, whom, used, doer, as_of, self._zone)
            following = self._close(con, task, changed, as_of, dry_run)
        note = remarks.nobody_to_record(task_no) if records and not whom else ""
        return TaskReceipt(
            task_no, "completed", changes(task, changed), next_task_no=following, interaction_count=len(whom),
            notes=remarks.known(note), is_written=not dry_run,
        )  # fmt: skip

    def cancel(
        self, task_no: str, as_of: dt.date, *, stops_recurring: bool = False, dry_run: bool = False
    ) -> TaskReceipt:
        """Cancel a task, which closes it.

        Parameters
        ----------
        task_no : str
            Its number.
        as_of : datetime.date
            The day on which it is closed.
        stops_recurring : bool, optional
            Whether no other task follows a recurring one.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            What is different now, and the task that follows a recurring one.

        Raises
        ------
        NotFoundError
            When none has the number.
        RuleError
            When it is a copy, or closed already.
        """
        with self._unit(dry_run) as con:
            task = rows.main(con, task_no, "canceled")
            _check_is_open(task)
            changed = {"status": "completed", "is_closed": True, "is_canceled": True, "closed_on": as_of}
            if stops_recurring and task.recurring_formula:
                changed |= _NO_LONGER_RECURRING
                if not dry_run:
                    writing.update(con, task_no, changed)
                following = None
            else:
                following = self._close(con, task, changed, as_of, dry_run)
        return TaskReceipt(task_no, "canceled", changes(task, changed), next_task_no=following, is_written=not dry_run)

    def reopen(self, task_no: str, *, dry_run: bool = False) -> TaskReceipt:
        """Open a closed or canceled task again, with its copies.

        Parameters
        ----------
        task_no : str
            Its number, or that of a member's copy.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            What is different now; interactions that were recorded stay.

        Raises
        ------
        NotFoundError
            When none has the number.
        RuleError
            When it is open, or the copy of an attendee.
        """
        with self._unit(dry_run) as con:
            task = rows.found(con, task_no)
            _check_own(task)
            if not task.is_closed:
                raise RuleError(f"{task_no} is open.", "There is nothing to reopen.")
            changed = {name: value for name, value in OPEN_AGAIN.items() if getattr(task, name) != value}
            if not dry_run:
                (writing.close_one if task.is_copy else writing.update)(con, task_no, changed)
        return TaskReceipt(task_no, "reopened", changes(task, changed), is_written=not dry_run)

    def _close(self, con: Connection, task: Task, changed: dict[str, Any], as_of: dt.date, dry_run: bool) -> str | None:
        """Close a task, and create the one that follows; give its number."""
        if task.is_copy:
            if not dry_run:
                writing.close_one(con, task.task_no, changed)
            return None
        draft = _following(con, task, as_of)
        if draft is not None:
            changed |= _NO_LONGER_RECURRING
        if not dry_run:
            writing.update(con, task.task_no, changed)
            return None if draft is None else writing.write(con, [draft], as_of)[0]
        if draft is None:
            return None
        return numbering.peek(con, writing.SERIES, as_of, lambda no: rows.is_taken(con, no))


def _check_is_open(task: Task) -> None:
    _check_own(task)
    if task.is_closed:
        raise RuleError(f"{task.task_no} is closed since {task.closed_on}.", "Reopen it first.")


def _check_own(task: Task) -> None:
    """Members of a team do what the team is to do one by one; whether a meeting is over, its organizer says."""
    if task.is_copy and (task.is_meeting or task.role != "organizer"):
        raise RuleError(
            f"{task.task_no} is the copy of an attendee.", f"Complete or reopen the meeting: {task.organizer_task_no}."
        )


def _doer(con: Connection, task: Task, completed_by: str | None) -> str | None:
    """Tell who completed a task."""
    if task.is_copy or not task.team_code:
        return task.salesperson_code
    query = "SELECT salesperson_code FROM user_setup WHERE user_name = ? AND salesperson_code IS NOT NULL"
    doer = completed_by or next(iter(first_row(con, query, [config.user()]) or ()), None)
    if doer is None:
        raise ConfigError(f"{task.task_no} is a team's: say who completed it.", "Name a salesperson as completed_by.")
    checks.check_salesperson(con, doer)
    return str(doer)


def _recorded(con: Connection, task: Task, records: bool | None) -> list[int]:
    """Find the contacts for whom completing a task records an interaction."""
    wanted = task.type is not None if records is None else records
    return recording.contacts(con, task) if wanted else []


def _following(con: Connection, task: Task, as_of: dt.date) -> Draft | None:
    """Work out the task that follows a recurring one."""
    if not task.recurring_formula:
        return None
    start = task.dated_on if task.recurs_from == "due_date" and task.dated_on else as_of
    said = con.execute("SELECT comment FROM task_comment WHERE task_no = ? ORDER BY line_no", [task.task_no]).fetchall()
    values = {
        **{name: getattr(task, name) for name in _REPEATED},
        "dated_on": evaluate(task.recurring_formula, start), "status": "not_started", "is_closed": False,
        "is_canceled": False, "contact_id": rows.contact_id(con, task.task_no),
    }  # fmt: skip
    return Draft(values, rows.copies(con, task.task_no), tuple(text for (text,) in said))
