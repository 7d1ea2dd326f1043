"""What an entry of an opportunity is worth, and what keeps it from being entered.

References
----------
Business Central, table 5093, Opportunity Entry: `UpdateEstimates`, `CheckStatus2`, `CheckEstimatedValues`,
`CheckStatus`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipelines.date_formula import evaluate
from pipelines.errors import RuleError
from pipelines.sales_cycle_rules import JUMP, SKIP, UPDATE, Stage


@dataclass(frozen=True)
class Values:
    """What an entry says an opportunity is worth.

    Attributes
    ----------
    changed_on : datetime.date
        The day of the step.
    estimated_amount : float
        The estimated value.
    chances_rate : float
        Chances of success, 0 to 1.
    estimated_close_on : datetime.date or None
        When it is expected to close.
    completed_rate, probability_rate : float
        How much of the cycle is done, and how likely the sale is, 0 to 1.
    calculated_amount : float
        The calculated current value.
    """

    changed_on: dt.date
    estimated_amount: float = 0.0
    chances_rate: float = 0.0
    estimated_close_on: dt.date | None = None
    completed_rate: float = 0.0
    probability_rate: float = 0.0
    calculated_amount: float = 0.0


def probability(calculation: str, chances_rate: float, completed_rate: float) -> float:
    """Work out how likely a sale is.

    Parameters
    ----------
    calculation : {"multiply", "add", "chances_of_success", "completed"}
        How the sales cycle does it.
    chances_rate, completed_rate : float
        Chances of success C, and completed K, 0 to 1.

    Returns
    -------
    float
        C x K, (C + K) / 2, C, or K; 0 to 1.

    Examples
    --------
    >>> [probability(way, 0.5, 0.2) for way in ("multiply", "add", "chances_of_success", "completed")]
    [0.1, 0.35, 0.5, 0.2]
    """
    match calculation:
        case "multiply":
            return chances_rate * completed_rate
        case "add":
            return (chances_rate + completed_rate) / 2
        case "chances_of_success":
            return chances_rate
    return completed_rate


def estimated(values: Values, stage: Stage, calculation: str, action: str) -> Values:
    """Work out what follows from a stage.

    Parameters
    ----------
    values : Values
        Day, estimated value, chances of success and estimated closing date as somebody gave them.
    stage : Stage
        Where the opportunity is then.
    calculation : str
        As for `probability`.
    action : str
        What led there. Skip and jump take the chances of the stage, whatever was given.

    Returns
    -------
    Values
        With chances where there were none, completed, probability, calculated value, and the closing date by the
        formula of the stage where there was none, or it was the day of the step.
    """
    chances = values.chances_rate
    if stage.chances_rate and (not chances or action in (JUMP, SKIP)):
        chances = stage.chances_rate
    rate = probability(calculation, chances, stage.completed_rate)
    return replace(
        values, chances_rate=chances, completed_rate=stage.completed_rate, probability_rate=rate,
        calculated_amount=values.estimated_amount * rate,
        estimated_close_on=_close_on(values.estimated_close_on, values.changed_on, stage),
    )  # fmt: skip


def expected(values: Values, stage: Stage, action: str) -> Values:
    """Give the values that a step to a stage begins with.

    Parameters
    ----------
    values : Values
        Those of the entry before, on the day of the step.
    stage : Stage
        Where it leads.
    action : str
        What leads there.

    Returns
    -------
    Values
        With the chances of the stage where it has some, unless it is an update; and with a closing date that is not
        over: by the formula of the stage where the one before is.
    """
    chances = 0.0 if action == UPDATE else stage.chances_rate
    close_on = values.estimated_close_on
    is_over = close_on is not None and close_on < values.changed_on
    return replace(
        values, chances_rate=chances or values.chances_rate,
        estimated_close_on=_close_on(None if is_over else close_on, values.changed_on, stage),
    )  # fmt: skip


def _close_on(close_on: dt.date | None, changed_on: dt.date, stage: Stage) -> dt.date:
    if close_on not in (None, changed_on):
        return close_on
    return evaluate(stage.date_formula, changed_on) if stage.date_formula else changed_on


def check_order(changed_on: dt.date, previous_on: dt.date | None) -> None:
    """Refuse a step before the last one.

    Parameters
    ----------
    changed_on : datetime.date
        The day of the step.
    previous_on : datetime.date or None
        The day of the entry before.

    Raises
    ------
    RuleError
        When it would be before.
    """
    if previous_on is not None and changed_on < previous_on:
        raise RuleError(
            "The Date of Change has to be after last Date of change.",
            f"{changed_on} is before {previous_on}: give that day, or a later one.",
        )


def check_estimates(values: Values) -> None:
    """Refuse estimates that say nothing.

    Parameters
    ----------
    values : Values
        Of the step.

    Raises
    ------
    RuleError
        When the estimated value or the chances are not greater than 0, chances are more than 1, or the closing date is
        missing or before the step.
    """
    if not values.estimated_amount > 0:
        amount = f"{values.estimated_amount:g}"
        raise RuleError("Estimated Value must be greater than 0.", f"Give it as estimated_amount; it is {amount}.")
    if not values.chances_rate > 0:
        rate = f"{values.chances_rate:g}"
        raise RuleError("Chances of Success must be greater than 0.", f"Give it as chances_rate; it is {rate}.")
    if values.chances_rate > 1:
        raise RuleError(f"Chances of Success cannot be more than 1: {values.chances_rate:g}.", "0.5 is fifty percent.")
    if values.estimated_close_on is None:
        raise RuleError("You must fill in the Estimated Close Date field.", "Give it as estimated_close_on.")
    if values.estimated_close_on < values.changed_on:
        raise RuleError(
            "The Estimated closing date has to be later than this change.",
            f"{values.estimated_close_on} is before {values.changed_on}.",
        )


def closed(status: str, changed_on: dt.date, estimated_amount: float, sales_amount: float = 0.0) -> Values:
    """Work out what a closing entry says.

    Parameters
    ----------
    status : {"won", "lost"}
        How it ended.
    changed_on : datetime.date
        The day of the end.
    estimated_amount : float
        The estimated value before.
    sales_amount : float, optional
        Of what was won: the value of the quote, or what somebody typed.

    Returns
    -------
    Values
        Won: all rates 1. Lost: completed 1, value, chances and probability 0. The closing date is the day of the end.

    Raises
    ------
    RuleError
        When it was won and is worth nothing.
    """
    is_won = status == "won"
    if is_won and not sales_amount > 0:
        raise RuleError(
            "Sales (LCY) must be greater than 0.", f"It is {sales_amount:g}: say what was sold, or make a quote."
        )
    rate = float(is_won)
    return Values(changed_on, estimated_amount, rate, changed_on, 1.0, rate, sales_amount if is_won else 0.0)
