"""How well forecasts of the pipeline would have done: each made on the end of a month from what was known then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.dates import shift, start_of
from pipelines.errors import MeasureError
from pipelines.sales_cycle_forecast import CONFIDENCE, forecast
from pipelines.sales_cycle_standing import standing

COLUMNS = [
    "made_on", "month", "months_ahead", "amount", "amount_low", "amount_high", "actual_amount", "is_within",
    "naive_amount", "weighted_amount",
]  # fmt: skip
_NAIVE_MONTHS = 3


@dataclass(frozen=True)
class Accuracy:
    """How near forecasts came.

    Attributes
    ----------
    forecast_count : int
        Months forecast, over all days they were made on.
    within_rate : float
        Of them, those whose value lay in the interval; NaN without any.
    confidence : float
        What it should be.
    error_rate : float
        Sum of absolute errors of the sum of actual values.
    bias_rate : float
        Sum of errors (forecast less actual) of the sum of actual values.
    naive_error_rate : float
        The error of the mean of the three months before the day, made out for the same months.
    """

    forecast_count: int
    within_rate: float
    confidence: float
    error_rate: float
    bias_rate: float
    naive_error_rate: float


def back_test(
    opportunities: pd.DataFrame,
    entries: pd.DataFrame,
    as_of: dt.date,
    *,
    cuts: int = 6,
    months: int = 3,
    confidence: float = CONFIDENCE,
    draws: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Forecast months that are over, each from what was known before it, and compare.

    Parameters
    ----------
    opportunities, entries : pandas.DataFrame
        As for `sales_cycle_forecast.forecast`.
    as_of : datetime.date
        The day until which values are known; a month that is not over by then is not tested.
    cuts : int, optional
        On how many ends of months forecasts are made, the latest first counted.
    months : int, optional
        How many months each forecasts.
    confidence : float, optional
        Of the intervals.
    draws : int, optional
        How often the future is drawn for each.
    seed : int, optional
        The same seed draws the same.

    Returns
    -------
    pandas.DataFrame
        By the day it was made on and the month: `made_on`, `month`, `months_ahead` (from 1), `amount`, `amount_low`,
        `amount_high`, `actual_amount`, `is_within`, `naive_amount` (mean of the three months before), and
        `weighted_amount`. Days on which nothing had been won or lost yet are left out.
    """
    won = _won_by_month(standing(opportunities, entries, as_of))
    last = start_of(shift(as_of, 1, "day"), "month")
    made = []
    for ahead in range(cuts, 0, -1):
        first = shift(last, -ahead, "month")
        day = shift(first, -1, "day")
        try:
            found = forecast(
                opportunities,
                entries,
                shift(first, -1, "day"),
                months + 1,
                confidence=confidence,
                draws=draws,
                seed=seed,
            )
        except MeasureError:
            continue
        made.append(_compared(found.iloc[1:], won, day, last))
    return pd.concat(made, ignore_index=True)[COLUMNS] if made else pd.DataFrame(columns=COLUMNS)


def accuracy(tested: pd.DataFrame, confidence: float = CONFIDENCE) -> Accuracy:
    """Sum up a back-test.

    Parameters
    ----------
    tested : pandas.DataFrame
        As from `back_test`.
    confidence : float, optional
        Of its intervals.

    Returns
    -------
    Accuracy
        Over all its rows; rates of nothing are NaN.
    """
    actual = float(tested["actual_amount"].sum()) or float("nan")
    missed = tested["amount"] - tested["actual_amount"]
    naive = tested["naive_amount"] - tested["actual_amount"]
    within = float(tested["is_within"].astype("float64").mean()) if len(tested) else float("nan")
    return Accuracy(
        len(tested), within, confidence, float(missed.abs().sum()) / actual, float(missed.sum()) / actual,
        float(naive.abs().sum()) / actual,
    )  # fmt: skip


def _won_by_month(stood: pd.DataFrame) -> pd.Series:
    won = stood[stood["status"].eq("won") & stood["closed_on"].notna()]
    return won.groupby(won["closed_on"].dt.to_period("M").dt.start_time)["calculated_amount"].sum()


def _compared(found: pd.DataFrame, won: pd.Series, day: dt.date, end: dt.date) -> pd.DataFrame:
    """Put what was won beside what was forecast, of the months that were over."""
    rows = found[found["month"] < pd.Timestamp(end)].reset_index(drop=True)
    actual = won.reindex(rows["month"], fill_value=0.0).to_numpy("float64")
    before = pd.to_datetime([shift(start_of(day, "month"), -n, "month") for n in range(_NAIVE_MONTHS)])
    return rows.assign(
        made_on=pd.Timestamp(day).as_unit("us"), months_ahead=np.arange(1, len(rows) + 1), actual_amount=actual,
        is_within=(rows["amount_low"] <= actual) & (actual <= rows["amount_high"]),
        naive_amount=won.reindex(before, fill_value=0.0).mean(),
    )  # fmt: skip
