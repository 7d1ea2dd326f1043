"""How well a model of purchases does: on the customers it was fitted to, and on a time it has not seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from pipelines.lifetime_value import PurchaseModel
from pipelines.lifetime_value_histories import Histories
from pipelines.uplift_curves import deciles

Floats = npt.NDArray[np.float64]

MOST = 7
"""Repeat purchases from which on customers are put together."""
_TOP = f"{MOST}+"
_ROUNDING = 1e-9  # days divided by the days of a unit


def fitted_counts(model: PurchaseModel, histories: Histories) -> pd.DataFrame:
    """Count customers by repeat purchases, beside how many the model says.

    Parameters
    ----------
    model : PurchaseModel
        As fitted to these histories.
    histories : Histories
        Of customers.

    Returns
    -------
    pandas.DataFrame
        `repeat_purchases` (``"0"`` to ``"7+"``), `actual_count`, `expected_count`; both add up to the customers.
    """
    ages, place = np.unique(histories.age, return_inverse=True)
    weight = np.bincount(place, histories.weight)
    likely = model.count_probability(np.arange(MOST)[:, None], ages) @ weight
    actual = np.bincount(np.minimum(histories.x, MOST).astype(np.int64), histories.weight, MOST + 1)
    return pd.DataFrame({
        "repeat_purchases": _labels(), "actual_count": actual.astype(np.int64),
        "expected_count": np.r_[likely, weight.sum() - likely.sum()],
    })  # fmt: skip


def by_repeats(x: npt.ArrayLike, expected: npt.ArrayLike, actual: npt.ArrayLike) -> pd.DataFrame:
    """Compare what customers bought afterwards with what was expected, by how often they had come back.

    Parameters
    ----------
    x : array_like
        Repeat purchases of each customer until the model's day.
    expected, actual : array_like
        Purchases of each after it.

    Returns
    -------
    pandas.DataFrame
        `repeat_purchases` (``"0"`` to ``"7+"``, those that somebody has), `customer_count`, `expected_mean`,
        `actual_mean`, `actual_low`, `actual_high` (95 %, normal approximation; unknown for one customer).
    """
    groups = np.minimum(np.asarray(x, dtype=np.float64), MOST).astype(np.int64)
    rows = pd.DataFrame({"group": groups, "expected": np.asarray(expected), "actual": np.asarray(actual)})
    found = rows.groupby("group").agg(
        customer_count=("actual", "size"), expected_mean=("expected", "mean"), actual_mean=("actual", "mean"),
        error=("actual", "sem"),
    )  # fmt: skip
    away = norm.ppf(0.975) * found.pop("error")
    found = found.assign(actual_low=found["actual_mean"] - away, actual_high=found["actual_mean"] + away)
    found.insert(0, "repeat_purchases", [_labels()[group] for group in found.index])
    return found.reset_index(drop=True)


def holdout_figures(histories: Histories, expected: Floats, actual: Floats, t: float) -> dict[str, float]:
    """Sum up how well purchases of a time that the model had not seen were foretold.

    Parameters
    ----------
    histories : Histories
        Of customers until the model's day.
    expected, actual : numpy.ndarray of float
        Purchases of each customer after it.
    t : float
        For how many units.

    Returns
    -------
    dict of str to float
        `correlation` of what was expected and what came over customers, unknown where either is alike for all;
        `actual_purchases` and `expected_purchases` of all; `mean_absolute_error` for each customer, and
        `naive_absolute_error` if all had gone on as before: x / T purchases for each unit.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        as_before = np.where(histories.age > 0, histories.x / histories.age * t, 0.0)[histories.inverse]
    is_known = min(np.ptp(expected), np.ptp(actual)) > 0
    return {
        "correlation": float(np.corrcoef(expected, actual)[0, 1]) if is_known else float("nan"),
        "actual_purchases": float(actual.sum()),
        "expected_purchases": float(expected.sum()),
        "mean_absolute_error": float(np.abs(actual - expected).mean()),
        "naive_absolute_error": float(np.abs(actual - as_before).mean()),
    }


def by_decile(expected: Floats, actual: Floats) -> pd.DataFrame:
    """Compare what was expected with what came, tenth by tenth of those expected to bring most.

    Parameters
    ----------
    expected, actual : numpy.ndarray of float
        Purchases or amounts of each customer; those of whom nothing was expected or is known are left out.

    Returns
    -------
    pandas.DataFrame
        `decile` (1 is the highest; equal expectations are in one), `customer_count`, and the sums `expected_sum` and
        `actual_sum`.
    """
    is_known = np.isfinite(expected) & np.isfinite(actual)
    rows = pd.DataFrame({"expected": expected[is_known], "actual": actual[is_known]})
    groups = rows.groupby(deciles(rows["expected"].to_numpy()))
    found = groups.agg(
        customer_count=("actual", "size"), expected_sum=("expected", "sum"), actual_sum=("actual", "sum")
    )
    return found.rename_axis("decile").reset_index()


def tracked(
    model: PurchaseModel, at: npt.ArrayLike, first_count: npt.ArrayLike, repeat_count: npt.ArrayLike, until: float
) -> pd.DataFrame:
    """Follow the repeat purchases of customers over time, beside what the model says.

    Parameters
    ----------
    model : PurchaseModel
        As fitted.
    at : array_like
        When there were purchases, in units from the first of all.
    first_count, repeat_count : array_like
        How many customers bought for the first time then, and how many purchases were not the first.
    until : float
        Where the time ends.

    Returns
    -------
    pandas.DataFrame
        One row for each whole unit: `unit` (1 is the first), repeat purchases within it, `actual_count` and
        `expected_count`, and both added up from the first: `actual_total`, `expected_total`.

    Notes
    -----
    Expected are Σ E[X(t - at)] over customers, as in figures 2 and 3 of the paper on BG/NBD. A unit does not hold the
    moment it ends.
    """
    times, begun, repeats = (np.asarray(each, dtype=np.float64) for each in (at, first_count, repeat_count))
    ends = np.arange(1, int(np.floor(until + _ROUNDING)) + 1)
    expected = np.array([model.expected_if_alive(np.maximum(end - times, 0.0)) @ begun for end in ends])
    actual = np.array([repeats[times < end - _ROUNDING].sum() for end in ends])
    return pd.DataFrame({
        "unit": ends, "actual_count": np.diff(actual, prepend=0.0), "expected_count": np.diff(expected, prepend=0.0),
        "actual_total": actual, "expected_total": expected,
    })  # fmt: skip


def _labels() -> list[str]:
    return [*map(str, range(MOST)), _TOP]
