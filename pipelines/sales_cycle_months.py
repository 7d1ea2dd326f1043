"""How much months differ: what was won in each, of what stays in stages alone would have led one to expect."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.dates import shift, start_of
from pipelines.sales_cycle_standing import CLOSED

MONTHS = 12
"""How many months before the day are looked at."""
FEWEST_MONTHS = 3
_FEWEST_EXPECTED = 5.0

Floats = npt.NDArray[np.float64]


def month_factors(stays: pd.DataFrame, as_of: dt.date) -> Floats:
    """Tell by what factors months before a day were better or worse than stays explain.

    Parameters
    ----------
    stays : pandas.DataFrame
        As `sales_cycle_standing.visits` gives them as of the day.
    as_of : datetime.date
        Months over by then count, at most twelve, from the first after which something was closed.

    Returns
    -------
    numpy.ndarray of float
        One for each month, with the mean 1: observed of expected wins, drawn in by what chance alone would make them
        differ; a single 1 where fewer than three months have enough wins.

    Notes
    -----
    A month expects of each stay the Nelson-Aalen hazard of being won over the days that it lasted in the month. Ratios
    vary by chance with about 1/expected; what they vary more is left, by the method of moments.

    References
    ----------
    O. O. Aalen (1978), Nonparametric inference for a family of counting processes, Annals of Statistics 6, 701-726.
    N. E. Breslow and N. E. Day (1987), Statistical Methods in Cancer Research 2, on observed and expected numbers.
    """
    months = _months(stays, as_of)
    parts = [part for _, part in stays.groupby(["sales_cycle_code", "stage_no"], dropna=False)]
    expected = np.sum([_expected(part, months) for part in parts], axis=0) if parts and len(months) else np.zeros(0)
    observed = np.array([_won_in(stays, month) for month in months], dtype=np.float64)
    enough = expected >= _FEWEST_EXPECTED
    if enough.sum() < FEWEST_MONTHS:
        return np.ones(1)
    return _drawn_in(observed[enough] / expected[enough], expected[enough])


def _months(stays: pd.DataFrame, as_of: dt.date) -> list[pd.Timestamp]:
    closed = stays.loc[stays["went_to"].isin(CLOSED), "ended_on"]
    if closed.empty:
        return []
    this = start_of(shift(as_of, 1, "day"), "month")
    earliest = start_of(closed.min().date(), "month")
    starts = [shift(this, -n, "month") for n in range(MONTHS, 0, -1)]
    return [pd.Timestamp(start) for start in starts if start >= earliest]


def _won_in(stays: pd.DataFrame, month: pd.Timestamp) -> int:
    ended = stays["ended_on"]
    return int((stays["went_to"].eq("won") & (ended >= month) & (ended < month + pd.DateOffset(months=1))).sum())


def _expected(part: pd.DataFrame, months: list[pd.Timestamp]) -> Floats:
    """Sum up the hazard of being won of the stays in one stage, month by month."""
    days = part["days"].to_numpy("float64")
    last = int(days.max())
    lasting = np.cumsum(np.bincount(days.astype(np.intp), minlength=last + 1)[::-1])[::-1]
    won = np.bincount(days[part["went_to"].eq("won").to_numpy()].astype(np.intp), minlength=last + 1)
    hazard = np.concatenate([[0.0], np.cumsum(won / lasting)])
    found = []
    for month in months:
        start = (month - part["began_on"]).dt.days.to_numpy("float64")
        end = (month + pd.DateOffset(months=1) - part["began_on"]).dt.days.to_numpy("float64")
        upto = np.clip(np.minimum(end, days + 1), 0, last + 1).astype(np.intp)
        found.append(float((hazard[upto] - hazard[np.clip(start, 0, upto).astype(np.intp)]).sum()))
    return np.array(found)


def _drawn_in(ratios: Floats, expected: Floats) -> Floats:
    ratios = ratios / ratios.mean()
    spread = float(ratios.var(ddof=1))
    beyond = max(0.0, spread - float((1 / expected).mean()))
    found: Floats = 1 + (ratios - 1) * math.sqrt(beyond / spread) if spread > 0 else np.ones(len(ratios))
    return found
