"""Why a contact is in a segment or not: what every rule met, by the reference engine on the rows that concern it.

The rows are few, so being slow and obvious costs nothing; and the explanation is a second opinion on the fast engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from pipelines.binding import Context, bind, spelled_out
from pipelines.bound import And, BoundField, BoundRelated, BoundScore, Complement, Expression, IsKnown, Or, Test
from pipelines.catalogue import Catalogue
from pipelines.conditions import All, AnyOf, CampaignReference, FieldCondition, Not, kind_of, leaves
from pipelines.definition import ContactType, Definition
from pipelines.matching import measures, people, plain_rows, rows_satisfying, satisfies, scored_values, tested_columns
from pipelines.schema import Column, FieldType, Table
from pipelines.selecting import Reference, satisfying
from pipelines.suppressing import reasons
from pipelines.truths import DecidingRow, Met, Node, Tree, Truth, every, group, opposite, some

SHOWN_ROWS = 20

_JOINED: tuple[tuple[type, str], ...] = ((All, "all"), (AnyOf, "any"), (Not, "not"))


def tree_of(
    definition: Definition,
    contact_id: int,
    frames: Mapping[str, pd.DataFrame],
    catalogue: Catalogue,
    context: Context,
    references: Mapping[Reference, Collection[int]],
) -> Tree:
    """Say of every rule and group of a definition what it says of one contact.

    Parameters
    ----------
    definition : Definition
        The segment.
    contact_id : int
        The contact.
    frames : mapping of str to pandas.DataFrame
        As for `pipelines.selecting.members`; the rows that concern the contact are enough: its own, its company's,
        those of its people where it is a company.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and the definition's calendar.
    references : mapping of Reference to collection of int
        The contact ids of each segment, snapshot and list that the definition refers to.

    Returns
    -------
    Tree
        The base, the steps and the suppressions.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit.

    Notes
    -----
    A rule that meets an unknown value is unknown, unless it asks whether the value is recorded. A many-valued field
    without values is empty, which is not unknown; that of a company is unknown where there is no company. Counts and
    sums over no rows are 0, other measures of no rows unknown.
    """
    teller = _Teller(contact_id, frames, catalogue, context, references)
    base: Any = definition.base
    if isinstance(base, ContactType):
        base = FieldCondition(field="type", op="is", value=base.type)
    return Tree(
        None if base is None else teller.node(base, "base"),
        tuple(
            (step.action, teller.node(step.condition, str(number)))
            for number, step in enumerate(definition.steps, start=1)
        ),
        tuple(
            (reason, teller.node(condition, f"suppress.{number}"))
            for number, (reason, condition) in enumerate(reasons(definition.suppress).items(), start=1)
        ),
    )


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


class _Teller:
    """What the rules say of one contact."""

    def __init__(
        self,
        contact_id: int,
        frames: Mapping[str, pd.DataFrame],
        catalogue: Catalogue,
        context: Context,
        references: Mapping[Reference, Collection[int]],
    ) -> None:
        self.contact_id, self.frames = contact_id, frames
        self.catalogue, self.context, self.references = catalogue, context, references

    def node(self, condition: Any, path: str) -> Node:
        for kind, joined in _JOINED:
            if isinstance(condition, kind):
                children = enumerate(condition.children, start=1)  # type: ignore[attr-defined]
                told = tuple(self.node(child, f"{path}.{number}") for number, child in children)
                return group(path, condition, joined, told)  # type: ignore[arg-type]
        hits = satisfying(condition, self.frames, self.catalogue, self.context, self.references)
        holds = self.contact_id in hits
        truth, met = self.rule(condition, holds)
        return Node(path, condition, truth, holds, met=met)

    def rule(self, condition: Any, holds: bool) -> tuple[Truth, Met]:
        """Say whether a rule is true and what it met."""
        if kind_of(condition) in ("field", "related", "score"):
            bound = bind(condition, self.catalogue, self.context)
            if isinstance(bound, BoundRelated):
                return self.related(bound)
            if isinstance(bound, BoundScore):
                return self.score(bound)
            if isinstance(bound, BoundField):
                return self.field(bound, condition.field)
        if isinstance(condition, CampaignReference):
            return holds, self.campaign(condition)
        return holds, Met()

    def field(self, bound: BoundField, name: str) -> tuple[Truth, Met]:
        column = self.catalogue.contact.by_name[name.removeprefix("company.")]
        value = self.own(column, of_company=bound.of_company)
        return truth_of(bound.test, {column.name: value}), Met(column, value)

    def own(self, column: Column, *, of_company: bool) -> Any:
        """Give a value of the contact's own row, or of its company's."""
        contacts = self.frames["contact"]
        frame = contacts[contacts["contact_id"] == self.contact_id]
        if of_company:
            frame = contacts[contacts["contact_no"] == frame["company_no"].iloc[0]]
        if frame.empty:
            return None
        value = next(plain_rows(frame, [column]))[column.name]
        return frozenset() if value is None and column.type is FieldType.MANY else value

    def score(self, bound: BoundScore) -> tuple[Truth, Met]:
        value = scored_values(bound, self.frames)[self.contact_id]
        if bound.run is None:
            return truth_of(bound.test, {bound.column.name: value}), Met(bound.column, value, (), 0)
        rows = self.frames[bound.table.name]
        rows = rows[(rows["contact_id"] == self.contact_id) & (rows["scored_on"].dt.date == bound.run)]
        shown = self.shown(rows, bound.table, [bound.table.column("scored_on"), bound.column])
        return truth_of(bound.test, {bound.column.name: value}), Met(bound.column, value, shown, len(rows))

    def related(self, bound: BoundRelated) -> tuple[Truth, Met]:
        value = measures(bound, self.frames)[self.contact_id]
        rows = self.deciding(bound, value)
        looked_at = [*tested_columns(bound.where), *([bound.column] if bound.column else [])]
        met = Met(bound.value, value, self.shown(rows, bound.table, looked_at), len(rows))
        return truth_of(bound.test, {bound.value.name: value}), met

    def deciding(self, bound: BoundRelated, value: Any) -> pd.DataFrame:
        """Give the rows the measure is of; of a lowest, highest, first or latest value, those that have it."""
        rows = self.rows(bound)
        if bound.measure in ("first", "latest"):
            rows = rows[rows[bound.table.time].notna()].sort_values([bound.table.time, "entry_no"])
            return rows.head(1) if bound.measure == "first" else rows.tail(1)
        if bound.measure in ("minimum", "maximum") and bound.column:
            return rows[[row[bound.column.name] == value for row in plain_rows(rows, [bound.column])]]
        return rows

    def rows(self, bound: BoundRelated) -> pd.DataFrame:
        """Give the contact's rows that the rule is about, and its people's where they count as its own."""
        frame = self.frames[bound.table.name]
        whose = [self.contact_id]
        if bound.rolls_up:
            whose += people(self.frames["contact"]).get(self.contact_id, [])
        frame = frame[frame["contact_id"].isin(whose)]
        return frame[rows_satisfying(bound.where, frame)]

    def campaign(self, condition: CampaignReference) -> Met:
        """Give the entries and the responses that a campaign's rule is about."""
        bound = [bind(leaf, self.catalogue, self.context) for leaf in leaves(spelled_out(condition))]
        told = [self.related(one)[1] for one in bound if isinstance(one, BoundRelated)]
        rows = tuple(row for met in told for row in met.rows)
        return Met(rows=rows[:SHOWN_ROWS], row_count=sum(met.row_count or 0 for met in told))

    def shown(self, rows: pd.DataFrame, table: Table, looked_at: Collection[Column]) -> tuple[DecidingRow, ...]:
        """Give the latest rows, with their number and time and what was looked at."""
        return tuple(DecidingRow(table.name, values) for values in _latest(rows, table, looked_at))


def _latest(rows: pd.DataFrame, table: Table, looked_at: Collection[Column]) -> Iterator[Mapping[str, Any]]:
    by = [name for name in (table.time, "entry_no") if name in rows.columns]
    latest = rows.sort_values(by, ascending=False, na_position="last").head(SHOWN_ROWS) if by else rows
    named = [table.time, "contact_no", *table.key, *(column.name for column in looked_at)]
    columns = [table.by_name[name] for name in dict.fromkeys(named) if name in table.by_name]
    return plain_rows(latest, columns)
