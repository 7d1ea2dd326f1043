"""Who attends a meeting, and what they answered to the invitation (table 5199)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from pipelines import task_copies
from pipelines.task_copies import OPTIONAL, ORGANIZER, REQUIRED, Copy
from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.tasks import checks, rows, writing
from workbench.tasks.receipts import TaskReceipt
from workbench.tasks.results import Task

ANSWERS = ("none", "accepted", "declined", "tentative")
"""What somebody can answer to an invitation."""


class Attending(Work):
    """Attendees of meetings."""

    def attend(
        self,
        task_no: str,
        as_of: dt.date,
        *,
        contact_no: str | None = None,
        salesperson_code: str | None = None,
        is_optional: bool | None = None,
        answer: str | None = None,
        dry_run: bool = False,
    ) -> TaskReceipt:
        """Let somebody attend a meeting, or note another thing about an attendee.

        Parameters
        ----------
        task_no : str
            The meeting.
        as_of : datetime.date
            The day, for the number of the attendee's copy.
        contact_no, salesperson_code : str, optional
            Who; one of them.
        is_optional : bool, optional
            Whether the meeting can do without; where absent it stays as it is, and who is new is required.
        answer : {"none", "accepted", "declined", "tentative"}, optional
            What was answered to the invitation.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            The attendee, and whether a copy came.

        Raises
        ------
        NotFoundError
            When there is no such task, contact or salesperson.
        ConfigError
            When nobody is named, or both are, or there is no such answer.
        RuleError
            When it is no meeting, the contact's privacy is blocked, or the organizer were to be optional.
        """
        if answer is not None and answer not in ANSWERS:
            raise ConfigError(f'"{answer}" is no answer to an invitation.', nearest(answer, ANSWERS))
        with self._unit(dry_run) as con:
            task = _meeting(con, task_no)
            who, label = _somebody(con, contact_no, salesperson_code)
            present = {one.whose: one for one in rows.copies(con, task_no)}
            before = present.get(who.whose)
            if before is None:
                _check_new(con, task, who, label)
            wanted = _as_wanted(before or who, is_optional, label)
            difference = task_copies.difference(present.values(), (present | {who.whose: wanted}).values())
            if not dry_run:
                writing.apply(con, task_no, difference, as_of)
                if answer is not None:
                    writing.note_answer(con, task_no, wanted, answer)
        told = _told(label, before, wanted, answer)
        return TaskReceipt(task_no, "attendee", told, copies_added=int(before is None), is_written=not dry_run)

    def leave(
        self,
        task_no: str,
        *,
        contact_no: str | None = None,
        salesperson_code: str | None = None,
        dry_run: bool = False,
    ) -> TaskReceipt:
        """Take an attendee from a meeting.

        Parameters
        ----------
        task_no : str
            The meeting.
        contact_no, salesperson_code : str, optional
            Who; one of them.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            The attendee, whose copy goes.

        Raises
        ------
        NotFoundError
            When there is no such task, contact or salesperson, or they do not attend it.
        ConfigError
            When nobody is named, or both are.
        RuleError
            When it is no meeting, or they organize it.
        """
        with self._unit(dry_run) as con:
            task = _meeting(con, task_no)
            who, label = _somebody(con, contact_no, salesperson_code)
            present = {one.whose: one for one in rows.copies(con, task_no)}
            leaving = present.get(who.whose)
            if (salesperson_code and salesperson_code == task.salesperson_code) or (
                leaving and leaving.attendance == ORGANIZER
            ):
                raise RuleError(f"{label} organizes {task_no}.", "An organizer cannot leave; cancel the meeting.")
            if leaving is None:
                raise NotFoundError(f"{label} does not attend {task_no}.", "The card of the meeting lists who does.")
            if not dry_run:
                writing.remove_copies(con, task_no, [leaving])
        told = _told(label, leaving, None)
        return TaskReceipt(task_no, "attendee", told, copies_removed=1, is_written=not dry_run)


def _meeting(con: Connection, task_no: str) -> Task:
    task = rows.main(con, task_no, "changed")
    if not task.is_meeting:
        raise RuleError(f"{task_no} is no meeting, so nobody attends it.", "Create a meeting.")
    return task


def _somebody(con: Connection, contact_no: str | None, salesperson_code: str | None) -> tuple[Copy, str]:
    """Give the copy that somebody would have, and how a message names them."""
    if contact_no and not salesperson_code:
        return task_copies.guest(id_of(con, contact_no)), contact_no
    if salesperson_code and not contact_no:
        checks.check_salesperson(con, salesperson_code)
        return task_copies.colleague(salesperson_code), salesperson_code
    raise ConfigError("An attendee is a contact or a salesperson.", "Name one of them.")


def _as_wanted(one: Copy, is_optional: bool | None, label: str) -> Copy:
    if is_optional is None:
        return one
    if is_optional and one.attendance == ORGANIZER:
        raise RuleError(f"{label} organizes the meeting.", "The organizer of a meeting cannot be optional.")
    return one if one.attendance == ORGANIZER else replace(one, attendance=OPTIONAL if is_optional else REQUIRED)


def _check_new(con: Connection, task: Task, who: Copy, label: str) -> None:
    if who.contact_id is not None:
        require_not_blocked(con, who.contact_id, "attending a meeting")
    elif who.salesperson_code == task.salesperson_code:
        raise RuleError(f"{label} organizes {task.task_no}.", "Whoever organizes a meeting attends it.")


def _told(label: str, before: Copy | None, after: Copy | None, answer: str | None = None) -> pd.DataFrame:
    told: list[list[object]] = [["attendee", label if before else None, label if after else None]]
    if after is not None and (before is None or before.attendance != after.attendance):
        told.append(["attendance", None if before is None else before.attendance, after.attendance])
    if answer is not None:
        told.append(["invitation_status", None, answer])
    return pd.DataFrame(told, columns=["field", "before", "after"])
