"""Sales cycles, their stages, and the reasons to close opportunities, with what is in them."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field

import pandas as pd

from workbench.errors import NotFoundError, nearest
from workbench.store import tables
from workbench.store.connection import first_row
from workbench.store.database import Database

# Opportunities that are expected to close in a period, from the entries that say where they stand.
_IN_PERIOD = """
    SELECT * FROM opportunity_entry WHERE is_active
        AND ($1 IS NULL OR estimated_close_on >= $1) AND ($2 IS NULL OR estimated_close_on <= $2)
"""
_CYCLES = f"""
    WITH standing AS ({_IN_PERIOD} AND coalesce(action_taken, '') NOT IN ('won', 'lost')), figures AS (
        SELECT sales_cycle_code AS code, count(DISTINCT opportunity_no) AS opportunity_count,
            sum(estimated_amount)::DOUBLE AS estimated_amount, sum(calculated_amount)::DOUBLE AS calculated_amount
        FROM standing GROUP BY ALL
    )
    SELECT c.code, c.description, c.probability_calculation, c.is_blocked,
        (SELECT count(*) FROM sales_cycle_stage g WHERE g.sales_cycle_code = c.code) AS stage_count,
        coalesce(f.opportunity_count, 0) AS opportunity_count,
        coalesce(f.estimated_amount, 0) AS estimated_amount, coalesce(f.calculated_amount, 0) AS calculated_amount
    FROM sales_cycle c LEFT JOIN figures f USING (code) ORDER BY c.code
"""  # noqa: S608 - a text of ours
_STAGES = f"""
    WITH standing AS ({_IN_PERIOD}), figures AS (
        SELECT stage_no, count(*) AS opportunity_count, sum(estimated_amount)::DOUBLE AS estimated_amount,
            sum(calculated_amount)::DOUBLE AS calculated_amount
        FROM standing WHERE sales_cycle_code = $3 GROUP BY ALL
    ), past AS (
        SELECT stage_no, avg(open_days) AS average_days FROM opportunity_entry
        WHERE sales_cycle_code = $3 AND NOT is_active GROUP BY ALL
    )
    SELECT g.* EXCLUDE (sales_cycle_code) REPLACE (g.stage_no::INTEGER AS stage_no),
        coalesce(f.opportunity_count, 0) AS opportunity_count,
        coalesce(f.estimated_amount, 0) AS estimated_amount, coalesce(f.calculated_amount, 0) AS calculated_amount,
        p.average_days
    FROM sales_cycle_stage g LEFT JOIN figures f USING (stage_no) LEFT JOIN past p USING (stage_no)
    WHERE g.sales_cycle_code = $3 ORDER BY g.stage_no
"""  # noqa: S608 - a text of ours
_CODES = """
    SELECT c.code, c.description, c.type,
        (SELECT count(*) FROM opportunity_entry e WHERE e.close_opportunity_code = c.code) AS opportunity_count
    FROM close_opportunity_code c ORDER BY c.type DESC, c.code
"""


@dataclass(frozen=True)
class SalesCycleList:
    """The sales cycles, or the reasons to close opportunities.

    Attributes
    ----------
    rows : pandas.DataFrame
        Of cycles: code, description, probability_calculation, is_blocked, stage_count, and of their open opportunities
        opportunity_count, estimated_amount, calculated_amount. Of reasons: code, description, type, and
        opportunity_count, those closed for it.
    """

    rows: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        return self.rows.to_html(index=False)


@dataclass(frozen=True)
class SalesCycleCard:
    """A sales cycle with its stages.

    Attributes
    ----------
    code : str
        The cycle.
    description : str or None
        What it is for.
    probability_calculation : str
        How the probability of its opportunities is worked out.
    is_blocked : bool
        Whether it takes no more opportunities.
    stages : pandas.DataFrame
        By number: stage_no, description, completed_rate, chances_rate, activity_code, is_quote_required, allows_skip,
        date_formula; opportunity_count, estimated_amount and calculated_amount of the entries at it that are active;
        average_days, how long entries that are not active any more were open.
    """

    code: str
    description: str | None
    probability_calculation: str
    is_blocked: bool
    stages: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the stages.

        Returns
        -------
        pandas.DataFrame
            `stages`.
        """
        return self.stages

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.code} {self.description or ''}")
        return f"<b>{head}</b>{self.stages.to_html(index=False)}"


class SalesCycles:
    """Sales cycles and what is in them; `Workbench.codes` keeps them.

    Parameters
    ----------
    database : Database
        The store.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, *, closes_from: dt.date | None = None, closes_until: dt.date | None = None) -> SalesCycleList:
        """List the sales cycles.

        Parameters
        ----------
        closes_from, closes_until : datetime.date, optional
            Count only opportunities that are expected to close in that period.

        Returns
        -------
        SalesCycleList
            By code, with their open opportunities.
        """
        with self._database.reading() as con:
            return SalesCycleList(tables.frame(con, _CYCLES, [closes_from, closes_until]))

    def get(
        self, code: str, *, closes_from: dt.date | None = None, closes_until: dt.date | None = None
    ) -> SalesCycleCard:
        """Fetch a sales cycle.

        Parameters
        ----------
        code : str
            The cycle.
        closes_from, closes_until : datetime.date, optional
            Count only opportunities that are expected to close in that period.

        Returns
        -------
        SalesCycleCard
            With its stages.

        Raises
        ------
        NotFoundError
            When there is none of the code.
        """
        query = "SELECT code, description, probability_calculation, is_blocked FROM sales_cycle WHERE code = ?"
        with self._database.reading() as con:
            row = first_row(con, query, [code])
            if row is None:
                known = [one for (one,) in con.execute("SELECT code FROM sales_cycle").fetchall()]
                hint = nearest(code, known) if known else f"Add it first: workbench setup cycle set {code}."
                raise NotFoundError(f'There is no sales cycle "{code}".', hint)
            stages = tables.frame(con, _STAGES, [closes_from, closes_until, code])
            code, description, way, is_blocked = row
            return SalesCycleCard(code, description, way, is_blocked, stages)

    def close_codes(self) -> SalesCycleList:
        """List the reasons for which opportunities are won and lost.

        Returns
        -------
        SalesCycleList
            With how many opportunities were closed for each.
        """
        with self._database.reading() as con:
            return SalesCycleList(tables.frame(con, _CODES))
