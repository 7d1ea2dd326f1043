"""Which rows a definition needs to know of a contact to tell whether it is in or out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines.binding import bind, spelled_out
from pipelines.bound import (
    VALUES,
    And,
    Between,
    Bound,
    BoundField,
    BoundHabit,
    BoundRelated,
    BoundScore,
    BoundSequence,
    Expression,
    Or,
    Reach,
    Test,
)
from pipelines.catalogue import Catalogue
from pipelines.conditions import (
    CampaignReference,
    CompanyHas,
    ListReference,
    SegmentReference,
    SnapshotReference,
    SqlCondition,
    leaves,
)
from pipelines.context import Context
from pipelines.definition import ContactType, Definition
from pipelines.matching import tested_columns
from pipelines.schema import Column, Table
from pipelines.selecting import Reference
from pipelines.suppressing import reasons

_REFERENCES: Mapping[str, type[Reference]] = {
    "segment": SegmentReference,
    "snapshot": SnapshotReference,
    "list": ListReference,
    "sql": SqlCondition,
}


@dataclass
class Needs:
    """What has to be known of a contact, beside its number, company and type.

    Attributes
    ----------
    fields : dict of Column to None
        Of the contact, or of its company.
    rows : dict of Table to list of Expression
        Which related rows: those that satisfy any of the tests.
    references : dict of Reference to None
        Whose members have to be known.
    of_company : bool
        Whether the company's own row is needed.
    of_people : bool
        Whether the rows of a company's people are needed.
    of_colleagues : bool
        Whether everything is needed of everybody at the contact's company.
    """

    fields: dict[Column, None] = field(default_factory=dict)
    rows: dict[str, tuple[Table, list[Expression]]] = field(default_factory=dict)
    references: dict[Reference, None] = field(default_factory=dict)
    of_company: bool = False
    of_people: bool = False
    of_colleagues: bool = False

    def rows_of(self, name: str) -> tuple[Table, Expression]:
        """Say which rows of a table are needed.

        Parameters
        ----------
        name : str
            The table.

        Returns
        -------
        tuple of Table and Expression
            The table, and the test that its rows have to satisfy.
        """
        table, tests = self.rows[name]
        return table, Or(tuple(tests))


def needs_of(definition: Definition, catalogue: Catalogue, context: Context) -> Needs:
    """Find out which rows a definition needs.

    Parameters
    ----------
    definition : Definition
        The segment; its limit is left out, which looks at everybody.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and the definition's calendar.

    Returns
    -------
    Needs
        Rows after the day of evaluation are in none of them.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit.
    """
    needs = Needs()
    if isinstance(definition.base, ContactType):
        needs.fields[catalogue.contact.by_name["type"]] = None
    for rule in _rules(definition):
        if isinstance(rule, Reference):
            needs.references[rule] = None
        elif isinstance(rule, CompanyHas):
            needs.of_colleagues = True
        else:
            _add(needs, bind(rule, catalogue, context))
    return needs


def references_in(evidence: Mapping[str, pd.DataFrame]) -> dict[Reference, frozenset[int]]:
    """Read who is in what a definition refers to from the evidence itself.

    Parameters
    ----------
    evidence : mapping of str to pandas.DataFrame
        Under ``"reference"``: columns kind, name, contact_id and is_member.

    Returns
    -------
    dict of Reference to frozenset of int
        Contact ids, of those whom the evidence speaks of.
    """
    found: dict[Reference, frozenset[int]] = {}
    for row in evidence["reference"].to_dict("records"):
        reference = _REFERENCES[row["kind"]].model_validate({row["kind"]: row["name"]})
        found[reference] = found.get(reference, frozenset()) | ({int(row["contact_id"])} if row["is_member"] else set())
    return found


def _rules(definition: Definition) -> Iterator[Any]:
    base = definition.base
    roots = [] if base is None or isinstance(base, ContactType) else [base]
    roots += [step.condition for step in definition.steps]
    for root in [*roots, *reasons(definition.suppress).values()]:
        yield from _spelled_out(root)


def _spelled_out(root: Any) -> Iterator[Any]:
    """Walk the rules below a group, those about campaigns and companies followed by what they are made of."""
    for rule in leaves(root):
        if isinstance(rule, CampaignReference):
            yield from leaves(spelled_out(rule))
        else:
            yield rule
        if isinstance(rule, CompanyHas):
            yield from _spelled_out(rule.company_has)


def _add(needs: Needs, bound: Bound) -> None:
    if isinstance(bound, BoundField):
        needs.fields.update(tested_columns(bound.test))
        needs.of_company |= bound.of_company
    elif isinstance(bound, BoundRelated):
        needs.of_people |= bound.reach is Reach.PEOPLE
        needs.of_company |= bound.reach is Reach.COMPANY
        if bound.measure == VALUES and bound.column is not None:
            needs.fields[bound.column] = None
        else:
            _add_rows(needs, bound.table, bound.where)
    elif isinstance(bound, BoundScore) and bound.run is not None:
        run = Test(bound.table.column("scored_on"), Between(bound.run, bound.run))
        _add_rows(needs, bound.table, run)
    elif isinstance(bound, BoundSequence):
        for event in bound.events:
            _add_rows(needs, event.table, event.where)
    elif isinstance(bound, BoundHabit):
        column = bound.table.column(bound.table.time)
        in_periods = Test(column, Between(high=bound.cuts[-1], high_open=True))
        _add_rows(needs, bound.table, And((bound.where, in_periods)))


def _add_rows(needs: Needs, table: Table, test: Expression) -> None:
    tests = needs.rows.setdefault(table.name, (table, []))[1]
    if test not in tests:
        tests.append(test)
