"""The conditions of the segment language as values that check themselves.

They know their own grammar (which keys, which operators exist, what shape a value has) and nothing of any store:
whether a field exists and what type it has is asked in `pipelines.binding`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from pipelines.dates import Unit
from pipelines.operators import WITHOUT_VALUE, Operator
from pipelines.values import Day, Node, Period, Span, TwoDays, Value


class FieldCondition(Node):
    """A test of one field: of the contact, of its company, or of a related row inside `where`.

    Attributes
    ----------
    field : str
        Its name.
    op : str
        The operator.
    value : object, optional
        What the field is compared with; operators about being known or empty have none.
    ignore_case : bool
        Whether letters count as the same in either case.
    unknown : "exclude", optional
        Ask for a recorded value as well, which matters to negative operators only.
    """

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
    """The calendar window that related rows must lie in; exactly one key.

    Attributes
    ----------
    in_last : Span, optional
        So many units up to the day of evaluation.
    this, previous : str, optional
        A calendar unit: week, month, quarter or year.
    on, before, on_or_before, after, on_or_after : str, optional
        A day, or a day relative to that of the evaluation.
    between : tuple of str, optional
        Two days, both included.
    """

    in_last: Span | None = None
    this: Period = None
    previous: Period = None
    on: Day = None
    before: Day = None
    on_or_before: Day = None
    after: Day = None
    on_or_after: Day = None
    between: TwoDays = None

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
    """What is computed over a contact's related rows; exactly one key, a field as its value.

    Attributes
    ----------
    count : "rows", optional
        The number of rows.
    distinct : str, optional
        The number of different values of a field.
    sum, average, minimum, maximum : str, optional
        Over the recorded values of a field.
    first, latest : str, optional
        The value of a field in the earliest, or latest, row.
    """

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
    """A group that holds when every condition in it holds; an empty one holds for everybody.

    Attributes
    ----------
    all : tuple of Condition
        The conditions in it.
    """

    all: tuple[Condition, ...]

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions in it."""
        return self.all


class AnyOf(Node):
    """A group that holds when at least one condition in it holds; an empty one holds for nobody.

    Attributes
    ----------
    any : tuple of Condition
        The conditions in it.
    """

    any: tuple[Condition, ...]

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions in it."""
        return self.any


class Not(Node):
    """The exact complement of one condition.

    Attributes
    ----------
    not_ : Condition
        The one condition, written as `not`.
    """

    not_: Condition = Field(alias="not")

    @property
    def children(self) -> tuple[Condition, ...]:
        """The one condition in it."""
        return (self.not_,)


class Related(Node):
    """A measure over a contact's rows of another table; every condition in `where` speaks of the same row.

    Attributes
    ----------
    related : str
        The table.
    where : group, optional
        Which rows; all of them where absent.
    within : Window, optional
        When the rows happened; any time up to the day of evaluation where absent.
    measure : Measure
        What is computed over them.
    op : str
        How the measure is compared.
    value : object, optional
        With what.
    ignore_case : bool
        Whether letters count as the same in either case.
    unknown : "exclude", optional
        Ask for a known measure as well, which matters to negative operators only.
    """

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
        """Read a related condition without operator, or with `exists`, as "has at least one such row"."""
        if isinstance(raw, Mapping) and "exists" in raw and "related" not in raw:
            raw = {"related": raw["exists"], **{key: value for key, value in raw.items() if key != "exists"}}
        if isinstance(raw, Mapping) and raw.get("op") == "exists":
            raw = {key: value for key, value in raw.items() if key != "op"}
        if isinstance(raw, Mapping) and "op" not in raw and "measure" not in raw and "value" not in raw:
            return {**raw, "measure": COUNT_ROWS, "op": "at_least", "value": 1}
        if isinstance(raw, Mapping) and "op" not in raw:
            raise ValueError("a measure needs an op and a value, such as op: at_least, value: 3")
        return _with_period_word(raw)

    @model_validator(mode="after")
    def _has_its_value(self) -> Self:
        _check_value_is_there(self.op, self.value)
        return self


class SequenceStep(Node):
    """One event of a sequence: a row of a table; every condition in `where` speaks of that row.

    Attributes
    ----------
    related : str
        The table.
    where : group, optional
        Which rows; all of them where absent.
    """

    related: str = Field(min_length=1)
    where: Group | None = None


class Sequence(Node):
    """Events that happened one after the other, each strictly later than the one before.

    Attributes
    ----------
    sequence : tuple of SequenceStep
        At least two, in order.
    within : Span, optional
        How long after the first event the last one may be, on the local clock; any time where absent.
    in_last : Span, optional
        The window that all events lie in; any time up to the day of evaluation where absent.
    """

    sequence: tuple[SequenceStep, ...] = Field(min_length=2)
    within: Span | None = None
    in_last: Span | None = None


class Habit(Node):
    """How the times of a contact's related rows lie to each other, over periods that end with the day of evaluation.

    Attributes
    ----------
    habit : {"first_time", "stopped", "restarted", "regularly"}
        Which; each has keys of its own.
    related : str
        The table.
    where : group, optional
        Which rows; all of them where absent.
    in_last : Span, optional
        Of `first_time`: some row in this window, none before it. Of `stopped`: some row in this window.
    but_not_in_last : Span, optional
        Of `stopped`: no row in this window.
    gap : Span, optional
        Of `restarted`: no row in this window, which ends where `back_in_last` begins, and some row before it.
    back_in_last : Span, optional
        Of `restarted`: some row in this window.
    at_least : int, optional
        Of `regularly`: how many rows make a period count; 1 unless said.
    per : str, optional
        Of `regularly`: the length of a period.
    in_ : int, optional
        Of `regularly`, written as `in`: in how many of the periods.
    of_last : int, optional
        Of `regularly`: of how many periods, the last of which ends with the day of evaluation.
    """

    habit: Literal["first_time", "stopped", "restarted", "regularly"]
    related: str = Field(min_length=1)
    where: Group | None = None
    in_last: Span | None = None
    but_not_in_last: Span | None = None
    gap: Span | None = None
    back_in_last: Span | None = None
    at_least: int | None = Field(default=None, ge=1)
    per: Unit | None = None
    in_: int | None = Field(default=None, alias="in", ge=1)
    of_last: int | None = Field(default=None, ge=1)

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, raw: Any) -> Any:
        """Read `regularly` without `at_least` as "at least one"."""
        is_short = isinstance(raw, Mapping) and raw.get("habit") == "regularly" and "at_least" not in raw
        return {**raw, "at_least": 1} if is_short else raw

    @model_validator(mode="after")
    def _has_its_keys(self) -> Self:
        needed = HABIT_KEYS[self.habit]
        given = {key for keys in HABIT_KEYS.values() for key in keys if self.of(key) is not None}
        for key in needed:
            if key not in given:
                raise ValueError(f'"{self.habit}" needs {key}; it has {", ".join(needed)}')
        for key in sorted(given - set(needed)):
            raise ValueError(f'"{self.habit}" has no {key}; it has {", ".join(needed)}')
        return self

    def of(self, key: str) -> Any:
        """Give the value of one of the habit's keys.

        Parameters
        ----------
        key : str
            As it is written.

        Returns
        -------
        Span, int, str or None
            The value; None where it is not written.
        """
        return getattr(self, "in_" if key == "in" else key)


HABIT_KEYS: Mapping[str, tuple[str, ...]] = {
    "first_time": ("in_last",),
    "stopped": ("in_last", "but_not_in_last"),
    "restarted": ("gap", "back_in_last"),
    "regularly": ("at_least", "per", "in", "of_last"),
}


class ScoreCondition(Node):
    """A test of a field of a score, in its latest run on or before the day of evaluation.

    Attributes
    ----------
    score : str
        The score's name.
    field : str
        One of its fields.
    op : str
        The operator.
    value : object, optional
        What the field is compared with.
    ignore_case : bool
        Whether letters count as the same in either case.
    unknown : "exclude", optional
        Ask for a recorded value as well, which matters to negative operators only.
    """

    score: str = Field(min_length=1)
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


class SqlCondition(Node):
    """The contacts that a query gives, for analysts.

    Attributes
    ----------
    sql : str
        One SELECT with one column, `contact_id` or `contact_no`; ``$as_of`` is the day of evaluation.
    """

    sql: str = Field(min_length=1)


class CompanyHas(Node):
    """Whether anybody at the contact's company satisfies conditions; who has no company stands for himself.

    Attributes
    ----------
    company_has : group
        What the company itself, one of its people or the contact satisfies.
    """

    company_has: Group


class SegmentReference(Node):
    """The members that another saved segment has now.

    Attributes
    ----------
    segment : str
        Its name.
    """

    segment: str = Field(min_length=1)


class SnapshotReference(Node):
    """The members of a snapshot, which never change.

    Attributes
    ----------
    snapshot : str
        Its number.
    """

    snapshot: str = Field(min_length=1)


class ListReference(Node):
    """The contacts on an uploaded list.

    Attributes
    ----------
    list : str
        Its name.
    """

    list: str = Field(min_length=1)


class CampaignReference(Node):
    """The contacts a campaign has targeted, of one arm or all, responded or not.

    Attributes
    ----------
    campaign : str
        Its number.
    arm : str, optional
        All arms where absent.
    responded : bool, optional
        Whether or not they responded where absent.
    """

    campaign: str = Field(min_length=1)
    arm: str | None = None
    responded: bool | None = None


Rule = FieldCondition | Related | Sequence | Habit | ScoreCondition  # what one question to an engine answers

_KINDS = {
    "field": "field", "all": "all", "any": "any", "not": "not", "not_": "not", "related": "related",
    "exists": "related", "sequence": "sequence", "habit": "habit", "score": "score", "sql": "sql",
    "company_has": "company_has", "segment": "segment", "snapshot": "snapshot", "list": "list", "campaign": "campaign",
}  # fmt: skip
_WEAKER = {"habit": "related", "score": "field"}  # what these kinds have beside the key that names them
_MODELS: dict[type[Node], str] = {}


def kind_of(raw: Any) -> str | None:
    """Tell which kind of condition a value is, by the one key that names it.

    Parameters
    ----------
    raw : object
        A mapping as it was written, or a condition.

    Returns
    -------
    str or None
        The key; None where there is none, or more than one.
    """
    if isinstance(raw, Node):
        return _MODELS.get(type(raw))
    if not isinstance(raw, Mapping):
        return None
    found = {_KINDS[key] for key in raw if isinstance(key, str) and key in _KINDS}
    found -= {_WEAKER[kind] for kind in found if kind in _WEAKER}
    return found.pop() if len(found) == 1 else None


Condition = Annotated[
    Annotated[FieldCondition, Tag("field")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Related, Tag("related")]
    | Annotated[Sequence, Tag("sequence")]
    | Annotated[Habit, Tag("habit")]
    | Annotated[ScoreCondition, Tag("score")]
    | Annotated[SqlCondition, Tag("sql")]
    | Annotated[CompanyHas, Tag("company_has")]
    | Annotated[SegmentReference, Tag("segment")]
    | Annotated[SnapshotReference, Tag("snapshot")]
    | Annotated[ListReference, Tag("list")]
    | Annotated[CampaignReference, Tag("campaign")],
    Discriminator(kind_of),
]


def _grouped(raw: Any) -> Any:
    """Put a bare condition, or a bare list of them, into the group that is expected."""
    if isinstance(raw, list | tuple):
        return {"all": raw}
    return raw if kind_of(raw) in ("all", "any", "not", None) else {"all": [raw]}


Group = Annotated[
    Annotated[All, Tag("all")] | Annotated[AnyOf, Tag("any")] | Annotated[Not, Tag("not")],
    Discriminator(kind_of),
    BeforeValidator(_grouped, json_schema_input_type=Condition | tuple[Condition, ...]),
]


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


_MODELS.update({
    FieldCondition: "field", All: "all", AnyOf: "any", Not: "not", Related: "related", Sequence: "sequence",
    Habit: "habit", ScoreCondition: "score", SqlCondition: "sql", CompanyHas: "company_has",
    SegmentReference: "segment", SnapshotReference: "snapshot", ListReference: "list", CampaignReference: "campaign",
})  # fmt: skip
for _model in (All, AnyOf, Not, Related, SequenceStep, Sequence, Habit, CompanyHas):
    _model.model_rebuild()
