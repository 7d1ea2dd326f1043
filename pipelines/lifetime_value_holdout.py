"""How well a model of purchases does: on the customers it was fitted to, and on a time it has not seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from pipelines.lifetime_value import PurchaseModel
from pipelines.lifetime_value_histories import Histories

Floats = npt.NDArray[np.float64]

MOST = 7
"""Repeat purchases from which on customers are put together."""
_TOP = f"{MOST}+"


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
        `actual_purchases`, `expected_purchases` (of all), `mean_absolute_error` (for each customer), and the same of
        going on as before (`naive_absolute_error`: x / T purchases for each unit), `correlation` of both over
        customers.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        as_before = np.where(histories.age > 0, histories.x / histories.age * t, 0.0)[histories.inverse]
    is_known = min(np.ptp(expected), np.ptp(actual)) > 0
    return {
        "actual_purchases": float(actual.sum()),
        "expected_purchases": float(expected.sum()),
        "mean_absolute_error": float(np.abs(actual - expected).mean()),
        "naive_absolute_error": float(np.abs(actual - as_before).mean()),
        "correlation": float(np.corrcoef(expected, actual)[0, 1]) if is_known else float("nan"),
    }


def tracked(model: PurchaseModel, begun: npt.ArrayLike, bought: npt.ArrayLike, until: float) -> pd.DataFrame:
    """Follow the repeat purchases of customers over time, beside what the model says.

    Parameters
    ----------
    model : PurchaseModel
        As fitted.
    begun : array_like
        When each customer bought first, in units from the first of all.
    bought : array_like
        When each of their repeat purchases was, in the same units.
    until : float
        Where the time ends.

    Returns
    -------
    pandas.DataFrame
        One row for each whole unit: `unit` (1 is the first), `actual_count`, `expected_count` within it, and both
        added up from the first: `actual_total`, `expected_total`.

    Notes
    -----
    Expected are Σ E[X(t - begun)] over customers, as in figures 2 and 3 of the paper on BG/NBD.
    """
    starts, weight = np.unique(np.asarray(begun, dtype=np.float64), return_counts=True)
    times = np.sort(np.asarray(bought, dtype=np.float64))
    ends = np.arange(1, int(np.floor(until + 1e-9)) + 1)
    expected = np.array([model.expected_if_alive(np.maximum(end - starts, 0.0)) @ weight for end in ends])
    actual = np.searchsorted(times, ends, side="left")
    return pd.DataFrame({
        "unit": ends, "actual_count": np.diff(actual, prepend=0), "expected_count": np.diff(expected, prepend=0.0),
        "actual_total": actual, "expected_total": expected,
    })  # fmt: skip


def _labels() -> list[str]:
    return [*map(str, range(MOST)), _TOP]
