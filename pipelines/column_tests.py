"""From an operator and a value to a test of one column: the part of binding that knows operators by name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from pipelines import date_formula, dates, filter_rules, patterns
from pipelines.bound import (
    ELEMENT,
    And,
    Between,
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
from pipelines.catalogue import OPERATORS
from pipelines.conditions import FieldCondition, Related, ScoreCondition
from pipelines.context import Context
from pipelines.dates import Interval
from pipelines.errors import ConditionError, shown
from pipelines.filter_expression import Both, Either, FilterPart, Range, Unlike
from pipelines.schema import Column, FieldType
from pipelines.values import Span

_POSITIVE = {
    "is_not": "is", "not_in": "in", "not_contains": "contains", "not_starts_with": "starts_with",
    "not_ends_with": "ends_with", "not_matches": "matches", "not_between": "between", "not_on": "on",
    "not_in_last": "in_last", "not_in_next": "in_next", "none_of": "any_of", "not_all_of": "all_of",
    "is_unknown": "is_known", "is_empty": "is_not_empty",
}  # fmt: skip
TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)
_Tested = FieldCondition | Related | ScoreCondition


class ColumnTests:
    """Binds operators and values on one day, for one place in a definition.

    Parameters
    ----------
    context : Context
        The day and calendar.
    where : str
        The place in words, for errors.
    """

    def __init__(self, context: Context, where: str) -> None:
        self.context, self.where = context, where

    def test(self, column: Column, condition: _Tested) -> Expression:
        """Bind operator and value to a column.

        Parameters
        ----------
        column : Column
            What is tested: a field, or a measure.
        condition : FieldCondition, Related or ScoreCondition
            The operator and its value.

        Returns
        -------
        Expression
            The test; false where the value is unknown, before any complement.

        Raises
        ------
        ConditionError
            When operator or value do not fit the column's type.
        """
        if condition.op not in OPERATORS[column.type]:
            self.refuse(
                f'"{condition.op}" does not go with {self._named(column, condition)}, which is {column.type.value}.',
                f"Use one of {', '.join(OPERATORS[column.type])}.",
            )
        if condition.ignore_case and column.type is not FieldType.TEXT:
            self.refuse(f"ignore_case goes with text, and {column.name} is {column.type.value}.", "Leave it out.")
        positive = _POSITIVE.get(condition.op, condition.op)
        test: Expression = self._positive(column, positive, condition)
        if positive != condition.op:
            test = Complement(test)
        return And((test, Test(column, IsKnown()))) if condition.unknown == "exclude" else test

    def _positive(self, column: Column, op: str, condition: _Tested) -> Expression:
        value = condition.value
        if op == "filter":
            return self._filtered(column, condition)
        if op in ("is_known", "is_not_empty"):
            return Test(column, IsKnown())
        if op == "anniversary_in_next":
            return Test(column, self._anniversary(value))
        if column.type in TEMPORAL:
            return self.in_interval(column, self.interval(op, value))
        if column.type is FieldType.MANY:
            return Test(column, Holds(op, tuple(self._text(column, item) for item in self._listed(op, value))))
        if column.type is FieldType.TEXT and op not in ("is", "in"):
            return Test(column, HasPart(op, self._pattern(op, self._text(column, value)), condition.ignore_case))
        if op in ("is", "in"):
            values = self._listed(op, value) if op == "in" else (value,)
            return Test(column, OneOf(tuple(self._scalar(column, item) for item in values), condition.ignore_case))
        return Test(column, self._range(column, op, value))

    def _filtered(self, column: Column, condition: _Tested) -> Expression:
        """Bind a filter expression; on a many-valued field it speaks of one value at a time."""
        if not isinstance(condition.value, str):
            self.refuse(f'"filter" needs an expression, not {shown(condition.value)}.', 'Write it in quotes: "1|5..9".')
        if condition.ignore_case:
            self.refuse('"filter" takes no ignore_case.', "Put @ in front of each value that ignores case.")
        try:
            part = filter_rules.read(condition.value, column)
            if column.type is not FieldType.MANY:
                return self._filter_part(column, part, condition)
            found = self._filter_part(ELEMENT, part, condition)
        except ConditionError as error:
            raise error if error.where else ConditionError(error.message, error.hint, self.where) from None
        holds = Test(column, HoldsSuch(found))
        return Or((holds, Complement(Test(column, IsKnown())))) if filter_rules.takes_blank(part) else holds

    def _filter_part(self, column: Column, part: FilterPart, condition: _Tested) -> Expression:
        if isinstance(part, Both | Either):
            tests = tuple(self._filter_part(column, inner, condition) for inner in part.parts)
            return _all_of(tests) if isinstance(part, Both) else Or(_joined(tests))
        if isinstance(part, Unlike):
            return complement(self._filter_part(column, part.part, condition))
        rule = filter_rules.rule_of(part, column, condition.value, self.context.fiscal_year_starts_on)
        if rule.op == "is_unknown":
            return Complement(Test(column, IsKnown()))
        if column.type is FieldType.TEXT and isinstance(part, Range):
            return Test(column, self._range(column, rule.op, rule.value))
        return self._positive(column, rule.op, FieldCondition.model_construct(field=column.name, **vars(rule)))

    def _range(self, column: Column, op: str, value: Any) -> Between:
        if op == "between":
            low, high = self._pair(value)
            return Between(self._scalar(column, low), self._scalar(column, high))
        bound = self._scalar(column, value)
        if op in ("less_than", "at_most"):
            return Between(high=bound, high_open=op == "less_than")
        return Between(low=bound, low_open=op == "more_than")

    def _anniversary(self, value: Any) -> HasAnniversary:
        if not isinstance(value, Span):
            self.refuse(
                f'"anniversary_in_next" needs a length of time, not {shown(value)}.', "Write {n: 30, unit: day}."
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
        """Test whether a column lies in an interval of days.

        Parameters
        ----------
        column : Column
            Of dates or timestamps.
        interval : tuple of datetime.date or None
            First day, and the day after the last; None where there is no bound.

        Returns
        -------
        Expression
            Only that the value is known, where there is no bound at all.
        """
        low, high = (None if day is None else self.bound_of(column, day) for day in interval)
        if low is None and high is None:
            return Test(column, IsKnown())
        return Test(column, Between(low, high, high_open=True))

    def bound_of(self, column: Column, day: dt.date) -> dt.date:
        """Give the day itself for dates, and the instant it begins for timestamps.

        Parameters
        ----------
        column : Column
            Of dates or timestamps.
        day : datetime.date
            A local day.

        Returns
        -------
        datetime.date
            The instant is a naive datetime in UTC.
        """
        return dates.instant(day, self.context.zone) if column.type is FieldType.TIMESTAMP else day

    def interval(self, op: str, value: Any) -> Interval:
        """Give the days that an operator on dates is about.

        Parameters
        ----------
        op : str
            A positive operator, or the key of a window.
        value : object
            A length of time, a period, a day or two, as the operator has it.

        Returns
        -------
        tuple of datetime.date or None
            First day, and the day after the last; None where there is no bound.

        Raises
        ------
        ConditionError
            When the value is none of these.
        """
        as_of = self.context.as_of
        if op in ("in_last", "in_next"):
            if not isinstance(value, Span):
                self.refuse(f'"{op}" needs a length of time, not {shown(value)}.', "Write {n: 90, unit: day}.")
            return (dates.in_last if op == "in_last" else dates.in_next)(as_of, value.n, value.unit)
        if op in ("this", "previous", "next"):
            if value not in dates.PERIODS:
                self.refuse(f'"{op}" needs a period, not {shown(value)}.', f"Use one of {', '.join(dates.PERIODS)}.")
            offset, context = {"this": 0, "previous": -1, "next": 1}[op], self.context
            return dates.period(as_of, offset, value, context.week_starts_on, context.fiscal_year_starts_on)
        if op == "between":
            first, last = (self._day(item) for item in self._pair(value))
            return first, dates.day_after(last)
        return self._fixed_interval(op, self._day(value))

    def _fixed_interval(self, op: str, day: dt.date) -> Interval:
        after = dates.day_after(day)
        return {
            "on": (day, after), "before": (None, day), "on_or_before": (None, after),
            "after": (after, None) if after else (day, day), "on_or_after": (day, None),
        }[op]  # fmt: skip

    def _scalar(self, column: Column, value: Any) -> Any:
        if column.type is FieldType.TEXT:
            return self._text(column, value)
        if column.type is FieldType.BOOLEAN:
            if not isinstance(value, bool):
                self.refuse(f"{column.name} is true or false, not {shown(value)}.", "Write true or false.")
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(f"{column.name} is a number, and {shown(value)} is none.", "Write it without quotes: 12.5.")
        return self._decimal(value) if column.type is FieldType.AMOUNT else float(value)

    def _decimal(self, value: float) -> Decimal:
        number = Decimal(str(value))
        try:
            number.quantize(Decimal(1).scaleb(-12))
        except InvalidOperation:
            self.refuse(f"The amount {shown(value)} is too large.", "Use at most 16 digits.")
        return number

    def _text(self, column: Column, value: Any) -> str:
        if not isinstance(value, str):
            self.refuse(f"{column.name} is text, and {shown(value)} is none.", f'Write it in quotes: "{value}".')
        if not value.strip():
            self.refuse(f"A blank {column.name} is unknown and equals nothing.", "Use is_unknown to find it.")
        if "\0" in value:
            self.refuse(f"The value for {column.name} has a NUL character in it.", "Take it out.")
        return str(value)

    def _pattern(self, op: str, text: str) -> str:
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

    def _listed(self, op: str, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, tuple):
            self.refuse(f'"{op}" needs a list, not {shown(value)}.', f"Write [{value}].")
        if None in value:
            self.refuse(f'The list for "{op}" has an empty place.', "Ask for unknown values with is_unknown.")
        return tuple(value)

    def _pair(self, value: Any) -> tuple[Any, Any]:
        if not isinstance(value, tuple) or len(value) != 2:
            self.refuse(
                f'"between" needs two values, not {shown(value)}.',
                "Write [first, last]; both ends are included.",
            )
        return value[0], value[1]

    def _day(self, value: Any) -> dt.date:
        if not isinstance(value, str):
            self.refuse(f"{shown(value)} is no date.", "Write it as 2017-05-31.")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return self._relative_day(value)

    def _relative_day(self, formula: str) -> dt.date:
        try:
            return date_formula.evaluate(formula, self.context.as_of)
        except ConditionError as error:
            if formula.isalpha() or (formula[:1].isdecimal() and formula[-1:].isdecimal()):
                self.refuse(f"{shown(formula)} is no date.", "Write it as 2017-05-31.")
            self.refuse(error.message, error.hint)

    def _named(self, column: Column, condition: _Tested) -> str:
        return column.meaning if isinstance(condition, Related) else condition.field

    def refuse(self, message: str, hint: str) -> NoReturn:
        """Refuse what does not fit, at this place.

        Parameters
        ----------
        message : str
            What is wrong.
        hint : str
            What to write instead.

        Raises
        ------
        ConditionError
            Always.
        """
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


def complement(test: Expression) -> Expression:
    """Complement a test; two complements cancel each other, so that a long chain of them stays short.

    Parameters
    ----------
    test : Expression
        The test.

    Returns
    -------
    Expression
        True exactly where the test is false.
    """
    return test.test if isinstance(test, Complement) else Complement(test)
