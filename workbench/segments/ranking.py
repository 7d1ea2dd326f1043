"""The places of contacts in the order by which a limit takes the first."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from sqlglot import exp

from pipelines.definition import Limit
from pipelines.membership import Mask
from workbench.compiling.literals import cell
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import Scope, offered, values_of
from workbench.segments.masks import MaskCache
from workbench.store import Connection, tables

_Places = npt.NDArray[np.int64]


def place_of(
    con: Connection, contact_id: int, left: Mask, limit: Limit, scope: Scope, cache: MaskCache, revision: int
) -> tuple[int, int]:
    """Find the place of one contact among those of whom the first stay.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact, one of those.
    left : numpy.ndarray of bool
        Those who have a place.
    limit : Limit
        The order, and the groups where there are any.
    scope : Scope
        Fields and day.
    cache : MaskCache
        Where the places of everybody are kept.
    revision : int
        The store's revision.

    Returns
    -------
    tuple of int
        The place, from 1, and how many there are; both in the contact's group where there are groups.

    Notes
    -----
    Putting everybody in order takes about as long as the limit itself; whoever is asked about next costs nothing.
    """
    sql = _places(limit, scope).sql(dialect=DIALECT)

    def make() -> _Places:
        with offered(con, np.flatnonzero(left)):
            parts = [np.stack([part.astype(np.int64) for part in batch]) for batch in tables.batches(con, sql)]
        return np.concatenate(parts, axis=1)

    ids, places, sizes = cache.get((sql, hashlib.blake2b(left.tobytes()).hexdigest(), revision), make)
    at = int(np.flatnonzero(ids == contact_id)[0])
    return int(places[at]), int(sizes[at])


def _places(limit: Limit, scope: Scope) -> exp.Select:
    """Compile the place of everybody on offer: ties by contact number, unknown values last whichever way it goes."""
    groups = [limit.per] if limit.per else []
    values = values_of([*(item.name for item in limit.by), *groups, "contact_no"], scope).subquery("valued")
    given = [exp.Ordered(this=cell(item.name), desc=item.order == "descending", nulls_first=False) for item in limit.by]
    order = exp.Order(expressions=[*given, exp.Ordered(this=cell("contact_no"), desc=False, nulls_first=False)])
    place = exp.Window(this=exp.RowNumber(), partition_by=list(map(cell, groups)), order=order, over="OVER")
    size = exp.Window(this=exp.Count(this=exp.Star()), partition_by=list(map(cell, groups)), over="OVER")
    return exp.select(cell("contact_id"), exp.alias_(place, "place"), exp.alias_(size, "size")).from_(values)
