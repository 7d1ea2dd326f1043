"""Steps of opportunities through their sales cycles: worked out, and written as entries."""

# Names of columns come from the lists below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.opportunity_values import Values
from pipelines.sales_cycle_rules import Stage
from workbench.errors import RuleError
from workbench.opportunities import rows
from workbench.opportunities.results import Entry, Opportunity
from workbench.store import Connection
from workbench.store.connection import first_row


@dataclass(frozen=True)
class Step:
    """A step that is about to be taken.

    Attributes
    ----------
    opportunity : Opportunity
        The opportunity before.
    previous : Entry or None
        Its active entry before.
    action_taken : str or None
        What is stored of it.
    stage : Stage or None
        Where it leads; None where it closes the opportunity.
    values : Values
        What it is worth then.
    close_opportunity_code : str or None
        Why it was closed.
    cancels_tasks : bool
        Whether the open tasks of the opportunity are canceled.
    as_of : datetime.date or None
        The day of the work, for tasks that come and go; that of the step where absent.
    """

    opportunity: Opportunity
    previous: Entry | None
    action_taken: str | None
    stage: Stage | None
    values: Values
    close_opportunity_code: str | None = None
    cancels_tasks: bool = False
    as_of: dt.date | None = None

    @property
    def status(self) -> str:
        """The status of the opportunity after it."""
        return str(self.action_taken) if self.stage is None else "in_progress"

    @property
    def activity_code(self) -> str | None:
        """The activity whose tasks it creates: that of the stage, unless the opportunity only was updated."""
        return None if self.stage is None or self.action_taken == "updated" else self.stage.activity_code

    @property
    def open_days(self) -> int | None:
        """How long the entry before was open."""
        return None if self.previous is None else (self.values.changed_on - self.previous.changed_on).days


def require_open(opportunity: Opportunity) -> None:
    """Refuse to do anything with a closed opportunity.

    Parameters
    ----------
    opportunity : Opportunity
        The opportunity.

    Raises
    ------
    RuleError
        When it is closed; the product opens none again.
    """
    if not opportunity.is_closed:
        return
    ended = "won" if opportunity.status == "won" else "lost"
    hint = "A closed opportunity is not opened again: create another one."
    if opportunity.closed_on is None:
        raise RuleError(f"{opportunity.opportunity_no} is closed: it was {ended}.", hint)
    raise RuleError(f"{opportunity.opportunity_no} is closed since {opportunity.closed_on}: it was {ended}.", hint)


def day_of_change(given: dt.date | None, as_of: dt.date, previous: Entry | None) -> dt.date:
    """Give the day of a step: the later of today and the last one unless somebody names it.

    Parameters
    ----------
    given : datetime.date or None
        The day that somebody named.
    as_of : datetime.date
        The day of the work.
    previous : Entry or None
        The active entry.

    Returns
    -------
    datetime.date
        The day.
    """
    return given or max([as_of] if previous is None else [as_of, previous.changed_on])


def record(con: Connection, step: Step) -> str:
    """Write a step: a new active entry in the place of the one before, and the opportunity in step with it.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    step : Step
        The step.

    Returns
    -------
    str
        The number of the entry.
    """
    number = next_entry_no(con)
    opportunity_no = step.opportunity.opportunity_no
    con.execute(
        "UPDATE opportunity_entry SET is_active = FALSE, open_days = ? WHERE opportunity_no = ? AND is_active",
        [step.open_days, opportunity_no],
    )
    _insert(con, "opportunity_entry", {**_entry(con, step), "opportunity_entry_no": number})
    update(con, opportunity_no, _card(step))
    return number


def next_entry_no(con: Connection) -> str:
    """Give the number of the next entry.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    str
        One more than the highest there is.
    """
    query = "SELECT coalesce(max(try_cast(opportunity_entry_no AS BIGINT)), 0) + 1 FROM opportunity_entry"
    (number,) = first_row(con, query) or (1,)
    return str(number)


def insert(con: Connection, opportunity_no: str, values: Mapping[str, Any]) -> None:
    """Write a new opportunity.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    opportunity_no : str
        Its number.
    values : mapping of str to object
        By column of the table.
    """
    _insert(con, "opportunity", {**values, "opportunity_no": opportunity_no})


def update(con: Connection, opportunity_no: str, values: Mapping[str, Any]) -> None:
    """Write new values into an opportunity.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    opportunity_no : str
        Its number.
    values : mapping of str to object
        By column of the table.
    """
    if values:
        places = ", ".join(f"{name} = ?" for name in values)
        con.execute(f"UPDATE opportunity SET {places} WHERE opportunity_no = ?", [*values.values(), opportunity_no])


def _entry(con: Connection, step: Step) -> dict[str, Any]:
    opportunity, values = step.opportunity, step.values
    return {
        "contact_id": rows.contact_id(con, opportunity.opportunity_no),
        "opportunity_no": opportunity.opportunity_no,
        "sales_cycle_code": opportunity.sales_cycle_code,
        "stage_no": 0 if step.stage is None else step.stage.stage_no,
        "previous_stage_no": None if step.previous is None else step.previous.stage_no,
        "salesperson_code": opportunity.salesperson_code,
        "campaign_no": opportunity.campaign_no,
        "changed_on": values.changed_on,
        "is_active": True,
        "action_taken": step.action_taken,
        "closed_on": values.changed_on if step.stage is None else None,
        "estimated_amount": values.estimated_amount,
        "calculated_amount": values.calculated_amount,
        "completed_rate": values.completed_rate,
        "chances_rate": values.chances_rate,
        "probability_rate": values.probability_rate,
        "estimated_close_on": values.estimated_close_on,
        "close_opportunity_code": step.close_opportunity_code,
    }


def _card(step: Step) -> dict[str, Any]:
    """Give what the opportunity shows of its active entry."""
    values = step.values
    return {
        "status": step.status,
        "stage": None if step.stage is None else step.stage.name,
        "closed_on": values.changed_on if step.stage is None else None,
        "estimated_close_on": values.estimated_close_on,
        "estimated_amount": values.estimated_amount,
        "calculated_amount": values.calculated_amount,
        "probability_rate": values.probability_rate,
    }


def _insert(con: Connection, table: str, values: Mapping[str, Any]) -> None:
    names = ", ".join(values)
    con.execute(
        f"INSERT INTO {table} (entry_no, {names}) "
        f"SELECT (SELECT coalesce(max(entry_no), 0) + 1 FROM {table}){', ?' * len(values)}",
        list(values.values()),
    )
