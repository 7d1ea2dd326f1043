"""Where the pipeline stands and why: figures of opportunities and stages, their forecast, and how good it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from pipelines.sales_cycle import ageing, figures, matrix
from pipelines.sales_cycle_back_test import accuracy, back_test
from pipelines.sales_cycle_forecast import CONFIDENCE, DRAWS, forecast
from pipelines.sales_cycle_stages import beyond_history, flow, funnel, stage_figures
from pipelines.sales_cycle_standing import CLOSED, visits
from workbench.pipeline_figures import remarks
from workbench.pipeline_figures.reading import Book, columns_of, fields_to_ask_by, read
from workbench.pipeline_figures.results import (
    BackTest,
    PipelineForecast,
    PipelineReport,
    PipelineRows,
    PipelineStages,
)
from workbench.setup import Setup
from workbench.store.database import Database

__all__ = [
    "BackTest",
    "PipelineFigures",
    "PipelineForecast",
    "PipelineReport",
    "PipelineRows",
    "PipelineStages",
    "fields_to_ask_by",
]
_STAGE = ["sales_cycle_code", "stage_no"]
_OPEN = [
    "opportunity_no", "description", "contact_no", "contact_name", "salesperson_code", "campaign_no",
    "sales_cycle_code", "stage_no", "stage", "age_days", "stage_days", "estimated_close_on", "is_overdue", "push_count",
    "slip_days", "estimated_amount", "calculated_amount",
]  # fmt: skip


class PipelineFigures:
    """Figures of the pipeline.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.

    Notes
    -----
    Every method takes `only`, which picks opportunities by cycle, salesperson, team, campaign, contact, company, item
    or any field of theirs: ``only={"team": "EAST"}``.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    def report(
        self,
        by: str | Sequence[str],
        as_of: dt.date,
        *,
        since: dt.date | None = None,
        only: Mapping[str, str] | None = None,
        confidence: float = 0.95,
    ) -> PipelineReport:
        """Compute the figures of opportunities in groups.

        Parameters
        ----------
        by : str or sequence of str
            ``"cycle"``, ``"stage"``, ``"salesperson"``, ``"team"``, ``"campaign"``, ``"contact"``, ``"company"``,
            ``"item"``, ``"status"``, ``"month"``, ``"quarter"``, ``"year"`` (of the closing date, or the estimated one
            of those not closed), or a field of opportunities; several for groups of both; nothing for all together.
        as_of : datetime.date
            The day.
        since : datetime.date, optional
            Leave out what was closed before this day.
        only : mapping of str to str, optional
            Which opportunities.
        confidence : float, optional
            Of the intervals of win rates.

        Returns
        -------
        PipelineReport
            Numbers, values, averages, win rates of those closed, days, ages and slips.

        Raises
        ------
        NotFoundError
            When there is nothing of that name to ask by, or no opportunity to be picked.
        """
        words = tuple(word for word in ((by,) if isinstance(by, str) else by) if word)
        book = self._book(only)
        stood = _since(book.stood(as_of), since)
        groups, columns = book.grouped(stood, words)
        rows, total = figures(groups, columns, confidence), figures(stood, (), confidence)
        several = int(groups["opportunity_no"].duplicated().sum()) if "team_code" in columns else 0
        notes = remarks.in_several_teams(several), remarks.closed_since(_unknown_count(book, stood, as_of), as_of)
        return PipelineReport(as_of, words, since, rows, total, tuple(note for note in notes if note))

    def stages(
        self, as_of: dt.date, *, only: Mapping[str, str] | None = None, confidence: float = 0.95
    ) -> PipelineStages:
        """Compute the figures of stages, the funnel and the moves between stages.

        Parameters
        ----------
        as_of : datetime.date
            The day.
        only : mapping of str to str, optional
            Which opportunities.
        confidence : float, optional
            Of the intervals of conversion.

        Returns
        -------
        PipelineStages
            Stages, funnel and moves.

        Raises
        ------
        NotFoundError
            When there is no opportunity to be picked.
        """
        book = self._book(only)
        stood, stays = book.stood(as_of), visits(book.opportunities, book.entries, as_of)
        found = stage_figures(stood, stays, book.entries, as_of, confidence)
        return PipelineStages(as_of, _described(found, book.stages), funnel(stood, stays), flow(stays))

    def forecast(
        self,
        as_of: dt.date,
        months: int = 6,
        *,
        with_new: bool = True,
        only: Mapping[str, str] | None = None,
        confidence: float = CONFIDENCE,
        draws: int = DRAWS,
        seed: int = 0,
    ) -> PipelineForecast:
        """Forecast what will be won each month, with an interval, by simulation from the histories of stages.

        Parameters
        ----------
        as_of : datetime.date
            Nothing later is used.
        months : int, optional
            How many, the month of the day included.
        with_new : bool, optional
            Whether opportunities that are not there yet count.
        only : mapping of str to str, optional
            Which opportunities.
        confidence : float, optional
            Of the intervals.
        draws : int, optional
            How often the future is drawn.
        seed : int, optional
            The same seed draws the same.

        Returns
        -------
        PipelineForecast
            By month.

        Raises
        ------
        MeasureError
            When nothing was won or lost until the day.
        NotFoundError
            When there is no opportunity to be picked.
        """
        book = self._book(only)
        found = forecast(
            book.opportunities, book.entries, as_of, months, with_new=with_new, confidence=confidence, draws=draws,
            seed=seed,
        )  # fmt: skip
        return PipelineForecast(as_of, found, confidence, draws, seed, _left_out(book, as_of))

    def back_test(
        self,
        as_of: dt.date,
        *,
        cuts: int = 6,
        months: int = 3,
        only: Mapping[str, str] | None = None,
        confidence: float = CONFIDENCE,
        draws: int = 200,
        seed: int = 0,
    ) -> BackTest:
        """Tell how well forecasts would have done in months that are over.

        Parameters
        ----------
        as_of : datetime.date
            Until when values are known.
        cuts : int, optional
            On how many ends of months forecasts are made.
        months : int, optional
            How many months each forecasts.
        only : mapping of str to str, optional
            Which opportunities.
        confidence : float, optional
            Of the intervals.
        draws : int, optional
            How often the future is drawn for each.
        seed : int, optional
            The same seed draws the same.

        Returns
        -------
        BackTest
            Each forecast made from nothing but what was known on its day.

        Raises
        ------
        NotFoundError
            When there is no opportunity to be picked.
        """
        book = self._book(only)
        rows = back_test(
            book.opportunities, book.entries, as_of, cuts=cuts, months=months, confidence=confidence, draws=draws,
            seed=seed,
        )  # fmt: skip
        told = accuracy(rows, confidence)
        notes = (remarks.nothing_tested(),) if rows.empty else ()
        if told.naive_error_rate < told.error_rate:
            notes = (remarks.nearer_by_mean(),)
        return BackTest(as_of, rows, told, notes)

    def matrix(
        self,
        line: str,
        as_of: dt.date,
        *,
        period: str = "month",
        figure: str = "opportunity_count",
        status: str = "in_progress",
        only: Mapping[str, str] | None = None,
    ) -> PipelineRows:
        """Cross opportunities with periods of their estimated closing date, as page 9257 does.

        Parameters
        ----------
        line : str
            ``"salesperson"``, ``"campaign"``, ``"contact"``, or anything else `report` takes.
        as_of : datetime.date
            The day.
        period : {"month", "quarter", "year"}, optional
            How long a period is.
        figure : str, optional
            ``"opportunity_count"``, ``"estimated_amount"``, ``"calculated_amount"`` or ``"average_…"`` of these two.
        status : {"in_progress", "won", "lost", "not_started"}, optional
            Which opportunities.
        only : mapping of str to str, optional
            Which opportunities.

        Returns
        -------
        PipelineRows
            One row for each line, one column for each period, and ``"total"``.

        Raises
        ------
        FrameError
            When there is no such period, figure or status.
        NotFoundError
            When there are no such lines, or no opportunity to be picked.
        """
        book = self._book(only)
        name = columns_of(line, book.opportunities.columns)[-1]
        groups, _ = book.grouped(book.stood(as_of), (line,))
        return PipelineRows(as_of, matrix(groups, name, period, figure, status))

    def ageing(self, as_of: dt.date, *, only: Mapping[str, str] | None = None) -> PipelineRows:
        """Count the opportunities in progress by age.

        Parameters
        ----------
        as_of : datetime.date
            The day.
        only : mapping of str to str, optional
            Which opportunities.

        Returns
        -------
        PipelineRows
            from_days, to_days, opportunity_count, estimated_amount, calculated_amount, overdue_count.

        Raises
        ------
        NotFoundError
            When there is no opportunity to be picked.
        """
        return PipelineRows(as_of, ageing(self._book(only).stood(as_of)))

    def open(self, as_of: dt.date, *, only: Mapping[str, str] | None = None) -> PipelineRows:
        """List the opportunities in progress, the oldest first.

        Parameters
        ----------
        as_of : datetime.date
            The day.
        only : mapping of str to str, optional
            Which opportunities.

        Returns
        -------
        PipelineRows
            With stage, age, days in the stage, and how often and how far their estimated closing date was put off.

        Raises
        ------
        NotFoundError
            When there is no opportunity to be picked.
        """
        stood = self._book(only).stood(as_of)
        rows = stood[stood["status"].eq("in_progress")].sort_values(
            ["age_days", "opportunity_no"], ascending=[False, True]
        )
        return PipelineRows(as_of, rows[_OPEN].reset_index(drop=True))

    def _book(self, only: Mapping[str, str] | None) -> Book:
        return read(self._database, self._setup).only(only or {})


def _since(stood: pd.DataFrame, since: dt.date | None) -> pd.DataFrame:
    if since is None:
        return stood
    return stood[~stood["status"].isin(CLOSED) | ~(stood["closed_on"] < pd.Timestamp(since))]


def _unknown_count(book: Book, stood: pd.DataFrame, as_of: dt.date) -> int:
    """Count those whose value on the day is not known, as they were closed later and nothing was recorded of them."""
    unrecorded = book.opportunities[~book.opportunities["opportunity_no"].isin(book.entries["opportunity_no"])]
    later = unrecorded[unrecorded["closed_on"] > pd.Timestamp(as_of)]
    return int(stood["opportunity_no"].isin(later["opportunity_no"]).sum())


def _described(found: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Put stages beside their descriptions, those where nothing was included as well where their cycle is there."""
    there = stages[stages["sales_cycle_code"].isin(found["sales_cycle_code"])]
    rows = there.merge(found, on=_STAGE, how="outer").sort_values(_STAGE, ignore_index=True)
    counts = [name for name in found.columns if name.endswith("_count")]
    rows[counts] = rows[counts].fillna(0).astype("int64")
    return rows.fillna({"estimated_amount": 0.0, "calculated_amount": 0.0})[
        [*_STAGE, "description", *found.columns[2:]]
    ]


def _left_out(book: Book, as_of: dt.date) -> tuple[str, ...]:
    stood, stays = book.stood(as_of), visits(book.opportunities, book.entries, as_of)
    rows = stood[stood["status"].eq("in_progress")]
    notes = (
        remarks.not_begun(int(stood["status"].eq("not_started").sum())),
        remarks.without_creation_date(int(rows["stage_days"].isna().sum())),
        remarks.beyond_history(beyond_history(stood, stays)),
        "" if rows["estimated_amount"].gt(0).any() or rows.empty else remarks.no_estimates(),
    )
    return tuple(note for note in notes if note)
