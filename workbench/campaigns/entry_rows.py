"""The entries of campaigns in the store, and the interactions that came of them."""

# Names of tables come from the lists below, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.interactions import entries
from workbench.store import Connection, tables
from workbench.store.connection import first_row

# An entry counts the interactions that are as canceled as itself (flowfields of table 5072).
_SHOWN = """
    WITH figures AS (
        SELECT campaign_entry_no, is_canceled, count(*) AS interaction_count, sum(cost_amount) AS cost_amount,
            sum(duration_minutes) AS duration_minutes
        FROM interaction WHERE campaign_no = $1 GROUP BY ALL
    )
    SELECT e.* EXCLUDE (campaign_no), coalesce(f.interaction_count, 0) AS interaction_count,
        coalesce(f.cost_amount, 0) AS cost_amount, coalesce(f.duration_minutes, 0) AS duration_minutes
    FROM campaign_entry e LEFT JOIN figures f USING (campaign_entry_no, is_canceled)
    WHERE e.campaign_no = $1 ORDER BY e.dated_on, length(e.campaign_entry_no), e.campaign_entry_no
"""
_THEIRS = "campaign_no = ? AND list_contains(?, campaign_entry_no)"


def shown(con: Connection, campaign_no: str) -> pd.DataFrame:
    """Read the entries of a campaign with their figures.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Which campaign.

    Returns
    -------
    pandas.DataFrame
        One row for each, by day and number: what the entry says, then interaction_count, cost_amount and
        duration_minutes of the interactions that are as canceled as itself.
    """
    return tables.frame(con, _SHOWN, [campaign_no])


def numbers(con: Connection, campaign_no: str) -> tuple[str, ...]:
    """List the numbers of a campaign's entries.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Which campaign.

    Returns
    -------
    tuple of str
        In the order in which `shown` has them.
    """
    query = """
        SELECT campaign_entry_no FROM campaign_entry WHERE campaign_no = ?
        ORDER BY dated_on, length(campaign_entry_no), campaign_entry_no
    """
    return tuple(no for (no,) in con.execute(query, [campaign_no]).fetchall())


def interaction_count(con: Connection, campaign_no: str, entry_nos: Sequence[str]) -> int:
    """Count the interactions that came of entries.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Their campaign.
    entry_nos : sequence of str
        The entries.

    Returns
    -------
    int
        Canceled ones count.
    """
    row = first_row(con, f"SELECT count(*) FROM interaction WHERE {_THEIRS}", [campaign_no, list(entry_nos)])
    return int(row[0]) if row else 0


def set_canceled(con: Connection, campaign_no: str, entry_nos: Sequence[str], is_canceled: bool) -> None:
    """Cancel entries and their interactions, or take that back.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        Their campaign.
    entry_nos : sequence of str
        The entries.
    is_canceled : bool
        What they are afterwards.
    """
    for table in ("campaign_entry", "interaction"):
        con.execute(
            f"UPDATE {table} SET is_canceled = ? WHERE {_THEIRS}",
            [is_canceled, campaign_no, list(entry_nos)],
        )


def delete_interactions(con: Connection, campaign_no: str, entry_nos: Sequence[str]) -> None:
    """Delete the interactions that came of entries, with their comments and files.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        Their campaign.
    entry_nos : sequence of str
        The entries.
    """
    query = f"SELECT entry_no FROM interaction WHERE {_THEIRS} ORDER BY entry_no"
    found = con.execute(query, [campaign_no, list(entry_nos)]).fetchall()
    entries.delete(con, [number for (number,) in found])


def delete(con: Connection, campaign_no: str, entry_nos: Sequence[str]) -> None:
    """Delete entries with their interactions.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        Their campaign.
    entry_nos : sequence of str
        The entries.
    """
    delete_interactions(con, campaign_no, entry_nos)
    con.execute(f"DELETE FROM campaign_entry WHERE {_THEIRS}", [campaign_no, list(entry_nos)])
