"""Counts and sums of rows by contact, from the store to a mask.

The values are kept apart from the mask: another threshold on the same rows needs no query.
"""

from __future__ import annotations

from pipelines import tallies
from pipelines.membership import Mask
from pipelines.schema import FieldType
from pipelines.tallies import Integers
from workbench.compiling.rules import Tally
from workbench.store import Connection, tables


def values(con: Connection, tally: Tally, size: int) -> Integers:
    """Count or add up the rows of each contact.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    tally : Tally
        The rows.
    size : int
        The length of a mask.

    Returns
    -------
    numpy.ndarray of int
        One element for each contact id, 0 where there are no rows; amounts in whole ten-thousandths. In the narrowest
        type that holds them all.
    """
    rows = tables.batches(con, tally.sql)
    found = tallies.counted((ids for (ids,) in rows), size) if tally.adds is None else tallies.summed(rows, size)
    return tallies.narrowed(found)


def mask(tally: Tally, values: Integers) -> Mask:
    """Find whose count or sum satisfies the test.

    Parameters
    ----------
    tally : Tally
        The test.
    values : numpy.ndarray of int
        As from `values`.

    Returns
    -------
    numpy.ndarray of bool
        One element for each contact id.
    """
    return tallies.holds(tally.test, values, tables.AMOUNT_UNIT if tally.adds is FieldType.AMOUNT else 1)
