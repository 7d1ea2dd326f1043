"""Filter expressions of Business Central: read into conditions, and written for the rules of a segment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipelines import notes, walking
from pipelines.binding import bind
from pipelines.catalogue import Catalogue
from pipelines.conditions import COUNT_ROWS, Condition, FieldCondition, Group, Related
from pipelines.context import Context
from pipelines.errors import ConditionError, nearest
from pipelines.filter_conditions import to_condition
from pipelines.filter_text import FilterText, to_filter
from pipelines.places import first_problem
from pipelines.schema import Column
from pipelines.values import to_plain
from workbench.segments import wording
from workbench.segments.filter_results import FilterReading, RuleFilter, SegmentFilters
from workbench.segments.resolving import AnySegment, Resolving

_CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
_SOME_DAY = dt.date(2000, 1, 1)  # what can be written as a filter does not depend on the day


class Filtering(Resolving):
    """The use cases about filter expressions.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """

    def from_filter(self, field: str, expression: str, related: str | None = None) -> FilterReading:
        """Read a filter expression of Business Central.

        Parameters
        ----------
        field : str
            A field of contacts, ``company.`` and a field, or a field of the related rows.
        expression : str
            Such as ``Prague|Brno``, ``1000..1999`` or ``-30D..t``.
        related : str, optional
            The related rows, such as ``"sales_entry"``.

        Returns
        -------
        FilterReading
            What it says, conditions with the same members, and what may surprise.

        Raises
        ------
        ConditionError
            When there is no such field, or the expression cannot be read; the message names the position.
        """
        catalogue, context = self._evaluator.facts().catalogue, self._filter_context()
        own: dict[str, Any] = {"field": field, "op": "filter", "value": expression}
        rule = _read({"related": related, "where": own} if related else own)
        bind(rule, catalogue, context)
        column = _column(field, related, catalogue)
        found = to_condition(field, expression, column, context.fiscal_year_starts_on)
        condition = _read({"related": related, "where": found} if related else found)
        return FilterReading(
            field,
            related,
            expression,
            wording.rule(rule),
            wording.rule(condition),
            to_plain(condition),
            tuple(notes.notes_on(rule, catalogue)),
        )

    def to_filter(self, condition: FieldCondition | Related | Mapping[str, Any]) -> RuleFilter:
        """Write a condition as a filter expression of Business Central.

        Parameters
        ----------
        condition : FieldCondition, Related or mapping
            The condition.

        Returns
        -------
        RuleFilter
            The filter and its field, or the reason why there is none.

        Raises
        ------
        ConditionError
            When the condition does not fit the store.
        """
        catalogue, context = self._evaluator.facts().catalogue, self._filter_context()
        read = _read(condition)
        if isinstance(read, FieldCondition | Related):
            bind(read, catalogue, context)
        return _rule_filter(read, "", catalogue, context.week_starts_on)

    def filters(self, segment: AnySegment) -> SegmentFilters:
        """Write each rule of a segment as a filter expression of Business Central, where it has one.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.

        Returns
        -------
        SegmentFilters
            Every rule, in the order of the definition.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        """
        definition = self._resolved(segment)
        self._evaluator.check(definition)
        catalogue, week = self._evaluator.facts().catalogue, self._filter_context().week_starts_on
        week = definition.week_starts_on or week
        rules = walking.conditions(definition)
        return SegmentFilters(tuple(_rule_filter(rule, place, catalogue, week) for rule, place in rules))

    def _filter_context(self) -> Context:
        return self._evaluator.facts().settings.context(_SOME_DAY)


def _read(condition: Any) -> Any:
    try:
        return _CONDITION.validate_python(condition)
    except ValidationError as error:
        raise first_problem(error) from None


def _column(field: str, related: str | None, catalogue: Catalogue) -> Column:
    known = catalogue.row_fields(related) if related else catalogue.contact_fields()
    name = field if related else field.removeprefix("company.")
    if name not in known:
        raise ConditionError(f'There is no field "{field}".', nearest(name, known))
    return known[name]


def _rule_filter(rule: Any, place: str, catalogue: Catalogue, week_starts_on: str) -> RuleFilter:
    condition, related, reason = _one_field(rule, catalogue)
    found = FilterText(None, reason)
    if condition is not None:
        column = _column(condition.field, related or None, catalogue)
        found = to_filter(condition, column, week_starts_on)
    field = condition.field if condition is not None else ""
    return RuleFilter(place, wording.rule(rule), field, related, found.expression, found.reason)


def _one_field(rule: Any, catalogue: Catalogue) -> tuple[FieldCondition | None, str, str]:
    """Find the one field that a rule asks about; or say why it is no filter."""
    if isinstance(rule, FieldCondition):
        return rule, "", ""
    if not isinstance(rule, Related):
        return None, "", "it asks about no single field"
    if (rule.measure, rule.op, rule.value) != (COUNT_ROWS, "at_least", 1):
        return None, rule.related, "a filter asks for rows and measures nothing"
    asked: list[Any] = _conditions_of(rule.where)
    if rule.within is not None:
        time = catalogue.related[rule.related].time
        asked.append(FieldCondition(field=time, op=rule.within.op, value=rule.within.value))
    if not asked:
        return None, rule.related, "it asks for any row at all"
    if len(asked) > 1 or not isinstance(asked[0], FieldCondition):
        return None, rule.related, "it takes more than one filter on the same row"
    return asked[0], rule.related, ""


def _conditions_of(where: Group | None) -> list[Any]:
    return [] if where is None else list(where.children) if hasattr(where, "all") else [where]
