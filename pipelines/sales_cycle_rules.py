"""Where an opportunity may go in its sales cycle.

References
----------
Business Central, table 5093, Opportunity Entry: `CreateStageList`, `WizardActionTypeValidate2`, `ValidateStage`; page
5129, Update Opportunity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.errors import RuleError

FIRST, NEXT, PREVIOUS, SKIP, UPDATE, JUMP = "first", "next", "previous", "skip", "update", "jump"
ACTIONS = (FIRST, NEXT, PREVIOUS, SKIP, UPDATE, JUMP)
"""What may be done with an opportunity that is not closed, as the product lists it."""

_DEFAULTS = (FIRST, NEXT, UPDATE, PREVIOUS, SKIP, JUMP)
_TAKEN = {FIRST: None, NEXT: "next", PREVIOUS: "previous", SKIP: "jumped", UPDATE: "updated", JUMP: "jumped"}
_CHOOSES_STAGE = (SKIP, JUMP)
_NEEDS_QUOTE = (NEXT, SKIP)


@dataclass(frozen=True)
class Stage:
    """A stage of a sales cycle (table 5091).

    Attributes
    ----------
    stage_no : int
        Its number, from 1.
    description : str or None
        What it is called.
    completed_rate, chances_rate : float
        How much of the cycle is done by then, and how likely it is to end well, 0 to 1.
    activity_code : str or None
        The tasks that come with it.
    is_quote_required : bool
        Whether only a quote leads to it.
    allows_skip : bool
        Whether it may be skipped.
    date_formula : str or None
        When it is expected to close, from the day of the step.
    """

    stage_no: int
    description: str | None = None
    completed_rate: float = 0.0
    chances_rate: float = 0.0
    activity_code: str | None = None
    is_quote_required: bool = False
    allows_skip: bool = False
    date_formula: str | None = None

    @property
    def name(self) -> str:
        """The description, else the number."""
        return self.description or str(self.stage_no)


@dataclass(frozen=True)
class Offer:
    """The stages that one action leads to.

    Attributes
    ----------
    action : str
        One of `ACTIONS`.
    stages : tuple of Stage
        In the order of the cycle.
    """

    action: str
    stages: tuple[Stage, ...]

    @property
    def is_enabled(self) -> bool:
        """Whether the action may be chosen: skip and jump only where there is a choice."""
        return len(self.stages) > (self.action in _CHOOSES_STAGE)

    @property
    def default(self) -> Stage | None:
        """The stage it leads to unless another is named: the nearest."""
        if not self.stages:
            return None
        return self.stages[-1] if self.action == JUMP else self.stages[0]


def offers(stages: Sequence[Stage], current: int | None) -> dict[str, Offer]:
    """Work out where an opportunity may go.

    Parameters
    ----------
    stages : sequence of Stage
        Those of its cycle, in any order.
    current : int or None
        The stage of its active entry; None where it has none.

    Returns
    -------
    dict of str to Offer
        For each of `ACTIONS`.
    """
    cycle = tuple(sorted(stages, key=lambda stage: stage.stage_no))
    if current is None:
        return {action: Offer(action, cycle[:1] if action == FIRST else ()) for action in ACTIONS}
    before = tuple(stage for stage in cycle if stage.stage_no < current)
    after = tuple(stage for stage in cycle if stage.stage_no > current)
    led = {
        FIRST: (), NEXT: after[:1], PREVIOUS: before[-1:], SKIP: _skippable(after),
        UPDATE: tuple(stage for stage in cycle if stage.stage_no == current), JUMP: before,
    }  # fmt: skip
    return {action: Offer(action, led[action]) for action in ACTIONS}


def _skippable(after: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Give the stages from the next one on while each may be skipped, and the first that may not."""
    if not after or not after[0].allows_skip:
        return ()
    stops = (place for place, stage in enumerate(after, 1) if not stage.allows_skip)
    return after[: next(stops, len(after))]


def default_action(offered: dict[str, Offer]) -> str | None:
    """Choose what is done unless somebody says otherwise.

    Parameters
    ----------
    offered : dict of str to Offer
        As from `offers`.

    Returns
    -------
    str or None
        The first that is enabled of first, next, update, previous, skip and jump.
    """
    return next((action for action in _DEFAULTS if offered[action].is_enabled), None)


def chosen_stage(offered: dict[str, Offer], action: str, stage_no: int | None = None) -> Stage:
    """Find the stage that an action leads to.

    Parameters
    ----------
    offered : dict of str to Offer
        As from `offers`.
    action : str
        One of `ACTIONS`.
    stage_no : int, optional
        Which of the stages it offers; the nearest where absent.

    Returns
    -------
    Stage
        The stage.

    Raises
    ------
    RuleError
        When the action is not enabled, or offers no such stage.
    """
    enabled = [name for name in _DEFAULTS if offered[name].is_enabled]
    offer = offered.get(action)
    if offer is None or not offer.is_enabled or offer.default is None:
        raise RuleError(
            f'"{action}" is not a valid selection.', f"Choose one of: {', '.join(enabled)}." if enabled else ""
        )
    if stage_no is None:
        return offer.default
    found = next((stage for stage in offer.stages if stage.stage_no == stage_no), None)
    if found is None:
        numbers = ", ".join(str(stage.stage_no) for stage in offer.stages)
        raise RuleError(f"The action {action} does not lead to stage {stage_no}.", f"It leads to: {numbers}.")
    return found


def action_taken(offered: dict[str, Offer], action: str, stage_no: int) -> str | None:
    """Tell what is stored of an action.

    Parameters
    ----------
    offered : dict of str to Offer
        As from `offers`.
    action : str
        One of `ACTIONS`.
    stage_no : int
        The stage that it leads to.

    Returns
    -------
    str or None
        ``"next"``, ``"previous"``, ``"updated"`` or ``"jumped"``; None for the first entry. A skip to the next stage
        and a jump to the previous one are stored as next and previous.
    """
    for like in (NEXT, PREVIOUS) if action in _CHOOSES_STAGE else ():
        if any(stage.stage_no == stage_no for stage in offered[like].stages):
            return _TAKEN[like]
    return _TAKEN[action]


def check_quote(action: str, stage: Stage, has_quote: bool) -> None:
    """Refuse a stage that needs a quote where there is none.

    Parameters
    ----------
    action : str
        One of `ACTIONS`; only next and skip ask.
    stage : Stage
        The stage it leads to.
    has_quote : bool
        Whether a sales quote is linked with the opportunity.

    Raises
    ------
    RuleError
        When the stage needs one.
    """
    if action in _NEEDS_QUOTE and stage.is_quote_required and not has_quote:
        raise RuleError(
            "You cannot go to this stage before you have assigned a sales quote.",
            f"The stage {stage.name} requires one: make a quote from the opportunity first.",
        )
