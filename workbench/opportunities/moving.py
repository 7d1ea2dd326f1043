"""Opportunities led through their sales cycles."""

from __future__ import annotations

import datetime as dt

from pipelines import opportunity_values, sales_cycle_rules
from pipelines.opportunity_values import Values
from pipelines.sales_cycle_rules import FIRST, UPDATE, Stage
from workbench.errors import RuleError
from workbench.opportunities import given, remarks, rows, steps
from workbench.opportunities.given import Estimates
from workbench.opportunities.receipts import StepReceipt
from workbench.opportunities.results import Entry, Opportunity
from workbench.opportunities.steps import Step
from workbench.opportunities.taking import take
from workbench.setup.work import Work
from workbench.store import Connection


class Moving(Work):
    """Leading opportunities through their sales cycles."""

    def activate(
        self,
        opportunity_no: str,
        as_of: dt.date,
        *,
        estimated_amount: float | str | None = None,
        chances_rate: float | str | None = None,
        estimated_close_on: dt.date | str | None = None,
        dry_run: bool = False,
    ) -> StepReceipt:
        """Activate the first stage of an opportunity that is not started.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        as_of : datetime.date
            The day of the step.
        estimated_amount, chances_rate : float or str, optional
            Estimated value, and chances of success, 0 to 1; those of the stage where absent.
        estimated_close_on : datetime.date or str, optional
            When it is expected to close; by the formula of the stage where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        StepReceipt
            The first entry.

        Raises
        ------
        NotFoundError
            When none has the number.
        RuleError
            When it is not "not started", or its sales cycle is missing or has no stages.

        Notes
        -----
        As in Business Central an opportunity may be activated without an estimated value; every later step asks for it.
        """
        with self._unit(dry_run) as con:
            opportunity = rows.found(con, opportunity_no)
            _check_not_started(opportunity)
            return activation(con, opportunity, as_of, dry_run, (estimated_amount, chances_rate, estimated_close_on))

    def move(
        self,
        opportunity_no: str,
        action: str | None,
        as_of: dt.date,
        *,
        stage: int | None = None,
        on: dt.date | str | None = None,
        estimated_amount: float | str | None = None,
        chances_rate: float | str | None = None,
        estimated_close_on: dt.date | str | None = None,
        cancels_tasks: bool = False,
        dry_run: bool = False,
    ) -> StepReceipt:
        """Move an opportunity to another stage of its cycle, or update it where it is.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        action : {"first", "next", "previous", "skip", "update", "jump"} or None
            What to do; None for what the product offers first.
        as_of : datetime.date
            The day of the work.
        stage : int, optional
            Which of the stages that skip and jump offer; the nearest where absent.
        on : datetime.date or str, optional
            The day of the step; the later of `as_of` and the last step where absent.
        estimated_amount, chances_rate : float or str, optional
            Estimated value, and chances of success, 0 to 1. Where absent they are that of the linked quote, else of the
            entry before, and those of the stage; an update keeps the chances.
        estimated_close_on : datetime.date or str, optional
            When it is expected to close. Where absent it stays, and is by the formula of the stage once it is over.
        cancels_tasks : bool, optional
            Whether the open tasks of the opportunity are canceled.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        StepReceipt
            The new entry, and what is different.

        Raises
        ------
        NotFoundError
            When none has the number.
        ConfigError
            When a value does not suit its field.
        RuleError
            When it is closed, the action is not enabled or leads to no such stage, the stage requires a quote, the day
            is before the last step, or an estimate is missing.
        """
        with self._unit(dry_run) as con:
            opportunity = rows.found(con, opportunity_no)
            steps.require_open(opportunity)
            entry = rows.active(con, opportunity_no)
            action, led, taken = _chosen(con, opportunity, entry, action, stage)
            before = _begun(con, opportunity, entry, steps.day_of_change(given.on_day(on), as_of, entry))
            opportunity_values.check_order(before.changed_on, None if entry is None else entry.changed_on)
            expected = opportunity_values.expected(before, led, action)
            wished = given.wished(expected, estimated_amount, chances_rate, estimated_close_on)
            opportunity_values.check_estimates(wished)
            way = rows.calculation(con, opportunity.sales_cycle_code)
            values = opportunity_values.estimated(wished, led, way, action)
            notes = remarks.stage_chances(given.rate("chances_rate", chances_rate), values, led)
            step = Step(opportunity, entry, taken, led, values, cancels_tasks=cancels_tasks, as_of=as_of)
            return take(con, step, dry_run, notes)

    def update(
        self,
        opportunity_no: str,
        as_of: dt.date,
        *,
        on: dt.date | str | None = None,
        estimated_amount: float | str | None = None,
        chances_rate: float | str | None = None,
        estimated_close_on: dt.date | str | None = None,
        dry_run: bool = False,
    ) -> StepReceipt:
        """Update the estimates of an opportunity where it is.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        as_of : datetime.date
            The day of the work.
        on, estimated_amount, chances_rate, estimated_close_on : optional
            As for `move`.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        StepReceipt
            The new entry, and what is different.

        Raises
        ------
        NotFoundError
            When none has the number.
        ConfigError
            When a value does not suit its field.
        RuleError
            As for `move`.
        """
        return self.move(
            opportunity_no, UPDATE, as_of, on=on, estimated_amount=estimated_amount, chances_rate=chances_rate,
            estimated_close_on=estimated_close_on, dry_run=dry_run,
        )  # fmt: skip


def activation(
    con: Connection,
    opportunity: Opportunity,
    as_of: dt.date,
    dry_run: bool,
    estimates: Estimates = (None, None, None),
    *,
    needs_estimates: bool = False,
) -> StepReceipt:
    """Enter an opportunity at the first stage of its cycle.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    opportunity : Opportunity
        One without entries.
    as_of : datetime.date
        The day of the step.
    dry_run : bool
        Only tell what would happen.
    estimates : tuple, optional
        Estimated value, chances of success and closing date as somebody gave them.
    needs_estimates : bool, optional
        Refuse estimates that are missing, as the create wizard does.

    Returns
    -------
    StepReceipt
        The first entry.

    Raises
    ------
    ConfigError
        When a value does not suit its field.
    RuleError
        When the sales cycle has no stages, or an estimate is missing.
    """
    stage = _first(con, opportunity)
    wished = given.wished(Values(as_of, chances_rate=stage.chances_rate), *estimates)
    if needs_estimates:
        opportunity_values.check_estimates(wished)
    way = rows.calculation(con, opportunity.sales_cycle_code)
    step = Step(opportunity, None, None, stage, opportunity_values.estimated(wished, stage, way, FIRST))
    return take(con, step, dry_run)


def _check_not_started(opportunity: Opportunity) -> None:
    steps.require_open(opportunity)
    if opportunity.status != "not_started":
        raise RuleError(
            f"Status must be not started: {opportunity.opportunity_no} is in progress.",
            "Only what is not started is activated: move it to its next stage.",
        )


def _first(con: Connection, opportunity: Opportunity) -> Stage:
    code = _cycle(opportunity)
    found = rows.stages(con, code)
    if not found:
        raise _without_stages(code)
    return found[0]


def _cycle(opportunity: Opportunity) -> str:
    if opportunity.sales_cycle_code is None:
        raise RuleError(
            f"{opportunity.opportunity_no} has no sales cycle.",
            f"Name one: workbench opportunity change {opportunity.opportunity_no} --set sales_cycle_code=CODE.",
        )
    return opportunity.sales_cycle_code


def _without_stages(code: str) -> RuleError:
    return RuleError(f"There are no stages in sales cycle {code}.", f"Add one: workbench setup cycle stage {code} 1.")


def _chosen(
    con: Connection, opportunity: Opportunity, entry: Entry | None, action: str | None, stage_no: int | None
) -> tuple[str, Stage, str | None]:
    """Give the action, the stage it leads to, and what is stored of it."""
    code = _cycle(opportunity)
    offered = sales_cycle_rules.offers(rows.stages(con, code), None if entry is None else entry.stage_no or 0)
    wanted = action or sales_cycle_rules.default_action(offered)
    if wanted is None or not any(offer.stages for offer in offered.values()):
        raise _without_stages(code)
    stage = sales_cycle_rules.chosen_stage(offered, wanted, stage_no)
    sales_cycle_rules.check_quote(wanted, stage, opportunity.has_quote)
    return wanted, stage, sales_cycle_rules.action_taken(offered, wanted, stage.stage_no)


def _begun(con: Connection, opportunity: Opportunity, entry: Entry | None, on: dt.date) -> Values:
    """Give what a step begins with: what the entry before says, and the value of the quote."""
    quoted = rows.quote_amount(con, opportunity)
    amount = opportunity.estimated_amount if entry is None else entry.estimated_amount
    close_on = opportunity.estimated_close_on if entry is None else entry.estimated_close_on
    return Values(on, quoted or amount or 0.0, 0.0 if entry is None else entry.chances_rate, close_on)
