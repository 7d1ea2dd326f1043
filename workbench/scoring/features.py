"""What was known of contacts on a day, as a frame that models take.

A feature is a measure of the segment language, bound as of the day: it cannot see a later row, and what a model says of
it can be asked in a segment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.binding import bind
from pipelines.bound import BoundRelated
from pipelines.catalogue import COMPUTED, Catalogue
from pipelines.conditions import Related
from pipelines.contact_features import EVENT_TABLES, FEATURES, Feature, Kind
from pipelines.context import Context
from pipelines.errors import ConditionError, nearest
from pipelines.schema import Column, FieldType
from pipelines.scores import parted
from pipelines.tallies import Integers
from workbench.compiling.rules import DIALECT, measured
from workbench.compiling.values import MEMBERS, Scope, column_of, frame_of, offered
from workbench.scoring.method import Inputs
from workbench.store import Connection, tables

NAMES: tuple[str, ...] = tuple(FEATURES)
_KINDS: Mapping[FieldType, Kind] = {
    FieldType.TEXT: "text", FieldType.BOOLEAN: "flag", FieldType.NUMBER: "number", FieldType.AMOUNT: "number",
    FieldType.INTEGER: "number", FieldType.DATE: "days_since", FieldType.TIMESTAMP: "days_since",
}  # fmt: skip


def frame(inputs: Inputs, names: Sequence[str | Feature], as_of: dt.date, ids: Integers | None = None) -> pd.DataFrame:
    """Read features of contacts as of a day.

    Parameters
    ----------
    inputs : Inputs
        The store.
    names : sequence of str or Feature
        Of `NAMES`; fields of contacts, ``company.`` and a field, ``score.NAME.FIELD``; or features of one's own.
    as_of : datetime.date
        The last day of which anything is known.
    ids : numpy.ndarray of int, optional
        The contacts; everybody where left out.

    Returns
    -------
    pandas.DataFrame
        Indexed by `contact_id`, ascending; numbers and days as float64 (NaN where unknown), truth values as
        ``boolean``, texts as ``str``.

    Raises
    ------
    ConditionError
        When there is no such feature, its values are lists, or the rows it is of have no day or may lie ahead.

    Notes
    -----
    Fields of contacts are as they are recorded now, whenever that was; see `Feature.is_dated`. Costs one query for each
    feature of related rows.
    """
    facts = inputs.evaluator.facts()
    scope, everybody = facts.scope(inputs.context_on(as_of)), np.flatnonzero(facts.everybody)
    found = described(names, facts.catalogue)
    wanted = everybody if ids is None else np.intersect1d(ids, everybody)
    with inputs.reading() as con:
        columns = _fields(con, wanted, [one for one in found if "related" not in one.asked], scope)
        with offered(con, wanted):
            for one in found:
                if "related" in one.asked:
                    columns[one.name] = _measure(con, wanted, one, scope)
    index = pd.Index(wanted.astype(np.int64), name="contact_id")
    return pd.DataFrame({one.name: columns[one.name] for one in found}, index=index)


def features(inputs: Inputs, names: Sequence[str | Feature]) -> tuple[Feature, ...]:
    """Describe features of a store.

    Parameters
    ----------
    inputs : Inputs
        The store.
    names : sequence of str or Feature
        As for `frame`.

    Returns
    -------
    tuple of Feature
        Each once, with the condition that asks for it.

    Raises
    ------
    ConditionError
        When there is no such feature, or its values are lists.
    """
    return described(names, inputs.evaluator.facts().catalogue)


def described(names: Sequence[str | Feature], catalogue: Catalogue) -> tuple[Feature, ...]:
    """Describe features by their names.

    Parameters
    ----------
    names : sequence of str or Feature
        As for `frame`.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    tuple of Feature
        Each once.

    Raises
    ------
    ConditionError
        When there is no such feature, or its values are lists.
    """
    found = (name if isinstance(name, Feature) else FEATURES.get(name) or _of_field(name, catalogue) for name in names)
    return tuple({one.name: one for one in found}.values())


def _of_field(name: str, catalogue: Catalogue) -> Feature:
    known = [*FEATURES, *catalogue.contact_fields()]
    if parted(name) is None and name.removeprefix("company.") not in known:
        raise ConditionError(f'There is no feature "{name}".', nearest(name, known))
    column = column_of(name, catalogue)
    if column.type not in _KINDS:
        raise ConditionError(
            f'The field "{name}" is no feature, for it has several values.',
            "Take one that has a single value for each contact.",
        )
    asked = {"field": name}
    if (of_score := parted(name)) is not None:
        asked = dict(zip(("score", "field"), of_score, strict=True))
    return Feature(name, column.meaning, asked, _KINDS[column.type], is_dated=_is_dated(column))


def _is_dated(column: Column) -> bool:
    """Tell whether a field is what it was: a run of a score has its day, and so have events."""
    if parted(column.name) is not None:
        return True
    source = COMPUTED[column.name].source if column.name in COMPUTED else None
    return isinstance(source, Related) and source.related in EVENT_TABLES


def _measure(con: Connection, ids: Integers, one: Feature, scope: Scope) -> npt.NDArray[np.float64]:
    """Measure related rows, and put what is found at the places of its contacts."""
    asked = Related.model_validate({**one.asked, "op": "is_known"})
    bound = cast("BoundRelated", bind(asked, scope.catalogue, scope.context, f"feature {one.name}"))
    _check_dated(one, bound)
    found = tables.large_frame(con, measured(bound, of=MEMBERS).sql(dialect=DIALECT), {})
    values = pd.Series(found["value"].to_numpy(), index=found["contact_id"])
    if one.kind == "days_since":
        values = _days_before(values, bound.value.type, scope.context)
    absent = np.nan if one.without_rows is None else one.without_rows
    return values.reindex(ids).fillna(absent).to_numpy(dtype=np.float64)


def _check_dated(one: Feature, bound: BoundRelated) -> None:
    if not bound.table.time or bound.table.looks_ahead:
        raise ConditionError(
            f'The feature "{one.name}" is of rows of {bound.table.name}, of which nobody knows what was there on an '
            "earlier day.",
            f"Take rows that happened: {', '.join(EVENT_TABLES)}.",
        )


def _fields(con: Connection, ids: Integers, found: Sequence[Feature], scope: Scope) -> dict[str, Any]:
    if not found:
        return {}
    values = frame_of(con, ids, [one.name for one in found], scope).reindex(ids)
    return {one.name: _figures(values[one.name], one, scope) for one in found}


def _figures(values: pd.Series, one: Feature, scope: Scope) -> Any:
    """Give recorded values as models take them."""
    if one.kind == "days_since":
        return _days_before(values, column_of(one.name, scope.catalogue).type, scope.context).to_numpy()
    if one.kind == "number":
        return values.to_numpy(dtype="float64", na_value=np.nan)
    return values.array


def _days_before(values: pd.Series, type_: FieldType, context: Context) -> pd.Series:
    """Count the days from each day to that of the evaluation, on the calendar of the store."""
    moments = pd.to_datetime(values, utc=type_ is FieldType.TIMESTAMP)
    if type_ is FieldType.TIMESTAMP:
        moments = moments.dt.tz_convert(context.zone).dt.tz_localize(None)
    days: pd.Series = (pd.Timestamp(context.as_of) - moments.dt.normalize()) / pd.Timedelta(days=1)
    return days
