"""What counts as a response to a campaign, and what else it takes to measure one: values that check themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from pipelines.conditions import Group
from pipelines.errors import ConditionError
from pipelines.places import WHOLE, first_problem
from pipelines.values import Node, to_plain

HOLDOUT = "holdout"
"""The arm of contacts that a campaign holds out, unless its rule names another."""
WITHOUT_ARM = "targeted"
"""The arm of targets for whom none is recorded."""
EventTable = Literal["interaction", "sales_entry", "opportunity", "campaign_response"]


class Event(Node):
    """The rows that are responses.

    Attributes
    ----------
    related : {"interaction", "sales_entry", "opportunity", "campaign_response"}
        The table; `campaign_response` holds responses that a file brought.
    where : group, optional
        Which rows; all of them where absent. Interactions that are canceled or postponed never count, and responses
        of a file count for the campaign they name.
    """

    related: EventTable
    where: Group | None = None


class Revenue(Node):
    """The rows whose amounts are revenue.

    Attributes
    ----------
    related : {"interaction", "sales_entry", "opportunity", "campaign_response"}
        The table.
    column : str
        The amount or number that is added up.
    where : group, optional
        Which rows; all of them where absent.
    """

    related: EventTable = "sales_entry"
    column: str = "sales_amount"
    where: Group | None = None


class Costs(Node):
    """What a campaign costs.

    Attributes
    ----------
    fixed_amount : float
        Once, shared by the arms written to in proportion to their targets.
    per_target_amount, per_response_amount : float
        For each target written to, and each of them that responded.
    recorded : bool
        Whether costs of the campaign's interactions count as well.
    margin_rate : float
        The share of revenue, 0 to 1, that is left when what was sold is paid for.
    """

    fixed_amount: float = Field(default=0, ge=0)
    per_target_amount: float = Field(default=0, ge=0)
    per_response_amount: float = Field(default=0, ge=0)
    recorded: bool = True
    margin_rate: float = Field(default=1, gt=0, le=1)


class ResponseRule(Node):
    """What counts as a response to a campaign, and how it is measured.

    Attributes
    ----------
    response : Event, optional
        What a response is; interactions marked as responses to the campaign where absent.
    window_days : int, optional
        Days after the day of targeting on which responses and revenue still count; any time up to the day of the
        evaluation where absent.
    holdout : str
        The arm that was held out.
    revenue : Revenue, optional
        What revenue is; nothing is said of revenue where absent.
    pre_period_days : int, optional
        Days before the day of targeting whose revenue is taken out of later revenue (CUPED).
    shares : mapping of str to float, optional
        The planned share of each arm, in any unit; the shares of the launch where absent.
    costs : Costs
        What was spent.
    """

    response: Event | None = None
    window_days: int | None = Field(default=None, ge=0, le=3660)
    holdout: str = Field(default=HOLDOUT, min_length=1)
    revenue: Revenue | None = None
    pre_period_days: int | None = Field(default=None, ge=1, le=3660)
    shares: dict[str, float] | None = None
    costs: Costs = Costs()


def read_rule(raw: ResponseRule | Mapping[str, Any]) -> ResponseRule:
    """Read a response rule.

    Parameters
    ----------
    raw : ResponseRule or mapping
        As it was written.

    Returns
    -------
    ResponseRule
        The rule.

    Raises
    ------
    ConditionError
        When a key or value does not fit; the message names the place.

    Examples
    --------
    >>> read_rule({"window_days": 14}).holdout
    'holdout'
    """
    if isinstance(raw, ResponseRule):
        return raw
    if not isinstance(raw, Mapping):
        raise ConditionError("A response rule is a mapping of keys to values.", "Begin with window_days: 14.")
    try:
        return ResponseRule.model_validate(dict(raw))
    except ValidationError as error:
        problem = first_problem(error)
        where = "response rule" if problem.where == WHOLE else f"response rule, {problem.where}"
        hint = problem.hint or f"It can have {', '.join(ResponseRule.model_fields)}."
        raise ConditionError(problem.message.split(": ", 1)[1], hint, where) from None


def written(rule: ResponseRule) -> Any:
    """Write a response rule as plain values.

    Parameters
    ----------
    rule : ResponseRule
        The rule.

    Returns
    -------
    dict
        What `read_rule` reads as the same rule; keys that say nothing are left out.
    """
    return to_plain(rule)
