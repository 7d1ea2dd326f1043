"""What an engine has to test: a handful of tests on columns, without operators, relative dates or names to look up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.schema import Column, FieldType, Table
from pipelines.values import Span


@dataclass(frozen=True)
class IsKnown:
    """The value is recorded; for many-valued fields, at least one is."""


@dataclass(frozen=True)
class OneOf:
    """The value equals one of some: text, numbers, amounts or booleans.

    Attributes
    ----------
    values : tuple
        In the type of the column.
    ignore_case : bool
        Whether letters count as the same in either case.
    """

    values: tuple[Any, ...]
    ignore_case: bool = False


@dataclass(frozen=True)
class Between:
    """The value lies between two bounds, either of which may be missing or itself left out.

    Attributes
    ----------
    low, high : object, optional
        In the type of the column; no bound where absent.
    low_open, high_open : bool
        Whether the bound itself is left out.
    """

    low: Any = None
    high: Any = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True)
class HasPart:
    """A text contains, starts with, ends with or (RE2) matches another.

    Attributes
    ----------
    kind : {"contains", "starts_with", "ends_with", "matches"}
        How.
    text : str
        The part, or the pattern.
    ignore_case : bool
        Whether letters count as the same in either case.
    """

    kind: str
    text: str
    ignore_case: bool = False


@dataclass(frozen=True)
class Holds:
    """A many-valued field holds one (`any_of`) or each (`all_of`) of some values.

    Attributes
    ----------
    kind : {"any_of", "all_of"}
        How many of the values it takes.
    values : tuple of str
        The values.
    """

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class HasAnniversary:
    """A later year's same day, counted from the day of the value, is one of some days; 29 February clips to the 28th.

    Attributes
    ----------
    first, last : datetime.date
        The days, both included.
    zone : zoneinfo.ZoneInfo
        Whose local day an instant is of.
    """

    first: dt.date
    last: dt.date
    zone: ZoneInfo


@dataclass(frozen=True)
class HoldsSuch:
    """A many-valued field holds a value that satisfies a test.

    Attributes
    ----------
    test : Expression
        On one value at a time, which is the column `ELEMENT`.
    """

    test: Expression


Primitive = IsKnown | OneOf | Between | HasPart | Holds | HasAnniversary | HoldsSuch
ELEMENT = Column("element", FieldType.TEXT, "one of the values")


@dataclass(frozen=True)
class Test:
    """A primitive applied to a column; false where the value is unknown.

    Attributes
    ----------
    column : Column
        Of the contact, or of the related row.
    primitive : Primitive
        What its value is asked.
    """

    __test__ = False

    column: Column
    primitive: Primitive


@dataclass(frozen=True)
class And:
    """Every one of some tests; true where there are none.

    Attributes
    ----------
    tests : tuple of Expression
        All of them.
    """

    tests: tuple[Expression, ...]


@dataclass(frozen=True)
class Or:
    """At least one of some tests; false where there are none.

    Attributes
    ----------
    tests : tuple of Expression
        All of them.
    """

    tests: tuple[Expression, ...]


@dataclass(frozen=True)
class Complement:
    """Exactly where the inner test is false.

    Attributes
    ----------
    test : Expression
        The inner test.
    """

    test: Expression


Expression = Test | And | Or | Complement


@dataclass(frozen=True)
class BoundField:
    """A test of a contact's own row, or of its company's.

    Attributes
    ----------
    test : Expression
        What the row is asked.
    of_company : bool
        Whether the row is that of the contact's company.
    """

    test: Expression
    of_company: bool = False


VALUES = "values"
"""A measure of contacts themselves: how many different values a many-valued field of theirs has."""


class Reach(StrEnum):
    """Whose rows count for a contact (Business Central, table 5050, the flow fields)."""

    OWN = "own"
    PEOPLE = "people"
    COMPANY = "company"


@dataclass(frozen=True)
class BoundRelated:
    """A test of a measure over a contact's rows of one table.

    Attributes
    ----------
    table : Table
        Whose rows.
    where : Expression
        Which rows: conditions, window, and none after as_of.
    measure : str
        A key of `Measure`; or `VALUES`, over contacts themselves.
    column : Column or None
        What is measured; None when rows are counted.
    value : Column
        The measure's name and type, on which `test` is written.
    test : Expression
        What the measure has to satisfy.
    reach : Reach
        Whose rows count for a contact.
    """

    table: Table
    where: Expression
    measure: str
    column: Column | None
    value: Column
    test: Expression
    reach: Reach = Reach.OWN

    @property
    def without_rows(self) -> int | None:
        """The measure of a contact that has no such row: 0 for counts and sums, otherwise unknown."""
        return 0 if self.measure in ("count", "distinct", "sum", VALUES) else None

    @property
    def holds_without_rows(self) -> bool:
        """Whether a contact that has no such row satisfies the test."""
        return _holds_for(self.test, self.without_rows)


@dataclass(frozen=True)
class BoundScore:
    """A test of a contact's row in one run of a score.

    Attributes
    ----------
    table : Table
        The score's rows.
    run : datetime.date or None
        Which of them; None where no run counts, and nobody has a row.
    column : Column
        The field that is tested.
    test : Expression
        What it is asked.
    """

    table: Table
    run: dt.date | None
    column: Column
    test: Expression

    @property
    def holds_without_row(self) -> bool:
        """Whether a contact that has no row satisfies the test."""
        return _holds_for(self.test, None)


@dataclass(frozen=True)
class BoundEvent:
    """The rows that can be one event of a sequence.

    Attributes
    ----------
    table : Table
        Whose rows; it has a time.
    where : Expression
        Which rows: conditions, window, none after as_of and none without a time.
    """

    table: Table
    where: Expression


@dataclass(frozen=True)
class BoundSequence:
    """A test that a contact has rows that follow each other, each strictly later than the one before.

    Attributes
    ----------
    events : tuple of BoundEvent
        At least two, in order. A row with a day only happens when that day begins in the zone.
    within : Span or None
        How long after the first the last may be, on the clock of the zone; any time where absent.
    zone : zoneinfo.ZoneInfo
        The zone.
    as_of : datetime.date
        The day after which no row exists.
    """

    events: tuple[BoundEvent, ...]
    within: Span | None
    zone: ZoneInfo
    as_of: dt.date


@dataclass(frozen=True)
class BoundHabit:
    """A test of how many rows of one table lie in each of some periods that follow each other.

    Attributes
    ----------
    table : Table
        Whose rows; it has a time.
    where : Expression
        Which rows: conditions only.
    cuts : tuple of datetime.date or datetime.datetime
        Where one period ends and the next begins, ascending, in the type of the table's time. Period 0 lies before
        the first cut; rows from the last cut on, and those without a time, are in no period.
    at_least : int
        How many rows make a period busy.
    busy : tuple of int
        Numbers of periods.
    of_busy : int
        How many of those have to be busy.
    quiet : tuple of int
        Numbers of the periods that hold no row.
    """

    table: Table
    where: Expression
    cuts: tuple[dt.date, ...]
    at_least: int
    busy: tuple[int, ...]
    of_busy: int
    quiet: tuple[int, ...] = ()


Bound = BoundField | BoundRelated | BoundScore | BoundSequence | BoundHabit


def _holds_for(test: Expression, value: int | None) -> bool:
    """Apply a test on a number to one number, or to the unknown."""
    if isinstance(test, And):
        return all(_holds_for(inner, value) for inner in test.tests)
    if isinstance(test, Or):
        return any(_holds_for(inner, value) for inner in test.tests)
    if isinstance(test, Complement):
        return not _holds_for(test.test, value)
    primitive = test.primitive
    if value is None:
        return False
    if isinstance(primitive, Between):
        return _within(value, primitive)
    return value in primitive.values if isinstance(primitive, OneOf) else True


def _within(value: int, bounds: Between) -> bool:
    above = bounds.low is None or value > bounds.low or (value == bounds.low and not bounds.low_open)
    below = bounds.high is None or value < bounds.high or (value == bounds.high and not bounds.high_open)
    return above and below
