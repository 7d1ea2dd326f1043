"""Tasks looked at, commented on, deleted."""

# Names of columns come from the lists below and from Task; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import builtins
import datetime as dt
from typing import Any

import pandas as pd

from workbench.errors import ConfigError, NotFoundError
from workbench.setup.work import Work
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.tasks import rows, writing
from workbench.tasks.receipts import TaskDeletion, TaskReceipt
from workbench.tasks.results import TaskCard, TaskList
from workbench.tasks.rows import ORGANIZER_NO, SOURCE, column

STATES = {
    "open": "NOT t.is_closed AND NOT t.is_canceled",
    "completed": "t.is_closed AND NOT t.is_canceled",
    "canceled": "t.is_canceled",
    "all": "TRUE",
}
"""What tasks can be listed by."""

_LISTED = (
    "task_no", "dated_on", "start_time", "type", "description", "status", "priority", "is_closed", "is_canceled",
    "closed_on", "contact_no", "contact_name", "salesperson_code", "team_code", "campaign_no", "segment_no",
    "opportunity_no", "role", "organizer_task_no",
)  # fmt: skip
_FLAGS = ("is_closed", "is_canceled")
# A salesperson has own tasks and copies, a contact those about it and its copies; others see the tasks themselves.
_WHERE = f"""
    t.task_no IS NOT NULL
    AND ($salesperson IS NULL OR t.salesperson_code = $salesperson)
    AND ($contact IS NULL OR $contact IN (c.contact_no, c.company_no))
    AND CASE
        WHEN $salesperson IS NOT NULL THEN coalesce(t.role, 'organizer') IN ('organizer', 'salesperson_attendee')
        WHEN $contact IS NOT NULL THEN {ORGANIZER_NO} IS NULL OR t.role = 'contact_attendee'
        ELSE {ORGANIZER_NO} IS NULL END
    AND ($team IS NULL OR t.team_code = $team)
    AND ($campaign IS NULL OR t.campaign_no = $campaign)
    AND ($segment IS NULL OR t.segment_no = $segment)
    AND ($opportunity IS NULL OR t.opportunity_no = $opportunity)
    AND ($since IS NULL OR t.dated_on >= $since) AND ($until IS NULL OR t.dated_on <= $until)
    AND ($text = '' OR contains(lower(concat_ws(' ', t.task_no, t.description, c.name)), $text))
"""
_ATTENDEES = f"""
    SELECT t.task_no, CASE WHEN t.role = 'contact_attendee' THEN 'contact' ELSE 'salesperson' END AS type,
        CASE WHEN t.role = 'contact_attendee' THEN c.contact_no ELSE t.salesperson_code END AS no,
        CASE WHEN t.role = 'contact_attendee' THEN c.name ELSE s.name END AS name,
        CASE WHEN t.role = 'contact_attendee' THEN c.email ELSE s.email END AS email,
        t.attendance, coalesce(t.invitation_status, 'none') AS invitation_status, t.is_closed
    FROM task t LEFT JOIN contact c USING (contact_id) LEFT JOIN salesperson s ON s.code = t.salesperson_code
    WHERE {ORGANIZER_NO} = ? ORDER BY t.attendance = 'organizer' DESC, t.entry_no
"""
_INTERACTIONS = """
    SELECT i.entry_no, c.contact_no, i.occurred_at, i.interaction_template_code, i.description
    FROM interaction i JOIN contact c USING (contact_id) WHERE i.task_no = ? ORDER BY i.entry_no
"""


class Keeping(Work):
    """Tasks as such."""

    def list(
        self,
        as_of: dt.date,
        *,
        state: str = "open",
        salesperson_code: str | None = None,
        team_code: str | None = None,
        contact_no: str | None = None,
        campaign_no: str | None = None,
        segment_no: str | None = None,
        opportunity_no: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        text: str = "",
        rows: int = 200,
    ) -> TaskList:
        """List tasks.

        Parameters
        ----------
        as_of : datetime.date
            The day that tells what is due.
        state : {"open", "completed", "canceled", "all"}, optional
            Which.
        salesperson_code : str, optional
            A salesperson's: own tasks, copies of what a team is to do, and meetings to attend.
        team_code : str, optional
            A team's.
        contact_no : str, optional
            Those about a contact, and meetings that it attends; of a company, those of its people as well.
        campaign_no, segment_no, opportunity_no : str, optional
            Only such.
        since, until : datetime.date, optional
            First and last day.
        text : str, optional
            A part of number, description or the contact's name, without regard to case.
        rows : int, optional
            How many at most.

        Returns
        -------
        TaskList
            By day, those without one last.

        Raises
        ------
        ConfigError
            When there is no such state.
        """
        if state not in STATES:
            raise ConfigError(f'Tasks cannot be listed by "{state}".', f"Choose one of: {', '.join(STATES)}.")
        asked: dict[str, Any] = {
            "salesperson": salesperson_code, "team": team_code, "contact": contact_no, "campaign": campaign_no,
            "segment": segment_no, "opportunity": opportunity_no, "since": since, "until": until,
            "text": text.strip().casefold(),
        }  # fmt: skip
        where = f"{_WHERE} AND {STATES[state]}"
        columns = ", ".join(f"{column(name)} AS {name}" for name in _LISTED)
        order = "ORDER BY t.dated_on NULLS LAST, t.start_time NULLS LAST, t.task_no"
        with self._database.reading() as con:
            query = f"SELECT {columns} FROM {SOURCE} WHERE {where} {order} LIMIT {int(rows)}"
            listed = con.execute(query, asked).df()
            (figures,) = con.execute(f"{_FIGURES} FROM {SOURCE} WHERE {where}", {**asked, "as_of": as_of}).fetchall()
        return TaskList(as_of, _typed(listed), *figures)

    def get(self, task_no: str) -> TaskCard:
        """Fetch a task.

        Parameters
        ----------
        task_no : str
            Its number.

        Returns
        -------
        TaskCard
            Fields, attendees, comments, and the interactions recorded of it.

        Raises
        ------
        NotFoundError
            When none has the number.
        """
        with self._database.reading() as con:
            task = rows.found(con, task_no)
            main = [task.organizer_task_no or task_no]
            said = "SELECT line_no, commented_on, comment FROM task_comment WHERE task_no = ? ORDER BY line_no"
            return TaskCard(task, *(tables.frame(con, query, main) for query in (_ATTENDEES, said, _INTERACTIONS)))

    def comment(self, task_no: str, comment: str, as_of: dt.date, *, dry_run: bool = False) -> TaskReceipt:
        """Add a comment on a task.

        Parameters
        ----------
        task_no : str
            Its number; a copy shares the comments of its task.
        comment : str
            The comment.
        as_of : datetime.date
            The day of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            The comment.

        Raises
        ------
        NotFoundError
            When none has the number.
        ConfigError
            When the comment is blank.
        """
        if not comment.strip():
            raise ConfigError("A comment needs a text.", "Write what is to be remembered.")
        with self._unit(dry_run) as con:
            task = rows.found(con, task_no)
            main = task.organizer_task_no or task_no
            (line_no,) = first_row(con, _NEXT_LINE, [main]) or (10000,)
            if not dry_run:
                con.execute("INSERT INTO task_comment VALUES (?, ?, ?, ?)", [main, line_no, as_of, comment.strip()])
        return TaskReceipt(main, "comment", _change("comment", None, comment.strip()), is_written=not dry_run)

    def delete_comment(self, task_no: str, line_no: int, *, dry_run: bool = False) -> TaskReceipt:
        """Delete a comment on a task.

        Parameters
        ----------
        task_no : str
            Its number.
        line_no : int
            The line of the comment, as the card lists it.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskReceipt
            The comment that is gone.

        Raises
        ------
        NotFoundError
            When none has the number, or it has no such comment.
        """
        with self._unit(dry_run) as con:
            task = rows.found(con, task_no)
            key = [task.organizer_task_no or task_no, line_no]
            row = first_row(con, "SELECT comment FROM task_comment WHERE task_no = ? AND line_no = ?", key)
            if row is None:
                raise NotFoundError(f"{task_no} has no comment {line_no}.", "Its card lists the lines.")
            if not dry_run:
                con.execute("DELETE FROM task_comment WHERE task_no = ? AND line_no = ?", key)
        return TaskReceipt(str(key[0]), "comment", _change("comment", row[0], None), is_written=not dry_run)

    def delete(self, task_no: str | None = None, *, dry_run: bool = False) -> TaskDeletion:
        """Delete a task, or all that are canceled (Delete Tasks, report 5188).

        Parameters
        ----------
        task_no : str, optional
            Its number; every canceled task where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TaskDeletion
            The tasks, with copies and comments that go with them. Interactions recorded of them stay.

        Raises
        ------
        NotFoundError
            When none has the number.
        RuleError
            When it is a copy: it goes with its task, or with its attendee.
        """
        with self._unit(dry_run) as con:
            numbers = _canceled(con) if task_no is None else [_own(con, task_no)]
            copy_count, comment_count = first_row(con, _GOING, [numbers]) or (0, 0)
            if not dry_run:
                writing.remove(con, numbers)
        return TaskDeletion(tuple(numbers), copy_count, comment_count, not dry_run)


_FIGURES = f"""
    SELECT count(*), count(*) FILTER (WHERE {STATES["open"]} AND t.dated_on < $as_of),
        count(*) FILTER (WHERE {STATES["open"]} AND t.dated_on = $as_of)
"""
_NEXT_LINE = "SELECT coalesce(max(line_no), 0) + 10000 FROM task_comment WHERE task_no = ?"
_GOING = f"""
    WITH going AS (SELECT unnest(?::VARCHAR[]) AS no)
    SELECT (SELECT count(*) FROM task t WHERE {ORGANIZER_NO} IN (FROM going)),
        (SELECT count(*) FROM task_comment WHERE task_no IN (FROM going))
"""


def _typed(listed: pd.DataFrame) -> pd.DataFrame:
    """Give columns the same types whatever the rows are."""
    typed = dict.fromkeys(("dated_on", "closed_on"), "datetime64[us]") | dict.fromkeys(_FLAGS, "bool")
    return listed.astype({name: typed.get(name, "str") for name in _LISTED})


def _canceled(con: Connection) -> builtins.list[str]:
    query = f"SELECT t.task_no FROM task t WHERE t.is_canceled AND {ORGANIZER_NO} IS NULL AND t.task_no IS NOT NULL"
    return [no for (no,) in con.execute(f"{query} ORDER BY 1").fetchall()]


def _own(con: Connection, task_no: str) -> str:
    return rows.main(con, task_no, "deleted").task_no


def _change(name: str, before: object, after: object) -> pd.DataFrame:
    return pd.DataFrame([[name, before, after]], columns=["field", "before", "after"])
