"""Traps of filter expressions in a definition: what they mean exactly, where a reader may expect something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines import filter_rules
from pipelines.catalogue import Catalogue
from pipelines.conditions import FieldCondition, Habit, Related, Sequence, SequenceStep
from pipelines.definition import Definition
from pipelines.errors import ConditionError
from pipelines.filter_expression import Operand, Range
from pipelines.schema import Column, FieldType
from pipelines.walking import conditions, within

_TEXTUAL = (FieldType.TEXT, FieldType.MANY)
_FIRST_SIGNS = "123456789"
_MOST_DIGITS = 300


def notes(definition: Definition, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Point out the traps of a definition's filter expressions.

    Parameters
    ----------
    definition : Definition
        One that fits the catalogue; what does not is passed over.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    list of tuple of str
        Place and what to know there, in the order of the definition.

    Notes
    -----
    There are two. Intervals on text compare sign by sign, which numbers written as text do not expect:
    ``10000..10042`` also takes 100000. And ``<>`` on related rows, or on a field of many values, asks for one that is
    different, not that none is the same.
    """
    return [(place, text) for leaf, place in conditions(definition) for text in notes_on(leaf, catalogue)]


def notes_on(condition: Any, catalogue: Catalogue) -> list[str]:
    """Point out the traps of one condition on contacts.

    Parameters
    ----------
    condition : Condition
        No group.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    list of str
        What to know about it.
    """
    found = [*_on_contact(condition, catalogue)]
    parts = condition.sequence if isinstance(condition, Sequence) else (condition,)
    for part in parts:
        if isinstance(part, Related | SequenceStep | Habit) and part.related in catalogue.related:
            found += _on_rows(part, catalogue)
    return found


def _on_contact(condition: Any, catalogue: Catalogue) -> Iterator[str]:
    if isinstance(condition, FieldCondition) and condition.op == "filter":
        column = catalogue.contact_fields().get(condition.field.removeprefix("company."))
        if column is not None:
            yield from _traps(condition.value, column, column.name if column.type is FieldType.MANY else "")


def _on_rows(part: Related | SequenceStep | Habit, catalogue: Catalogue) -> Iterator[str]:
    fields = catalogue.row_fields(part.related)
    for condition, _ in within(part.where, "") if part.where is not None else ():
        if isinstance(condition, FieldCondition) and condition.op == "filter" and condition.field in fields:
            yield from _traps(condition.value, fields[condition.field], part.related)
    if isinstance(part, Related) and part.op == "filter" and part.measure.kind in ("first", "latest"):
        column = fields.get(part.measure.field)
        yield from _traps(part.value, column, "") if column is not None else ()


def _traps(expression: Any, column: Column, rows: str) -> Iterator[str]:
    try:
        part = filter_rules.read(expression, column)
    except (ConditionError, TypeError):
        return
    for one in filter_rules.ranges(part) if column.type in _TEXTUAL else ():
        more, less = _surprise(one, takes=True), _surprise(one, takes=False)
        if more:
            yield f'The interval "{one.written}" compares text sign by sign, so it also takes "{more}".'
        elif less:
            yield f'The interval "{one.written}" compares text sign by sign, so it does not take "{less}".'
    for exception in filter_rules.exceptions(part):
        if rows and not filter_rules.takes_blank(exception.part):
            yield f'"{exception.written}" on {rows} asks for one that is different, not that none is the same.'


def _surprise(part: Range, *, takes: bool) -> str | None:
    """Find a number that an interval on text takes although it lies outside, or leaves out although it lies inside."""
    ends = [end.text for end in (part.low, part.high) if end is not None]
    if not all(end.isascii() and end.isdecimal() and len(end) <= _MOST_DIGITS for end in ends):
        return None
    digits = max(map(len, ends))
    candidates = [f"{end}0" for end in ends] + [f"{sign}{'0' * n}" for n in (digits, 0) for sign in _FIRST_SIGNS]
    for one in (*ends, *candidates):
        if _lies_in(one, part) is takes and _lies_in(int(one), part) is not takes:
            return one
    return None


def _lies_in(value: str | int, part: Range) -> bool:
    low, high = _end(part.low, value), _end(part.high, value)
    above = low is None or (value > low if part.is_open else value >= low)
    return above and (high is None or (value < high if part.is_open else value <= high))


def _end(operand: Operand | None, like: str | int) -> Any:
    return None if operand is None else type(like)(operand.text)
