"""Figures of opportunities: how many, what they are worth, how often they are won, how fast, how old.

Values in progress are those of Business Central: its flow fields count entries that are active and neither won nor
lost. Rates say of what: a win rate is of closed opportunities.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.errors import FrameError, nearest
from pipelines.response import wilson
from pipelines.sales_cycle_standing import CLOSED

AGE_BANDS = (30, 60, 90, 180)
"""Last day of each band of age but the last."""
MATRIX_FIGURES = (
    "opportunity_count", "estimated_amount", "calculated_amount", "average_estimated_amount",
    "average_calculated_amount",
)  # fmt: skip
STATUSES = ("in_progress", "won", "lost", "not_started")
PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}


def figures(stood: pd.DataFrame, by: Sequence[str] = (), confidence: float = 0.95) -> pd.DataFrame:
    """Compute the figures of opportunities, together or in groups.

    Parameters
    ----------
    stood : pandas.DataFrame
        Opportunities as `sales_cycle_standing.standing` gives them.
    by : sequence of str, optional
        Columns to group by; opportunities without a value are a group of their own.
    confidence : float, optional
        Of the interval of the win rate.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` in ascending order, then

        * `opportunity_count`, `not_started_count`, `open_count` (in progress), `won_count`, `lost_count`,
          `closed_count`;
        * of those in progress: `estimated_amount`, `calculated_amount` with `average_…` of each, `overdue_count`,
          `average_age_days`, `average_stage_days`;
        * `win_rate` (won of closed) with its Wilson interval `win_rate_low`, `win_rate_high`; `won_rate_of_all` (won
          of all opportunities, open ones included, as some others count);
        * of those won: `won_amount`, `average_won_amount`; days from creation to closing: `average_won_days`,
          `median_won_days`, `average_lost_days`, `median_lost_days`;
        * `velocity_amount`: what the opportunities in progress bring in a day, open_count x win_rate x
          average_won_amount / average_won_days;
        * of those with a recorded estimate of their closing date: `estimate_count`, `pushed_count` (put off at least
          once), `pushed_rate`, `average_slip_days`.

        Averages, medians and rates of none are NaN.

    Raises
    ------
    FrameError
        When there is no such column to group by.

    References
    ----------
    E. B. Wilson (1927), JASA 22, 209-212. Business Central, tables 5090, 5091 and 5092, the flow fields.
    """
    for name in by:
        if name not in stood.columns:
            raise FrameError(f'Opportunities have no "{name}" to group by.', nearest(name, stood.columns))
    parts = _parts(stood)
    grouped = parts.groupby(list(by), dropna=False, sort=True) if by else parts.groupby(np.zeros(len(parts)))
    found = grouped.agg(**_AGGREGATES).reset_index(drop=not by)
    return _with_rates(found, confidence)


def with_period(stood: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Add the period each opportunity belongs to.

    Parameters
    ----------
    stood : pandas.DataFrame
        Opportunities.
    unit : {"month", "quarter", "year"}
        How long a period is.

    Returns
    -------
    pandas.DataFrame
        With `period`, the first day of the period of the closing date, or of the estimated closing date of those not
        closed (the product gives closed ones their closing date for an estimate).

    Raises
    ------
    FrameError
        When there is no such period.
    """
    if unit not in PERIODS:
        raise FrameError(f'"{unit}" is no period of the pipeline.', nearest(unit, PERIODS))
    day = stood["closed_on"].where(stood["status"].isin(CLOSED), stood["estimated_close_on"])
    return stood.assign(period=day.dt.to_period(PERIODS[unit]).dt.start_time.astype("datetime64[us]"))


def matrix(
    stood: pd.DataFrame, line: str, unit: str = "month", figure: str = "opportunity_count", status: str = "in_progress"
) -> pd.DataFrame:
    """Cross opportunities with periods of their estimated closing date, as the product's matrix does.

    Parameters
    ----------
    stood : pandas.DataFrame
        Opportunities.
    line : str
        The column whose values are the lines.
    unit : {"month", "quarter", "year"}, optional
        How long a period is.
    figure : str, optional
        One of `MATRIX_FIGURES`.
    status : {"in_progress", "won", "lost", "not_started"}, optional
        Which opportunities.

    Returns
    -------
    pandas.DataFrame
        `line`, one column for each period by its first day (``"2027-03-01"``, ``"unknown"`` without a date), and
        ``"total"``, where averages are of all opportunities of the line and not of its averages. Cells without
        opportunities are 0, and NaN in matrices of averages.

    Raises
    ------
    FrameError
        When there is no such figure, status, period or column.

    References
    ----------
    Business Central, page 9257 Opportunities Matrix.
    """
    for word, known, kind in ((figure, MATRIX_FIGURES, "figure"), (status, STATUSES, "status")):
        if word not in known:
            raise FrameError(f'"{word}" is no {kind} of the matrix.', nearest(word, known))
    rows = with_period(stood[stood["status"].eq(status)], unit)
    rows = rows.assign(period=rows["period"].dt.strftime("%Y-%m-%d").fillna("unknown"))
    cells = _cells(rows, [line, "period"])[[line, "period", figure]]
    wide = cells.pivot(index=line, columns="period", values=figure).rename_axis(columns=None)
    if not figure.startswith("average"):
        wide = wide.fillna(0)
    return wide.assign(total=_cells(rows, [line]).set_index(line)[figure]).reset_index()


def ageing(stood: pd.DataFrame) -> pd.DataFrame:
    """Count the opportunities in progress by age.

    Parameters
    ----------
    stood : pandas.DataFrame
        Opportunities.

    Returns
    -------
    pandas.DataFrame
        One row for each band, the youngest first, those of unknown age last where there are any: `from_days`,
        `to_days` (NaN in the open band), `opportunity_count`, `estimated_amount`, `calculated_amount`,
        `overdue_count`. Age is counted in days from the creation date.
    """
    rows = stood[stood["status"].eq("in_progress")]
    band = np.searchsorted(AGE_BANDS, rows["age_days"].fillna(0).to_numpy(), side="left").astype("float64")
    band[rows["age_days"].isna().to_numpy()] = np.nan
    starts, ends = np.array([0, *(day + 1 for day in AGE_BANDS), np.nan]), np.array([*AGE_BANDS, np.nan, np.nan])
    counted = rows.assign(band=np.nan_to_num(band, nan=len(AGE_BANDS) + 1)).groupby("band").agg(
        opportunity_count=("opportunity_no", "size"), estimated_amount=("estimated_amount", "sum"),
        calculated_amount=("calculated_amount", "sum"), overdue_count=("is_overdue", "sum"),
    )  # fmt: skip
    every = counted.reindex(np.arange(len(AGE_BANDS) + 2), fill_value=0)
    found = every.assign(from_days=starts, to_days=ends).reset_index(drop=True)
    if not found["opportunity_count"].iloc[-1]:
        found = found.iloc[:-1]
    return found[["from_days", "to_days", *counted.columns]]


def _cells(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    found = rows.groupby(by, dropna=False).agg(
        opportunity_count=("opportunity_no", "size"), estimated_amount=("estimated_amount", "sum"),
        calculated_amount=("calculated_amount", "sum"), average_estimated_amount=("estimated_amount", "mean"),
        average_calculated_amount=("calculated_amount", "mean"),
    )  # fmt: skip
    return found.reset_index()


_AGGREGATES = {
    "opportunity_count": ("opportunity_no", "size"),
    "not_started_count": ("is_not_started", "sum"),
    "open_count": ("is_open", "sum"),
    "estimated_amount": ("open_estimated", "sum"),
    "calculated_amount": ("open_calculated", "sum"),
    "average_estimated_amount": ("open_estimated", "mean"),
    "average_calculated_amount": ("open_calculated", "mean"),
    "overdue_count": ("is_overdue", "sum"),
    "average_age_days": ("open_age", "mean"),
    "average_stage_days": ("stage_days", "mean"),
    "won_count": ("is_won", "sum"),
    "lost_count": ("is_lost", "sum"),
    "won_amount": ("won_value", "sum"),
    "average_won_amount": ("won_value", "mean"),
    "average_won_days": ("won_days", "mean"),
    "median_won_days": ("won_days", "median"),
    "average_lost_days": ("lost_days", "mean"),
    "median_lost_days": ("lost_days", "median"),
    "estimate_count": ("is_estimated", "sum"),
    "pushed_count": ("is_pushed", "sum"),
    "average_slip_days": ("slip_days", "mean"),
}


def _parts(stood: pd.DataFrame) -> pd.DataFrame:
    """Put each status into columns of its own, so that one pass over the groups gives all figures."""
    is_open, is_won, is_lost = (stood["status"].eq(status) for status in ("in_progress", "won", "lost"))
    return stood.assign(
        is_not_started=stood["status"].eq("not_started"), is_open=is_open, is_won=is_won, is_lost=is_lost,
        open_estimated=stood["estimated_amount"].where(is_open),
        open_calculated=stood["calculated_amount"].where(is_open), open_age=stood["age_days"].where(is_open),
        won_value=stood["calculated_amount"].where(is_won), won_days=stood["closing_days"].where(is_won),
        lost_days=stood["closing_days"].where(is_lost), is_estimated=stood["first_estimated_on"].notna(),
        is_pushed=stood["push_count"].gt(0),
    )  # fmt: skip


def _with_rates(found: pd.DataFrame, confidence: float) -> pd.DataFrame:
    closed = found["won_count"] + found["lost_count"]
    rate = found["won_count"] / closed.where(closed > 0)
    bounds = [
        wilson(won, of, confidence) if of else (np.nan, np.nan)
        for won, of in zip(found["won_count"], closed, strict=True)
    ]
    speed = found["open_count"] * rate * found["average_won_amount"]
    return found.assign(
        closed_count=closed, win_rate=rate, win_rate_low=[low for low, _ in bounds],
        win_rate_high=[high for _, high in bounds], won_rate_of_all=found["won_count"] / found["opportunity_count"],
        velocity_amount=speed / found["average_won_days"].where(found["average_won_days"] > 0),
        pushed_rate=found["pushed_count"] / found["estimate_count"].where(found["estimate_count"] > 0),
    )  # fmt: skip
