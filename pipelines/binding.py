"""From what a definition says to what an engine has to test.

Binding checks every field, operator and value against a catalogue, turns each negative operator into the complement
of its positive one and each relative date into days or instants. What is left is a handful of tests on columns; the
SQL compiler and the reference engine both start from there, and neither knows an operator by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipelines import dates, habits
from pipelines.bound import (
    VALUES,
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
    Or,
    Test,
)
from pipelines.catalogue import COMPUTED, Catalogue
from pipelines.column_tests import TEMPORAL, ColumnTests, complement
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
from pipelines.context import Context
from pipelines.errors import ConditionError, nearest
from pipelines.schema import Column, FieldType, Table
from pipelines.scores import parted
from pipelines.values import Span

_NUMERIC = (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)


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
        return _Binder(catalogue, context, where).computed(name)
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


class _Binder(ColumnTests):
    """One binding: the catalogue, the context and the place it works at."""

    def __init__(self, catalogue: Catalogue, context: Context, where: str) -> None:
        super().__init__(context, where)
        self.catalogue = catalogue

    def contact_field(self, condition: FieldCondition) -> Bound:
        if condition.field in COMPUTED:
            bound = self.computed(condition.field)
            return replace(bound, test=self.test(bound.value, condition))
        name = condition.field.removeprefix("company.")
        of_company = name != condition.field
        known = self.catalogue.contact.by_name
        if name not in known:
            near = nearest(name, known) if of_company else ""
            hint = near.replace('"', '"company.', 1) if near.startswith("Did") else ""
            self.refuse(
                f'There is no field "{condition.field}".', hint or nearest(name, self.catalogue.contact_fields())
            )
        return BoundField(self.test(known[name], condition), of_company)

    def computed(self, name: str) -> BoundRelated:
        """Bind what a computed field is computed from, without a test."""
        source, reach = COMPUTED[name].source, COMPUTED[name].reach
        if isinstance(source, Related):
            return replace(self.measure_of(source), reach=reach)
        contact, always = self.catalogue.contact, And(())
        value = Column("value", FieldType.INTEGER, "number of values")
        return BoundRelated(contact, always, VALUES, contact.column(source), value, always, reach)

    def related(self, condition: Related) -> BoundRelated:
        bound = self.measure_of(condition)
        return replace(bound, test=self.test(bound.value, condition))

    def measure_of(self, condition: Related) -> BoundRelated:
        table = self.related_table(condition.related)
        fields = self.catalogue.row_fields(condition.related)
        tests = [self.in_time(table, condition.within)]
        if condition.where is not None:
            tests.append(self.rows(condition.where, fields, table))
        column, value = self.measured(condition.measure, fields, table)
        return BoundRelated(table, And(tuple(tests)), condition.measure.kind, column, value, And(()))

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
            return complement(self.rows(condition.not_, fields, table))
        if not isinstance(condition, FieldCondition):
            self.refuse(
                "Inside where, conditions speak of fields of the row only.",
                "Move this one beside the related condition.",
            )
        if condition.field not in fields:
            self.refuse(f'{table.name} has no field "{condition.field}".', nearest(condition.field, fields))
        return self.test(fields[condition.field], condition)

    def in_time(self, table: Table, window: Window | None) -> Expression:
        """Keep the rows of the window, none after as_of unless the table looks ahead.

        Rows without a time are kept only when no window asks.
        """
        end = dates.shift(self.context.as_of, 1, "day")
        if not table.time:
            if window is not None:
                self.refuse(f"Rows of {table.name} have no date, so no window can hold them.", "Leave out within.")
            return And(())
        column = table.column(table.time)
        if window is None and table.looks_ahead:
            return And(())
        if window is None:
            late = Test(column, Between(low=self.bound_of(column, end)))
            return (
                Complement(late)
                if column.nullable
                else Test(column, Between(high=self.bound_of(column, end), high_open=True))
            )
        first, after = self.interval(window.op, window.value)
        return self.in_interval(column, (first, after if table.looks_ahead else min(after or end, end)))

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
            "minimum": _NUMERIC + TEMPORAL,
            "maximum": _NUMERIC + TEMPORAL,
        }
        if column.type is FieldType.MANY or column.type not in admitted.get(kind, (column.type,)):
            self.refuse(
                f"{kind} cannot be taken of {column.name}, which is {column.type.value}.",
                "Count rows, or measure another field.",
            )
        if kind in ("first", "latest") and not table.time:
            self.refuse(f"Rows of {table.name} have no date, so none is {kind}.", "Use where instead.")


def _measure_type(kind: str, type_: FieldType) -> FieldType:
    if kind == "distinct":
        return FieldType.INTEGER
    return FieldType.NUMBER if kind == "average" else type_
