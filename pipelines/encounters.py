"""What one rule meets in the rows that concern one contact: a value, and the rows that decide."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipelines import dates
from pipelines.binding import bind, spelled_out
from pipelines.bound import (
    VALUES,
    And,
    Between,
    BoundField,
    BoundHabit,
    BoundRelated,
    BoundScore,
    BoundSequence,
    Complement,
    Expression,
    IsKnown,
    Or,
    Reach,
    Test,
)
from pipelines.catalogue import Catalogue
from pipelines.conditions import CampaignReference, leaves
from pipelines.context import Context
from pipelines.matching import measures, plain_rows, reached, rows_satisfying, satisfies, scored_values, tested_columns
from pipelines.schema import Column, FieldType, Table
from pipelines.selecting import Reference
from pipelines.timelines import follows
from pipelines.truths import DecidingRow, Met, Truth, every, opposite, some

SHOWN_ROWS = 20
BUSY = Column("value", FieldType.INTEGER, "number of periods")


@dataclass(frozen=True)
class Case:
    """One contact and everything that is known of it.

    Attributes
    ----------
    contact_id : int
        The contact.
    frames : mapping of str to pandas.DataFrame
        As for `pipelines.selecting.members`; the rows that concern the contact are enough.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and the definition's calendar.
    references : mapping of Reference to collection of int
        The contact ids of each segment, snapshot, list and query that the definition refers to.
    """

    contact_id: int
    frames: Mapping[str, pd.DataFrame]
    catalogue: Catalogue
    context: Context
    references: Mapping[Reference, Collection[int]]

    def of(self, contact_id: int) -> Case:
        """Turn to another contact.

        Parameters
        ----------
        contact_id : int
            Somebody at the same company.

        Returns
        -------
        Case
            On the same rows.
        """
        return replace(self, contact_id=contact_id)

    def rows(self, table: Table, where: Expression, reach: Reach = Reach.OWN) -> pd.DataFrame:
        """Give the rows that count for the contact and satisfy a test.

        Parameters
        ----------
        table : Table
            Whose rows.
        where : Expression
            Which of them.
        reach : Reach, optional
            Whose rows count.

        Returns
        -------
        pandas.DataFrame
            In the order of the frame.
        """
        frame = self.frames[table.name]
        frame = frame[frame["contact_id"].isin(reached(reach, self.frames["contact"])[self.contact_id])]
        return frame[rows_satisfying(where, frame)]

    def own(self, column: Column, *, of_company: bool = False) -> Any:
        """Give a value of the contact's own row, or of its company's.

        Parameters
        ----------
        column : Column
            Which.
        of_company : bool, optional
            Whether the company's is meant.

        Returns
        -------
        object
            A plain value; None where unknown, an empty set for a many-valued field without values.
        """
        contacts = self.frames["contact"]
        frame = contacts[contacts["contact_id"] == self.contact_id]
        if of_company:
            frame = contacts[contacts["contact_no"] == frame["company_no"].iloc[0]]
        if frame.empty:
            return None
        value = next(plain_rows(frame, [column]))[column.name]
        return frozenset() if value is None and column.type is FieldType.MANY else value


def truth_of(test: Expression, row: Mapping[str, Any]) -> Truth:
    """Tell whether one row satisfies a test, as far as what is recorded tells.

    Parameters
    ----------
    test : Expression
        Tests on columns, joined by And, Or and Complement.
    row : mapping of str to object
        Plain values by column; None where unknown, an empty set where many-valued and empty.

    Returns
    -------
    bool or None
        None where it depends on an unknown value.
    """
    match test:
        case And(tests):
            return every([truth_of(inner, row) for inner in tests])
        case Or(tests):
            return some([truth_of(inner, row) for inner in tests])
        case Complement(inner):
            return opposite(truth_of(inner, row))
        case Test(column, primitive):
            value = row[column.name]
            if value == frozenset():
                return False
            return None if value is None and not isinstance(primitive, IsKnown) else satisfies(test, row)


def encountered(condition: Any, case: Case, *, holds: bool) -> tuple[Truth, Met]:
    """Say whether a rule is true of a contact and what it met.

    Parameters
    ----------
    condition : Rule or CampaignReference
        The rule.
    case : Case
        The contact.
    holds : bool
        What the engine says; the truth of rules that meet no value that could be unknown.

    Returns
    -------
    tuple of bool or None, and Met
        The truth, and what the rule met.
    """
    if isinstance(condition, CampaignReference):
        return holds, _of_campaign(condition, case)
    bound = bind(condition, case.catalogue, case.context)
    if isinstance(bound, BoundField):
        column = case.catalogue.contact.by_name[condition.field.removeprefix("company.")]
        value = case.own(column, of_company=bound.of_company)
        return truth_of(bound.test, {column.name: value}), Met(column, value)
    if isinstance(bound, BoundRelated | BoundScore):
        met = _of_related(bound, case) if isinstance(bound, BoundRelated) else _of_score(bound, case)
        return truth_of(bound.test, {str(met.column and met.column.name): met.value}), met
    return holds, _of_sequence(bound, case) if isinstance(bound, BoundSequence) else _of_habit(bound, case)


def _of_score(bound: BoundScore, case: Case) -> Met:
    value = scored_values(bound, case.frames)[case.contact_id]
    if bound.run is None:
        return Met(bound.column, value, (), 0)
    day = bound.table.column("scored_on")
    rows = case.rows(bound.table, Test(day, Between(bound.run, bound.run)))
    return Met(bound.column, value, _shown(rows, bound.table, [bound.column]), len(rows))


def _of_related(bound: BoundRelated, case: Case) -> Met:
    value = measures(bound, case.frames)[case.contact_id]
    if bound.measure == VALUES:
        return Met(bound.value, value)
    rows = _measured(bound, case.rows(bound.table, bound.where, bound.reach), value)
    looked_at = [*tested_columns(bound.where), *([bound.column] if bound.column else [])]
    if bound.reach is not Reach.OWN:
        looked_at.append(bound.table.column("contact_no"))
    return Met(bound.value, value, _shown(rows, bound.table, looked_at), len(rows))


def _measured(bound: BoundRelated, rows: pd.DataFrame, value: Any) -> pd.DataFrame:
    """Give the rows the measure is of; of a lowest, highest, first or latest value, those that have it."""
    if bound.measure in ("first", "latest"):
        rows = rows[rows[bound.table.time].notna()].sort_values([bound.table.time, "entry_no"])
        return rows.head(1) if bound.measure == "first" else rows.tail(1)
    if bound.measure in ("minimum", "maximum") and bound.column:
        return _those(rows, [row[bound.column.name] == value for row in plain_rows(rows, [bound.column])])
    return rows


def _of_campaign(condition: CampaignReference, case: Case) -> Met:
    """Give the entries and the responses that a campaign's rule is about."""
    bound = [bind(leaf, case.catalogue, case.context) for leaf in leaves(spelled_out(condition))]
    told = [_of_related(one, case) for one in bound if isinstance(one, BoundRelated)]
    return Met(
        rows=tuple(row for met in told for row in met.rows)[:SHOWN_ROWS],
        row_count=sum(met.row_count or 0 for met in told),
    )


def _of_habit(bound: BoundHabit, case: Case) -> Met:
    """Give the rows of the periods that count; of a regular habit also in how many of those there were enough."""
    rows = case.rows(bound.table, bound.where)
    times = (row[bound.table.time] for row in plain_rows(rows, [bound.table.column(bound.table.time)]))
    periods = [None if time is None else bisect_right(bound.cuts, time) for time in times]
    in_periods = Counter(periods)
    busy = sum(in_periods[period] >= bound.at_least for period in bound.busy)
    rows = _those(rows, [period in (*bound.busy, *bound.quiet) for period in periods])
    met = Met() if bound.quiet else Met(BUSY, busy)
    return replace(met, rows=_shown(rows, bound.table, tested_columns(bound.where)), row_count=len(rows))


def _of_sequence(bound: BoundSequence, case: Case) -> Met:
    """Give the rows of one sequence; where there is none, all that could be events."""
    events = [list(_instants(bound, number, case)) for number in range(len(bound.events))]
    chain = _chain(bound, events)
    found = chain or [row for event in events for row in event]
    rows = [row for _, row in sorted(found, key=lambda item: item[0], reverse=not chain)]
    return Met(rows=tuple(rows[:SHOWN_ROWS]), row_count=len(found))


_Timed = tuple[dt.datetime, DecidingRow]


def _instants(bound: BoundSequence, number: int, case: Case) -> Iterator[_Timed]:
    event = bound.events[number]
    rows = case.rows(event.table, event.where)
    for values in plain_rows(rows, _columns(event.table, tested_columns(event.where))):
        time = values[event.table.time]
        if time is not None:
            is_instant = isinstance(time, dt.datetime)
            yield time if is_instant else dates.instant(time, bound.zone), DecidingRow(event.table.name, values)


def _chain(bound: BoundSequence, events: Sequence[Sequence[_Timed]]) -> list[_Timed]:
    """Find rows that follow each other as the sequence asks: from each first on, the earliest that follow."""
    for first in sorted(events[0], key=lambda item: item[0]):
        chain = [first]
        for event in events[1:]:
            later = [item for item in event if item[0] > chain[-1][0]]
            chain += [min(later, key=lambda item: item[0])] if later else []
        if len(chain) == len(events) and follows(bound, [[instant] for instant, _ in chain]):
            return chain
    return []


def _shown(rows: pd.DataFrame, table: Table, looked_at: Collection[Column]) -> tuple[DecidingRow, ...]:
    """Give the latest rows, with their number and time and what was looked at."""
    by = [*([table.time] if table.time else []), "entry_no"]
    latest = rows.sort_values(by, ascending=False, na_position="last").head(SHOWN_ROWS)
    return tuple(DecidingRow(table.name, values) for values in plain_rows(latest, _columns(table, looked_at)))


def _those(rows: pd.DataFrame, picked: list[bool]) -> pd.DataFrame:
    return rows[pd.Series(picked, index=rows.index, dtype=bool)]


def _columns(table: Table, looked_at: Collection[Column]) -> list[Column]:
    named = [table.time, *(name for name in table.key if name != "contact_no"), *(column.name for column in looked_at)]
    return [table.by_name[name] for name in dict.fromkeys(named) if name in table.by_name]
