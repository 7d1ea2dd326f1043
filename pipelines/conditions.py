"""The segment language as values that check themselves.

A `Definition` is what a marketer builds, what a YAML file says and what a notebook writes; the three are the same
value. It knows its own grammar (which keys, which operators exist, what shape a value has) and nothing of any store:
whether a field exists and what type it has is asked in `pipelines.binding`.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)

from pipelines.dates import Unit, Weekday
from pipelines.errors import ConditionError
from pipelines.places import first_problem

MAXIMUM_DEPTH = 60
MAXIMUM_PARTS = 100_000
LARGEST_NUMBER = 10**300

TEXT_OPERATORS = (
    "is",
    "is_not",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "starts_with",
    "not_starts_with",
    "ends_with",
    "not_ends_with",
    "matches",
    "not_matches",
    "is_known",
    "is_unknown",
)
NUMBER_OPERATORS = (
    "is",
    "is_not",
    "in",
    "not_in",
    "less_than",
    "at_most",
    "more_than",
    "at_least",
    "between",
    "not_between",
    "is_known",
    "is_unknown",
)
DATE_OPERATORS = (
    "on",
    "not_on",
    "before",
    "on_or_before",
    "after",
    "on_or_after",
    "between",
    "not_between",
    "in_last",
    "not_in_last",
    "in_next",
    "not_in_next",
    "this",
    "previous",
    "next",
    "is_known",
    "is_unknown",
)
BOOLEAN_OPERATORS = ("is", "is_known", "is_unknown")
MANY_OPERATORS = ("any_of", "none_of", "all_of", "not_all_of", "is_empty", "is_not_empty")
WITHOUT_VALUE = ("is_known", "is_unknown", "is_empty", "is_not_empty")

Operator = Literal[
    "is", "is_not", "in", "not_in", "contains", "not_contains", "starts_with", "not_starts_with", "ends_with",
    "not_ends_with", "matches", "not_matches", "less_than", "at_most", "more_than", "at_least", "between",
    "not_between", "on", "not_on", "before", "on_or_before", "after", "on_or_after", "in_last", "not_in_last",
    "in_next", "not_in_next", "this", "previous", "next", "any_of", "none_of", "all_of", "not_all_of", "is_empty",
    "is_not_empty", "is_known", "is_unknown",
]  # fmt: skip


class Node(BaseModel):
    """What every value of the language has in common: frozen, and no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


class Span(Node):
    """A length of calendar time: `n` units."""

    n: int = Field(ge=1, le=100_000)
    unit: Unit


def _plain(value: Any) -> Any:
    """Bring a written value to the JSON types, so that it can be hashed, stored and written back."""
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Mapping):
        return Span.model_validate(dict(value)) if set(value) != {"unit"} else _plain(value["unit"])
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a value must be a finite number; unknown numbers are asked for with is_unknown")
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise ValueError("a number can have 300 digits at most")
    if isinstance(value, str) and not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("a text must be valid Unicode; this one holds half of a surrogate pair")
    if isinstance(value, Span | str | bool | int | float) or value is None:
        return value
    raise ValueError(f"a value cannot be {type(value).__name__}")


Value = Annotated[Any, BeforeValidator(_plain)]


class FieldCondition(Node):
    """A test of one field: of the contact, of its company, or of a related row inside `where`."""

    field: str = Field(min_length=1)
    op: Operator
    value: Value = None
    ignore_case: bool = False
    unknown: Literal["exclude"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, raw: Any) -> Any:
        return _with_period_word(raw)

    @model_validator(mode="after")
    def _has_its_value(self) -> Self:
        _check_value_is_there(self.op, self.value)
        return self


class Window(Node):
    """The calendar window that related rows must lie in; exactly one key."""

    in_last: Span | None = None
    this: Annotated[Unit | None, BeforeValidator(_plain)] = None
    previous: Annotated[Unit | None, BeforeValidator(_plain)] = None
    on: Annotated[str | None, BeforeValidator(_plain)] = None
    before: Annotated[str | None, BeforeValidator(_plain)] = None
    on_or_before: Annotated[str | None, BeforeValidator(_plain)] = None
    after: Annotated[str | None, BeforeValidator(_plain)] = None
    on_or_after: Annotated[str | None, BeforeValidator(_plain)] = None
    between: Annotated[tuple[str, str] | None, BeforeValidator(_plain)] = None

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if len(self.model_fields_set) != 1 or self.value is None:
            raise ValueError(f"a window has exactly one of {', '.join(type(self).model_fields)}")
        return self

    @property
    def op(self) -> str:
        """The operator: `in_last`, `this`, `previous`, `on`, `before`, …, `between`."""
        return next(iter(self.model_fields_set))

    @property
    def value(self) -> Any:
        """What the operator is about: a `Span`, a unit, a day or two days."""
        return getattr(self, self.op)


class Measure(Node):
    """What is computed over a contact's related rows; exactly one key, a field as its value."""

    count: Literal["rows"] | None = None
    distinct: str | None = None
    sum: str | None = None
    average: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    first: str | None = None
    latest: str | None = None

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if len(self.model_fields_set) != 1 or self.field is None:
            raise ValueError(f"a measure has exactly one of {', '.join(type(self).model_fields)}")
        return self

    @property
    def kind(self) -> str:
        """The measure: `count`, `distinct`, `sum`, `average`, `minimum`, `maximum`, `first` or `latest`."""
        return next(iter(self.model_fields_set))

    @property
    def field(self) -> Any:
        """The field it is computed over; ``"rows"`` for a count."""
        return getattr(self, self.kind)


COUNT_ROWS = Measure(count="rows")


class All(Node):
    """A group that holds when every condition in it holds; an empty one holds for everybody."""

    all: tuple[Condition, ...]

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions in it."""
        return self.all


class AnyOf(Node):
    """A group that holds when at least one condition in it holds; an empty one holds for nobody."""

    any: tuple[Condition, ...]

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions in it."""
        return self.any


class Not(Node):
    """The exact complement of one condition."""

    not_: Condition = Field(alias="not")

    @property
    def children(self) -> tuple[Condition, ...]:
        """The one condition in it."""
        return (self.not_,)


class Related(Node):
    """A measure over a contact's rows of another table; every condition in `where` speaks of the same row."""

    related: str = Field(min_length=1)
    where: Group | None = None
    within: Window | None = None
    measure: Measure = COUNT_ROWS
    op: Operator = "at_least"
    value: Value = None
    ignore_case: bool = False
    unknown: Literal["exclude"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, raw: Any) -> Any:
        """Read a related condition without operator as "has at least one such row"."""
        if isinstance(raw, Mapping) and "op" not in raw and "measure" not in raw and "value" not in raw:
            return {**raw, "measure": COUNT_ROWS, "op": "at_least", "value": 1}
        if isinstance(raw, Mapping) and "op" not in raw:
            raise ValueError("a measure needs an op and a value, such as op: at_least, value: 3")
        return _with_period_word(raw)

    @model_validator(mode="after")
    def _has_its_value(self) -> Self:
        _check_value_is_there(self.op, self.value)
        return self


class SegmentReference(Node):
    """The members that another saved segment has now."""

    segment: str = Field(min_length=1)


class SnapshotReference(Node):
    """The members of a snapshot, which never change."""

    snapshot: str = Field(min_length=1)


class ListReference(Node):
    """The contacts on an uploaded list."""

    list: str = Field(min_length=1)


class CampaignReference(Node):
    """The contacts a campaign has targeted, of one arm or all, responded or not."""

    campaign: str = Field(min_length=1)
    arm: str | None = None
    responded: bool | None = None


_KINDS = {
    "field": "field", "all": "all", "any": "any", "not": "not", "not_": "not", "related": "related",
    "segment": "segment", "snapshot": "snapshot", "list": "list", "campaign": "campaign",
}  # fmt: skip
_MODELS: dict[type[Node], str] = {}


def _kind_of(raw: Any) -> str | None:
    """Tell which kind of condition a mapping is by the one key that names it."""
    if isinstance(raw, Node):
        return _MODELS.get(type(raw))
    if not isinstance(raw, Mapping):
        return None
    found = {_KINDS[key] for key in raw if isinstance(key, str) and key in _KINDS}
    return found.pop() if len(found) == 1 else None


Condition = Annotated[
    Annotated[FieldCondition, Tag("field")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Related, Tag("related")]
    | Annotated[SegmentReference, Tag("segment")]
    | Annotated[SnapshotReference, Tag("snapshot")]
    | Annotated[ListReference, Tag("list")]
    | Annotated[CampaignReference, Tag("campaign")],
    Discriminator(_kind_of),
]


def _grouped(raw: Any) -> Any:
    """Put a bare condition, or a bare list of them, into the group that is expected."""
    if isinstance(raw, list | tuple):
        return {"all": raw}
    return raw if _kind_of(raw) in ("all", "any", "not", None) else {"all": [raw]}


Group = Annotated[
    Annotated[All, Tag("all")] | Annotated[AnyOf, Tag("any")] | Annotated[Not, Tag("not")],
    Discriminator(_kind_of),
    BeforeValidator(_grouped),
]


class Step(Node):
    """One step: `add` is union, `reduce` is difference, `refine` is intersection; exactly one key."""

    add: Group | None = None
    reduce: Group | None = None
    refine: Group | None = None

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if len(self.model_fields_set) != 1 or self.condition is None:
            raise ValueError("a step has exactly one of add, reduce, refine")
        return self

    @property
    def action(self) -> Literal["add", "reduce", "refine"]:
        """What the step does."""
        return next(iter(self.model_fields_set))  # type: ignore[arg-type]

    @property
    def condition(self) -> Any:
        """The group that says with whom."""
        return getattr(self, self.action)


class OrderBy(Node):
    """One key of an order; unknown values come last either way."""

    field: str = Field(min_length=1)
    order: Literal["ascending", "descending"] = "ascending"


class Limit(Node):
    """Who stays when not everybody can: the first `top` in an order, at most one of each `one_per`."""

    top: int | None = Field(default=None, ge=1)
    by: tuple[OrderBy, ...] = ()
    one_per: Literal["contact", "company", "email", "phone"] | None = None

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.top is None and self.one_per is None:
            raise ValueError("a limit has top, one_per or both")
        return self


Channel = Literal["email", "phone", "post", "sms"]


class Consent(Node):
    """The channel, and the purpose if one is named, for which a consent must stand."""

    channel: Channel
    purpose: str | None = None


class NoConsent(Node):
    """Suppress contacts without a standing consent."""

    no_consent: Consent


class Cap(Node):
    """How many outbound interactions are enough, and in which time."""

    max: int = Field(ge=1)
    in_last: Span


class FrequencyCap(Node):
    """Suppress contacts that were already written to as often as the cap allows."""

    frequency_cap: Cap


def _suppression_kind(raw: Any) -> str | None:
    if isinstance(raw, str):
        return "flag"
    if isinstance(raw, NoConsent) or (isinstance(raw, Mapping) and "no_consent" in raw):
        return "no_consent"
    if isinstance(raw, FrequencyCap) or (isinstance(raw, Mapping) and "frequency_cap" in raw):
        return "frequency_cap"
    return None


Flag = Literal["excluded_from_segments", "privacy_blocked"]
Suppression = Annotated[
    Annotated[Flag, Tag("flag")]
    | Annotated[NoConsent, Tag("no_consent")]
    | Annotated[FrequencyCap, Tag("frequency_cap")],
    Discriminator(_suppression_kind),
]


class ContactType(Node):
    """The short way to start from persons only, or companies only."""

    type: Literal["person", "company"]


def _base_kind(raw: Any) -> str | None:
    is_type = isinstance(raw, ContactType) or (isinstance(raw, Mapping) and set(raw) == {"type"})
    return "type" if is_type else "condition"


Base = Annotated[
    Annotated[ContactType, Tag("type")] | Annotated[Group, Tag("condition")],
    Discriminator(_base_kind),
]


class Examples(Node):
    """Contacts that must be inside, and contacts that must be outside, by number."""

    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


class Definition(Node):
    """A segment: who is added, reduced and refined, step by step.

    Attributes
    ----------
    version : int
        The version of the language, 1.
    name : str
        How it is saved and referred to; may be empty until then.
    description : str
        For people.
    base : ContactType or group, optional
        Who counts are of; every contact where absent.
    time_zone : str, optional
        The IANA zone of its days and weeks; the store's where absent.
    week_starts_on : str, optional
        The first weekday; the store's where absent.
    steps : tuple of Step
        At least one; the first adds.
    limit : Limit, optional
        Who stays when not everybody can.
    suppress : tuple
        Who never is a member, in the order in which reasons are given.
    examples : Examples, optional
        Contacts by which the definition tests itself.
    """

    reserved: ClassVar[tuple[str, ...]] = ("version", "name", "description", "base", "steps")

    version: Literal[1] = 1
    name: str = Field(default="", max_length=100, pattern=r"^[^\x00-\x1f/\\]*$")
    description: str = ""
    base: Base | None = None
    time_zone: str | None = None
    week_starts_on: Weekday | None = None
    steps: tuple[Step, ...] = Field(min_length=1)
    limit: Limit | None = None
    suppress: tuple[Suppression, ...] = ()
    examples: Examples | None = None

    def __init__(self, **data: Any) -> None:
        _check_depth(data)
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise first_problem(error) from None
        _check_depth(to_plain(self))  # the canonical form is the deeper one, and has to be readable as well

    @field_validator("name")
    @classmethod
    def _trim(cls, name: str) -> str:
        return name.strip()

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, zone: str | None) -> str | None:
        if zone is not None:
            check_time_zone(zone)
        return zone

    @model_validator(mode="after")
    def _begins_with_add(self) -> Self:
        if self.steps[0].action != "add":
            raise ValueError(f"the first step must be add, not {self.steps[0].action}")
        return self

    @classmethod
    def from_dict(cls, raw: Any) -> Self:
        """Read a definition from plain values, in the canonical form or one of the short ones.

        Parameters
        ----------
        raw : mapping or list
            A definition; or only its list of steps; or only one condition, which is added.

        Returns
        -------
        Definition
            The checked value.

        Raises
        ------
        ConditionError
            With the place and the nearest thing the language knows.
        """
        if isinstance(raw, list | tuple):
            raw = {"steps": raw}
        elif isinstance(raw, Mapping) and "steps" not in raw and _kind_of(raw) is not None:
            raw = {"steps": [{"add": raw}]}
        if not isinstance(raw, Mapping):
            raise ConditionError(
                f"A definition is a mapping with steps, not {type(raw).__name__}.", "Begin with: steps:"
            )
        return cls(**{str(key): value for key, value in raw.items()})

    def to_dict(self) -> dict[str, Any]:
        """Write the definition in the canonical form.

        Returns
        -------
        dict
            Plain JSON values in a fixed order of keys, defaults that say nothing left out.
        """
        plain: dict[str, Any] = to_plain(self)
        return plain


def check_time_zone(zone: str) -> None:
    """Refuse a name that is no time zone.

    Parameters
    ----------
    zone : str
        An IANA name.

    Raises
    ------
    ValueError
        When there is no such zone.
    """
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise ValueError(f'there is no time zone "{zone}"; write an IANA name such as Europe/Berlin') from None


def to_plain(node: Any) -> Any:
    """Write a value of the language as plain JSON values in the canonical form.

    Parameters
    ----------
    node : Node or plain value
        Any part of a definition.

    Returns
    -------
    dict, list, str, int, float, bool or None
        The canonical form.
    """
    if isinstance(node, tuple):
        return [to_plain(item) for item in node]
    if not isinstance(node, Node):
        return node
    return {
        info.alias or name: to_plain(value)
        for name, info in type(node).model_fields.items()
        if not _says_nothing(node, name, value := getattr(node, name))
    }


def canonical(node: Any) -> str:
    """Write a value of the language as one line of canonical JSON, to compare, hash and cache by.

    Parameters
    ----------
    node : Node
        Any part of a definition.

    Returns
    -------
    str
        Equal for equal meaning of the same shape.
    """
    return json.dumps(to_plain(node), ensure_ascii=False, separators=(",", ":"))


def leaves(node: Any) -> Iterator[Any]:
    """Walk the conditions below a group that are not groups themselves.

    Parameters
    ----------
    node : Condition
        A group or a single condition.

    Yields
    ------
    Condition
        In the order they are written.
    """
    if isinstance(node, All | AnyOf | Not):
        for child in node.children:
            yield from leaves(child)
    else:
        yield node


def _says_nothing(node: Node, name: str, value: Any) -> bool:
    if name in ("all", "any", "steps", "version"):
        return False
    if isinstance(node, FieldCondition | Related) and name == "value":
        return node.op in WITHOUT_VALUE
    return value is None or (value is False and name == "ignore_case") or value == () or value == ""


def _with_period_word(raw: Any) -> Any:
    """Read `op: this_month` as `op: this, value: month`."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("op"), str) or "value" in raw:
        return raw
    op, _, unit = raw["op"].partition("_")
    return {**raw, "op": op, "value": unit} if op in ("this", "previous", "next") and unit else raw


def _check_value_is_there(op: str, value: Any) -> None:
    if op in WITHOUT_VALUE and value is not None:
        raise ValueError(f'"{op}" takes no value')
    if op not in WITHOUT_VALUE and value is None:
        raise ValueError(f'"{op}" needs a value; unknown values are asked for with is_unknown')


def _check_depth(raw: Any) -> None:
    """Refuse depth that would exhaust the interpreter, and size that would exhaust the machine, before either does."""
    level, depth = [raw], 0
    while level:
        level = [
            child
            for item in level
            for child in (
                item.values() if isinstance(item, Mapping) else item if isinstance(item, list | tuple) else ()
            )
            if isinstance(child, Mapping | list | tuple)
        ]
        depth += 1
        if len(level) > MAXIMUM_PARTS:  # a YAML file of ten lines can say this much, by naming parts twice each
            raise ConditionError(
                f"The definition has more than {MAXIMUM_PARTS:,} conditions.",
                "Upload a long list of contacts as a list and refer to it.",
            )
        if depth > 2 * MAXIMUM_DEPTH + 10:
            raise ConditionError(
                f"The definition nests deeper than {MAXIMUM_DEPTH} groups.",
                "Save the inner part as a segment of its own and refer to it.",
            )


_MODELS.update({
    FieldCondition: "field", All: "all", AnyOf: "any", Not: "not", Related: "related", SegmentReference: "segment",
    SnapshotReference: "snapshot", ListReference: "list", CampaignReference: "campaign",
})  # fmt: skip
for _model in (All, AnyOf, Not, Related, Step, Definition):
    _model.model_rebuild()
