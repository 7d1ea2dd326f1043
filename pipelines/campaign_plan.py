"""A plan of campaigns as one value: whom each may target, who goes first, and who is held out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from pipelines.definition import OrderBy
from pipelines.errors import ConditionError, nearest
from pipelines.places import first_problem
from pipelines.response_rule import HOLDOUT, WITHOUT_ARM, Costs
from pipelines.suppressing import Channel
from pipelines.values import Node, Span, to_plain

DedupeKey = Literal["contact", "email", "phone", "household", "company"]
Name = Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[^\x00-\x1f]+$")]


class Variant(Node):
    """One of the ways in which targets are written to.

    Attributes
    ----------
    name : str
        The arm of those who get it.
    share : float
        In any unit, beside the shares of the other variants; of those who are not held out.
    template : str, optional
        The interaction template of its worksheet.
    """

    name: Name = WITHOUT_ARM
    share: float = Field(default=1, gt=0, le=1e9)
    template: str | None = None


class FrequencyLimit(Node):
    """How often is often enough.

    Attributes
    ----------
    max : int
        So many times are enough.
    in_last : Span
        Counted up to the day of the launch.
    of : {"interactions", "targets"}
        Outbound interactions that are neither canceled nor postponed, or campaigns that targeted the contact and did
        not hold it out.
    """

    max: int = Field(ge=1)
    in_last: Span
    of: Literal["interactions", "targets"] = "interactions"


class Caps(Node):
    """How many contacts of each the campaigns of the plan may have together.

    Attributes
    ----------
    household, company : int, optional
        Of one postal address; of one company with its people.
    """

    household: int | None = Field(default=None, ge=1)
    company: int | None = Field(default=None, ge=1)


class Expectation(Node):
    """What somebody expects of a campaign, to tell beforehand whether its answer can be known.

    Attributes
    ----------
    rate : float
        The share of those held out who will respond all the same.
    lift : float, optional
        How much higher, as a difference of rates, it will be among those written to.
    """

    rate: float = Field(gt=0, lt=1)
    lift: float | None = Field(default=None, gt=-1, lt=1)

    @model_validator(mode="after")
    def _stays_a_rate(self) -> Self:
        if self.lift is not None and (self.lift == 0 or not 0 < self.rate + self.lift < 1):
            raise ValueError("lift is a difference of rates, not 0, and rate + lift is between 0 and 1")
        return self


class PlannedCampaign(Node):
    """One campaign of a plan.

    Attributes
    ----------
    campaign : str
        Its number.
    segments : tuple of str
        Names of saved segments, those that go first in front.
    priority : int
        The campaign with the lowest number chooses first; of equal ones, the one that is written first.
    capacity : int, optional
        How many targets it may have at most, those held out among them.
    order : tuple of OrderBy
        Who goes first within a segment; equal ones, and all without an order, in the order of their draw.
    variants : tuple of Variant
        The arms of those who are written to.
    holdout : float
        The share of targets held out, from 0 to below 1.
    strata : tuple of str
        Fields of contacts; within each combination of values the shares hold exactly but for rounding.
    channel : {"email", "phone", "post", "sms"}, optional
        By which targets are addressed: those without an address for it are left out.
    consent : bool
        Whether a standing consent for the channel, and the purpose if one is named, is needed.
    purpose : str, optional
        What the consent is for.
    targeted_on : str, optional
        The day that responses count from, such as 2026-12-01; the day of the launch where absent.
    expected : Expectation, optional
        For the smallest lift that can be told.
    costs : Costs, optional
        What it costs; measured with when the campaign has no rule yet.
    """

    campaign: str = Field(min_length=1)
    segments: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    priority: int = 1
    capacity: int | None = Field(default=None, ge=1)
    order: tuple[OrderBy, ...] = ()
    variants: tuple[Variant, ...] = Field(default=(Variant(),), min_length=1)
    holdout: float = Field(default=0, ge=0, lt=1)
    strata: tuple[str, ...] = ()
    channel: Channel | None = None
    consent: bool = False
    purpose: str | None = None
    targeted_on: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    expected: Expectation | None = None
    costs: Costs | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        names = [variant.name for variant in self.variants]
        if len(set(names)) < len(names):
            raise ValueError(f"two variants are called {next(name for name in names if names.count(name) > 1)}")
        if HOLDOUT in names:
            raise ValueError(f"no variant can be called {HOLDOUT}: that is the arm of those held out")
        if len(set(self.segments)) < len(self.segments):
            raise ValueError("a segment is named twice")
        if self.consent and self.channel is None:
            raise ValueError("consent needs channel: by which they are addressed")
        if self.purpose and not self.consent:
            raise ValueError("purpose needs consent: true")
        return self

    @property
    def shares(self) -> dict[str, float]:
        """The planned share of each arm of all targets, the holdout among them where there is one; they add up to 1."""
        whole = sum(variant.share for variant in self.variants)
        arms = {variant.name: (1 - self.holdout) * variant.share / whole for variant in self.variants}
        return arms | ({HOLDOUT: self.holdout} if self.holdout else {})


class Plan(Node):
    """Campaigns that are planned together.

    Attributes
    ----------
    version : int
        Of the form, 1.
    name : str
        How it is saved and launched.
    description : str
        For people.
    seed : str
        Another seed is another draw.
    dedupe_key : {"contact", "email", "phone", "household", "company"}
        Contacts with the same one are always in the same campaign and arm.
    keep_duplicates : bool
        Whether all contacts with the same key may be targets; else only the first of them.
    caps : Caps
        On households and companies.
    frequency : tuple of FrequencyLimit
        Who was written to that often is left out.
    confidence, power : float
        Of the tests that the sizes are planned for.
    campaigns : tuple of PlannedCampaign
        Each contact goes to one of them.
    """

    version: Literal[1] = 1
    name: str = Field(default="", max_length=100)
    description: str = ""
    seed: str = Field(default="", max_length=200, pattern=r"^[^\x00]*$")
    dedupe_key: DedupeKey = "contact"
    keep_duplicates: bool = False
    caps: Caps = Caps()
    frequency: tuple[FrequencyLimit, ...] = ()
    confidence: float = Field(default=0.95, gt=0.5, lt=1)
    power: float = Field(default=0.8, gt=0, lt=1)
    campaigns: tuple[PlannedCampaign, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_campaign_once(self) -> Self:
        numbers = [campaign.campaign for campaign in self.campaigns]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValueError(f"the campaign {number} is planned twice")
        return self

    @property
    def by_priority(self) -> tuple[PlannedCampaign, ...]:
        """The campaigns in the order in which they choose."""
        return tuple(sorted(self.campaigns, key=lambda campaign: campaign.priority))


def read_plan(raw: Plan | Mapping[str, Any]) -> Plan:
    """Read a plan.

    Parameters
    ----------
    raw : Plan or mapping
        As it was written.

    Returns
    -------
    Plan
        The checked value.

    Raises
    ------
    ConditionError
        When a key or value does not fit; the message names the place.

    Examples
    --------
    >>> read_plan({"campaigns": [{"campaign": "CP0001", "segments": ["vip"], "holdout": 0.1}]}).campaigns[0].shares
    {'targeted': 0.9, 'holdout': 0.1}
    """
    if isinstance(raw, Plan):
        return raw
    if not isinstance(raw, Mapping):
        raise ConditionError("A plan is a mapping of keys to values.", "Begin with campaigns: [{campaign: …}].")
    try:
        return Plan.model_validate(dict(raw))
    except ValidationError as error:
        raise _explained(error) from None


def written(plan: Plan) -> Any:
    """Write a plan as plain values.

    Parameters
    ----------
    plan : Plan
        The plan.

    Returns
    -------
    dict
        What `read_plan` reads as the same plan; what is as it would be anyway is left out.
    """
    return {"version": plan.version} | to_plain_unless_default(plan)


def to_plain_unless_default(node: Any) -> Any:
    """Write a part of a plan as plain values, without those that are the default.

    Parameters
    ----------
    node : Node, tuple or plain value
        Any part.

    Returns
    -------
    dict, list or plain value
        Orders and spans as the segment language writes them.
    """
    if isinstance(node, tuple):
        return [to_plain_unless_default(item) for item in node]
    if not isinstance(node, Node) or isinstance(node, OrderBy | Span):
        return to_plain(node)
    fields = type(node).model_fields
    given = {name: getattr(node, name) for name in fields if getattr(node, name) != fields[name].default}
    return {name: to_plain_unless_default(value) for name, value in given.items()}


_PLACES = {
    "campaigns": "campaign", "segments": "segment", "variants": "variant", "frequency": "frequency limit",
    "order": "order", "strata": "stratum",
}  # fmt: skip
_PARTS = ("caps", "expected", "costs", "in_last")
_MODELS: tuple[type[Node], ...] = (
    Plan, PlannedCampaign, Variant, FrequencyLimit, Caps, Expectation, Costs, Span, OrderBy,
)  # fmt: skip
_KEYS = sorted({name for model in _MODELS for name in model.model_fields})


def _explained(error: ValidationError) -> ConditionError:
    """Say the first problem with its place in the plan."""
    found = error.errors(include_url=False)[0]
    problem = first_problem(error)
    message = problem.message.split(": ", 1)[1]
    unknown = found["loc"][-1] if found["type"] == "extra_forbidden" else None
    hint = problem.hint if unknown is None else nearest(unknown, _KEYS)
    if found["type"] == "string_pattern_mismatch":
        message, hint = re.sub(r": .*", ".", message), "Write a day as 2026-12-01, and names without line breaks."
    return ConditionError(message, hint, where=_place(found["loc"][: -1 if unknown is not None else None]))


def _place(path: tuple[int | str, ...]) -> str:
    words = ["plan"]
    for at, part in enumerate(path):
        if isinstance(part, int):
            words.append(f"{_PLACES.get(str(path[at - 1]), 'entry')} {part + 1}")
        elif part in _PARTS:
            words.append(part)
    return ", ".join(words)
