"""Conditions of the language with the same members as a filter expression of Business Central."""

from __future__ import annotations

from typing import Any

from pipelines.catalogue import OPERATORS
from pipelines.filter_expression import Both, Either, FilterPart, Unlike
from pipelines.filter_rules import Rule, read, rule_of, takes_blank
from pipelines.schema import Column, FieldType

Written = dict[str, Any]

_NEGATIVE = {
    "is": "is_not", "in": "not_in", "contains": "not_contains", "starts_with": "not_starts_with", "on": "not_on",
    "ends_with": "not_ends_with", "matches": "not_matches", "between": "not_between", "is_known": "is_unknown",
    "is_unknown": "is_known",
}  # fmt: skip


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
