"""What each arm of a campaign came to: everything that rates, lifts and returns are computed from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.errors import FrameError, nearest
from pipelines.response import wilson

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer]

NEEDED = ("contact_id", "arm", "is_responder")
"""The columns that targets cannot do without."""
_COUNTED = {
    "delivered_count": "is_delivered", "contacted_count": "is_contacted", "responder_count": "is_responder",
    "response_count": "response_count", "late_count": "is_late", "open_count": "is_open",
}  # fmt: skip


def tallied(targets: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Add up the targets of each arm.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each target: `contact_id`, `arm`, `is_responder`, the columns of `by`, and where they are known
        `is_delivered`, `is_contacted`, `is_late`, `is_open` (booleans), `response_count`, `cost_amount`,
        `revenue_amount` and `pre_period_amount`; none of them unknown in a row.
    by : sequence of str, optional
        What to part the arms by.

    Returns
    -------
    pandas.DataFrame
        One row for each arm that has targets, in ascending order: the columns of `by`, `arm`, `target_count`,
        `delivered_count`, `contacted_count`, `responder_count`, `response_count`, `late_count`, `open_count`,
        `cost_amount`, `revenue_amount` (sums), `revenue_mean`, `revenue_variance`, `pre_period_mean`,
        `pre_period_variance` and `covariance`. What no column of `targets` tells is NaN.

    Raises
    ------
    FrameError
        When a column is missing.

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": [1, 2, 3], "arm": ["A", "A", "B"], "is_responder": [True, False, False]})
    >>> tallied(frame)[["arm", "target_count", "responder_count"]].to_dict("list")
    {'arm': ['A', 'B'], 'target_count': [2, 1], 'responder_count': [1, 0]}
    """
    check(targets, [*NEEDED, *by])
    grouped = targets.groupby([*by, "arm"], observed=True, sort=True, dropna=False)
    codes = grouped.ngroup().to_numpy()
    tallies = grouped.size().rename("target_count").reset_index()
    size = len(tallies)
    for name, column in _COUNTED.items():
        tallies[name] = _sum(codes, size, targets, column)
    tallies["responder_count"] = tallies["responder_count"].astype("int64")
    tallies["cost_amount"] = _sum(codes, size, targets, "cost_amount")
    return tallies.assign(**_amounts(codes, tallies["target_count"].to_numpy(), targets))


def with_rates(tallies: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Put the response rate of each arm beside what it is of.

    Parameters
    ----------
    tallies : pandas.DataFrame
        As from `tallied`.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        With `response_rate` (responders of targets) and its Wilson interval `rate_low`, `rate_high`, and
        `revenue_per_target`.
    """
    pairs = zip(tallies["responder_count"], tallies["target_count"], strict=True)
    bounds = np.array([wilson(int(r), int(n), confidence) for r, n in pairs]).reshape(-1, 2)
    return tallies.assign(
        response_rate=tallies["responder_count"] / tallies["target_count"],
        rate_low=bounds[:, 0],
        rate_high=bounds[:, 1],
        revenue_per_target=tallies["revenue_mean"],
    )


def check(targets: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse targets that lack a column.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each target.
    columns : sequence of str
        What it has to have.

    Raises
    ------
    FrameError
        Naming the columns.
    """
    missing = [name for name in columns if name not in targets.columns]
    if missing:
        known = map(str, targets.columns)
        raise FrameError(f"The targets have no column {', '.join(missing)}.", nearest(missing[0], known))


def _sum(codes: Codes, size: int, targets: pd.DataFrame, column: str) -> Floats:
    if column not in targets.columns:
        return np.full(size, np.nan)
    return np.bincount(codes, weights=targets[column].to_numpy(), minlength=size).astype(np.float64)


def _amounts(codes: Codes, counts: Codes, targets: pd.DataFrame) -> dict[str, Floats]:
    """Add up amounts around the mean of each arm, so that no variance is the small difference of large sums."""
    size = len(counts)
    revenue, earlier = _sum(codes, size, targets, "revenue_amount"), _sum(codes, size, targets, "pre_period_amount")
    means = {"revenue_amount": revenue / counts, "pre_period_amount": earlier / counts}
    away = {name: targets[name].to_numpy() - mean[codes] for name, mean in means.items() if name in targets.columns}

    def product(one: str, other: str) -> Floats:
        if one not in away or other not in away:
            return np.full(size, np.nan)
        sums = np.bincount(codes, weights=away[one] * away[other], minlength=size)
        variances: Floats = np.divide(sums, counts - 1, out=np.full(size, np.nan), where=counts > 1)
        return variances

    return {
        "revenue_amount": revenue,
        "revenue_mean": means["revenue_amount"],
        "revenue_variance": product("revenue_amount", "revenue_amount"),
        "pre_period_mean": means["pre_period_amount"],
        "pre_period_variance": product("pre_period_amount", "pre_period_amount"),
        "covariance": product("revenue_amount", "pre_period_amount"),
    }
