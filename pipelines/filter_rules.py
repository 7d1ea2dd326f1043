"""What one value or interval of a filter expression asks of a field, by the field's type, in operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from pipelines.errors import ConditionError
from pipelines.filter_days import Days, days_of
from pipelines.filter_expression import Both, Either, Equal, FilterPart, Operand, Range, Unlike, parse, refusal
from pipelines.schema import Column, FieldType
from pipelines.values import LARGEST_NUMBER

_TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)
_TEXTUAL = (FieldType.TEXT, FieldType.MANY)
_BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_MOST_SIGNS = 1000  # of a number; the smallest of 64 bits have 400
_RANGES = ("at_least", "more_than", "at_most", "less_than")
_DAY_RANGES = ("on_or_after", "after", "on_or_before", "before")


@dataclass(frozen=True)
class Rule:
    """An operator of the language and what it is given.

    Attributes
    ----------
    op : str
        A positive operator; intervals on text use those of numbers, which compare by code point.
    value : object
        As a condition writes it; None where the operator takes none.
    ignore_case : bool
        Whether letters count as the same in either case.
    """

    op: str
    value: Any = None
    ignore_case: bool = False


def read(expression: str, column: Column) -> FilterPart:
    """Read a filter expression on a field.

    Parameters
    ----------
    expression : str
        The expression.
    column : Column
        The field.

    Returns
    -------
    FilterPart
        What it says; values are still text.

    Raises
    ------
    ConditionError
        When it cannot be read; the message names the position.
    """
    return parse(expression, has_formulas=column.type in _TEMPORAL)


def rule_of(
    part: Equal | Range, column: Column, expression: str = "", fiscal_year_starts_on: str | None = "01-01"
) -> Rule:
    """Say in an operator what one value or interval asks of a field.

    Parameters
    ----------
    part : Equal or Range
        The value or interval.
    column : Column
        The field; for a many-valued one the rule is about each of its values.
    expression : str, optional
        The expression it stands in, for errors.
    fiscal_year_starts_on : str, optional
        Month and day on which the first accounting period starts.

    Returns
    -------
    Rule
        Days stay as they are written where they are dates or date formulas.

    Raises
    ------
    ConditionError
        When a value does not fit the type of the field; the message names the position.
    """
    reader = _Values(column, expression or part.written, fiscal_year_starts_on or "01-01")
    return reader.equal(part.operand) if isinstance(part, Equal) else reader.range(part)


def takes_blank(part: FilterPart) -> bool:
    """Tell whether an expression takes what is not recorded because it says so: ``''``.

    Parameters
    ----------
    part : FilterPart
        The expression.

    Returns
    -------
    bool
        False for ``<>X`` as well, which speaks of values that are there.
    """
    if isinstance(part, Either):
        return any(map(takes_blank, part.parts))
    if isinstance(part, Both):
        return all(map(takes_blank, part.parts))
    return isinstance(part, Equal) and part.operand.is_blank


def equals(part: FilterPart) -> list[Equal] | None:
    """List the values of an expression that is nothing but values joined by ``|``.

    Parameters
    ----------
    part : FilterPart
        The expression.

    Returns
    -------
    list of Equal or None
        None where it says anything else.
    """
    parts = part.parts if isinstance(part, Either) else (part,)
    found = [one for one in parts if isinstance(one, Equal)]
    return found if len(found) == len(parts) else None


def exceptions(part: FilterPart) -> list[Unlike]:
    """List every ``<>`` in an expression.

    Parameters
    ----------
    part : FilterPart
        The expression.

    Returns
    -------
    list of Unlike
        In the order they are written.
    """
    return [one for one in _single(part) if isinstance(one, Unlike)]


def ranges(part: FilterPart) -> list[Range]:
    """List every interval in an expression.

    Parameters
    ----------
    part : FilterPart
        The expression.

    Returns
    -------
    list of Range
        In the order they are written.
    """
    inner = (one.part if isinstance(one, Unlike) else one for one in _single(part))
    return [one for one in inner if isinstance(one, Range)]


def _single(part: FilterPart) -> Iterator[FilterPart]:
    """Give the parts of an expression that are joined, in the order they are written."""
    if isinstance(part, Either | Both):
        for inner in part.parts:
            yield from _single(inner)
    else:
        yield part


class _Values:
    """The values of one expression, read as the field's type asks."""

    def __init__(self, column: Column, expression: str, fiscal_year_starts_on: str) -> None:
        self.column, self.expression, self.fiscal = column, expression, fiscal_year_starts_on

    def equal(self, operand: Operand) -> Rule:
        if operand.is_blank:
            return Rule("is_unknown")
        if self.column.type in _TEXTUAL:
            return self.text(operand)
        if self.column.type in _TEMPORAL:
            days = self.days(operand)
            return Rule("on", days.first) if days.first == days.last else Rule("between", tuple(days))
        return Rule("is", self.scalar(operand))

    def range(self, part: Range) -> Rule:
        for end in (part.low, part.high):
            if end is not None and end.is_blank:
                self.refuse("has an interval that ends with what is not recorded", "Write <>'' for any value.", end)
        if self.column.type is FieldType.BOOLEAN:
            self.refuse("has an interval of yes and no", "Write yes or no.", part.low or part.high)
        if self.column.type in _TEMPORAL:
            return self.day_range(part)
        low, high = (None if end is None else self.end(end) for end in (part.low, part.high))
        return Rule("between", (low, high)) if None not in (low, high) else _one_sided(_RANGES, part, low, high)

    def day_range(self, part: Range) -> Rule:
        """An end that is a period counts with all its days; left out itself, it is left out with all of them."""
        low = None if part.low is None else self.days(part.low)[1 if part.is_open else 0]
        high = None if part.high is None else self.days(part.high)[0 if part.is_open else 1]
        return Rule("between", (low, high)) if low and high else _one_sided(_DAY_RANGES, part, low, high)

    def end(self, operand: Operand) -> Any:
        if self.column.type not in _TEXTUAL:
            return self.scalar(operand)
        if operand.ignore_case or operand.has_wildcards:
            self.refuse("has @, * or ? at the end of an interval", "Write the end out.", operand)
        return operand.text

    def text(self, operand: Operand) -> Rule:
        text, ignore_case = operand.text, operand.ignore_case
        if text.startswith("%") and not operand.is_quoted:
            self.refuse(f'asks for "{text}", which only Business Central knows', "Put a text in quotes: '%'.", operand)
        if not operand.has_wildcards:
            return Rule("is", text, ignore_case)
        if not text.strip("*"):
            return Rule("is_known")
        inner = text.strip("*")
        if "*" in inner or "?" in inner:
            return Rule("matches", _pattern(text), ignore_case)
        kinds = {(True, True): "contains", (False, True): "starts_with", (True, False): "ends_with"}
        return Rule(kinds[text.startswith("*"), text.endswith("*")], inner, ignore_case)

    def scalar(self, operand: Operand) -> Any:
        if operand.ignore_case or operand.has_wildcards:
            self.refuse(f"has @, * or ? for a {self.column.type.value} field", "Write the value out.", operand)
        if self.column.type is FieldType.BOOLEAN:
            if operand.text.lower() not in _BOOLEANS:
                self.refuse(f'has "{operand.text}" where yes or no stands', "Write yes or no.", operand)
            return _BOOLEANS[operand.text.lower()]
        if not _NUMBER.fullmatch(operand.text) or len(operand.text) > _MOST_SIGNS:
            self.refuse(
                f'has "{operand.text}" for a number', "Write it with a point and without groups: 1250.5.", operand
            )
        number = float(operand.text) if "." in operand.text else int(operand.text)
        if abs(number) > LARGEST_NUMBER:
            self.refuse("has a number of more than 300 digits", "Write a smaller one.", operand)
        return number

    def days(self, operand: Operand) -> Days:
        if operand.ignore_case or operand.has_wildcards:
            self.refuse(f"has @, * or ? for a {self.column.type.value} field", "Write the day out.", operand)
        try:
            is_timestamp = self.column.type is FieldType.TIMESTAMP
            return days_of(operand.text, has_times=is_timestamp, fiscal_year_starts_on=self.fiscal)
        except ConditionError as error:
            raise ConditionError(f"Position {operand.position} of the filter: {error.message}", error.hint) from None

    def refuse(self, complaint: str, hint: str, operand: Operand | None) -> NoReturn:
        raise refusal(self.expression, complaint, operand.position if operand else 1, hint)


def _one_sided(operators: tuple[str, str, str, str], part: Range, low: Any, high: Any) -> Rule:
    inclusive_low, open_low, inclusive_high, open_high = operators
    if high is None:
        return Rule(open_low if part.is_open else inclusive_low, low)
    return Rule(open_high if part.is_open else inclusive_high, high)


def _pattern(text: str) -> str:
    """Write wildcards as a pattern of RE2 that takes whole texts, of several lines as well."""
    signs = {"*": ".*", "?": "."}
    return f"(?s)^{''.join(signs.get(sign) or re.escape(sign) for sign in text)}$"
