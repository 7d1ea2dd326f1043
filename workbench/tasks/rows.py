"""Tasks and their copies in the store, read."""

# Names of columns come from the lists below and from Task; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from pipelines.task_copies import Copy
from workbench.contact_rows.related import NOBODY
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.tasks.results import NAMES, Task

ORGANIZER_NO = "nullif(t.organizer_task_no, t.task_no)"
"""SQL for the task that one is a copy of; Business Central gives a task that is none its own number there."""

# A member's copy of a team's task is about whom the team's task is about.
SOURCE = f"""
    task t LEFT JOIN task o ON o.task_no = {ORGANIZER_NO}
    LEFT JOIN contact c ON c.contact_id = CASE WHEN t.contact_id = {NOBODY} THEN o.contact_id ELSE t.contact_id END
"""
"""SQL for tasks as t, with the contact as c."""

_SELECTED = {
    "status": "coalesce(t.status, CASE WHEN t.is_closed THEN 'completed' ELSE 'not_started' END)",
    "priority": "coalesce(t.priority, 'normal')",
    "role": "coalesce(t.role, 'organizer')",
    "contact_no": "c.contact_no",
    "contact_name": "c.name",
    "organizer_task_no": ORGANIZER_NO,
}


def column(name: str) -> str:
    """Write a field of tasks in SQL, over `SOURCE`.

    Parameters
    ----------
    name : str
        A field of `Task`.

    Returns
    -------
    str
        An expression.
    """
    return _SELECTED.get(name, f"t.{name}")


def found(con: Connection, task_no: str) -> Task:
    """Find a task.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task_no : str
        Its number.

    Returns
    -------
    Task
        Its fields.

    Raises
    ------
    NotFoundError
        When none has the number; suggests the nearest.
    """
    columns = ", ".join(column(name) for name in NAMES)
    row = first_row(con, f"SELECT {columns} FROM {SOURCE} WHERE t.task_no = ?", [task_no])
    if row is None:
        query = "SELECT task_no FROM task ORDER BY levenshtein(task_no, ?), task_no LIMIT 20"
        near = [no for (no,) in con.execute(query, [task_no]).fetchall() if no]
        raise NotFoundError(f'There is no task "{task_no}".', nearest(task_no, near) or "Create one.")
    return Task(*row)


def main(con: Connection, task_no: str, done: str) -> Task:
    """Find a task that is nobody's copy of another.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task_no : str
        Its number.
    done : str
        What was to be done with it: ``"changed"``, ``"canceled"`` or ``"deleted"``.

    Returns
    -------
    Task
        Its fields.

    Raises
    ------
    NotFoundError
        When none has the number.
    RuleError
        When it is a copy.
    """
    task = found(con, task_no)
    if task.is_copy:
        raise RuleError(
            f"{task_no} is a copy of {task.organizer_task_no}, so it is not {done} by itself.",
            f"Work on {task.organizer_task_no}; its copies follow.",
        )
    return task


def contact_id(con: Connection, task_no: str) -> int:
    """Tell whom a task is about.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task_no : str
        Its number.

    Returns
    -------
    int
        The contact; `NOBODY` where it is about none.
    """
    (about,) = first_row(con, "SELECT contact_id FROM task WHERE task_no = ?", [task_no]) or (NOBODY,)
    return int(about)


def copies(con: Connection, task_no: str) -> tuple[Copy, ...]:
    """Read whose copies there are of a task.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task_no : str
        Its number.

    Returns
    -------
    tuple of Copy
        In the order in which they were made.
    """
    query = f"""
        SELECT t.role, CASE WHEN t.role <> 'contact_attendee' THEN t.salesperson_code END,
            CASE WHEN t.role = 'contact_attendee' THEN t.contact_id END, t.attendance
        FROM task t WHERE {ORGANIZER_NO} = ? ORDER BY t.entry_no
    """
    return tuple(Copy(*row) for row in con.execute(query, [task_no]).fetchall())


def members(con: Connection, team_code: str | None) -> list[str]:
    """List the salespeople of a team.

    Parameters
    ----------
    con : connection
        An open unit of work.
    team_code : str or None
        The team.

    Returns
    -------
    list of str
        By code; nobody where there is no team.
    """
    query = "SELECT salesperson_code FROM team_salesperson WHERE team_code = ? ORDER BY 1"
    return [code for (code,) in con.execute(query, [team_code]).fetchall()]


def is_taken(con: Connection, task_no: str) -> bool:
    """Tell whether a task has a number.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task_no : str
        The number.

    Returns
    -------
    bool
        Whether it is taken.
    """
    return first_row(con, "SELECT 1 FROM task WHERE task_no = ?", [task_no]) is not None
