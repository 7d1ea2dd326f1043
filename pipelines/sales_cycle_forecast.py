"""What will be won each month, by simulation from the stages that opportunities went through before."""

from __future__ import annotations

import datetime as dt
import zlib

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.dates import shift, start_of
from pipelines.errors import MeasureError
from pipelines.sales_cycle_simulation import Simulation
from pipelines.sales_cycle_standing import CLOSED, standing, visits

DRAWS = 500
"""How often the future is drawn."""
CONFIDENCE = 0.8
"""Of the intervals."""

Floats = npt.NDArray[np.float64]
COLUMNS = [
    "month", "amount", "amount_low", "amount_high", "won_count", "won_count_low", "won_count_high", "already_amount",
    "open_amount", "new_amount", "weighted_amount",
]  # fmt: skip


def forecast(
    opportunities: pd.DataFrame,
    entries: pd.DataFrame,
    as_of: dt.date,
    months: int = 6,
    *,
    with_new: bool = True,
    confidence: float = CONFIDENCE,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """Forecast the value won in each month by simulation from what is known on a day.

    Parameters
    ----------
    opportunities, entries : pandas.DataFrame
        As for `sales_cycle_standing.standing`; `item_no`, where there is one, tells alike opportunities from others.
    as_of : datetime.date
        Nothing that came later is used.
    months : int, optional
        How many, the month of the day included.
    with_new : bool, optional
        Whether opportunities that are not there yet count.
    confidence : float, optional
        Of the intervals: 0.8 is to hold the month's value four times of five.
    draws : int, optional
        How often the future is drawn.
    seed : int, optional
        The same seed draws the same.

    Returns
    -------
    pandas.DataFrame
        One row for each month: `month` (its first day); `amount` (the mean of the draws) with `amount_low`,
        `amount_high`; `won_count` with its bounds; and of which `already_amount` (won in the month until the day),
        `open_amount` (opportunities in progress), `new_amount` (those not there yet). `weighted_amount` is the
        calculated current value of those in progress by their estimated closing date, as the product would add it up.

    Raises
    ------
    MeasureError
        When nothing was won or lost until the day, or the months, draws or confidence make no sense.

    Notes
    -----
    An opportunity wins its estimated value times what those before won of theirs; without an estimate, the average of
    what is won with the item. One that is in a stage nobody has left yet, or longer than anybody before, stays there.
    Months also win more or less than stays explain (`sales_cycle_months.month_factors`), in no order: seasons and
    trends are not forecast. How well that does is what `sales_cycle_back_test.back_test` tells.

    References
    ----------
    D. B. Rubin (1981), The Bayesian bootstrap, Annals of Statistics 9, 130-134. R. A. Howard (1971), Dynamic
    Probabilistic Systems 2, on semi-Markov processes.
    """
    if not (1 <= months <= 60 and draws >= 20 and 0 < confidence < 1):
        raise MeasureError(
            f"A forecast of {months} months from {draws} draws with a confidence of {confidence} makes no sense.",
            "Take 1 to 60 months, at least 20 draws and a confidence between 0 and 1.",
        )
    stood = _with_base(standing(opportunities, entries, as_of))
    stays = visits(opportunities, entries, as_of)
    if not stays["went_to"].isin(CLOSED).any():
        raise MeasureError(
            f"Nothing was won or lost until {as_of}, so there is nothing to forecast from.", "Take a later day."
        )
    starts = [shift(start_of(as_of, "month"), n, "month") for n in range(months)]
    simulation = Simulation(stood, stays, as_of, starts, with_new)
    chance = np.random.default_rng([seed, zlib.crc32(as_of.isoformat().encode())])
    return _summed(np.stack([simulation.draw(chance) for _ in range(draws)]), stood, starts, confidence)


def _with_base(stood: pd.DataFrame) -> pd.DataFrame:
    """Give each the value it is measured by: its estimate, or the average of what is won with its item."""
    won = stood["calculated_amount"].where(stood["status"].eq("won"))
    alike = won.groupby(stood["item_no"]).transform("mean") if "item_no" in stood else won * np.nan
    base = stood["estimated_amount"].where(stood["estimated_amount"] > 0).fillna(alike)
    return stood.assign(base_amount=base.fillna(won.mean()).fillna(0.0))


def _summed(drawn: Floats, stood: pd.DataFrame, months: list[dt.date], confidence: float) -> pd.DataFrame:
    """Sum up draws of shape (draws, 4, months): amount and count of those in progress, then of new ones."""
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    already, already_count = _already(stood, months)
    amounts, counts = drawn[:, 0] + drawn[:, 2] + already, drawn[:, 1] + drawn[:, 3] + already_count
    (low, high), (count_low, count_high) = (np.quantile(each, tails, axis=0) for each in (amounts, counts))
    return pd.DataFrame({
        "month": pd.to_datetime(months).as_unit("us"), "amount": amounts.mean(axis=0), "amount_low": low,
        "amount_high": high, "won_count": counts.mean(axis=0), "won_count_low": count_low,
        "won_count_high": count_high, "already_amount": already, "open_amount": drawn[:, 0].mean(axis=0),
        "new_amount": drawn[:, 2].mean(axis=0), "weighted_amount": _weighted(stood, months),
    })[COLUMNS]  # fmt: skip


def _already(stood: pd.DataFrame, months: list[dt.date]) -> tuple[Floats, Floats]:
    """Count what was won in the month of the day until the day."""
    won = stood[stood["status"].eq("won") & (stood["closed_on"] >= pd.Timestamp(months[0]))]
    amount, count = np.zeros(len(months)), np.zeros(len(months))
    amount[0], count[0] = won["calculated_amount"].sum(), len(won)
    return amount, count


def _weighted(stood: pd.DataFrame, months: list[dt.date]) -> Floats:
    rows = stood[stood["status"].eq("in_progress")]
    month = rows["estimated_close_on"].dt.to_period("M").dt.start_time
    sums = rows.groupby(month)["calculated_amount"].sum()
    return sums.reindex(pd.to_datetime(months), fill_value=0.0).to_numpy("float64")
