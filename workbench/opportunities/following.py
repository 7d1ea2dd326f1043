"""What follows from a step of an opportunity: tasks that come and go, and the customer that a sale needs."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.opportunities import customers, stage_tasks
from workbench.opportunities.steps import Step
from workbench.setup import marketing_setup
from workbench.store import Connection


@dataclass(frozen=True)
class Followed:
    """What a step brings with it.

    Attributes
    ----------
    created_task_nos : tuple of str
        Tasks of the stage's activity; none in a preview, which takes no numbers.
    created_task_count : int
        How many of them come.
    canceled_task_nos : tuple of str
        Open tasks that are called off.
    customer_no : str or None
        The customer that is created.
    notes : tuple of str
        Things to know that are no errors.
    """

    created_task_nos: tuple[str, ...] = ()
    created_task_count: int = 0
    canceled_task_nos: tuple[str, ...] = ()
    customer_no: str | None = None
    notes: tuple[str, ...] = ()


def follow(con: Connection, step: Step, opportunity_entry_no: str, dry_run: bool) -> Followed:
    """Do what follows from a step.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    step : Step
        The step, checked.
    opportunity_entry_no : str
        Its entry.
    dry_run : bool
        Only tell what would happen.

    Returns
    -------
    Followed
        Open tasks are called off before those of the stage come.

    Raises
    ------
    RuleError
        When the tasks or the customer cannot be created.
    """
    opportunity, on = step.opportunity, step.values.changed_on
    canceled = stage_tasks.open_nos(con, opportunity.opportunity_no) if step.cancels_tasks else ()
    made, notes = stage_tasks.drafts(con, marketing_setup.read(con), opportunity, step.activity_code, on, on)
    needs_customer = step.status == "won" and opportunity.contact_no is not None
    customer_no = customers.ensure(con, str(opportunity.contact_no), dry_run=dry_run) if needs_customer else None
    created: tuple[str, ...] = ()
    if not dry_run:
        stage_tasks.cancel(con, canceled, on)
        created = stage_tasks.write(con, made, opportunity_entry_no, step.as_of or on)
    return Followed(created, len(made), canceled, customer_no, notes)
