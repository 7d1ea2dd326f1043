"""Whether a definition fits a store, found out without running a query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipelines import walking
from pipelines.binding import bind, bind_order
from pipelines.catalogue import Catalogue
from pipelines.conditions import ListReference, Rule, SegmentReference, SnapshotReference, SqlCondition
from pipelines.definition import Definition, Limit
from pipelines.errors import ConditionError, nearest
from workbench.setup.settings import Settings
from workbench.store import Connection, analyst_sql

_SOME_DAY = dt.date(2000, 1, 1)  # whether a definition fits does not depend on the day


def check(definition: Definition, catalogue: Catalogue, settings: Settings) -> None:
    """Check every field, operator, value and reference of a definition.

    Parameters
    ----------
    definition : Definition
        The segment.
    catalogue : Catalogue
        What there is.
    settings : Settings
        The store's calendar, where the definition has none of its own.

    Raises
    ------
    ConditionError
        For the first thing that does not fit; the message names the place.
    """
    context = settings.context(_SOME_DAY, definition)
    for condition, place in walking.conditions(definition):
        if isinstance(condition, Rule):
            bind(condition, catalogue, context, place)
        elif not isinstance(condition, SqlCondition):
            check_reference(condition, catalogue, place)
    for name in definition.invariants.subset_of if definition.invariants else ():
        check_reference(SegmentReference(segment=name), catalogue, "invariants")
    for name in _ordering(definition.limit) if definition.limit else ():
        bind_order(name, catalogue, context)


def check_queries(con: Connection, definition: Definition) -> None:
    """Check every query that a definition asks, without running one.

    Parameters
    ----------
    con : connection
        An open unit of work.
    definition : Definition
        The segment.

    Raises
    ------
    ConditionError
        For the first that does not fit the store; the message names the place.
    """
    for condition, place in walking.conditions(definition):
        if isinstance(condition, SqlCondition):
            analyst_sql.check(con, condition.sql, _SOME_DAY, place)


def check_reference(reference: Any, catalogue: Catalogue, place: str) -> None:
    """Refuse a reference to something that does not exist.

    Parameters
    ----------
    reference : SegmentReference, SnapshotReference, ListReference or CampaignReference
        The reference.
    catalogue : Catalogue
        What there is.
    place : str
        The reference's place in words.

    Raises
    ------
    ConditionError
        With the nearest name.
    """
    kind, known = _kind_of(reference, catalogue)
    name = getattr(reference, kind)
    if known is not None and name not in known:
        raise ConditionError(f'There is no {kind} "{name}".', nearest(name, known), place)


def _kind_of(reference: Any, catalogue: Catalogue) -> tuple[str, frozenset[str] | None]:
    if isinstance(reference, SegmentReference):
        return "segment", catalogue.segments
    if isinstance(reference, SnapshotReference):
        return "snapshot", catalogue.snapshots
    return ("list", catalogue.lists) if isinstance(reference, ListReference) else ("campaign", catalogue.campaigns)


def _ordering(limit: Limit) -> list[str]:
    """List the fields by which a limit orders or groups contacts."""
    return [item.name for item in (*limit.by, *limit.survivor)] + ([limit.per] if limit.per else [])
