"""Reports on tasks, opportunities and sales cycles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.reports import opportunity_details, remarks, sales_statements
from workbench.reports.sales_reports import (
    OpportunityDetails,
    OpportunityRows,
    SalesCycleAnalysis,
    SalespersonOpportunities,
    SalespersonTasks,
    TeamTasks,
)
from workbench.reports.sales_rows import read
from workbench.reports.sales_statements import OPPORTUNITY_STATES, TASK_STATES
from workbench.store import Connection
from workbench.store.database import Database

_KNOWN = {
    "salesperson": "SELECT code FROM salesperson UNION SELECT salesperson_code FROM opportunity "
    "UNION SELECT salesperson_code FROM task",
    "team": "SELECT code FROM team UNION SELECT team_code FROM task",
    "sales cycle": "SELECT code FROM sales_cycle UNION SELECT sales_cycle_code FROM opportunity",
    "campaign": "SELECT campaign_no FROM campaign",
    "opportunity": "SELECT opportunity_no FROM opportunity",
}
_BY_SALESPERSON = (
    "salesperson_code", "salesperson_name", "is_closed", "opportunity_no", "description", "contact_no", "contact_name",
    "created_on", "status", "priority", "probability_rate", "chances_rate", "completed_rate", "estimated_amount",
    "calculated_amount", "campaign_no", "closed_on",
)  # fmt: skip
_LISTED = (
    "opportunity_no", "description", "sales_cycle_code", "stage_no", "stage", "salesperson_code", "campaign_no",
    "contact_no", "contact_name", "probability_rate", "completed_rate", "status", "created_on", "estimated_close_on",
    "estimated_amount", "calculated_amount",
)  # fmt: skip


class SellingReports:
    """Reports on tasks, opportunities and sales cycles."""

    _database: Database

    def salesperson_tasks(
        self,
        as_of: dt.date,
        salesperson_codes: Sequence[str] = (),
        *,
        state: str = "all",
        campaign_no: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> SalespersonTasks:
        """List the tasks of salespeople (Salesperson - Tasks, report 5057).

        Parameters
        ----------
        as_of : datetime.date
            The day that stands on it.
        salesperson_codes : sequence of str, optional
            Whose; everybody's where absent.
        state : {"all", "open", "completed", "canceled"}, optional
            Which tasks.
        campaign_no : str, optional
            Only those of a campaign.
        since, until : datetime.date, optional
            First and last day of the tasks.

        Returns
        -------
        SalespersonTasks
            By salesperson and day.

        Raises
        ------
        NotFoundError
            When there is no such salesperson or campaign.
        ConfigError
            When there is no such state.
        """
        asked = {"codes": list(salesperson_codes), "campaign": campaign_no, "since": since, "until": until}
        with self._database.reading() as con:
            _check(con, "salesperson", salesperson_codes)
            rows = _tasks(con, sales_statements.TASKS_OF_SALESPEOPLE, state, asked)
            return SalespersonTasks(as_of, _named(con, rows), None, (), rows)

    def team_tasks(
        self,
        as_of: dt.date,
        team_codes: Sequence[str] = (),
        *,
        state: str = "all",
        campaign_no: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> TeamTasks:
        """List what teams are to do (Team - Tasks, report 5059).

        Parameters
        ----------
        as_of : datetime.date
            The day that stands on it.
        team_codes : sequence of str, optional
            Which teams; all of them where absent.
        state : {"all", "open", "completed", "canceled"}, optional
            Which tasks.
        campaign_no : str, optional
            Only those of a campaign.
        since, until : datetime.date, optional
            First and last day of the tasks.

        Returns
        -------
        TeamTasks
            By team and day, without the copies that members have.

        Raises
        ------
        NotFoundError
            When there is no such team or campaign.
        ConfigError
            When there is no such state.
        """
        asked = {"codes": list(team_codes), "campaign": campaign_no, "since": since, "until": until}
        with self._database.reading() as con:
            _check(con, "team", team_codes)
            rows = _tasks(con, sales_statements.TASKS_OF_TEAMS, state, asked)
            return TeamTasks(as_of, _named(con, rows), None, (), rows)

    def salesperson_opportunities(
        self, as_of: dt.date, salesperson_codes: Sequence[str] = (), *, state: str = "all"
    ) -> SalespersonOpportunities:
        """List the opportunities of salespeople (Salesperson - Opportunities, report 5058).

        Parameters
        ----------
        as_of : datetime.date
            Opportunities created later are left out; of the others it says where they stand now.
        salesperson_codes : sequence of str, optional
            Whose; everybody's where absent.
        state : {"all", "open", "closed", "not_started", "in_progress", "won", "lost"}, optional
            Which opportunities.

        Returns
        -------
        SalespersonOpportunities
            By salesperson, open ones before closed ones.

        Raises
        ------
        NotFoundError
            When there is no such salesperson.
        ConfigError
            When there is no such state.
        """
        with self._database.reading() as con:
            _check(con, "salesperson", salesperson_codes)
            found = _opportunities(con, as_of, state, salespeople=list(salesperson_codes))
            whole = found.assign(is_closed=found["status"].isin(OPPORTUNITY_STATES["closed"]))
            rows = whole.sort_values(["salesperson_code", "is_closed", "opportunity_no"])[list(_BY_SALESPERSON)]
            return SalespersonOpportunities(as_of, _named(con, rows), None, (), rows.reset_index(drop=True))

    def opportunity_list(
        self,
        as_of: dt.date,
        *,
        state: str = "all",
        salesperson_code: str | None = None,
        campaign_no: str | None = None,
        sales_cycle_code: str | None = None,
    ) -> OpportunityRows:
        """List opportunities (Opportunity - List, report 5061).

        Parameters
        ----------
        as_of : datetime.date
            Opportunities created later are left out; of the others it says where they stand now.
        state : {"all", "open", "closed", "not_started", "in_progress", "won", "lost"}, optional
            Which opportunities.
        salesperson_code, campaign_no, sales_cycle_code : str, optional
            Only such.

        Returns
        -------
        OpportunityRows
            By number.

        Raises
        ------
        NotFoundError
            When there is no such salesperson, campaign or sales cycle.
        ConfigError
            When there is no such state.
        """
        with self._database.reading() as con:
            for kind, code in (("salesperson", salesperson_code), ("sales cycle", sales_cycle_code)):
                _check(con, kind, [code] if code else [])
            found = _opportunities(
                con, as_of, state, salespeople=[salesperson_code] if salesperson_code else [], campaign=campaign_no,
                cycle=sales_cycle_code,
            )  # fmt: skip
            return OpportunityRows(as_of, _named(con, found), None, (), found[list(_LISTED)])

    def sales_cycle_analysis(self, as_of: dt.date, sales_cycle_codes: Sequence[str] = ()) -> SalesCycleAnalysis:
        """Tell what goes on in sales cycles and their stages (Sales Cycle - Analysis, report 5062).

        Parameters
        ----------
        as_of : datetime.date
            The day that stands on it; figures are those of now, as in Business Central.
        sales_cycle_codes : sequence of str, optional
            Which cycles; all of them where absent.

        Returns
        -------
        SalesCycleAnalysis
            Open opportunities by cycle; active ones by stage, with the average days of steps that were left again.

        Raises
        ------
        NotFoundError
            When there is no such sales cycle.
        """
        asked = {"codes": list(sales_cycle_codes)}
        with self._database.reading() as con:
            _check(con, "sales cycle", sales_cycle_codes)
            cycles, stages = (
                read(con, statement, asked) for statement in (sales_statements.CYCLES, sales_statements.STAGES)
            )
            ((count,),) = con.execute(sales_statements.UNENTERED, asked).fetchall()
        note = remarks.without_entries(count)
        return SalesCycleAnalysis(as_of, _nobody(), None, (note,) if note else (), cycles, stages)

    def opportunity_details(self, as_of: dt.date, opportunity_nos: Sequence[str] = ()) -> OpportunityDetails:
        """Tell of opportunities their steps, tasks and remaining stages (Opportunity - Details, report 5068).

        Parameters
        ----------
        as_of : datetime.date
            Opportunities created later are left out; stages of one that was not started are planned from this day.
        opportunity_nos : sequence of str, optional
            Which ones; all of them where absent.

        Returns
        -------
        OpportunityDetails
            By number.

        Raises
        ------
        NotFoundError
            When there is no such opportunity.
        """
        with self._database.reading() as con:
            _check(con, "opportunity", opportunity_nos)
            found = _opportunities(con, as_of, "all", numbers=list(opportunity_nos))
            return opportunity_details.details(con, found[list(_LISTED)], _named(con, found), as_of)


def _tasks(con: Connection, statement: str, state: str, asked: Mapping[str, Any]) -> pd.DataFrame:
    if state not in TASK_STATES:
        raise ConfigError(f'Tasks cannot be listed by "{state}".', f"Choose one of: {', '.join(TASK_STATES)}.")
    _check(con, "campaign", [asked["campaign"]] if asked["campaign"] else [])
    return read(con, statement % TASK_STATES[state], asked)


def _opportunities(
    con: Connection,
    as_of: dt.date,
    state: str,
    *,
    numbers: Collection[str] = (),
    salespeople: Collection[str] = (),
    campaign: str | None = None,
    cycle: str | None = None,
) -> pd.DataFrame:
    if state not in OPPORTUNITY_STATES:
        known = ", ".join(OPPORTUNITY_STATES)
        raise ConfigError(f'Opportunities cannot be listed by "{state}".', f"Choose one of: {known}.")
    _check(con, "campaign", [campaign] if campaign else [])
    asked = {
        "as_of": as_of, "statuses": list(OPPORTUNITY_STATES[state]), "numbers": list(numbers),
        "salespeople": list(salespeople), "campaign": campaign, "cycle": cycle,
    }  # fmt: skip
    return read(con, f"{sales_statements.OPPORTUNITIES} ORDER BY o.opportunity_no", asked)


def _check(con: Connection, kind: str, codes: Collection[str]) -> None:
    """Refuse codes and numbers that nothing has."""
    if not codes:
        return
    known = {code for (code,) in con.execute(_KNOWN[kind]).fetchall() if code}
    for code in codes:
        if code not in known:
            raise NotFoundError(f'There is no {kind} "{code}".', nearest(code, known) or "Leave it out for all.")


def _named(con: Connection, rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Find the contacts that a report holds."""
    numbers = list(rows["contact_no"].dropna().unique())
    query = "SELECT c.contact_id FROM unnest(?::VARCHAR[]) n(contact_no) JOIN contact c USING (contact_no)"
    return np.array([one for (one,) in con.execute(query, [numbers]).fetchall()], dtype=np.int64)


def _nobody() -> npt.NDArray[np.int64]:
    return np.array([], dtype=np.int64)
