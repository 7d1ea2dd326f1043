"""Tasks that come and go as an opportunity moves: those of the stage's activity, and open ones that are called off.

References
----------
Business Central, table 5093, Opportunity Entry: `CreateTask`; table 5080, To-do: `CancelOpenTasks`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from workbench.opportunities.results import Opportunity
from workbench.setup import MarketingSetup
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.tasks import activities, writing
from workbench.tasks.rows import ORGANIZER_NO
from workbench.tasks.writing import Draft

_OPEN = f"""
    SELECT t.task_no FROM task t
    WHERE t.opportunity_no = ? AND NOT t.is_closed AND NOT t.is_canceled AND {ORGANIZER_NO} IS NULL ORDER BY t.task_no
"""  # noqa: S608 - a text of ours
_HAS_STEPS = "SELECT 1 FROM activity_step WHERE activity_code = ?"


def drafts(
    con: Connection,
    marketing: MarketingSetup,
    opportunity: Opportunity,
    activity_code: str | None,
    changed_on: dt.date,
    as_of: dt.date,
) -> tuple[list[Draft], tuple[str, ...]]:
    """Work out the tasks that a stage brings.

    Parameters
    ----------
    con : connection
        An open unit of work.
    marketing : MarketingSetup
        For the day of a task that has none.
    opportunity : Opportunity
        For whom and by whom they are.
    activity_code : str or None
        The activity of the stage; without one, or without steps in it, there are none.
    changed_on : datetime.date
        The day of the step, which the formulas of the activity count from.
    as_of : datetime.date
        The day of the work.

    Returns
    -------
    tuple of list of Draft and tuple of str
        The tasks, and what is to be known about them. A meeting is attended by the contact.

    Raises
    ------
    RuleError
        When nobody is responsible, the contact's privacy is blocked, or who organizes a meeting has no e-mail address.
    """
    if not activity_code or first_row(con, _HAS_STEPS, [activity_code]) is None:
        return [], ()
    given: dict[str, Any] = {
        "contact_no": opportunity.contact_no, "salesperson_code": opportunity.salesperson_code,
        "campaign_no": opportunity.campaign_no, "segment_no": opportunity.segment_no,
        "opportunity_no": opportunity.opportunity_no,
    }  # fmt: skip
    return activities.drafts(con, marketing, activity_code, given, as_of, changed_on)


def write(con: Connection, made: list[Draft], opportunity_entry_no: str, as_of: dt.date) -> tuple[str, ...]:
    """Write the tasks of a stage.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    made : list of Draft
        As from `drafts`.
    opportunity_entry_no : str
        The step they belong to.
    as_of : datetime.date
        The day, for the number series.

    Returns
    -------
    tuple of str
        Their numbers.

    Raises
    ------
    RuleError
        When the series of marketing setup has not enough numbers.
    """
    named = [replace(one, values={**one.values, "opportunity_entry_no": opportunity_entry_no}) for one in made]
    return tuple(writing.write(con, named, as_of)) if named else ()


def open_nos(con: Connection, opportunity_no: str) -> tuple[str, ...]:
    """List the open tasks of an opportunity.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        Which.

    Returns
    -------
    tuple of str
        Their numbers, copies left out.
    """
    return tuple(no for (no,) in con.execute(_OPEN, [opportunity_no]).fetchall())


def cancel(con: Connection, task_nos: tuple[str, ...], on: dt.date) -> None:
    """Call tasks off with their copies; none that recurs comes again.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_nos : tuple of str
        The tasks.
    on : datetime.date
        The day on which they are closed.
    """
    for task_no in task_nos:
        writing.update(con, task_no, {
            "status": "completed", "is_closed": True, "is_canceled": True, "closed_on": on,
            "recurring_formula": None, "recurs_from": None,
        })  # fmt: skip
