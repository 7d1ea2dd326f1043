"""The values that a field really has, to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

import pandas as pd
from sqlglot import exp

from pipelines.catalogue import COMPUTED, Catalogue
from pipelines.errors import ConditionError, nearest
from pipelines.schema import Column, FieldType, Table
from workbench.compiling.rules import DIALECT
from workbench.store import tables

_WITH_CHOICES = (FieldType.TEXT, FieldType.MANY)


@dataclass(frozen=True)
class Choices:
    """The values of a field, the most frequent first.

    Attributes
    ----------
    field : str
        The field.
    related : str or None
        The related rows it is a field of; None for a field of contacts.
    values : pandas.DataFrame
        Columns value and count (contacts, or related rows), by count descending, then value.
    """

    field: str
    related: str | None
    values: pd.DataFrame = attribute(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the values.

        Returns
        -------
        pandas.DataFrame
            `values`.
        """
        return self.values

    def _repr_html_(self) -> str:
        return self.values.to_html(index=False)


def chosen_from(con: Any, catalogue: Catalogue, name: str, related: str | None, top: int) -> Choices:
    """Read the values of a field.

    Parameters
    ----------
    con : connection
        An open unit of work.
    catalogue : Catalogue
        The fields there are.
    name : str
        A text or many-valued field.
    related : str or None
        A related table; None for contacts.
    top : int
        How many values at most.

    Returns
    -------
    Choices
        Empty for fields whose values are no texts, and for computed ones.

    Raises
    ------
    ConditionError
        When there is no such field or related table.
    """
    table, column = _found(catalogue, name.removeprefix("company."), related)
    if column.type not in _WITH_CHOICES or column.name in COMPUTED:
        frame = pd.DataFrame({"value": [], "count": []})
    else:
        frame = tables.frame(con, _query(table, column, top).sql(dialect=DIALECT))
    return Choices(name, related, frame.astype({"value": "str", "count": "int64"}))


def _found(catalogue: Catalogue, name: str, related: str | None) -> tuple[Table, Column]:
    if related is not None and related not in catalogue.related:
        raise ConditionError(f'There are no related rows "{related}".', nearest(related, catalogue.related))
    table = catalogue.contact if related is None else catalogue.related[related]
    known = catalogue.contact_fields() if related is None else catalogue.row_fields(related)
    if name not in known:
        raise ConditionError(f'There is no field "{name}".', nearest(name, known))
    return table, known[name]


def _query(table: Table, column: Column, top: int) -> exp.Select:
    value: exp.Expression = exp.column(column.name, quoted=True)
    if column.type is FieldType.MANY:
        value = exp.Unnest(expressions=[value])
    rows = exp.select(exp.alias_(value, "value")).from_(exp.to_table(table.name)).subquery("rows")
    return (
        exp.select("value", exp.alias_(exp.Count(this=exp.Star()), "count", quoted=True))
        .from_(rows)
        .where(exp.column("value").is_(exp.null()).not_())
        .group_by("value")
        .order_by(exp.column("count", quoted=True).desc(), "value")
        .limit(top)
    )
