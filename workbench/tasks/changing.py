"""Changes of tasks, and what follows for those who have copies of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines import task_copies
from pipelines.task_copies import Copy
from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.contact_rows.related import NOBODY
from workbench.errors import ConfigError, RuleError
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.tasks import checks, drafting, remarks, rows, writing
from workbench.tasks.receipts import TaskReceipt
from workbench.tasks.results import Task

OPEN_AGAIN: Mapping[str, Any] = {
    "status": "in_progress", "is_closed": False, "is_canceled": False, "closed_on": None, "completed_by": None,
}  # fmt: skip
"""What opening a closed task again changes."""


class Changing(Work):
    """Changing tasks."""

    def change(self, task_no: str, as_of: dt.date, *, dry_run: bool = False, **fields: object) -> TaskReceipt:
        """Change fields of a task.

        Parameters
        ----------
        task_no : str
            Its number.
        as_of : datetime.date
            The day, for the numbers of copies.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            As for `create`; None and blank text empty a field.

        Returns
        -------
        TaskReceipt
            What is different now, and how many copies came and went.

        Raises
        ------
        NotFoundError
            When none has the number, or it would refer to what is not there.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When it is a copy, a meeting would become something else, or nobody would be responsible.

        Notes
        -----
        Copies follow their task. A task that passes from a salesperson to a team, from a team to another or to a
        salesperson gets the copies that belong to that; of a meeting only those who are in the old team alone go, and
        who organized it goes on attending it. A closed task that passes on is open again, and so is one that gets
        another status.
        """
        with self._unit(dry_run) as con:
            task = rows.main(con, task_no, "changed")
            given = checks.checked(con, fields)
            after = _after(con, task, given)
            passed = _is_passed(task, after)
            if task.is_closed and (passed or given.get("status")):
                after = {**after, **OPEN_AGAIN, "status": given.get("status") or "in_progress"}
            difference = task_copies.difference(
                present := rows.copies(con, task_no), _copies(con, task, after, present) if passed else present
            )
            changed = {name: value for name, value in after.items() if getattr(task, name) != value}
            if not dry_run:
                writing.update(con, task_no, _columns(con, changed))
                writing.apply(con, task_no, difference, as_of)
        note = remarks.reopened(task_no) if task.is_closed and not after.get("is_closed", True) else ""
        return TaskReceipt(
            task_no, "changed", changes(task, changed), len(difference.added), len(difference.removed),
            notes=remarks.known(note), is_written=not dry_run,
        )  # fmt: skip


def changes(task: Task, changed: Mapping[str, Any]) -> pd.DataFrame:
    """Show what becomes of the fields of a task.

    Parameters
    ----------
    task : Task
        As it was.
    changed : mapping of str to object
        Its new values, by field.

    Returns
    -------
    pandas.DataFrame
        Columns field, before, after.
    """
    held = [[name, getattr(task, name), value] for name, value in changed.items()]
    return pd.DataFrame(held, columns=["field", "before", "after"], dtype=object)


def _after(con: Connection, task: Task, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields as they are to be, those that follow included."""
    before = {name: getattr(task, name) for name in checks.FIELDS}
    after = {**before, **given}
    if after["type"] != task.type and "meeting" in (after["type"], task.type):
        raise RuleError(
            "A meeting stays a meeting, and nothing else becomes one.", "Cancel the task, and create another one."
        )
    for name, spoken in (("description", "a description"), ("dated_on", "a day"), ("priority", "a priority")):
        if name in given and after[name] is None:
            raise ConfigError(f"A task needs {spoken}.", f"Give {name} a value.")
    after["status"] = after["status"] or task.status
    drafting.check_recurrence(after)
    _check_contact(con, task, given)
    return drafting.check_times(_with_one_holder(con, task, given, after))


def _with_one_holder(con: Connection, task: Task, given: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """See that a task is a team's or a salesperson's: whoever is given gets it."""
    team, salesperson = given.get("team_code"), given.get("salesperson_code")
    if team and salesperson:
        raise RuleError("A task is a salesperson's or a team's, not both.", "Name one of them.")
    if salesperson and salesperson != task.salesperson_code and task.is_meeting:
        if not task.team_code:
            raise RuleError(
                f"{task.salesperson_code} organizes {task.task_no}, so its salesperson cannot change.",
                "Cancel the meeting, and create another one.",
            )
        drafting.check_organizer(con, salesperson)
    after = {**after, **({"salesperson_code": None} if team else {}), **({"team_code": None} if salesperson else {})}
    if not after["team_code"] and not after["salesperson_code"]:
        raise RuleError("A task is a salesperson's or a team's.", "Name a salesperson_code or a team_code.")
    return after


def _check_contact(con: Connection, task: Task, given: Mapping[str, Any]) -> None:
    contact_no = given.get("contact_no")
    if contact_no is None:
        return
    if task.is_meeting:
        raise RuleError(
            f"{task.task_no} is a meeting, which contacts attend.",
            f"Let the contact attend: workbench task attend {task.task_no} --contact {contact_no}.",
        )
    require_not_blocked(con, id_of(con, contact_no), "creating a task")


def _is_passed(task: Task, after: Mapping[str, Any]) -> bool:
    """Whether a team is to have, or had, the task."""
    held = (task.team_code, task.salesperson_code)
    return bool(task.team_code or after["team_code"]) and held != (after["team_code"], after["salesperson_code"])


def _copies(con: Connection, task: Task, after: Mapping[str, Any], present: tuple[Copy, ...]) -> tuple[Copy, ...]:
    if not after["team_code"]:
        return task_copies.of_salesperson(task.is_meeting, present, after["salesperson_code"])
    members = drafting.members(con, after["team_code"])
    if task.team_code:
        return task_copies.of_other_team(task.is_meeting, present, rows.members(con, task.team_code), members)
    return task_copies.of_team(task.is_meeting, present, task.salesperson_code, members)


def _columns(con: Connection, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns of the table for fields of a task."""
    values = {name: value for name, value in changed.items() if name != "contact_no"}
    if "contact_no" in changed:
        values["contact_id"] = NOBODY if changed["contact_no"] is None else id_of(con, changed["contact_no"])
    if "team_code" in changed:
        values["role"] = "team" if changed["team_code"] else "organizer"
    return values
