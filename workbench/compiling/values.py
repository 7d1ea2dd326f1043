"""Values of fields for some contacts: for an order, a preview, a card or a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlglot import exp

from pipelines.binding import bind_field_value
from pipelines.bound import BoundRelated, BoundScore
from pipelines.catalogue import COMPUTED, Catalogue
from pipelines.context import Context
from pipelines.errors import ConditionError, nearest
from pipelines.schema import Column, Table, conform
from pipelines.scores import parted
from workbench.compiling.rules import DIALECT, measured, scored
from workbench.store import Connection, tables

MEMBERS = "chosen_contact"


@contextmanager
def offered(con: Connection, ids: npt.NDArray[Any]) -> Iterator[None]:
    """Let statements join the members as a table of contact ids.

    Parameters
    ----------
    con : connection
        An open unit of work.
    ids : numpy.ndarray of int
        The members.

    Yields
    ------
    None
        While the table is there.
    """
    con.register(MEMBERS, pd.DataFrame({"contact_id": ids.astype(np.int32)}))
    try:
        yield
    finally:
        con.unregister(MEMBERS)


def column_of(name: str, catalogue: Catalogue) -> Column:
    """Find a field that can stand in a preview or a file.

    Parameters
    ----------
    name : str
        A contact's field, a computed field, ``company.`` and a field, or ``score.NAME.FIELD``.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    Column
        Under the name that was asked for.

    Raises
    ------
    ConditionError
        When there is no such field.
    """
    if (of_score := parted(name)) is not None:
        return _of_score(name, *of_score, catalogue)
    known = catalogue.contact_fields()
    bare = name.removeprefix("company.")
    if bare not in known or (bare != name and bare in COMPUTED):
        raise ConditionError(f'There is no field "{name}".', nearest(bare, known))
    found = known[bare]
    return Column(
        name,
        found.type,
        found.meaning,
        found.nullable or bare != name,
        found.choices,
        is_custom=found.is_custom,
    )


def _of_score(name: str, score: str, field: str, catalogue: Catalogue) -> Column:
    if score not in catalogue.scores:
        raise ConditionError(f'There is no score "{score}".', nearest(score, catalogue.scores))
    known = catalogue.scores[score].fields
    if field not in known:
        raise ConditionError(f'The score {score} has no field "{field}".', nearest(field, known))
    return replace(known[field], name=name)


@dataclass(frozen=True)
class Scope:
    """What the values of fields depend on, beside the contact.

    Attributes
    ----------
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and calendar of computed fields.
    companies_have_people : bool
        False where no contact belongs to a company, which saves computed fields a join.
    """

    catalogue: Catalogue = dataclasses.field(hash=False)
    context: Context
    companies_have_people: bool = True


def values_of(fields: Sequence[str], scope: Scope) -> exp.Select:
    """Compile the values of fields for the members on offer.

    Parameters
    ----------
    fields : sequence of str
        Names as for `column_of`.
    scope : Scope
        Fields and day.

    Returns
    -------
    sqlglot.exp.Select
        `contact_id`, then one column for each field under its own name.
    """
    query = (
        exp.select(_of("contact_id", MEMBERS))
        .from_(exp.to_table(MEMBERS))
        .join("contact", on=_of("contact_id", "contact").eq(_of("contact_id", MEMBERS)))
    )
    if any(field.startswith("company.") for field in fields):
        company = exp.alias_(exp.to_table("contact"), "company")
        query = query.join(company, on=_of("contact_no", "company").eq(_of("company_no", "contact")), join_type="left")
    for field in dict.fromkeys(fields):
        column_of(field, scope.catalogue)
        _add_field(query, field, scope)
    return query


def frame_of(
    con: Connection, ids: npt.NDArray[Any], fields: Sequence[str], scope: Scope, top: int | None = None
) -> pd.DataFrame:
    """Read the values of fields for some contacts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    ids : numpy.ndarray of int
        The contacts.
    fields : sequence of str
        Names as for `column_of`.
    scope : Scope
        Fields and day.
    top : int, optional
        How many to read at most.

    Returns
    -------
    pandas.DataFrame
        One row for each contact, ordered by contact number (by code point), indexed by contact id; columns as asked
        for.
    """
    with offered(con, ids):
        frame = tables.frame(con, _statement(tuple(fields), scope, top))
    columns = tuple(column_of(field, scope.catalogue) for field in dict.fromkeys(fields))
    return conform(frame.set_index("contact_id"), Table("members", "members of a segment", columns, key=()))


@lru_cache(maxsize=64)
def _statement(fields: tuple[str, ...], scope: Scope, top: int | None) -> str:
    """Compile once what is read again and again: the dozens of fields of a card take as long to compile as to read."""
    query = values_of(fields, scope).order_by(_of("contact_no", "contact"))
    return (query if top is None else query.limit(top)).sql(dialect=DIALECT)


def _add_field(query: exp.Select, field: str, scope: Scope) -> None:
    """Add a field in place: a card has dozens, and copying what is there for each of them takes most of the time."""
    query.select(_value_of(query, field, scope), copy=False)


def _value_of(query: exp.Select, field: str, scope: Scope) -> exp.Expr:
    """Give what a field is selected as; rows that it takes are joined."""
    if field.startswith("company."):
        return exp.alias_(_of(field.removeprefix("company."), "company"), field, quoted=True)
    source = bind_field_value(field, scope.catalogue, scope.context)
    if isinstance(source, Column):
        return exp.alias_(_of(field, "contact"), field, quoted=True)
    found, otherwise = _values(source, scope)
    rows = exp.alias_(found.subquery(copy=False), f"rows of {field}", quoted=True)
    value: exp.Expr = _of("value", f"rows of {field}")
    if otherwise is not None:
        value = exp.func("COALESCE", value, exp.Literal.number(otherwise))
    on = _of("contact_id", f"rows of {field}").eq(_of("contact_id", MEMBERS))
    query.join(rows, on=on, join_type="left", copy=False)
    return exp.alias_(value, field, quoted=True)


def _values(source: BoundRelated | BoundScore, scope: Scope) -> tuple[exp.Select, int | None]:
    """Give the rows that bring values, and the value of a contact that has none."""
    if isinstance(source, BoundScore):
        return scored(source), None
    found = measured(source, companies_have_people=scope.companies_have_people, of=MEMBERS)
    return found, source.without_rows


def _of(name: str, table: str) -> exp.Column:
    return exp.column(name, table=table, quoted=True)
