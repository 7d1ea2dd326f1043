"""Who responded to a campaign, of those it targeted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import pandas as pd

from pipelines.errors import FrameError


def response_rates(
    targets: pd.DataFrame, responses: pd.DataFrame, by: Sequence[str] = ("campaign_no",)
) -> pd.DataFrame:
    """Compute the share of targeted contacts that responded.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each campaign and targeted contact: `campaign_no`, `contact_id` and the columns of `by`.
    responses : pandas.DataFrame
        One row for each response: `campaign_no`, `contact_id`; several of one contact count once, and those of
        contacts that the campaign did not target do not count.
    by : sequence of str, optional
        What to group by.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` in ascending order, then `target_count`, `responder_count`, `response_rate`
        (responders of targets, 0 to 1) and its 95 % Wilson interval `rate_low`, `rate_high`.

    Raises
    ------
    FrameError
        When a column is missing.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.

    Examples
    --------
    >>> targets = pd.DataFrame({"campaign_no": ["8"] * 4, "contact_id": [1, 2, 3, 4]})
    >>> responses = pd.DataFrame({"campaign_no": ["8", "8"], "contact_id": [2, 2]})
    >>> response_rates(targets, responses).loc[0, "response_rate"].item()
    0.25
    """
    key = ["campaign_no", "contact_id"]
    _check(targets, [*key, *by], "targets")
    _check(responses, key, "responses")
    answered = responses[key].drop_duplicates().assign(has_responded=True)
    joined = targets.drop_duplicates(key).merge(answered, on=key, how="left")
    joined["has_responded"] = joined["has_responded"].eq(True)
    grouped = joined.groupby(list(by), sort=True, dropna=False)["has_responded"]
    rates = grouped.agg(target_count="size", responder_count="sum").reset_index()
    rates["response_rate"] = rates["responder_count"] / rates["target_count"]
    bounds = [wilson(*row) for row in rates[["responder_count", "target_count"]].itertuples(index=False)]
    rates[["rate_low", "rate_high"]] = pd.DataFrame(bounds, columns=["rate_low", "rate_high"], index=rates.index)
    return rates


def wilson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Give the Wilson score interval of a proportion.

    Parameters
    ----------
    successes : int
        How often it happened.
    trials : int
        How often it could have.
    confidence : float, optional
        Of the interval, which is two-sided.

    Returns
    -------
    tuple of float
        (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), within 0 and 1; (0, 1) when there were no trials.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.

    Examples
    --------
    >>> [round(bound, 6) for bound in wilson(18, 20)]
    [0.698966, 0.972134]
    """
    if trials == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, weight = successes / trials, z * z / trials
    centre = (rate + weight / 2) / (1 + weight)
    half = z * math.sqrt(rate * (1 - rate) / trials + weight / (4 * trials)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)


def _check(frame: pd.DataFrame, columns: list[str], name: str) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise FrameError(f"{name} lacks {', '.join(missing)}.", f"It has {', '.join(map(str, frame.columns))}.")
