"""How responses come in over the days after targeting."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.arms import check
from pipelines.response import wilson

COLUMNS = ("arm", "day", "watched_count", "responder_count", "response_rate", "rate_low", "rate_high")


def response_curve(targets: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Compute the share of targets that have responded by each day.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each target: `contact_id`, `arm`, `is_responder`, `response_days` (days from targeting to the first
        response; NaN where there is none) and `watched_days` (days from targeting to the end of what is known). Targets
        whose day is unknown have NaN in both and are left out.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        By arm, then day from 0: `arm`, `day`, `watched_count` (targets that were watched that long without response
        before), `responder_count` (those that responded on the day), `response_rate` and its interval `rate_low`,
        `rate_high`. Where all targets were watched to the end, the last rate is responders of targets.

    Notes
    -----
    One less the Kaplan-Meier estimate, so that targets of different days count for as long as each was watched;
    Greenwood's variance on the complementary log-log scale, which keeps bounds within 0 and 1.

    References
    ----------
    E. L. Kaplan and P. Meier (1958), Nonparametric estimation from incomplete observations, JASA 53, 457-481;
    J. D. Kalbfleisch and R. L. Prentice (1980), The Statistical Analysis of Failure Time Data, section 1.3.
    """
    check(targets, ["contact_id", "arm", "is_responder", "response_days", "watched_days"])
    known = targets[targets["watched_days"].notna()]
    grouped = known.groupby("arm", observed=True, sort=True)[["response_days", "watched_days"]]
    curves = [pd.DataFrame(_days(frame, confidence), columns=COLUMNS[1:]).assign(arm=arm) for arm, frame in grouped]
    found = pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=COLUMNS)
    return found[list(COLUMNS)]


def _days(frame: pd.DataFrame, confidence: float) -> Iterator[tuple[int, int, int, float, float, float]]:
    """Walk the days that somebody was watched on; who responded is not watched any longer."""
    responded = frame["response_days"].dropna().astype("int64")
    ended = frame["response_days"].fillna(frame["watched_days"]).astype("int64")
    last = int(frame["watched_days"].max())
    answers = np.bincount(responded, minlength=last + 1)
    watched = len(frame) - np.concatenate([[0], np.cumsum(np.bincount(ended, minlength=last + 1))[:-1]])
    staying, variance = 1.0, 0.0
    for day in range(last + 1):
        at_risk, left = int(watched[day]), int(answers[day])
        if at_risk:
            staying *= 1 - left / at_risk
            variance += left / (at_risk * (at_risk - left)) if at_risk > left else math.inf
        yield day, at_risk, left, 1 - staying, *_interval(staying, variance, len(frame), confidence)


def _interval(staying: float, variance: float, count: int, confidence: float) -> tuple[float, float]:
    """Bound the rate; Greenwood's variance says nothing where nobody has responded or everybody, Wilson's does."""
    if staying >= 1 or staying <= 0:
        return wilson(0 if staying else count, count, confidence)
    width = float(stats.norm.ppf((1 + confidence) / 2)) * math.sqrt(variance) / math.log(staying)
    return 1 - staying ** math.exp(width), 1 - staying ** math.exp(-width)
