"""How good predicted chances are on examples that the model has not seen: ranks, calibration, lift by decile."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import statsmodels.api as sm
from scipy import special, stats

from pipelines.response import wilson
from pipelines.uplift_curves import deciles

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_CLOSEST = 1e-9  # to 0 and 1, so that log odds are finite


@dataclass(frozen=True)
class Calibration:
    """Whether chances are as high as they are said to be.

    Attributes
    ----------
    brier : float
        The mean squared difference between chance and outcome.
    brier_of_rate : float
        That of giving everybody the rate; a useful model is below it.
    slope, slope_low, slope_high : float
        Of the outcome's log odds on the predicted ones, with its interval: 1 where chances are right, below 1 where
        high ones are too high and low ones too low. NaN where it cannot be estimated.
    predicted_rate, observed_rate : float
        The mean chance, and what happened.
    """

    brier: float
    brier_of_rate: float
    slope: float
    slope_low: float
    slope_high: float
    predicted_rate: float
    observed_rate: float


def ranked(chances: Floats, is_positive: Flags, confidence: float = 0.95) -> tuple[float, float, float]:
    """Compute the area under the ROC curve with its interval.

    Parameters
    ----------
    chances : numpy.ndarray of float
        Predicted.
    is_positive : numpy.ndarray of bool
        What happened; both must be there.
    confidence : float, optional
        Of the interval.

    Returns
    -------
    tuple of float
        AUC, low, high: how often somebody who did it has the higher chance than somebody who did not, equal chances
        counting half. The interval is that of DeLong, cut at 0 and 1.

    References
    ----------
    E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (1988), Biometrics 44, 837-845; from mid-ranks as in X. Sun and
    W. Xu (2014), IEEE Signal Processing Letters 21, 1389-1393.

    Examples
    --------
    >>> ranked(np.array([0.9, 0.8, 0.3, 0.1]), np.array([True, False, True, False]))[0]
    0.75
    """
    yes, no = chances[is_positive], chances[~is_positive]
    ranks = stats.rankdata(np.r_[yes, no])
    beaten = (ranks[: len(yes)] - stats.rankdata(yes)) / len(no)
    beating = 1 - (ranks[len(yes) :] - stats.rankdata(no)) / len(yes)
    area = float(beaten.mean())
    spread = _variance(beaten) / len(yes) + _variance(beating) / len(no)
    half = float(stats.norm.ppf((1 + confidence) / 2) * np.sqrt(spread))
    return area, max(0.0, area - half), min(1.0, area + half)


def calibrated(chances: Floats, is_positive: Flags, confidence: float = 0.95) -> Calibration:
    """Compare chances with what happened.

    Parameters
    ----------
    chances : numpy.ndarray of float
        Predicted.
    is_positive : numpy.ndarray of bool
        What happened.
    confidence : float, optional
        Of the slope's interval.

    Returns
    -------
    Calibration
        Brier score and slope.

    References
    ----------
    G. W. Brier (1950), Monthly Weather Review 78, 1-3; D. R. Cox (1958), Biometrika 45, 562-565, for the slope.
    """
    rate = float(is_positive.mean())
    return Calibration(
        float(np.mean((chances - is_positive) ** 2)), rate * (1 - rate), *_slope(chances, is_positive, confidence),
        float(chances.mean()), rate,
    )  # fmt: skip


def by_decile(chances: Floats, is_positive: Flags, confidence: float = 0.95) -> pd.DataFrame:
    """Compare chances with what happened, tenth by tenth.

    Parameters
    ----------
    chances : numpy.ndarray of float
        Predicted.
    is_positive : numpy.ndarray of bool
        What happened.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        `decile` (1 has the highest chances; equal ones are in one), `contacts`, `predicted_rate`, `positives`, `rate`
        with `rate_low` and `rate_high` (Wilson), `lift` (the rate over that of all), `contacts_share` and
        `positives_share` (of this decile and those above it).
    """
    rows = pd.DataFrame({"decile": deciles(chances), "chance": chances, "is_positive": is_positive})
    found = rows.groupby("decile").agg(
        contacts=("chance", "size"), predicted_rate=("chance", "mean"), positives=("is_positive", "sum")
    ).reset_index()  # fmt: skip
    bounds = [wilson(int(k), int(n), confidence) for k, n in zip(found["positives"], found["contacts"], strict=True)]
    rate = found["positives"] / found["contacts"]
    return found.assign(
        rate=rate, rate_low=[low for low, _ in bounds], rate_high=[high for _, high in bounds],
        lift=rate / is_positive.mean(), contacts_share=found["contacts"].cumsum() / len(rows),
        positives_share=found["positives"].cumsum() / found["positives"].sum(),
    )  # fmt: skip


def _variance(values: Floats) -> float:
    return float(values.var(ddof=1)) if len(values) > 1 else 0.0


def _slope(chances: Floats, is_positive: Flags, confidence: float) -> tuple[float, float, float]:
    logits = special.logit(np.clip(chances, _CLOSEST, 1 - _CLOSEST))
    if np.ptp(logits) == 0 or is_positive.all() or not is_positive.any():
        return np.nan, np.nan, np.nan
    with warnings.catch_warnings():  # who is told apart without error has no slope
        warnings.simplefilter("ignore")
        fit = sm.GLM(is_positive.astype("float64"), sm.add_constant(logits), family=sm.families.Binomial()).fit()
    low, high = fit.conf_int(1 - confidence)[1]
    slope = float(fit.params[1])
    return (slope, float(low), float(high)) if np.isfinite(fit.bse[1]) and fit.bse[1] < 100 else (np.nan,) * 3
