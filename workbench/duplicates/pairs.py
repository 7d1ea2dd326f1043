"""Pairs of contacts that may be the same, as the store keeps them (Business Central, table 5085)."""

# Statements are texts of ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import pandas as pd

from workbench import clock
from workbench.store import Connection

BUSINESS_CENTRAL, FUZZY, BOTH = "business_central", "fuzzy", "both"
METHODS = (BUSINESS_CENTRAL, FUZZY, BOTH)
SAME, SEPARATE = "same", "separate"

_FOUND = "duplicate_found"


@dataclass(frozen=True)
class Pair:
    """Two contacts that may be the same.

    Attributes
    ----------
    contact_id, duplicate_id : int
        The lower id first.
    found_by : str
        ``"business_central"`` or ``"fuzzy"``.
    match_count : int or None
        Search strings in common, where that rule found the pair.
    score_rate : float or None
        How sure it is, 0 to 1, where the fuzzy comparison found the pair.
    reasons : str
        Why, in a few words.
    """

    contact_id: int
    duplicate_id: int
    found_by: str
    match_count: int | None
    score_rate: float | None
    reasons: str


def forget(con: Connection, found_by: str, contact_id: int | None = None) -> None:
    """Drop what a method has found, but not what somebody has decided.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    found_by : str
        ``"business_central"`` or ``"fuzzy"``; a pair that both have found is then the other's.
    contact_id : int, optional
        Only pairs of this contact.
    """
    values = {"method": found_by, "id": contact_id}
    con.execute(f"DELETE FROM contact_duplicate WHERE found_by = $method AND {_WHOSE}", values)
    con.execute(
        f"UPDATE contact_duplicate SET {_LEFT[found_by]} WHERE found_by = 'both' AND {_WHOSE}", {"id": contact_id}
    )


_WHOSE = "verdict IS NULL AND ($id IS NULL OR contact_id = $id OR duplicate_id = $id)"
_LEFT = {
    BUSINESS_CENTRAL: "found_by = 'fuzzy', match_count = NULL",
    FUZZY: "found_by = 'business_central', score_rate = NULL, reasons = match_count || ' search strings in common'",
}


def keep(con: Connection, found: Sequence[Pair] | pd.DataFrame) -> None:
    """Write pairs that a method has found.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    found : sequence of Pair, or frame with its attributes as columns
        Pairs of one method. A pair that is kept already keeps its verdict; one that the other method has found is
        then found by both.
    """
    frame = framed(found)
    if frame.empty:
        return
    con.register(_FOUND, frame)
    con.execute(_UPDATE)
    con.execute(_INSERT, [clock.now().replace(tzinfo=None)])
    con.unregister(_FOUND)


_UPDATE = """
    UPDATE contact_duplicate SET
        found_by = CASE WHEN contact_duplicate.found_by = f.found_by THEN f.found_by ELSE 'both' END,
        match_count = coalesce(f.match_count, contact_duplicate.match_count),
        score_rate = coalesce(f.score_rate, contact_duplicate.score_rate),
        reasons = CASE WHEN f.score_rate IS NULL AND contact_duplicate.score_rate IS NOT NULL
            THEN contact_duplicate.reasons ELSE f.reasons END
    FROM duplicate_found f
    WHERE contact_duplicate.contact_id = f.contact_id AND contact_duplicate.duplicate_id = f.duplicate_id
"""
_INSERT = """
    INSERT INTO contact_duplicate (contact_id, duplicate_id, found_by, match_count, score_rate, reasons, found_at)
    SELECT f.contact_id, f.duplicate_id, f.found_by, f.match_count, f.score_rate, f.reasons, ?
    FROM duplicate_found f ANTI JOIN contact_duplicate USING (contact_id, duplicate_id)
    ORDER BY f.contact_id, f.duplicate_id
"""


def duplicate_count(con: Connection, contact_id: int) -> int:
    """Count the contacts that are taken for duplicates of one.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    int
        Without those that somebody has judged separate.
    """
    query = (
        "SELECT count(*) FROM contact_duplicate WHERE (contact_id = $id OR duplicate_id = $id) "
        "AND verdict IS DISTINCT FROM 'separate'"
    )
    (count,) = con.execute(query, {"id": contact_id}).fetchall()[0]
    return int(count)


def framed(found: Sequence[Pair] | pd.DataFrame) -> pd.DataFrame:
    """Give pairs as a frame with the columns and types of the store.

    Parameters
    ----------
    found : sequence of Pair, or frame with some of its attributes as columns
        The pairs.

    Returns
    -------
    pandas.DataFrame
        The attributes of `Pair` as columns.
    """
    if not isinstance(found, pd.DataFrame):
        found = pd.DataFrame([astuple(pair) for pair in found], columns=_COLUMNS)
    return found.reindex(columns=_COLUMNS).astype(_TYPES)


_COLUMNS = list(Pair.__dataclass_fields__)
_TYPES = {
    "contact_id": "int32", "duplicate_id": "int32", "found_by": "str", "match_count": "Int32", "score_rate": "float64",
    "reasons": "str",
}  # fmt: skip
