"""Tasks and their copies in the store: written, changed, removed."""

# Names of columns come from the lists below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipelines.task_copies import Copy, Difference
from workbench.contact_rows.related import NOBODY
from workbench.setup import numbering
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.tasks.rows import ORGANIZER_NO

SERIES = "task_nos"
# What a copy has of its task: everything but whose it is.
_COPIED = (
    "description", "type", "dated_on", "start_time", "duration_minutes", "location", "status", "priority", "is_closed",
    "is_canceled", "closed_on", "completed_by", "team_code", "campaign_no", "segment_no", "opportunity_no",
    "interaction_template_code", "activity_code",
)  # fmt: skip
_CLOSING = ("status", "is_closed", "is_canceled", "closed_on", "completed_by")
_WHOSE = f"""
    {ORGANIZER_NO} = ? AND CASE WHEN t.role = 'contact_attendee' THEN t.contact_id = ? ELSE t.salesperson_code = ? END
"""


@dataclass(frozen=True)
class Draft:
    """A task that is about to be written.

    Attributes
    ----------
    values : mapping of str to object
        Columns of the table, `contact_id` among them, without numbers.
    copies : tuple of Copy
        Whose copies there are.
    comments : tuple of str
        What is said about it.
    """

    values: Mapping[str, Any]
    copies: tuple[Copy, ...] = ()
    comments: tuple[str, ...] = ()


def write(con: Connection, drafts: Sequence[Draft], as_of: dt.date, task_no: str | None = None) -> list[str]:
    """Write new tasks with their copies and comments.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    drafts : sequence of Draft
        The tasks.
    as_of : datetime.date
        The day, for the number series and the comments.
    task_no : str, optional
        The number of the first; the next one where absent.

    Returns
    -------
    list of str
        Their numbers, in the order of the drafts.

    Raises
    ------
    RuleError
        When the series of marketing setup has not enough numbers.
    """
    fresh = iter(_numbers(con, sum(1 + len(draft.copies) for draft in drafts) - bool(task_no), as_of))
    numbers: list[str] = []
    records: list[dict[str, Any]] = []
    remarks: list[tuple[str, int, dt.date, str]] = []
    for draft in drafts:
        number = task_no if task_no and not numbers else next(fresh)
        numbers.append(number)
        records.append({**draft.values, "task_no": number})
        records += [_record(draft.values, number, next(fresh), one) for one in draft.copies]
        remarks += [(number, 10000 * at, as_of, text) for at, text in enumerate(draft.comments, 1)]
    _insert(con, records)
    if remarks:
        con.executemany("INSERT INTO task_comment VALUES (?, ?, ?, ?)", remarks)
    return numbers


def update(con: Connection, task_no: str, changed: Mapping[str, Any]) -> None:
    """Write new values into a task, and into the copies what copies have of it.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_no : str
        The task.
    changed : mapping of str to object
        By column.
    """
    _set(con, "task_no = ?", task_no, changed)
    _set(con, f"{ORGANIZER_NO} = ?", task_no, {name: value for name, value in changed.items() if name in _COPIED})
    with_contacts = {name: value for name, value in changed.items() if name == "salesperson_code"}
    _set(con, f"{ORGANIZER_NO} = ? AND role = 'contact_attendee'", task_no, with_contacts)


def apply(con: Connection, task_no: str, difference: Difference, as_of: dt.date) -> None:
    """Bring the copies of a task to what they are to be.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_no : str
        The task, already as it is to be.
    difference : Difference
        What is to be done.
    as_of : datetime.date
        The day, for the number series.
    """
    remove_copies(con, task_no, difference.removed)
    for one in difference.changed:
        values = [one.role, one.attendance, *_whose(task_no, one)]
        con.execute(f"UPDATE task t SET role = ?, attendance = ? WHERE {_WHOSE}", values)
    if difference.added:
        names = (*_COPIED, "salesperson_code")
        row = first_row(con, f"SELECT {', '.join(names)} FROM task WHERE task_no = ?", [task_no]) or ()
        task = dict(zip(names, row, strict=True))
        fresh = _numbers(con, len(difference.added), as_of)
        pairs = zip(difference.added, fresh, strict=True)
        _insert(con, [_record(task, task_no, number, one) for one, number in pairs])


def remove_copies(con: Connection, task_no: str, copies: Sequence[Copy]) -> None:
    """Delete copies of a task.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_no : str
        The task.
    copies : sequence of Copy
        Whose.
    """
    for one in copies:
        con.execute(f"DELETE FROM task t WHERE {_WHOSE}", _whose(task_no, one))


def note_answer(con: Connection, task_no: str, one: Copy, answer: str) -> None:
    """Note what somebody answered to the invitation to a meeting.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_no : str
        The meeting.
    one : Copy
        Whose copy.
    answer : str
        The answer.
    """
    con.execute(f"UPDATE task t SET invitation_status = ? WHERE {_WHOSE}", [answer, *_whose(task_no, one)])


def close_one(con: Connection, task_no: str, changed: Mapping[str, Any]) -> None:
    """Write how one task was closed or opened again, and leave others as they are.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_no : str
        The task, or a copy.
    changed : mapping of str to object
        By column of what closing changes.
    """
    _set(con, "task_no = ?", task_no, {name: changed[name] for name in _CLOSING if name in changed})


def remove(con: Connection, task_nos: Sequence[str]) -> None:
    """Delete tasks with their copies and comments.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_nos : sequence of str
        The tasks.
    """
    numbers = [list(task_nos)]
    con.execute("DELETE FROM task_comment WHERE task_no IN (SELECT unnest(?))", numbers)
    con.execute(f"DELETE FROM task t WHERE {ORGANIZER_NO} IN (SELECT unnest(?))", numbers)
    con.execute("DELETE FROM task WHERE task_no IN (SELECT unnest(?))", numbers)


def _whose(task_no: str, one: Copy) -> list[Any]:
    return [task_no, one.contact_id, one.salesperson_code]


def _set(con: Connection, where: str, task_no: str, changed: Mapping[str, Any]) -> None:
    if changed:
        places = ", ".join(f"{name} = ?" for name in changed)
        con.execute(f"UPDATE task t SET {places} WHERE {where}", [*changed.values(), task_no])


def _record(values: Mapping[str, Any], task_no: str, copy_no: str, one: Copy) -> dict[str, Any]:
    """Make the row of a copy; only a contact's own copy is about a contact, so that nothing counts twice."""
    return {
        **{name: values.get(name) for name in _COPIED},
        "task_no": copy_no, "organizer_task_no": task_no, "role": one.role, "attendance": one.attendance,
        "salesperson_code": values.get("salesperson_code") if one.contact_id else one.salesperson_code,
        "contact_id": one.contact_id or NOBODY,
    }  # fmt: skip


def _numbers(con: Connection, count: int, as_of: dt.date) -> list[str]:
    if not count:
        return []
    taken = {no for (no,) in con.execute("SELECT task_no FROM task").fetchall()}
    return numbering.take(con, SERIES, count, as_of, taken)


def _insert(con: Connection, records: Sequence[Mapping[str, Any]]) -> None:
    columns = list(dict.fromkeys(name for record in records for name in record))
    names = ", ".join(columns)
    held = {name: [record.get(name) for record in records] for name in columns}
    con.register("new_task", pa.table({**held, "place": range(len(records))}))
    try:
        con.execute(
            f"INSERT INTO task (entry_no, {names}) "
            f"SELECT (SELECT coalesce(max(entry_no), 0) FROM task) + row_number() OVER (ORDER BY place), {names} "
            "FROM new_task"
        )
    finally:
        con.unregister("new_task")
