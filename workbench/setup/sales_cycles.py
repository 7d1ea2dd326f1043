"""Sales cycles, their stages and why opportunities are closed: what they may hold, and when one cannot go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.errors import ConfigError, RuleError
from workbench.store import Connection
from workbench.store.connection import first_row

_OF_CYCLE = """
    SELECT count(DISTINCT opportunity_no) FROM opportunity_entry
    WHERE sales_cycle_code = ? AND is_active AND coalesce(action_taken, '') NOT IN ('won', 'lost')
"""
_OF_STAGE = """
    SELECT count(*) FROM opportunity_entry
    WHERE sales_cycle_code = ? AND stage_no = try_cast(? AS DOUBLE) AND is_active
"""
_OF_REASON = "SELECT count(*) FROM opportunity_entry WHERE close_opportunity_code = ?"


def check_stage(row: Mapping[str, Any]) -> None:
    """Refuse a stage that has no number of its own.

    Parameters
    ----------
    row : mapping of str to object
        Of the table of stages, read.

    Raises
    ------
    ConfigError
        When its number is below 1.
    """
    if row["stage_no"] < 1:
        raise ConfigError(f"{row['stage_no']:g} is no number of a stage.", "Stages are numbered from 1.")


def refuse_deletion(con: Connection, table: str, key: tuple[str, ...]) -> None:
    """Refuse to delete what opportunities are in (tables 5090 and 5091).

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        The table; others pass.
    key : tuple of str
        The row.

    Raises
    ------
    RuleError
        When it is a sales cycle with open opportunities, a stage with active entries, or a reason for which
        opportunities were closed.
    """
    if table == "sales_cycle" and (count := _count(con, _OF_CYCLE, key)):
        raise RuleError(
            f"The sales cycle {key[0]} cannot be deleted while opportunities are in it ({count:,}).",
            "Close them first, or block the cycle.",
        )
    if table == "sales_cycle_stage" and (count := _count(con, _OF_STAGE, key)):
        raise RuleError(
            f"Stage {key[1]} of {key[0]} cannot be deleted while opportunities are at it ({count:,}).",
            "Move them to another stage first.",
        )
    if table == "close_opportunity_code" and (count := _count(con, _OF_REASON, key)):
        raise RuleError(
            f"The close opportunity code {key[0]} cannot be deleted: opportunities were closed for it ({count:,}).",
            "Rename it, or leave it.",
        )


def _count(con: Connection, query: str, key: tuple[str, ...]) -> int:
    row = first_row(con, query, list(key))
    return 0 if row is None else int(row[0])
