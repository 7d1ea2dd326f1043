"""Salespeople (table 13): their statistics, and when one cannot go."""

from __future__ import annotations

import pandas as pd

from workbench.errors import RuleError
from workbench.store import Connection, tables

_STATISTICS = """
    WITH opportunities AS (
        SELECT salesperson_code AS code, count(*) AS opportunity_count,
            sum(estimated_amount) AS estimated_amount, sum(calculated_amount) AS calculated_amount,
            avg(estimated_amount) AS average_estimated_amount, avg(calculated_amount) AS average_calculated_amount
        FROM opportunity GROUP BY 1
    ),
    interactions AS (
        SELECT salesperson_code AS code, count(*) AS interaction_count, sum(cost_amount) AS cost_amount,
            sum(duration_minutes) AS duration_minutes
        FROM interaction WHERE NOT is_canceled AND NOT is_postponed GROUP BY 1
    ),
    tasks AS (
        SELECT salesperson_code AS code, min(dated_on) AS next_task_on
        FROM task WHERE NOT is_closed AND NOT is_canceled GROUP BY 1
    )
    SELECT code, coalesce(opportunity_count, 0)::BIGINT AS opportunity_count, estimated_amount, calculated_amount,
        average_estimated_amount, average_calculated_amount,
        coalesce(interaction_count, 0)::BIGINT AS interaction_count, cost_amount, duration_minutes, next_task_on
    FROM (SELECT code FROM salesperson UNION SELECT salesperson_code FROM contact WHERE salesperson_code IS NOT NULL)
    LEFT JOIN opportunities USING (code) LEFT JOIN interactions USING (code) LEFT JOIN tasks USING (code)
"""
_HELD_BACK = """
    SELECT 'open tasks', count(*) FROM task WHERE salesperson_code = $code AND NOT is_closed AND NOT is_canceled
    UNION ALL
    SELECT 'open opportunities', count(*) FROM opportunity
    WHERE salesperson_code = $code AND coalesce(status, '') NOT IN ('won', 'lost')
    UNION ALL
    SELECT 'sales entries', count(*) FROM sales_entry WHERE salesperson_code = $code
"""


def statistics(con: Connection) -> pd.DataFrame:
    """Work out the statistics of salespeople.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    pandas.DataFrame
        code, opportunity_count, estimated and calculated amounts with their averages, interaction_count, cost_amount
        and duration_minutes of interactions that are neither canceled nor postponed, next_task_on.
    """
    return tables.frame(con, _STATISTICS)


def refuse_deletion(con: Connection, code: str) -> None:
    """Refuse to delete a salesperson who is still needed.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The salesperson.

    Raises
    ------
    RuleError
        When there are open tasks, open opportunities, or sales entries.
    """
    for what, count in con.execute(_HELD_BACK, {"code": code}).fetchall():
        if count:
            raise RuleError(
                f"The salesperson {code} cannot be deleted: there are {count:,} {what}.",
                f"Block the salesperson instead: workbench setup code salesperson {code} --set is_blocked=yes.",
            )
