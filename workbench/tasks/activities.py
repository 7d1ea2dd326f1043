"""The tasks of an activity (table 5081), worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.date_formula import evaluate
from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.setup import MarketingSetup
from workbench.store import Connection
from workbench.tasks import drafting
from workbench.tasks.writing import Draft

_STEPS = """
    SELECT type, description, priority, date_formula FROM activity_step WHERE activity_code = ? ORDER BY step_no
"""
_HOW = "Add it first: workbench setup code activity."


def drafts(
    con: Connection,
    marketing: MarketingSetup,
    activity_code: str,
    given: Mapping[str, Any],
    as_of: dt.date,
    starting_on: dt.date,
) -> tuple[list[Draft], tuple[str, ...]]:
    """Work the tasks of an activity out.

    Parameters
    ----------
    con : connection
        An open unit of work.
    marketing : MarketingSetup
        For the day of a task that has none.
    activity_code : str
        The activity.
    given : mapping of str to object
        Who and whom they are for, by field, as from `checks.checked`.
    as_of : datetime.date
        The day of the work.
    starting_on : datetime.date
        The day that the formulas of its steps count from.

    Returns
    -------
    tuple of list of Draft and tuple of str
        Those of each step, and what is to be known about them.

    Raises
    ------
    NotFoundError
        When there is no such activity.
    ConfigError
        When the activity has no steps, or a step says nothing.
    RuleError
        When a rule refuses a task.
    """
    made: list[Draft] = []
    notes: tuple[str, ...] = ()
    for step in steps(con, activity_code, starting_on):
        more, notes = drafting.drafts(con, marketing, _with_step(given, step), as_of)
        made += [Draft({**one.values, "activity_code": activity_code}, one.copies) for one in more]
    return made, notes


def steps(con: Connection, activity_code: str, day: dt.date) -> list[dict[str, Any]]:
    """Read the steps of an activity, each with its day.

    Parameters
    ----------
    con : connection
        An open unit of work.
    activity_code : str
        The activity.
    day : datetime.date
        The day that their formulas count from.

    Returns
    -------
    list of dict
        type, description, priority and dated_on of each.

    Raises
    ------
    NotFoundError
        When there is no such activity.
    ConfigError
        When it has no steps.
    """
    found = con.execute(_STEPS, [activity_code]).fetchall()
    if not found:
        known = [code for (code,) in con.execute("SELECT code FROM activity ORDER BY 1").fetchall()]
        if activity_code not in known:
            raise NotFoundError(f'There is no activity "{activity_code}".', nearest(activity_code, known) or _HOW)
        raise ConfigError(f"The activity {activity_code} has no steps.", "Add one: workbench setup code activity_step.")
    names = ("type", "description", "priority")
    return [
        {**dict(zip(names, said, strict=True)), "dated_on": evaluate(formula, day) if formula else day}
        for *said, formula in found
    ]


def _with_step(given: Mapping[str, Any], step: Mapping[str, Any]) -> dict[str, Any]:
    """Give a step what the activity is for; what a team is to do is no single salesperson's, unless it is a meeting."""
    is_shared = given.get("team_code") and step["type"] != "meeting"
    return {**given, **step, **({"salesperson_code": None} if is_shared else {})}
