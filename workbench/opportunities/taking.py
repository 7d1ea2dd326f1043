"""Steps taken, with everything that follows from them."""

from __future__ import annotations

from workbench.opportunities import steps
from workbench.opportunities.following import follow
from workbench.opportunities.receipts import StepReceipt, step_changes
from workbench.opportunities.steps import Step
from workbench.store import Connection


def take(con: Connection, step: Step, dry_run: bool, notes: tuple[str, ...] = ()) -> StepReceipt:
    """Take a step.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    step : Step
        The step, checked.
    dry_run : bool
        Only tell what would happen.
    notes : tuple of str, optional
        Things to know that are no errors.

    Returns
    -------
    StepReceipt
        What is different.

    Raises
    ------
    RuleError
        When what follows from it is refused: the tasks of the stage, or the customer of a sale.
    """
    number = steps.next_entry_no(con) if dry_run else steps.record(con, step)
    followed = follow(con, step, number, dry_run)
    return StepReceipt(
        step.opportunity.opportunity_no, number, step.action_taken, 0 if step.stage is None else step.stage.stage_no,
        step.status, step.open_days, step_changes(step), followed.created_task_nos, followed.canceled_task_nos,
        followed.created_task_count, followed.customer_no, (*notes, *followed.notes), not dry_run,
    )  # fmt: skip
