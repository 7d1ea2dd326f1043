"""Filter expressions of Business Central with the same members as a condition of the language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines import date_formula
from pipelines.conditions import FieldCondition
from pipelines.errors import ConditionError
from pipelines.filter_days import Days, days_of
from pipelines.schema import Column, FieldType
from pipelines.values import Span

_POSITIVE = {
    "is_not": "is", "not_in": "in", "not_contains": "contains", "not_starts_with": "starts_with", "not_on": "on",
    "not_ends_with": "ends_with", "not_matches": "matches", "not_between": "between", "not_in_last": "in_last",
    "not_in_next": "in_next",
}  # fmt: skip
_UNITS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_SIGNS = {
    "less_than": "<", "at_most": "<=", "more_than": ">", "at_least": ">=", "before": "<", "on_or_before": "<=",
    "after": ">", "on_or_after": ">=",
}  # fmt: skip
_PARTS = {"is": "{0}", "contains": "*{0}*", "starts_with": "{0}*", "ends_with": "*{0}"}
_TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)


@dataclass(frozen=True)
class FilterText:
    """The filter expression for a condition, or why there is none.

    Attributes
    ----------
    expression : str or None
        With the same members on every day.
    reason : str
        Why there is none; empty where there is one.
    """

    expression: str | None
    reason: str = ""


def to_filter(condition: FieldCondition, column: Column, week_starts_on: str = "monday") -> FilterText:
    """Say a condition on one field in a filter expression.

    Parameters
    ----------
    condition : FieldCondition
        One that fits the field.
    column : Column
        The field's name and type.
    week_starts_on : str, optional
        The first weekday; filters know weeks from Monday only.

    Returns
    -------
    FilterText
        The expression, or the reason why there is none.

    Examples
    --------
    >>> within = FieldCondition(field="closed_on", op="in_last", value={"n": 3, "unit": "month"})
    >>> to_filter(within, Column("closed_on", FieldType.DATE, "day")).expression
    '-3M+1D..t'
    """
    try:
        text = _Filters(condition, column, week_starts_on).of()
    except _NoFilter as none:
        return FilterText(None, none.reason)
    if condition.unknown == "exclude":
        text = f"({text})&<>''" if "|" in text else f"{text}&<>''"
    return FilterText(text)


class _NoFilter(Exception):  # noqa: N818 - no error: an answer
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Filters:
    """The filter expression for one condition."""

    def __init__(self, condition: FieldCondition, column: Column, week_starts_on: str) -> None:
        self.condition, self.column, self.week = condition, column, week_starts_on
        self.at = "@" if condition.ignore_case else ""

    def of(self) -> str:
        op, value = self.condition.op, self.condition.value
        if op == "filter":
            return str(value)
        if op in ("is_known", "is_not_empty"):
            return "<>''"
        if op in ("is_unknown", "is_empty"):
            return "''"
        if self.column.type is FieldType.MANY:
            return self.many(op, value)
        positive = _POSITIVE.get(op, op)
        ends = self.interval(positive, value) if self.is_interval(positive) else None
        if ends is not None:
            return _outside(*ends) if positive != op else _inside(*ends)
        if positive in _SIGNS:
            return _SIGNS[positive] + self.value(value)
        values = self.values(positive, value)
        return "&".join(f"<>{one}" for one in values) if positive != op else "|".join(values)

    def is_interval(self, op: str) -> bool:
        return op in ("between", "in_last", "in_next", "this", "previous", "next")

    def interval(self, op: str, value: Any) -> tuple[str, str]:
        if op == "between":
            return self.value(value[0]), self.value(value[1])
        if isinstance(value, Span):
            return _span(op, value)
        return self.period(op, value)

    def period(self, op: str, unit: str) -> tuple[str, str]:
        if unit == "day":
            day = {"this": "t", "previous": "-1D", "next": "1D"}[op]
            return day, day
        if (op, unit) == ("this", "fiscal_year"):
            return "p1", "p12"
        if unit not in _UNITS:
            raise _NoFilter("filters name the accounting periods of this fiscal year only")
        if unit == "week" and self.week != "monday":
            raise _NoFilter("weeks of filters run from Monday to Sunday")
        letter = _UNITS[unit]
        if op == "previous":
            return f"-C{letter}-1{letter}", f"-C{letter}-1D"
        return (f"-C{letter}", f"C{letter}") if op == "this" else (f"C{letter}+1D", f"C{letter}+1D+C{letter}")

    def values(self, op: str, value: Any) -> list[str]:
        if op == "in" and not value:
            raise _NoFilter("a filter has at least one value")
        if op not in (*_PARTS, "in", "on"):
            raise _NoFilter("filters have * and ? and no patterns" if op == "matches" else _no_such(op))
        if self.column.type is not FieldType.TEXT:
            return [self.value(one) for one in (value if op == "in" else (value,))]
        return [self.text(one, _PARTS.get(op, "{0}")) for one in (value if op == "in" else (value,))]

    def many(self, op: str, value: Any) -> str:
        if op == "any_of" and value:
            return "|".join(self.text(one) for one in value)
        if op == "all_of" and len(value) == 1:
            return self.text(value[0])
        if op in ("none_of", "not_all_of"):
            raise _NoFilter("<> on a field of many values means that it has another value")
        raise _NoFilter("a filter speaks of one value at a time")

    def value(self, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.column.type in _TEMPORAL:
            return _day(str(value))
        return f"{Decimal(str(value)):f}"

    def text(self, text: str, shape: str = "{0}") -> str:
        if "*" in text or "?" in text:
            raise _NoFilter("the value has a * or ? in it, which filters read as any text")
        return self.at + _quoted(shape.format(text), text)


def _inside(low: str, high: str) -> str:
    return low if low == high else f"{low}..{high}"


def _outside(low: str, high: str) -> str:
    return f"<>{low}" if low == high else f"<{low}|>{high}|''"


def _span(op: str, span: Span) -> tuple[str, str]:
    if span.n > date_formula.LARGEST_NUMBER:
        raise _NoFilter("the numbers of date formulas end at 9999")
    length = f"{span.n}{_UNITS[span.unit]}"
    if op == "in_next":
        return "1D", length
    return ("t" if length == "1D" else f"-{length}+1D"), "t"


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        is_same = days_of(text) == Days(text, text)
    except ConditionError:
        is_same = False
    return text if is_same else f"<{text}>"


def _quoted(written: str, text: str) -> str:
    is_plain = not any(sign in written for sign in "&()=|'") and ".." not in written and text == text.strip()
    if is_plain and not written.startswith(("<", ">", "@", "%")):
        return written
    return "'" + written.replace("'", "''") + "'"


def _no_such(op: str) -> str:
    return f'filters have nothing like "{op}"'
