"""Conditions of the language for filter expressions of Business Central, and filter expressions for conditions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines import date_formula
from pipelines.catalogue import OPERATORS
from pipelines.conditions import FieldCondition
from pipelines.errors import ConditionError
from pipelines.filter_days import Days, days_of
from pipelines.filter_expression import Both, Either, FilterPart, Unlike
from pipelines.filter_rules import Rule, read, rule_of, takes_blank
from pipelines.schema import Column, FieldType
from pipelines.values import Span

Written = dict[str, Any]

_NEGATIVE = {
    "is": "is_not", "in": "not_in", "contains": "not_contains", "starts_with": "not_starts_with", "on": "not_on",
    "ends_with": "not_ends_with", "matches": "not_matches", "between": "not_between", "is_known": "is_unknown",
    "is_unknown": "is_known",
}  # fmt: skip
_POSITIVE = {negative: positive for positive, negative in _NEGATIVE.items()} | {
    "not_in_last": "in_last", "not_in_next": "in_next", "none_of": "any_of", "not_all_of": "all_of",
}  # fmt: skip
_UNITS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_SIGNS = {
    "less_than": "<", "at_most": "<=", "more_than": ">", "at_least": ">=", "before": "<", "on_or_before": "<=",
    "after": ">", "on_or_after": ">=",
}  # fmt: skip
_PARTS = {"is": "{0}", "contains": "*{0}*", "starts_with": "{0}*", "ends_with": "*{0}"}
_TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)


def to_condition(field: str, expression: str, column: Column, fiscal_year_starts_on: str = "01-01") -> Written:
    """Say a filter expression in conditions.

    Parameters
    ----------
    field : str
        The field, as conditions name it.
    expression : str
        The filter expression.
    column : Column
        The field's name and type.
    fiscal_year_starts_on : str, optional
        Month and day on which the first accounting period starts.

    Returns
    -------
    dict
        A condition with the same members on every day. A part that no operator says, such as an interval on text,
        stays a condition with the operator `filter`.

    Raises
    ------
    ConditionError
        When the expression cannot be read, or a value does not fit the field; the message names the position.

    Examples
    --------
    >>> to_condition("city", "Pra*|Brno", Column("city", FieldType.TEXT, "city"))["any"][1]
    {'field': 'city', 'op': 'is', 'value': 'Brno'}
    """
    part = read(expression, column)
    converter = _Conditions(field, column, expression, fiscal_year_starts_on)
    return converter.many(part) if column.type is FieldType.MANY else converter.of(part)


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


class _Conditions:
    """The conditions for one expression on one field."""

    def __init__(self, field: str, column: Column, expression: str, fiscal_year_starts_on: str) -> None:
        self.field, self.column = field, column
        self.expression, self.fiscal = expression, fiscal_year_starts_on

    def of(self, part: FilterPart) -> Written:
        if isinstance(part, Both):
            return {"all": [self.of(inner) for inner in part.parts]}
        if isinstance(part, Either):
            return _any(_merged([self.of(inner) for inner in part.parts]))
        if isinstance(part, Unlike):
            return self.negated(self.of(part.part))
        rule = rule_of(part, self.column, self.expression, self.fiscal)
        if rule.op not in OPERATORS[self.column.type]:
            rule = Rule("filter", part.written)
        return self.condition(rule)

    def many(self, part: FilterPart) -> Written:
        """Of many values, `|` can be divided; `&` and `<>` speak of one and the same value."""
        if isinstance(part, Either):
            return _any(_merged([self.many(inner) for inner in part.parts]))
        if isinstance(part, Unlike) and takes_blank(part.part):
            return {"field": self.field, "op": "is_not_empty"}
        if isinstance(part, Both | Unlike):
            self.check(part)
            return self.condition(Rule("filter", part.written))
        rule = rule_of(part, self.column, self.expression)
        if rule.op == "is_unknown":
            return {"field": self.field, "op": "is_empty"}
        if rule.op == "is_known":
            return {"field": self.field, "op": "is_not_empty"}
        if rule.op == "is" and not rule.ignore_case:
            return self.condition(Rule("any_of", [rule.value]))
        return self.condition(Rule("filter", part.written))

    def check(self, part: FilterPart) -> None:
        """Read every value, so that one that does not fit is refused."""
        if isinstance(part, Both | Either):
            for inner in part.parts:
                self.check(inner)
        else:
            rule_of(part.part if isinstance(part, Unlike) else part, self.column, self.expression)

    def condition(self, rule: Rule) -> Written:
        value = list(rule.value) if isinstance(rule.value, tuple) else rule.value
        written: Written = {"field": self.field, "op": rule.op}
        if value is not None:
            written["value"] = value
        return written | ({"ignore_case": True} if rule.ignore_case else {})

    def negated(self, condition: Written) -> Written:
        negative = _NEGATIVE.get(condition["op"])
        if negative in OPERATORS[self.column.type]:
            return {**condition, "op": negative}
        return {"not": condition}


def _any(conditions: list[Written]) -> Written:
    return conditions[0] if len(conditions) == 1 else {"any": conditions}


def _merged(conditions: list[Written]) -> list[Written]:
    """Put values that stand side by side into one list."""
    found: list[Written] = []
    for condition in conditions:
        before = found[-1] if found else {}
        if _is_values(before) and _is_values(condition) and _kind(before) == _kind(condition):
            op = "any_of" if condition["op"] == "any_of" else "in"
            found[-1] = {**before, "op": op, "value": [*_values(before), *_values(condition)]}
        else:
            found.append(condition)
    return found


def _is_values(condition: Written) -> bool:
    values = condition.get("value")
    return condition.get("op") in ("is", "in", "any_of") and not isinstance(values, bool)


def _kind(condition: Written) -> tuple[bool, bool]:
    return condition["op"] == "any_of", condition.get("ignore_case", False)


def _values(condition: Written) -> list[Any]:
    value = condition["value"]
    return value if isinstance(value, list) else [value]


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
