"""Rows of the store that are events for a campaign: responses, and what brought revenue."""

# Names come from the schema and are quoted, values are literals that SQLGlot writes.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.binding import bind_row
from pipelines.bound import And, Between, Expression, Test
from pipelines.catalogue import Catalogue
from pipelines.conditions import FieldCondition
from pipelines.context import Context
from pipelines.dates import instant, shift
from pipelines.errors import ConditionError, nearest
from pipelines.response_rule import Event, ResponseRule, Revenue
from pipelines.schema import Column, FieldType, Table
from workbench.compiling.clocks import local_time
from workbench.compiling.literals import cell
from workbench.compiling.predicates import condition
from workbench.compiling.rules import DIALECT
from workbench.setup import Setup
from workbench.store.tables import quoted

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
        return self._rows(table, event.where if event else None, "response", own)

    def revenue(self, revenue: Revenue) -> str:
        table = self._setup.table(revenue.related)
        amounts = {column.name: column for column in table.columns if column.type in _MEASURED}
        if revenue.column not in amounts:
            raise ConditionError(
                f'{table.name} has no amount "{revenue.column}".', nearest(revenue.column, amounts), "revenue"
            )
        amount = f", coalesce({quoted(revenue.column)}::DOUBLE, 0) AS amount"
        return self._rows(table, revenue.where, "revenue", {}, amount)

    def _rows(self, table: Table, where: Any, place: str, own: dict[str, object], amount: str = "") -> str:
        """Say which rows of a table, none of a contact that is gone and none after the day."""
        if table.name == "interaction":
            own = {**own, **_HAPPENED}
        if table.name == "campaign_response":
            own = {**own, "campaign_no": self._campaign_no}
        wanted = [self._bound(FieldCondition(field=f, op="is", value=v), table, place) for f, v in own.items()]
        if where is not None:
            wanted.append(self._bound(where, table, place))
        tests = condition(And((*wanted, self._past(table)))).sql(dialect=DIALECT)
        day = _local_day(table.column(table.time), self._context.zone, self._context.as_of)
        rows = quoted(table.name)
        return f"SELECT contact_id, {day} AS happened_on{amount} FROM {rows} WHERE {tests} AND contact_id <> 0"

    def _bound(self, where: Any, table: Table, place: str) -> Expression:
        return bind_row(where, table, Catalogue(), self._context, place)

    def _past(self, table: Table) -> Test:
        time, as_of = table.column(table.time), self._context.as_of
        if time.type is FieldType.DATE:
            return Test(time, Between(high=as_of))
        return Test(time, Between(high=end_of(as_of, self._context.zone), high_open=True))


@lru_cache(maxsize=16)
def _local_day(time: Column, zone: ZoneInfo, as_of: dt.date) -> str:
    """Give the day of a row in a zone; the hundreds of clock changes of some zones are written once."""
    if time.type is FieldType.DATE:
        return quoted(time.name)
    return f"CAST({local_time(cell(time.name), zone, as_of).sql(dialect=DIALECT)} AS DATE)"


def end_of(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Find the instant at which a day ends.

    Parameters
    ----------
    day : datetime.date
        The day.
    zone : zoneinfo.ZoneInfo
        Where.

    Returns
    -------
    datetime.datetime
        Naive, in UTC, as the store keeps instants.
    """
    return instant(shift(day, 1, "day"), zone).replace(tzinfo=None)
