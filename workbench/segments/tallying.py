"""Counts of rows and sums of amounts, from the store to a mask."""

from __future__ import annotations

from pipelines import tallies
from pipelines.membership import Mask
from workbench.compiling.rules import Tally
from workbench.store import Connection, tables


def mask(con: Connection, tally: Tally, size: int) -> Mask:
    """Find whose count of rows, or sum of amounts, satisfies a test.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    tally : Tally
        The rows and the test.
    size : int
        The length of the mask.

    Returns
    -------
    numpy.ndarray of bool
        One element for each contact id; contacts without rows are tested with 0.
    """
    rows = tables.batches(con, tally.sql)
    if tally.adds_amounts:
        return tallies.holds(tally.test, tallies.summed(rows, size), tables.AMOUNT_UNIT)
    return tallies.holds(tally.test, tallies.counted((ids for (ids,) in rows), size))
