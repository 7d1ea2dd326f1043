"""Every figure of a campaign from one row for each of its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipelines.arms import tallied, with_rates
from pipelines.campaign_returns import costs_of, with_returns
from pipelines.lift import response_lifts, revenue_lifts, subgroup_lifts
from pipelines.response_curve import response_curve
from pipelines.response_rule import Costs
from pipelines.sample_ratio import SampleRatio, sample_ratio
from pipelines.subgroups import parted

MORE, FEWER, NOT_ENOUGH_DATA = "more", "fewer", "not_enough_data"
TOO_EARLY, SIZES_OFF = "too_early", "sizes_off"
VERDICTS = (MORE, FEWER, NOT_ENOUGH_DATA, TOO_EARLY, SIZES_OFF)


@dataclass(frozen=True)
class Figures:
    """The figures of a campaign.

    Attributes
    ----------
    against : str or None
        The arm that others are compared with; None where there is none, and nothing is compared.
    arms : pandas.DataFrame
        One row for each arm, as from `arms.with_rates`, with `cost_amount` as spent.
    lifts : pandas.DataFrame
        One row for each arm but `against`: the columns of `lift.response_lifts`, of `lift.revenue_lifts` where revenue
        is known, of `campaign_returns.with_returns`, and `verdict`.
    subgroups : pandas.DataFrame
        As from `lift.subgroup_lifts`, one field after the other.
    curve : pandas.DataFrame
        As from `response_curve.response_curve`.
    sample_ratio : SampleRatio or None
        Whether arms have the sizes they were planned to have; None where no shares are known.
    """

    against: str | None
    arms: pd.DataFrame = field(repr=False)
    lifts: pd.DataFrame = field(repr=False)
    subgroups: pd.DataFrame = field(repr=False)
    curve: pd.DataFrame = field(repr=False)
    sample_ratio: SampleRatio | None


def figures(
    targets: pd.DataFrame,
    against: str,
    costs: Costs | None = None,
    *,
    by: Sequence[str] = (),
    shares: Mapping[str, float] | None = None,
    seed: int = 0,
    confidence: float = 0.95,
) -> Figures:
    """Compute the figures of a campaign.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each target, as `arms.tallied` and `response_curve.response_curve` take it; any order.
    against : str
        The arm that was held out; without targets in it, nothing is compared.
    costs : Costs, optional
        What was spent; what was recorded where absent.
    by : sequence of str, optional
        Columns of `targets` to look into parts by.
    shares : mapping of str to float, optional
        The planned shares of the arms.
    seed : int, optional
        Of the bootstrap.
    confidence : float, optional
        Of all intervals.

    Returns
    -------
    Figures
        All of them.

    Raises
    ------
    FrameError
        When a column is missing.
    MeasureError
        When shares do not fit the arms.
    """
    spent_on = costs or Costs()
    targets = targets.assign(arm=targets["arm"].astype("category"))
    tallies = tallied(targets)
    arms = tallies["arm"].astype(str)
    compared = against if against in set(arms) and len(arms) > 1 else None
    tallies = tallies.assign(arm=arms)
    spent = costs_of(tallies, compared, spent_on)
    ratio = sample_ratio(dict(zip(arms, tallies["target_count"], strict=True)), shares) if shares else None
    lifts = pd.DataFrame()
    if compared is not None:
        lifts = _lifts(targets, tallies, compared, seed, confidence)
        lifts = with_returns(lifts, spent.set_axis(arms), spent_on.margin_rate)
        lifts = lifts.assign(verdict=_verdicts(lifts, tallies, ratio, confidence))
    has_days = {"response_days", "watched_days"} <= set(targets.columns)
    return Figures(
        compared, with_rates(tallies.assign(cost_amount=spent), confidence), lifts,
        _subgroups(targets, by, compared, confidence), response_curve(targets, confidence) if has_days else
        pd.DataFrame(), ratio,
    )  # fmt: skip


def _lifts(targets: pd.DataFrame, tallies: pd.DataFrame, against: str, seed: int, confidence: float) -> pd.DataFrame:
    lifts = response_lifts(tallies, against, confidence)
    if "revenue_amount" not in targets.columns:
        return lifts
    return lifts.merge(revenue_lifts(tallies, targets, against, seed, confidence), on="arm")


def _verdicts(lifts: pd.DataFrame, tallies: pd.DataFrame, ratio: SampleRatio | None, confidence: float) -> list[str]:
    """Say what can be said: a winner only by arms of the right sizes, when all windows have ended, beyond chance."""
    if ratio is not None and ratio.is_mismatch:
        return [SIZES_OFF] * len(lifts)
    if tallies["open_count"].gt(0).any():
        return [TOO_EARLY] * len(lifts)
    is_clear = lifts["p_adjusted"] < 1 - confidence
    is_clear &= (lifts["absolute_low"] > 0) | (lifts["absolute_high"] < 0)
    found = np.where(lifts["absolute_lift"] > 0, MORE, FEWER)
    return [str(verdict) for verdict in np.where(is_clear, found, NOT_ENOUGH_DATA)]


def _subgroups(targets: pd.DataFrame, by: Sequence[str], against: str | None, confidence: float) -> pd.DataFrame:
    if against is None or not by:
        return pd.DataFrame()
    found = []
    for name in by:
        parts = targets[["contact_id", "arm", "is_responder"]].assign(**{name: parted(targets[name])})
        found.append(
            subgroup_lifts(tallied(parts, [name]).astype({"arm": "str", name: "str"}), name, against, confidence)
        )
    return pd.concat(found, ignore_index=True)
