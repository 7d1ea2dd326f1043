"""A whole segment definition as one value.

It is what a marketer builds, what a YAML file says and what a notebook writes; the three are the same value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Discriminator, Field, Tag, ValidationError, field_validator, model_validator

from pipelines.conditions import Group, kind_of
from pipelines.dates import Weekday
from pipelines.errors import ConditionError
from pipelines.places import first_problem
from pipelines.suppressing import Suppression
from pipelines.values import Node, to_plain

MAXIMUM_DEPTH = 60
MAXIMUM_PARTS = 100_000


class Step(Node):
    """One step: `add` is union, `reduce` is difference, `refine` is intersection; exactly one key.

    Attributes
    ----------
    add, reduce, refine : group, optional
        With whom.
    """

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
    """One key of an order; unknown values come last either way.

    Attributes
    ----------
    score : str, optional
        The score that the field is of; contacts' own fields where absent.
    field : str
        A field of contacts, a computed one, or one of the score.
    order : {"ascending", "descending"}
        The direction.
    """

    score: str | None = None
    field: str = Field(min_length=1)
    order: Literal["ascending", "descending"] = "ascending"

    @property
    def name(self) -> str:
        """The field as columns name it: ``"city"``, or ``"score.rfm.recency"`` for a score's."""
        return f"score.{self.score}.{self.field}" if self.score else self.field


class Sample(Node):
    """A random sample that is the same every time: contacts are drawn by the SHA-256 of ``seed:contact_no``.

    Attributes
    ----------
    n : int, optional
        How many are drawn: those with the lowest hashes.
    share : float, optional
        Which part is drawn, above 0 and at most 1: whoever's hash is that low, whoever else is there.
    seed : str
        Another seed is another sample.
    """

    n: int | None = Field(default=None, ge=1)
    share: float | None = Field(default=None, gt=0, le=1)
    seed: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")

    @model_validator(mode="after")
    def _has_one_size(self) -> Self:
        if (self.n is None) == (self.share is None):
            raise ValueError("a sample has n or share, one of them")
        return self


class Limit(Node):
    """Who stays when not everybody can: one of each `one_per`, then a sample, then the first `top`.

    Attributes
    ----------
    top : int, optional
        How many stay at most, in each group where there is `per`.
    per : str, optional
        The field whose values make the groups; contacts without a value are one group.
    by : tuple of OrderBy
        Who comes first; equal ones keep the order of their contact numbers.
    one_per : {"contact", "company", "household", "email", "phone"}, optional
        Of which only one stays.
    survivor : tuple of OrderBy
        Which one stays: the first in this order; that of `by` where absent.
    sample : Sample, optional
        A random sample of those.
    """

    top: int | None = Field(default=None, ge=1)
    per: str | None = Field(default=None, min_length=1)
    by: tuple[OrderBy, ...] = ()
    one_per: Literal["contact", "company", "household", "email", "phone"] | None = None
    survivor: tuple[OrderBy, ...] = ()
    sample: Sample | None = None

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.top is None and self.one_per is None and self.sample is None:
            raise ValueError("a limit has top, one_per or sample")
        if self.per is not None and self.top is None:
            raise ValueError(f"per: {self.per} needs top: how many of each")
        if self.survivor and self.one_per is None:
            raise ValueError("survivor needs one_per: of what only one stays")
        return self


class ContactType(Node):
    """The short way to start from persons only, or companies only.

    Attributes
    ----------
    type : {"person", "company"}
        Which.
    """

    type: Literal["person", "company"]


def _base_kind(raw: Any) -> str | None:
    is_type = isinstance(raw, ContactType) or (isinstance(raw, Mapping) and set(raw) == {"type"})
    return "type" if is_type else "condition"


Base = Annotated[
    Annotated[ContactType, Tag("type")] | Annotated[Group, Tag("condition")],
    Discriminator(_base_kind),
]


class Examples(Node):
    """Contacts that must be inside, and contacts that must be outside, by number.

    Attributes
    ----------
    inside, outside : tuple of str
        Contact numbers.
    """

    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


class Invariants(Node):
    """What must hold of the members as a whole, on any day.

    Attributes
    ----------
    subset_of : tuple of str
        Saved segments that hold every member.
    size_between : tuple of int, optional
        The fewest and the most members there may be.
    """

    subset_of: tuple[str, ...] = ()
    size_between: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = None

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.size_between and self.size_between[0] > self.size_between[1]:
            raise ValueError(f"size_between goes from the fewest to the most, not from {self.size_between[0]}"
                             f" to {self.size_between[1]}")  # fmt: skip
        return self


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
    invariants : Invariants, optional
        What must hold of the members as a whole.
    """

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
    invariants: Invariants | None = None

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
        elif isinstance(raw, Mapping) and "steps" not in raw and (kind_of(raw) is not None or _OF_A_RULE & raw.keys()):
            raw = {"steps": [{"add": raw}]}
        if raw is None:
            raise ConditionError("The definition is empty.", "Begin with: steps:")
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


# By these even a condition is known whose kind is misspelt.
_OF_A_RULE = frozenset({"op", "value", "where", "within", "measure"})


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
