"""What is known of tasks."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field, fields

import pandas as pd


@dataclass(frozen=True)
class Task:
    """A task (table 5080).

    Attributes
    ----------
    task_no : str
        Its number.
    description : str or None
        What is to be done.
    type : str or None
        ``"meeting"``, ``"phone_call"``, or nothing of these.
    dated_on : datetime.date or None
        The day of the task.
    start_time : str or None
        When it starts, such as ``"14:30"``; a meeting without one takes all day.
    duration_minutes : float or None
        How long it takes.
    location : str or None
        Where a meeting takes place.
    status : str
        ``"not_started"``, ``"in_progress"``, ``"completed"``, ``"waiting"`` or ``"postponed"``.
    priority : str
        ``"low"``, ``"normal"`` or ``"high"``.
    is_closed, is_canceled : bool
        Whether there is nothing more to be done; whether it was called off, which closes it.
    closed_on : datetime.date or None
        The day on which it was closed.
    completed_by : str or None
        The salesperson who completed the task of a team.
    salesperson_code, team_code : str or None
        Whose it is.
    contact_no, contact_name : str or None
        Whom it is about; a meeting has attendees instead.
    campaign_no, segment_no, opportunity_no : str or None
        What it belongs to.
    interaction_template_code : str or None
        What completing it records.
    activity_code : str or None
        The activity it came from.
    organizer_task_no : str or None
        The task it is a copy of.
    role : str
        ``"organizer"``, ``"team"``, and of copies ``"salesperson_attendee"`` or ``"contact_attendee"``.
    recurring_formula : str or None
        After what time there is another one, as a date formula.
    recurs_from : str or None
        ``"due_date"`` or ``"closing_date"``: from when that time counts.
    """

    task_no: str
    description: str | None
    type: str | None
    dated_on: dt.date | None
    start_time: str | None
    duration_minutes: float | None
    location: str | None
    status: str
    priority: str
    is_closed: bool
    is_canceled: bool
    closed_on: dt.date | None
    completed_by: str | None
    salesperson_code: str | None
    team_code: str | None
    contact_no: str | None
    contact_name: str | None
    campaign_no: str | None
    segment_no: str | None
    opportunity_no: str | None
    interaction_template_code: str | None
    activity_code: str | None
    organizer_task_no: str | None
    role: str
    recurring_formula: str | None
    recurs_from: str | None

    @property
    def is_meeting(self) -> bool:
        """Whether people are asked to attend."""
        return self.type == "meeting"

    @property
    def is_copy(self) -> bool:
        """Whether it is somebody's copy of another task."""
        return self.organizer_task_no is not None


NAMES = tuple(item.name for item in fields(Task))


@dataclass(frozen=True)
class TaskCard:
    """Everything about one task.

    Attributes
    ----------
    task : Task
        Its fields.
    attendees : pandas.DataFrame
        Who has a copy, the organizer first: task_no of the copy, type (``"contact"`` or ``"salesperson"``), no, name,
        email, attendance, invitation_status, is_closed.
    comments : pandas.DataFrame
        line_no, commented_on, comment.
    interactions : pandas.DataFrame
        What was recorded of it: entry_no, contact_no, occurred_at, interaction_template_code, description.
    """

    task: Task
    attendees: pd.DataFrame = field(repr=False)
    comments: pd.DataFrame = field(repr=False)
    interactions: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the fields as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field and value, blank ones left out.
        """
        held = [[name, getattr(self.task, name)] for name in NAMES if getattr(self.task, name) not in (None, "")]
        return pd.DataFrame(held, columns=["field", "value"])

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.task.task_no} {self.task.description or ''}")
        return f"<b>{head}</b>{self.frame().to_html(index=False)}{self.attendees.to_html(index=False)}"


@dataclass(frozen=True)
class TaskList:
    """Tasks by their day.

    Attributes
    ----------
    as_of : datetime.date
        The day that tells what is due.
    tasks : pandas.DataFrame
        task_no, dated_on, start_time, type, description, status, priority, is_closed, is_canceled, closed_on,
        contact_no, contact_name, salesperson_code, team_code, campaign_no, segment_no, opportunity_no, role,
        organizer_task_no. A salesperson's copies of what a team is to do, and of meetings, are among the salesperson's.
    total : int
        How many there are, those beyond `tasks` included.
    overdue_count, due_today_count : int
        Open tasks among all of them before that day, and on it.
    """

    as_of: dt.date
    tasks: pd.DataFrame = field(repr=False)
    total: int
    overdue_count: int
    due_today_count: int

    def frame(self) -> pd.DataFrame:
        """Show the tasks.

        Returns
        -------
        pandas.DataFrame
            `tasks`.
        """
        return self.tasks

    def _repr_html_(self) -> str:
        head = f"Tasks: {self.total}, overdue on {self.as_of}: {self.overdue_count}"
        return f"<b>{head}</b>{self.tasks.to_html(index=False)}"
