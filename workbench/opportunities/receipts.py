"""What was done to opportunities, or would be: the same receipts for a preview."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.opportunities.results import Opportunity
from workbench.opportunities.steps import Step


@dataclass(frozen=True)
class OpportunityReceipt:
    """What creating or changing an opportunity did, or would do.

    Attributes
    ----------
    opportunity_no : str
        Which.
    changed : dict of str to tuple
        The fields that are different now, with the value before and the new one.
    first_step : StepReceipt or None
        The first stage of one that was created and activated.
    task_count : int
        Open tasks that got the new salesperson, campaign or contact as well.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    opportunity_no: str
    changed: dict[str, tuple[Any, Any]] = field(hash=False)
    first_step: StepReceipt | None = None
    task_count: int = 0
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the changes as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, before, after.
        """
        return _changes(self.changed)

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.opportunity_no)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class StepReceipt:
    """What a step of an opportunity did, or would do.

    Attributes
    ----------
    opportunity_no : str
        Which.
    opportunity_entry_no : str
        The new active entry.
    action_taken : str or None
        What is stored of the action; None for the first entry.
    stage_no : int
        The stage after it; 0 when closed.
    status : str
        The status after it.
    open_days : int or None
        How long the entry before was open.
    changed : dict of str to tuple
        What is different now, with the value before and the new one.
    created_task_nos, canceled_task_nos : tuple of str
        Tasks of the stage's activity, and open ones that were called off. A preview does not know the numbers of new
        ones.
    created_task_count : int
        How many tasks come.
    customer_no : str or None
        The customer that was created of the contact, because the opportunity was won.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    opportunity_no: str
    opportunity_entry_no: str
    action_taken: str | None
    stage_no: int
    status: str
    open_days: int | None
    changed: dict[str, tuple[Any, Any]] = field(hash=False)
    created_task_nos: tuple[str, ...] = ()
    canceled_task_nos: tuple[str, ...] = ()
    created_task_count: int = 0
    customer_no: str | None = None
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the changes as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, before, after.
        """
        return _changes(self.changed)

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.opportunity_no}: {self.action_taken or 'activated'}")
        return f"<b>{head}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class OpportunityDeletion:
    """Which opportunities were deleted, or would be.

    Attributes
    ----------
    opportunity_nos : tuple of str
        The opportunities.
    entry_count, comment_count : int
        Entries and comments that go with them.
    is_written : bool
        False for a preview.
    """

    opportunity_nos: tuple[str, ...]
    entry_count: int
    comment_count: int
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the opportunities.

        Returns
        -------
        pandas.DataFrame
            Column opportunity_no.
        """
        return pd.DataFrame({"opportunity_no": list(self.opportunity_nos)}, dtype="str")

    def _repr_html_(self) -> str:
        return f"<b>Opportunities deleted: {len(self.opportunity_nos)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class CommentReceipt:
    """A comment on an opportunity that was added or deleted, or would be.

    Attributes
    ----------
    opportunity_no : str
        Which opportunity.
    line_no : int
        The number of the comment; numbers go up in steps of 10000.
    comment : str
        What it says.
    is_deleted : bool
        Whether it is gone.
    is_written : bool
        False for a preview.
    """

    opportunity_no: str
    line_no: int
    comment: str
    is_deleted: bool = False
    is_written: bool = True


def step_changes(step: Step) -> dict[str, tuple[Any, Any]]:
    """Tell what a step changes.

    Parameters
    ----------
    step : Step
        The step.

    Returns
    -------
    dict of str to tuple
        By field what was and what is, those that stay left out.
    """
    before, after = _before(step.opportunity, step), _after(step)
    return {name: (before[name], value) for name, value in after.items() if before[name] != value}


def _after(step: Step) -> dict[str, Any]:
    values = step.values
    return {
        "status": step.status,
        "stage": None if step.stage is None else step.stage.name,
        "estimated_amount": values.estimated_amount,
        "chances_rate": values.chances_rate,
        "completed_rate": values.completed_rate,
        "probability_rate": values.probability_rate,
        "calculated_amount": round(values.calculated_amount, 4),
        "estimated_close_on": values.estimated_close_on,
        "close_opportunity_code": step.close_opportunity_code,
    }


def _before(opportunity: Opportunity, step: Step) -> dict[str, Any]:
    entry = step.previous
    return {
        "status": opportunity.status,
        "stage": opportunity.stage,
        "estimated_amount": opportunity.estimated_amount,
        "chances_rate": None if entry is None else entry.chances_rate,
        "completed_rate": None if entry is None else entry.completed_rate,
        "probability_rate": opportunity.probability_rate,
        "calculated_amount": opportunity.calculated_amount,
        "estimated_close_on": opportunity.estimated_close_on,
        "close_opportunity_code": None,
    }


def _changes(changed: dict[str, tuple[Any, Any]]) -> pd.DataFrame:
    held = [[name, *pair] for name, pair in changed.items()]
    return pd.DataFrame(held, columns=["field", "before", "after"], dtype=object)
