"""What was done to tasks, or would be: the same receipts for a preview."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class CreationReceipt:
    """Which tasks were created, or would be.

    Attributes
    ----------
    as_of : datetime.date
        The day of the work, which chooses the lines of the number series.
    tasks : pandas.DataFrame
        task_no, NULL in a preview of several, dated_on, type, description, priority, contact_no, salesperson_code,
        team_code, copy_count.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    as_of: dt.date
    tasks: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()
    is_written: bool = True

    @property
    def task_no(self) -> str | None:
        """The number of the first."""
        numbers = self.tasks["task_no"].dropna()
        return None if numbers.empty else str(numbers.iloc[0])

    @property
    def copy_count(self) -> int:
        """How many copies others have of them."""
        return int(self.tasks["copy_count"].sum())

    def frame(self) -> pd.DataFrame:
        """Show the tasks.

        Returns
        -------
        pandas.DataFrame
            `tasks`.
        """
        return self.tasks

    def _repr_html_(self) -> str:
        return f"<b>Tasks: {len(self.tasks)}, copies: {self.copy_count}</b>{self.tasks.to_html(index=False)}"


@dataclass(frozen=True)
class TaskReceipt:
    """What changing, closing, or reopening a task did, or would do.

    Attributes
    ----------
    task_no : str
        The task.
    action : str
        ``"changed"``, ``"completed"``, ``"canceled"``, ``"reopened"``, ``"attendee"`` or ``"comment"``.
    changes : pandas.DataFrame
        field, before, after.
    copies_added, copies_removed : int
        Copies of the task that came, and that went.
    next_task_no : str or None
        The task that follows a recurring one.
    interaction_count : int
        Interactions recorded, one for each contact.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    task_no: str
    action: str
    changes: pd.DataFrame = field(repr=False)
    copies_added: int = 0
    copies_removed: int = 0
    next_task_no: str | None = None
    interaction_count: int = 0
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the changes.

        Returns
        -------
        pandas.DataFrame
            `changes`.
        """
        return self.changes

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.task_no)}: {self.action}</b>{self.changes.to_html(index=False)}"


@dataclass(frozen=True)
class TaskDeletion:
    """Which tasks were deleted, or would be.

    Attributes
    ----------
    task_nos : tuple of str
        The tasks.
    copy_count, comment_count : int
        Copies and comments that go with them.
    is_written : bool
        False for a preview.
    """

    task_nos: tuple[str, ...]
    copy_count: int
    comment_count: int
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the tasks.

        Returns
        -------
        pandas.DataFrame
            Column task_no.
        """
        return pd.DataFrame({"task_no": list(self.task_nos)}, dtype="str")

    def _repr_html_(self) -> str:
        return f"<b>Tasks deleted: {len(self.task_nos)}</b>{self.frame().to_html(index=False)}"
