"""Opportunities looked at and deleted."""

# Names of columns come from the lists below and from Opportunity; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipelines import sales_cycle_rules
from pipelines.sales_cycle_rules import ACTIONS, Offer
from workbench.errors import ConfigError, RuleError
from workbench.opportunities import rows
from workbench.opportunities.receipts import OpportunityDeletion
from workbench.opportunities.results import NAMES, STATUSES, Opportunity, OpportunityCard, OpportunityList
from workbench.opportunities.rows import SOURCE, STATUS, column
from workbench.setup.work import Work
from workbench.store import Connection, tables
from workbench.store.connection import first_row

DUE_DAYS = 7
_OPEN = f"{STATUS} NOT IN ('won', 'lost')"
_DUE = column("estimated_close_on")
STATES = {
    "open": _OPEN,
    "due": f"{_OPEN} AND {_DUE} BETWEEN $as_of AND $as_of + {DUE_DAYS}",
    "overdue": f"{_OPEN} AND {_DUE} < $as_of",
    "closed": f"NOT ({_OPEN})",
    **{status: f"{STATUS} = '{status}'" for status in STATUSES},
    "all": "TRUE",
}
"""What opportunities can be listed by; due ones are expected to close within seven days."""

_LISTED = (*NAMES[:14], "stage_no", *NAMES[14:])
_WHERE = f"""
    o.opportunity_no IS NOT NULL AND ($as_of IS NOT NULL)
    AND ($salesperson IS NULL OR o.salesperson_code = $salesperson)
    AND ($contact IS NULL OR c.contact_no = $contact OR c.company_no = $contact)
    AND ($campaign IS NULL OR o.campaign_no = $campaign)
    AND ($segment IS NULL OR o.segment_no = $segment)
    AND ($cycle IS NULL OR o.sales_cycle_code = $cycle)
    AND ($stage IS NULL OR {column("stage_no")} = $stage)
    AND ($text = '' OR contains(lower(concat_ws(' ', o.opportunity_no, o.description, c.name, y.name)), $text))
"""
_FIGURES = f"""
    SELECT count(*), count(*) FILTER ({_OPEN}),
        count(*) FILTER ({STATES["due"]}), count(*) FILTER ({STATES["overdue"]}),
        coalesce(sum({column("estimated_amount")}) FILTER ({_OPEN}), 0),
        coalesce(sum({column("calculated_amount")}) FILTER ({_OPEN}), 0)
"""
_ENTRIES = """
    SELECT e.opportunity_entry_no, e.changed_on, e.action_taken, e.stage_no::INTEGER AS stage_no,
        coalesce(g.description, nullif(e.stage_no, 0)::INTEGER::VARCHAR) AS stage,
        e.previous_stage_no::INTEGER AS previous_stage_no, e.is_active, e.open_days,
        e.estimated_amount::DOUBLE AS estimated_amount, e.calculated_amount::DOUBLE AS calculated_amount,
        e.completed_rate, e.chances_rate, e.probability_rate, e.estimated_close_on, e.closed_on,
        e.close_opportunity_code, e.salesperson_code, e.campaign_no
    FROM opportunity_entry e
    LEFT JOIN sales_cycle_stage g ON g.sales_cycle_code = e.sales_cycle_code AND g.stage_no = e.stage_no
    WHERE e.opportunity_no = ? ORDER BY e.entry_no
"""
_COMMENTS = """
    SELECT line_no, commented_on, comment FROM opportunity_comment WHERE opportunity_no = ? ORDER BY line_no
"""
_OWNED = ("opportunity_comment", "opportunity_entry", "sales_document", "opportunity")
_LINES = """
    DELETE FROM sales_document_line WHERE document_no IN (
        SELECT document_no FROM sales_document WHERE opportunity_no IN (SELECT unnest(?))
    )
"""


class Keeping(Work):
    """Opportunities as such."""

    def list(
        self,
        as_of: dt.date,
        *,
        state: str = "open",
        salesperson_code: str | None = None,
        contact_no: str | None = None,
        campaign_no: str | None = None,
        segment_no: str | None = None,
        sales_cycle_code: str | None = None,
        stage: int | None = None,
        text: str = "",
        rows: int = 200,
    ) -> OpportunityList:
        """List opportunities.

        Parameters
        ----------
        as_of : datetime.date
            The day that tells what is due.
        state : str, optional
            Which: ``"open"``, ``"due"`` (open, and expected to close within seven days), ``"overdue"``, ``"closed"``,
            ``"not_started"``, ``"in_progress"``, ``"won"``, ``"lost"`` or ``"all"``.
        salesperson_code : str, optional
            Only a salesperson's.
        contact_no : str, optional
            A contact's, and those of the people of a company.
        campaign_no, segment_no, sales_cycle_code : str, optional
            Only such.
        stage : int, optional
            Those whose active entry is at that stage.
        text : str, optional
            A part of number, description, or the name of contact or company, without regard to case.
        rows : int, optional
            How many at most.

        Returns
        -------
        OpportunityList
            By the day on which they are expected to close, those without one last.

        Raises
        ------
        ConfigError
            When there is no such state.
        """
        if state not in STATES:
            raise ConfigError(f'Opportunities cannot be listed by "{state}".', f"Choose one of: {', '.join(STATES)}.")
        asked: dict[str, Any] = {
            "as_of": as_of, "salesperson": salesperson_code, "contact": contact_no, "campaign": campaign_no,
            "segment": segment_no, "cycle": sales_cycle_code, "stage": stage, "text": text.strip().casefold(),
        }  # fmt: skip
        where = f"{_WHERE} AND {STATES[state]}"
        columns = ", ".join(f"{column(name)} AS {name}" for name in _LISTED)
        order = f"ORDER BY {_DUE} NULLS LAST, o.opportunity_no"
        with self._database.reading() as con:
            query = f"SELECT {columns} FROM {SOURCE} WHERE {where} {order} LIMIT {int(rows)}"
            listed = con.execute(query, asked).df()
            (figures,) = con.execute(f"{_FIGURES} FROM {SOURCE} WHERE {where}", asked).fetchall()
        return OpportunityList(as_of, _typed(listed), *figures)

    def get(self, opportunity_no: str) -> OpportunityCard:
        """Fetch an opportunity.

        Parameters
        ----------
        opportunity_no : str
            Its number.

        Returns
        -------
        OpportunityCard
            Fields, where it stands and may go, history and comments.

        Raises
        ------
        NotFoundError
            When none has the number.
        """
        with self._database.reading() as con:
            opportunity, entry = rows.found(con, opportunity_no), rows.active(con, opportunity_no)
            current = None if entry is None else entry.stage_no or 0
            cycle = [] if opportunity.is_closed else rows.stages(con, opportunity.sales_cycle_code)
            offered = sales_cycle_rules.offers(cycle, current)
            ahead = tuple(stage for stage in cycle if stage.stage_no > (current or 0))
            history = _typed(tables.frame(con, _ENTRIES, [opportunity_no]))
            said = tables.frame(con, _COMMENTS, [opportunity_no])
        default = sales_cycle_rules.default_action(offered)
        return OpportunityCard(opportunity, entry, _enabled(offered), default, ahead, history, said)

    def delete(self, opportunity_no: str, *, dry_run: bool = False) -> OpportunityDeletion:
        """Delete an opportunity with its entries and comments.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        OpportunityDeletion
            How much goes. Tasks and interactions stay, and keep its number.

        Raises
        ------
        NotFoundError
            When none has the number.
        RuleError
            When it is in progress.
        """
        with self._unit(dry_run) as con:
            _refuse_active(rows.found(con, opportunity_no))
            return _deleted(con, [opportunity_no], dry_run)

    def delete_closed(self, until: dt.date | None = None, *, dry_run: bool = False) -> OpportunityDeletion:
        """Delete the opportunities that are closed (Delete Opportunities, report 5182).

        Parameters
        ----------
        until : datetime.date, optional
            Only those that were closed on that day or before.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        OpportunityDeletion
            The opportunities, with entries and comments that go with them.
        """
        query = f"""
            SELECT o.opportunity_no FROM opportunity o
            WHERE o.opportunity_no IS NOT NULL AND {STATES["closed"]} AND ($1 IS NULL OR o.closed_on <= $1) ORDER BY 1
        """
        with self._unit(dry_run) as con:
            return _deleted(con, [no for (no,) in con.execute(query, [until]).fetchall()], dry_run)


def _refuse_active(opportunity: Opportunity) -> None:
    if opportunity.status == "in_progress":
        raise RuleError(
            "You cannot delete this opportunity while it is active.",
            f"Close it first: workbench opportunity close {opportunity.opportunity_no} lost.",
        )


def _deleted(con: Connection, numbers: Sequence[str], dry_run: bool) -> OpportunityDeletion:
    query = """
        WITH going AS (SELECT unnest(?::VARCHAR[]) AS no)
        SELECT (SELECT count(*) FROM opportunity_entry WHERE opportunity_no IN (FROM going)),
            (SELECT count(*) FROM opportunity_comment WHERE opportunity_no IN (FROM going))
    """
    entry_count, comment_count = first_row(con, query, [builtins.list(numbers)]) or (0, 0)
    if not dry_run:
        con.execute(_LINES, [builtins.list(numbers)])
    for table in () if dry_run else _OWNED:
        con.execute(f"DELETE FROM {table} WHERE opportunity_no IN (SELECT unnest(?))", [builtins.list(numbers)])
    return OpportunityDeletion(tuple(numbers), entry_count, comment_count, not dry_run)


def _enabled(offered: dict[str, Offer]) -> dict[str, Offer]:
    return {action: offered[action] for action in ACTIONS if offered[action].is_enabled}


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give columns the same types whatever the rows are."""
    return frame.astype({name: _dtype(name) for name in frame.columns})


def _dtype(name: str) -> str:
    if name.endswith("_on"):
        return "datetime64[us]"
    if name in ("stage_no", "previous_stage_no", "open_days"):
        return "Int64"
    if name == "is_active":
        return "bool"
    return "float64" if name.endswith(("_rate", "_amount")) else "str"
