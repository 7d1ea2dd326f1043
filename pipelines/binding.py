"""From what a definition says to what an engine has to test.

Binding checks every field, operator and value against a catalogue, turns each negative operator into the complement
of its positive one and each relative date into days or instants. What is left is a handful of tests on columns; the
SQL compiler and the reference engine both start from there, and neither knows an operator by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from pipelines import date_formula, dates, filter_rules, habits, patterns
from pipelines.bound import (
    ELEMENT,
    And,
    Between,
    Bound,
    BoundEvent,
    BoundField,
    BoundHabit,
    BoundRelated,
    BoundScore,
    BoundSequence,
    Complement,
    Expression,
    HasAnniversary,
    HasPart,
    Holds,
    HoldsSuch,
    IsKnown,
    OneOf,
    Or,
    Test,
)
from pipelines.catalogue import COMPUTED, OPERATORS, Catalogue
from pipelines.conditions import (
    All,
    AnyOf,
    CampaignReference,
    FieldCondition,
    Habit,
    Measure,
    Not,
    Related,
    Rule,
    ScoreCondition,
    Sequence,
    SequenceStep,
    Window,
)
from pipelines.dates import Interval, Weekday
from pipelines.errors import ConditionError, nearest
from pipelines.filter_expression import Both, Either, FilterPart, Range, Unlike
from pipelines.schema import Column, FieldType, Table
from pipelines.scores import parted
from pipelines.values import Span

_POSITIVE = {
    "is_not": "is", "not_in": "in", "not_contains": "contains", "not_starts_with": "starts_with",
    "not_ends_with": "ends_with", "not_matches": "matches", "not_between": "between", "not_on": "on",
    "not_in_last": "in_last", "not_in_next": "in_next", "none_of": "any_of", "not_all_of": "all_of",
    "is_unknown": "is_known", "is_empty": "is_not_empty",
}  # fmt: skip
_NUMERIC = (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)
_TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)
_Tested = FieldCondition | Related | ScoreCondition


@dataclass(frozen=True)
class Context:
    """What evaluating a definition depends on beside the rows.

    Attributes
    ----------
    as_of : datetime.date
        The day of the evaluation, its last.
    zone : zoneinfo.ZoneInfo
        Whose calendar days and weeks follow.
    week_starts_on : str
        The first weekday.
    fiscal_year_starts_on : str
        Month and day on which fiscal years start, such as ``"04-01"``.
    """

    as_of: dt.date
    zone: ZoneInfo
    week_starts_on: Weekday = "monday"
    fiscal_year_starts_on: str = "01-01"


def bind(condition: Rule, catalogue: Catalogue, context: Context, where: str = "") -> Bound:
    """Check one condition on contacts and make it ready for an engine.

    Parameters
    ----------
    condition : Rule
        What to test; groups and references are not conditions of this kind.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and calendar.
    where : str, optional
        The place of the condition in words, for errors.

    Returns
    -------
    BoundField, BoundRelated, BoundScore, BoundSequence or BoundHabit
        The test.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit; the message names the place.
    """
    binder = _Binder(catalogue, context, where)
    if isinstance(condition, Related):
        return binder.related(condition)
    if isinstance(condition, ScoreCondition):
        return binder.score(condition)
    if isinstance(condition, Sequence):
        return binder.sequence(condition)
    return binder.habit(condition) if isinstance(condition, Habit) else binder.contact_field(condition)


def bind_row(condition: Any, table: Table, catalogue: Catalogue, context: Context, where: str = "") -> Expression:
    """Check conditions that all speak of one row and make them ready for an engine.

    Parameters
    ----------
    condition : FieldCondition, All, AnyOf or Not
        What to test; fields are those of the table, not computed ones.
    table : Table
        Whose row it is.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and calendar.
    where : str, optional
        The place of the condition in words, for errors.

    Returns
    -------
    Expression
        The test.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit; the message names the place.
    """
    return _Binder(catalogue, context, where).rows(condition, table.by_name, table)


def bind_field_value(
    name: str, catalogue: Catalogue, context: Context, where: str = ""
) -> BoundRelated | BoundScore | Column:
    """Find where the value of a contact's field comes from.

    Parameters
    ----------
    name : str
        A column, custom field or computed field of contacts, or a score's field as ``score.NAME.FIELD``.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and calendar, for computed fields and scores.
    where : str, optional
        The place in words, for errors.

    Returns
    -------
    BoundRelated, BoundScore or Column
        The measure of a computed field, the run and column of a score, or the column.

    Raises
    ------
    ConditionError
        When there is no such field.
    """
    if name in COMPUTED:
        return _Binder(catalogue, context, where).measure_of(COMPUTED[name].rows, rolls_up=True)
    if (of_score := parted(name)) is not None:
        return _Binder(catalogue, context, where).score_field(*of_score)
    if name not in catalogue.contact.by_name:
        raise ConditionError(f'There is no field "{name}".', nearest(name, catalogue.contact_fields()), where)
    return catalogue.contact.by_name[name]


def bind_order(name: str, catalogue: Catalogue, context: Context) -> BoundRelated | BoundScore | Column:
    """Find the value that a limit orders contacts by.

    Parameters
    ----------
    name : str
        A column, custom field or computed field of contacts.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and calendar, for computed fields.

    Returns
    -------
    BoundRelated, BoundScore or Column
        As from `bind_field_value`.

    Raises
    ------
    ConditionError
        When there is no such field, or its values have no order.
    """
    found = bind_field_value(name, catalogue, context, "limit")
    if isinstance(found, Column) and found.type is FieldType.MANY:
        raise ConditionError(
            f"Nobody comes first by {name}, which is {found.type.value}.", "Order by a field of one value.", "limit"
        )
    return found


def spelled_out(reference: CampaignReference) -> All:
    """Say a campaign reference in conditions: targeted, of that arm, and answered or not.

    Parameters
    ----------
    reference : CampaignReference
        The reference.

    Returns
    -------
    All
        A response is an interaction of the campaign marked as such and not canceled.
    """
    target = [_is("campaign_no", reference.campaign)]
    if reference.arm is not None:
        target.append(_is("arm", reference.arm))
    conditions: list[Any] = [{"related": "campaign_entry", "where": target}]
    if reference.responded is not None:
        answered = [
            _is("campaign_no", reference.campaign),
            _is("is_campaign_response", True),
            _is("is_canceled", False),
        ]
        response = {"related": "interaction", "where": answered}
        conditions.append(response if reference.responded else {"not": response})
    return All.model_validate({"all": conditions})


def _is(field: str, value: str | bool) -> dict[str, object]:
    return {"field": field, "op": "is", "value": value}


class _Binder:
    """One binding: the catalogue, the context and the place it works at."""

    def __init__(self, catalogue: Catalogue, context: Context, where: str) -> None:
        self.catalogue, self.context, self.where = catalogue, context, where

    def contact_field(self, condition: FieldCondition) -> Bound:
        if condition.field in COMPUTED:
            return self.computed(condition)
        name = condition.field.removeprefix("company.")
        of_company = name != condition.field
        known = self.catalogue.contact.by_name
        if name not in known:
            self.refuse(f'There is no field "{condition.field}".', nearest(name, self.catalogue.contact_fields()))
        return BoundField(self.test(known[name], condition), of_company)

    def computed(self, condition: FieldCondition) -> BoundRelated:
        rows = COMPUTED[condition.field].rows
        update = {key: getattr(condition, key) for key in ("op", "value", "ignore_case", "unknown")}
        return self.related(rows.model_copy(update=update), rolls_up=True)

    def related(self, condition: Related, rolls_up: bool = False) -> BoundRelated:
        bound = self.measure_of(condition, rolls_up)
        test = self.test(bound.value, condition)
        return BoundRelated(bound.table, bound.where, bound.measure, bound.column, bound.value, test, rolls_up)

    def measure_of(self, condition: Related, rolls_up: bool) -> BoundRelated:
        table = self.related_table(condition.related)
        fields = self.catalogue.row_fields(condition.related)
        tests = [self.in_time(table, condition.within)]
        if condition.where is not None:
            tests.append(self.rows(condition.where, fields, table))
        column, value = self.measured(condition.measure, fields, table)
        always = And(())
        return BoundRelated(table, And(tuple(tests)), condition.measure.kind, column, value, always, rolls_up)

    def related_table(self, name: str) -> Table:
        if name not in self.catalogue.related:
            self.refuse(f'There are no related rows "{name}".', nearest(name, self.catalogue.related))
        return self.catalogue.related[name]

    def sequence(self, condition: Sequence) -> BoundSequence:
        context, where = self.context, self.where
        events = []
        for number, event in enumerate(condition.sequence, start=1):
            binder = _Binder(self.catalogue, context, f"{where}, event {number}" if where else f"event {number}")
            events.append(binder.event(event, condition.in_last))
        return BoundSequence(tuple(events), condition.within, context.zone, context.as_of)

    def event(self, condition: SequenceStep, in_last: Span | None) -> BoundEvent:
        table = self.timed_table(condition.related)
        as_of = self.context.as_of
        window = dates.in_last(as_of, in_last.n, in_last.unit) if in_last else (None, dates.shift(as_of, 1, "day"))
        in_time = self.in_interval(table.column(table.time), window)
        return BoundEvent(table, And((in_time, self.rows_where(condition, table))))

    def habit(self, condition: Habit) -> BoundHabit:
        table = self.timed_table(condition.related)
        found = habits.periods(condition, self.context.as_of, self.where)
        cuts = tuple(self.bound_of(table.column(table.time), day) for day in found.cuts)
        where, at_least = self.rows_where(condition, table), condition.at_least or 1
        return BoundHabit(table, where, cuts, at_least, found.busy, found.of_busy, found.quiet)

    def timed_table(self, name: str) -> Table:
        table = self.related_table(name)
        if not table.time:
            self.refuse(f"Rows of {table.name} have no date, so none comes before another.", "Use related instead.")
        return table

    def rows_where(self, condition: SequenceStep | Habit, table: Table) -> Expression:
        fields = self.catalogue.row_fields(condition.related)
        return And(()) if condition.where is None else self.rows(condition.where, fields, table)

    def score(self, condition: ScoreCondition) -> BoundScore:
        found = self.score_field(condition.score, condition.field)
        return replace(found, test=self.test(found.column, condition))

    def score_field(self, name: str, field: str) -> BoundScore:
        """Find the field of a score, in the run that counts."""
        if name not in self.catalogue.scores:
            known = self.catalogue.scores
            self.refuse(f'There is no score "{name}".', nearest(name, known) or "Load it first: workbench score load.")
        score = self.catalogue.scores[name]
        if field not in score.fields:
            self.refuse(f'The score {name} has no field "{field}".', nearest(field, score.fields))
        return BoundScore(score.table, score.run_on(self.context.as_of), score.fields[field], And(()))

    def rows(self, condition: Any, fields: Mapping[str, Column], table: Table) -> Expression:
        """Bind the conditions on one row."""
        if isinstance(condition, All | AnyOf):
            tests = tuple(self.rows(child, fields, table) for child in condition.children)
            return And(tests) if isinstance(condition, All) else Or(tests)
        if isinstance(condition, Not):
            return _complement(self.rows(condition.not_, fields, table))
        if not isinstance(condition, FieldCondition):
            self.refuse(
                "Inside where, conditions speak of fields of the row only.",
                "Move this one beside the related condition.",
            )
        if condition.field not in fields:
            self.refuse(f'{table.name} has no field "{condition.field}".', nearest(condition.field, fields))
        return self.test(fields[condition.field], condition)

    def in_time(self, table: Table, window: Window | None) -> Expression:
        """Keep the rows of the window, none after as_of in any case; rows without a time only when no window asks."""
        end = dates.shift(self.context.as_of, 1, "day")
        if not table.time:
            if window is not None:
                self.refuse(f"Rows of {table.name} have no date, so no window can hold them.", "Leave out within.")
            return And(())
        column = table.column(table.time)
        if window is None:
            late = Test(column, Between(low=self.bound_of(column, end)))
            return (
                Complement(late)
                if column.nullable
                else Test(column, Between(high=self.bound_of(column, end), high_open=True))
            )
        first, after = self.interval(window.op, window.value)
        return self.in_interval(column, (first, min(after or end, end)))

    def measured(self, measure: Measure, fields: Mapping[str, Column], table: Table) -> tuple[Column | None, Column]:
        kind = measure.kind
        if kind == "count":
            return None, Column("value", FieldType.INTEGER, "number of rows")
        if measure.field not in fields:
            self.refuse(f'{table.name} has no field "{measure.field}".', nearest(measure.field, fields))
        column = fields[measure.field]
        self.check_measure(kind, column, table)
        return column, Column("value", _measure_type(kind, column.type), f"{kind} of {column.name}")

    def check_measure(self, kind: str, column: Column, table: Table) -> None:
        admitted = {
            "sum": _NUMERIC,
            "average": _NUMERIC,
            "minimum": _NUMERIC + _TEMPORAL,
            "maximum": _NUMERIC + _TEMPORAL,
        }
        if column.type is FieldType.MANY or column.type not in admitted.get(kind, (column.type,)):
            self.refuse(
                f"{kind} cannot be taken of {column.name}, which is {column.type.value}.",
                "Count rows, or measure another field.",
            )
        if kind in ("first", "latest") and not table.time:
            self.refuse(f"Rows of {table.name} have no date, so none is {kind}.", "Use where instead.")

    def test(self, column: Column, condition: _Tested) -> Expression:
        """Bind operator and value to a column."""
        if condition.op not in OPERATORS[column.type]:
            self.refuse(
                f'"{condition.op}" does not go with {self.named(column, condition)}, which is {column.type.value}.',
                f"Use one of {', '.join(OPERATORS[column.type])}.",
            )
        if condition.ignore_case and column.type is not FieldType.TEXT:
            self.refuse(f"ignore_case goes with text, and {column.name} is {column.type.value}.", "Leave it out.")
        positive = _POSITIVE.get(condition.op, condition.op)
        test: Expression = self.positive(column, positive, condition)
        if positive != condition.op:
            test = Complement(test)
        return And((test, Test(column, IsKnown()))) if condition.unknown == "exclude" else test

    def positive(self, column: Column, op: str, condition: _Tested) -> Expression:
        value = condition.value
        if op == "filter":
            return self.filtered(column, condition)
        if op in ("is_known", "is_not_empty"):
            return Test(column, IsKnown())
        if op == "anniversary_in_next":
            return Test(column, self.anniversary(value))
        if column.type in _TEMPORAL:
            return self.in_interval(column, self.interval(op, value))
        if column.type is FieldType.MANY:
            return Test(column, Holds(op, tuple(self.text(column, item) for item in self.listed(op, value))))
        if column.type is FieldType.TEXT and op not in ("is", "in"):
            return Test(column, HasPart(op, self.pattern(op, self.text(column, value)), condition.ignore_case))
        if op in ("is", "in"):
            values = self.listed(op, value) if op == "in" else (value,)
            return Test(column, OneOf(tuple(self.scalar(column, item) for item in values), condition.ignore_case))
        return Test(column, self.range(column, op, value))

    def filtered(self, column: Column, condition: _Tested) -> Expression:
        """Bind a filter expression; on a many-valued field it speaks of one value at a time."""
        if not isinstance(condition.value, str):
            self.refuse(
                f'"filter" needs an expression, not {_shown(condition.value)}.', 'Write it in quotes: "1|5..9".'
            )
        if condition.ignore_case:
            self.refuse('"filter" takes no ignore_case.', "Put @ in front of each value that ignores case.")
        try:
            part = filter_rules.read(condition.value, column)
            if column.type is not FieldType.MANY:
                return self.filter_part(column, part, condition)
            found = self.filter_part(ELEMENT, part, condition)
        except ConditionError as error:
            raise error if error.where else ConditionError(error.message, error.hint, self.where) from None
        holds = Test(column, HoldsSuch(found))
        return Or((holds, Complement(Test(column, IsKnown())))) if filter_rules.takes_blank(part) else holds

    def filter_part(self, column: Column, part: FilterPart, condition: _Tested) -> Expression:
        if isinstance(part, Both | Either):
            tests = tuple(self.filter_part(column, inner, condition) for inner in part.parts)
            return _all_of(tests) if isinstance(part, Both) else Or(_joined(tests))
        if isinstance(part, Unlike):
            return _complement(self.filter_part(column, part.part, condition))
        rule = filter_rules.rule_of(part, column, condition.value, self.context.fiscal_year_starts_on)
        if rule.op == "is_unknown":
            return Complement(Test(column, IsKnown()))
        if column.type is FieldType.TEXT and isinstance(part, Range):
            return Test(column, self.range(column, rule.op, rule.value))
        return self.positive(column, rule.op, FieldCondition.model_construct(field=column.name, **vars(rule)))

    def range(self, column: Column, op: str, value: Any) -> Between:
        if op == "between":
            low, high = self.pair(value)
            return Between(self.scalar(column, low), self.scalar(column, high))
        bound = self.scalar(column, value)
        if op in ("less_than", "at_most"):
            return Between(high=bound, high_open=op == "less_than")
        return Between(low=bound, low_open=op == "more_than")

    def anniversary(self, value: Any) -> HasAnniversary:
        if not isinstance(value, Span):
            self.refuse(
                f'"anniversary_in_next" needs a length of time, not {_shown(value)}.', "Write {n: 30, unit: day}."
            )
        if value.n > dates.MOST_IN_A_YEAR[value.unit]:
            self.refuse(
                f'"anniversary_in_next" looks further ahead than a year: {value.n} {value.unit}.',
                "Look at most one year ahead.",
            )
        as_of = self.context.as_of
        last = dates.shift(as_of, value.n, value.unit)
        return HasAnniversary(dates.shift(as_of, 1, "day"), last, self.context.zone)

    def in_interval(self, column: Column, interval: Interval) -> Expression:
        low, high = (None if day is None else self.bound_of(column, day) for day in interval)
        if low is None and high is None:
            return Test(column, IsKnown())
        return Test(column, Between(low, high, high_open=True))

    def bound_of(self, column: Column, day: dt.date) -> dt.date:
        """Give the day itself for dates, and the instant it begins for timestamps."""
        return dates.instant(day, self.context.zone) if column.type is FieldType.TIMESTAMP else day

    def interval(self, op: str, value: Any) -> Interval:
        as_of = self.context.as_of
        if op in ("in_last", "in_next"):
            if not isinstance(value, Span):
                self.refuse(f'"{op}" needs a length of time, not {_shown(value)}.', "Write {n: 90, unit: day}.")
            return (dates.in_last if op == "in_last" else dates.in_next)(as_of, value.n, value.unit)
        if op in ("this", "previous", "next"):
            if value not in dates.PERIODS:
                self.refuse(f'"{op}" needs a period, not {_shown(value)}.', f"Use one of {', '.join(dates.PERIODS)}.")
            offset, context = {"this": 0, "previous": -1, "next": 1}[op], self.context
            return dates.period(as_of, offset, value, context.week_starts_on, context.fiscal_year_starts_on)
        if op == "between":
            first, last = (self.day(item) for item in self.pair(value))
            return first, dates.day_after(last)
        return self.fixed_interval(op, self.day(value))

    def fixed_interval(self, op: str, day: dt.date) -> Interval:
        after = dates.day_after(day)
        return {
            "on": (day, after), "before": (None, day), "on_or_before": (None, after),
            "after": (after, None) if after else (day, day), "on_or_after": (day, None),
        }[op]  # fmt: skip

    def scalar(self, column: Column, value: Any) -> Any:
        if column.type is FieldType.TEXT:
            return self.text(column, value)
        if column.type is FieldType.BOOLEAN:
            if not isinstance(value, bool):
                self.refuse(f"{column.name} is true or false, not {_shown(value)}.", "Write true or false.")
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(f"{column.name} is a number, and {_shown(value)} is none.", "Write it without quotes: 12.5.")
        return self.decimal(value) if column.type is FieldType.AMOUNT else float(value)

    def decimal(self, value: float) -> Decimal:
        number = Decimal(str(value))
        try:
            number.quantize(Decimal(1).scaleb(-12))
        except InvalidOperation:
            self.refuse(f"The amount {_shown(value)} is too large.", "Use at most 16 digits.")
        return number

    def text(self, column: Column, value: Any) -> str:
        if not isinstance(value, str):
            self.refuse(f"{column.name} is text, and {_shown(value)} is none.", f'Write it in quotes: "{value}".')
        if not value.strip():
            self.refuse(f"A blank {column.name} is unknown and equals nothing.", "Use is_unknown to find it.")
        if "\0" in value:
            self.refuse(f"The value for {column.name} has a NUL character in it.", "Take it out.")
        return str(value)

    def pattern(self, op: str, text: str) -> str:
        if op != "matches":
            return text
        problem = patterns.problem(text)
        if problem.startswith(("invalid perl operator", "bad repetition operator", "invalid escape sequence")):
            self.refuse(
                f'The pattern "{text}" uses what RE2 does not have: {problem}.',
                "Leave out look-arounds, back-references and possessive repeats.",
            )
        if problem:
            self.refuse(
                f'The pattern "{text}" is broken: {problem}.',
                "Put a backslash before signs that stand for themselves.",
            )
        return text

    def listed(self, op: str, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, tuple):
            self.refuse(f'"{op}" needs a list, not {_shown(value)}.', f"Write [{value}].")
        return tuple(value)

    def pair(self, value: Any) -> tuple[Any, Any]:
        if not isinstance(value, tuple) or len(value) != 2:
            self.refuse(
                f'"between" needs two values, not {_shown(value)}.',
                "Write [first, last]; both ends are included.",
            )
        return value[0], value[1]

    def day(self, value: Any) -> dt.date:
        if not isinstance(value, str):
            self.refuse(f"{_shown(value)} is no date.", "Write it as 2017-05-31.")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return self.relative_day(value)

    def relative_day(self, formula: str) -> dt.date:
        try:
            return date_formula.evaluate(formula, self.context.as_of)
        except ConditionError as error:
            if formula.isalpha() or (formula[:1].isdecimal() and formula[-1:].isdecimal()):
                self.refuse(f"{_shown(formula)} is no date.", "Write it as 2017-05-31.")
            self.refuse(error.message, error.hint)

    def named(self, column: Column, condition: _Tested) -> str:
        return column.meaning if isinstance(condition, Related) else condition.field

    def refuse(self, message: str, hint: str) -> NoReturn:
        raise ConditionError(message, hint, self.where)


def _all_of(tests: tuple[Expression, ...]) -> And:
    """Join tests by and; those that are complements become the complement of one test, which stays shorter."""
    left_out = tuple(test.test for test in tests if isinstance(test, Complement))
    others = tuple(test for test in tests if not isinstance(test, Complement))
    return And((*others, Complement(Or(_joined(left_out))))) if left_out else And(others)


def _joined(tests: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Put values that stand side by side into one test, so that a long list of them stays short."""
    found: list[Expression] = []
    for test in tests:
        before = found[-1] if found else None
        if isinstance(before, Test) and isinstance(test, Test):
            one, other = before.primitive, test.primitive
            if isinstance(one, OneOf) and isinstance(other, OneOf) and one.ignore_case == other.ignore_case:
                found[-1] = Test(test.column, OneOf(one.values + other.values, one.ignore_case))
                continue
        found.append(test)
    return tuple(found)


def _complement(test: Expression) -> Expression:
    """Complement a test; two complements cancel each other, so that a long chain of them stays short."""
    return test.test if isinstance(test, Complement) else Complement(test)


def _measure_type(kind: str, type_: FieldType) -> FieldType:
    if kind == "distinct":
        return FieldType.INTEGER
    return FieldType.NUMBER if kind == "average" else type_


def _shown(value: Any) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else text[:77] + "…"
