"""What a campaign cost and what came back, of what would not have come without it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from pipelines.response_rule import Costs


def costs_of(tallies: pd.DataFrame, against: str | None, costs: Costs) -> pd.Series:
    """Say what each arm cost.

    Parameters
    ----------
    tallies : pandas.DataFrame
        As from `arms.tallied`.
    against : str or None
        The arm that was held out, which costs nothing but what was recorded; None where there is none.
    costs : Costs
        What was spent.

    Returns
    -------
    pandas.Series
        Fixed costs by the targets of the arms written to, costs per target and response, and what interactions of the
        campaign cost; in the order of `tallies`.
    """
    written_to = tallies["arm"] != against
    targets = tallies["target_count"].where(written_to, 0)
    share = targets / targets.sum() if targets.sum() else targets
    spent = costs.fixed_amount * share + costs.per_target_amount * targets
    spent += costs.per_response_amount * tallies["responder_count"].where(written_to, 0)
    return spent + tallies["cost_amount"].fillna(0) if costs.recorded else spent


def with_returns(lifts: pd.DataFrame, spent: pd.Series, margin_rate: float) -> pd.DataFrame:
    """Put cost and return beside the lift of each arm.

    Parameters
    ----------
    lifts : pandas.DataFrame
        One row for each arm: incremental responses and, where it is known, incremental revenue, with their bounds.
    spent : pandas.Series
        The cost of each arm, by its name.
    margin_rate : float
        The share of revenue that is left after what was sold was paid for.

    Returns
    -------
    pandas.DataFrame
        With `cost_amount`; `cost_per_incremental_response` and its bounds `…_low`, `…_high` (cost divided by
        incremental responses; infinite where there may be none, NaN where there are none); and `roi` with `roi_low`,
        `roi_high`: (incremental revenue x margin rate - cost) / cost, NaN where nothing was spent or revenue is
        unknown. The cost is taken as known, so bounds are those of the lift.

    References
    ----------
    P. W. Farris and others (2010), Marketing Metrics, chapter 10: return on marketing investment.
    """
    cost = lifts["arm"].map(spent).astype("float64")
    bounds = (("", "incremental_responses"), ("_low", "incremental_high"), ("_high", "incremental_low"))
    found = {f"cost_per_incremental_response{end}": _price(cost, lifts[name], end) for end, name in bounds}
    for end in ("", "_low", "_high"):
        name = f"incremental_revenue{end}"
        margin = lifts[name] * margin_rate if name in lifts.columns else math.nan
        found[f"roi{end}"] = (margin - cost) / cost.where(cost > 0)
    return lifts.assign(cost_amount=cost, **found)


def _price(cost: pd.Series, responses: pd.Series, end: str) -> pd.Series:
    nothing = math.nan if not end else math.inf
    return (cost / responses.where(responses > 0)).fillna(nothing).where(cost > 0, np.nan)
