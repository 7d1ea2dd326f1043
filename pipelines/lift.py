"""What a campaign did: each arm against the one that was held out, in responses and in revenue."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.arms import check
from pipelines.errors import MeasureError, nearest
from pipelines.mean_lift import (
    MeanLift,
    Sample,
    adjusted,
    bootstrap_interval,
    bootstrap_means,
    cuped_weight,
    welch,
)
from pipelines.rate_lift import rate_lift

Row = Mapping[str, Any]
_UNKNOWN = MeanLift(math.nan, math.nan, math.nan, math.nan, math.nan)


def response_lifts(tallies: pd.DataFrame, against: str, confidence: float = 0.95) -> pd.DataFrame:
    """Compare the response rate of each arm with that of one arm.

    Parameters
    ----------
    tallies : pandas.DataFrame
        As from `arms.tallied`, without further columns to part by.
    against : str
        The arm that was held out.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row for each other arm: `arm`, `against`, `absolute_lift`, `absolute_low`, `absolute_high` (difference of
        the rates, Newcombe), `relative_lift`, `relative_low`, `relative_high` (ratio less 1, Koopman), `z`, `p_value`,
        `test`, `p_adjusted` (Holm, for the number of arms), and the responses that the arm's targets gave beyond what
        the rate of the held-out would have: `incremental_responses` with `incremental_low`, `incremental_high`.

    Raises
    ------
    MeasureError
        When the arm has no targets.

    References
    ----------
    S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6,
    65-70. For the rest see `rate_lift`.
    """
    arms, other = _parted(tallies, against)
    found = pd.DataFrame([_response_lift(arm, other, confidence) for arm in arms])
    return found.assign(p_adjusted=holm(found["p_value"]))


def revenue_lifts(
    tallies: pd.DataFrame, targets: pd.DataFrame, against: str, seed: int, confidence: float = 0.95
) -> pd.DataFrame:
    """Compare the revenue per target of each arm with that of one arm.

    Parameters
    ----------
    tallies : pandas.DataFrame
        As from `arms.tallied` of the same targets.
    targets : pandas.DataFrame
        One row for each target: `contact_id`, `arm`, `revenue_amount`.
    against : str
        The arm that was held out.
    seed : int
        Of the bootstrap.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row for each other arm: `arm`, `revenue_lift`, `revenue_low`, `revenue_high` (difference of the means,
        Welch), `revenue_t`, `revenue_p_value`, `revenue_p_adjusted` (Holm), `bootstrap_low`, `bootstrap_high`,
        `cuped_lift`, `cuped_low`, `cuped_high`, `cuped_p_value` (the difference with an earlier period taken out; NaN
        without one), `variance_kept` (its squared standard error as a share of Welch's), and `incremental_revenue` with
        `incremental_revenue_low`, `incremental_revenue_high` (the difference times the arm's targets).

    Raises
    ------
    MeasureError
        When the arm has no targets.
    """
    check(targets, ["contact_id", "arm", "revenue_amount"])
    arms, other = _parted(tallies, against)
    weight = _cuped_weight(tallies)
    draws = {str(arm["arm"]): _drawn(targets, str(arm["arm"]), seed) for arm in [*arms, other]}
    rows = []
    for arm in arms:
        low, high = bootstrap_interval(draws[str(arm["arm"])], draws[against], confidence)
        row = _revenue_lift(arm, other, weight, confidence)
        rows.append({**row, "bootstrap_low": low, "bootstrap_high": high})
    found = pd.DataFrame(rows)
    return found.assign(revenue_p_adjusted=holm(found["revenue_p_value"]))


def subgroup_lifts(tallies: pd.DataFrame, by: str, against: str, confidence: float = 0.95) -> pd.DataFrame:
    """Compare arms within each part of the targets.

    Parameters
    ----------
    tallies : pandas.DataFrame
        As from `arms.tallied`, parted by one column.
    by : str
        That column.
    against : str
        The arm that was held out.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        `field` (the column's name), `value` and the columns of `response_lifts`, with the targets and responders of
        both arms; parts that lack either arm are left out. `p_adjusted` is Holm's for all rows of the frame, and
        `p_differs` tells how often chance alone would let the lifts of an arm differ so much between the parts.

    References
    ----------
    W. G. Cochran (1954), The combination of estimates from different experiments, Biometrics 10, 101-129.
    """
    rows = []
    for value, part in tallies.groupby(by, observed=True, dropna=False, sort=True):
        if against in set(part["arm"]) and len(part) > 1:
            arms, other = _parted(part, against)
            rows += [{"field": by, "value": value, **_response_lift(arm, other, confidence)} for arm in arms]
    found = pd.DataFrame(rows, columns=None if rows else ["field", "value", "arm", "p_value", "absolute_lift"])
    differing = {arm: _heterogeneity(part, confidence) for arm, part in found.groupby("arm")}
    return found.assign(p_adjusted=holm(found["p_value"]), p_differs=found["arm"].map(differing))


def holm(p_values: Sequence[float] | pd.Series) -> list[float]:
    """Correct p values for how many there are.

    Parameters
    ----------
    p_values : sequence of float
        One for each comparison.

    Returns
    -------
    list of float
        In the same order; the largest (k - i + 1) p₍ⱼ₎ over j ≤ i, 1 at most.

    References
    ----------
    S. Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> [round(value, 2) for value in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(values)
    corrected = np.empty_like(values)
    corrected[order] = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    return [float(value) for value in np.minimum(corrected, 1)]


def _response_lift(arm: Row, other: Row, confidence: float) -> dict[str, Any]:
    own, others = ((int(row["responder_count"]), int(row["target_count"])) for row in (arm, other))
    found = rate_lift(*own, *others, confidence=confidence)
    bounds = {"lift": found.absolute, "low": found.absolute_low, "high": found.absolute_high}
    names = {"absolute": "absolute_lift", "relative": "relative_lift"}
    incremental = {"lift": "incremental_responses", "low": "incremental_low", "high": "incremental_high"}
    return {
        "arm": arm["arm"], "against": other["arm"],
        "target_count": arm["target_count"], "responder_count": arm["responder_count"],
        "against_target_count": other["target_count"], "against_responder_count": other["responder_count"],
        **{names.get(name, name): value for name, value in asdict(found).items()},
        **{incremental[name]: value * arm["target_count"] for name, value in bounds.items()},
    }  # fmt: skip


def _revenue_lift(arm: Row, other: Row, weight: float, confidence: float) -> dict[str, Any]:
    plain = welch(_sample(arm), _sample(other), confidence)
    taken_out = _UNKNOWN
    if not math.isnan(weight):
        taken_out = welch(_taken_out(arm, weight), _taken_out(other, weight), confidence)
    count = arm["target_count"]
    return {
        "arm": arm["arm"],
        **dict(zip(("revenue_lift", "revenue_low", "revenue_high", "revenue_t", "revenue_p_value"),
                   asdict(plain).values(), strict=True)),
        "cuped_lift": taken_out.difference, "cuped_low": taken_out.low, "cuped_high": taken_out.high,
        "cuped_p_value": taken_out.p_value, "variance_kept": _variance_kept(plain, taken_out),
        "incremental_revenue": plain.difference * count,
        "incremental_revenue_low": plain.low * count, "incremental_revenue_high": plain.high * count,
    }  # fmt: skip


def _sample(arm: Row) -> Sample:
    return Sample(int(arm["target_count"]), float(arm["revenue_mean"]), float(arm["revenue_variance"]))


def _taken_out(arm: Row, weight: float) -> Sample:
    earlier = Sample(int(arm["target_count"]), float(arm["pre_period_mean"]), float(arm["pre_period_variance"]))
    return adjusted(_sample(arm), earlier, float(arm["covariance"]), weight)


def _variance_kept(plain: MeanLift, taken_out: MeanLift) -> float:
    """Standard errors are differences by t; none is known where t is 0."""
    if not plain.t or not taken_out.t or math.isnan(taken_out.t):
        return math.nan
    return ((taken_out.difference / taken_out.t) / (plain.difference / plain.t)) ** 2


def _cuped_weight(tallies: pd.DataFrame) -> float:
    columns = ("target_count", "covariance", "pre_period_variance")
    if tallies["pre_period_mean"].isna().any():
        return math.nan
    return cuped_weight(*(tallies[name].tolist() for name in columns))


def _drawn(targets: pd.DataFrame, arm: str, seed: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    own = targets.loc[(targets["arm"] == arm).to_numpy(), ["contact_id", "revenue_amount"]]
    return bootstrap_means(arm, own["revenue_amount"].to_numpy(), own["contact_id"].to_numpy(), seed)


def _heterogeneity(parts: pd.DataFrame, confidence: float) -> float:
    """Cochran's Q: whether lifts of independent parts lie further apart than their intervals explain."""
    error = (parts["absolute_high"] - parts["absolute_low"]) / (2 * stats.norm.ppf((1 + confidence) / 2))
    if len(parts) < 2:
        return math.nan
    weight = 1 / error**2
    mean = (weight * parts["absolute_lift"]).sum() / weight.sum()
    return float(stats.chi2.sf((weight * (parts["absolute_lift"] - mean) ** 2).sum(), len(parts) - 1))


def _parted(tallies: pd.DataFrame, against: str) -> tuple[list[Row], Row]:
    """Take the arm that others are compared with apart."""
    rows: list[Row] = [{str(name): value for name, value in row.items()} for row in tallies.to_dict("records")]
    other = [row for row in rows if row["arm"] == against]
    if not other:
        raise MeasureError(f'No target is in the arm "{against}".', nearest(against, tallies["arm"].astype(str)))
    return [row for row in rows if row["arm"] != against], other[0]
