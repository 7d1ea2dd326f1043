"""Rows of the store that are events for a campaign: responses, and what brought revenue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from pipelines.binding import bind_row
from pipelines.bound import And, Expression
from pipelines.catalogue import Catalogue
from pipelines.conditions import FieldCondition
from pipelines.context import Context
from pipelines.dates import instant, shift
from pipelines.errors import ConditionError, nearest
from pipelines.response_rule import Event, ResponseRule, Revenue
from pipelines.schema import FieldType, Table
from workbench.compiling.clocks import local_time
from workbench.compiling.literals import cell, literal
from workbench.compiling.predicates import condition
from workbench.compiling.rules import DIALECT
from workbench.setup import Setup

_MEASURED = (FieldType.AMOUNT, FieldType.NUMBER)
_HAPPENED = {"is_canceled": False, "is_postponed": False}


@dataclass(frozen=True)
class Events:
    """Statements that give the events of a campaign.

    Attributes
    ----------
    responses : str
        Columns `contact_id` and `happened_on`, the day in the zone of the store.
    revenue : str
        The same with `amount`; empty where nothing is said of revenue.
    """

    responses: str
    revenue: str


def events_of(setup: Setup, campaign_no: str, rule: ResponseRule, context: Context) -> Events:
    """Compile the events of a response rule.

    Parameters
    ----------
    setup : Setup
        Fields of the store.
    campaign_no : str
        The campaign.
    rule : ResponseRule
        Its rule.
    context : Context
        The day after which nothing has happened, and the calendar.

    Returns
    -------
    Events
        One statement for each kind of event.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit the store; the message names the place.
    """
    compiler = _Compiler(setup, campaign_no, context)
    return Events(compiler.responses(rule.response), compiler.revenue(rule.revenue) if rule.revenue else "")


class _Compiler:
    """One compilation: the store's fields, the campaign and the day."""

    def __init__(self, setup: Setup, campaign_no: str, context: Context) -> None:
        self._setup, self._campaign_no, self._context = setup, campaign_no, context

    def responses(self, event: Event | None) -> str:
        table = self._setup.table(event.related if event else "interaction")
        own = {} if event else {"is_campaign_response": True, "campaign_no": self._campaign_no}
        return self._rows(table, event.where if event else None, "response", own).sql(dialect=DIALECT)

    def revenue(self, revenue: Revenue) -> str:
        table = self._setup.table(revenue.related)
        amounts = {column.name: column for column in table.columns if column.type in _MEASURED}
        if revenue.column not in amounts:
            raise ConditionError(
                f'{table.name} has no amount "{revenue.column}".', nearest(revenue.column, amounts), "revenue"
            )
        amount = exp.func("COALESCE", exp.cast(cell(revenue.column, table.name), "DOUBLE"), exp.Literal.number(0))
        rows = self._rows(table, revenue.where, "revenue", {})
        return rows.select(exp.alias_(amount, "amount")).sql(dialect=DIALECT)

    def _rows(self, table: Table, where: Any, place: str, own: dict[str, object]) -> exp.Select:
        """Say which rows of a table, none of a contact that is gone and none after the day."""
        if table.name == "interaction":
            own = {**own, **_HAPPENED}
        if table.name == "campaign_response":
            own = {**own, "campaign_no": self._campaign_no}
        tests = [self._bound(FieldCondition(field=f, op="is", value=v), table, place) for f, v in own.items()]
        if where is not None:
            tests.append(self._bound(where, table, place))
        happened, is_past = self._time(table)
        rows = exp.select(cell("contact_id", table.name), exp.alias_(happened, "happened_on"))
        rows = rows.from_(exp.to_table(table.name, quoted=True)).where(condition(And(tuple(tests)), table.name))
        is_somebody = exp.NEQ(this=cell("contact_id", table.name), expression=exp.Literal.number(0))
        return rows.where(is_past, is_somebody)

    def _bound(self, where: Any, table: Table, place: str) -> Expression:
        return bind_row(where, table, Catalogue(), self._context, place)

    def _time(self, table: Table) -> tuple[exp.Expr, exp.Expr]:
        """Give the local day of a row, and the test that it is not after the day of the evaluation."""
        time, as_of = table.column(table.time), self._context.as_of
        value = cell(time.name, table.name)
        if time.type is FieldType.DATE:
            return value, exp.LTE(this=value.copy(), expression=literal(as_of, FieldType.DATE))
        before = _end_of(as_of, self._context)
        day = exp.cast(local_time(value, self._context.zone, as_of), "DATE")
        return day, exp.LT(this=value.copy(), expression=literal(before, FieldType.TIMESTAMP))


def _end_of(day: dt.date, context: Context) -> dt.datetime:
    return instant(shift(day, 1, "day"), context.zone).replace(tzinfo=None)
