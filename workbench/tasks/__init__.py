"""What is to be done, by whom, and about whom."""

from __future__ import annotations

from workbench.tasks.attending import Attending
from workbench.tasks.changing import Changing
from workbench.tasks.closing import Closing
from workbench.tasks.creating import Creating
from workbench.tasks.keeping import Keeping
from workbench.tasks.receipts import CreationReceipt, TaskDeletion, TaskReceipt
from workbench.tasks.results import Task, TaskCard, TaskList

__all__ = ["CreationReceipt", "Task", "TaskCard", "TaskDeletion", "TaskList", "TaskReceipt", "Tasks"]


class Tasks(Creating, Keeping, Changing, Closing, Attending):
    """Everything a workbench does with tasks.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    """
