"""How far two response rates lie apart: difference, ratio, their intervals, and how surprising they are.

A lift compares an arm with the one that was held out. All intervals are two-sided; a confidence of 0.95 is meant to
cover the truth in 19 of 20 campaigns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from pipelines.errors import MeasureError

FEWEST_EXPECTED = 5
"""Expected responders or others in an arm below which the normal approximation of the test is not trusted."""


_SMALLEST_RATIO = 1e-12


@dataclass(frozen=True)
class RateLift:
    """One arm's response rate against another's.

    Attributes
    ----------
    absolute, absolute_low, absolute_high : float
        Difference of the rates, -1 to 1, with Newcombe's interval.
    relative, relative_low, relative_high : float
        Ratio of the rates less 1, with Koopman's score interval; NaN, or infinite, where nobody responded in the other
        arm.
    z : float
        Difference in standard errors under equal rates; 0 where both rates are 0 or both are 1.
    p_value : float
        How often chance alone would give rates at least so far apart.
    test : {"score", "fisher"}
        Where the p value is from: the pooled z test, or Fisher's exact test where few are expected.
    """

    absolute: float
    absolute_low: float
    absolute_high: float
    relative: float
    relative_low: float
    relative_high: float
    z: float
    p_value: float
    test: str


def rate_lift(
    responders: int, targets: int, other_responders: int, other_targets: int, confidence: float = 0.95
) -> RateLift:
    """Compare the response rates of two arms.

    Parameters
    ----------
    responders, targets : int
        Of the arm.
    other_responders, other_targets : int
        Of the arm it is compared with.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    RateLift
        Positive where the first arm responds more; changes sign when the arms swap.

    Raises
    ------
    MeasureError
        When an arm has no targets, or more responders than targets.

    Examples
    --------
    >>> found = rate_lift(7, 34, 1, 34)
    >>> round(found.absolute, 4), round(found.absolute_low, 4), round(found.absolute_high, 4)
    (0.1765, 0.0189, 0.3404)
    """
    counts = responders, targets, other_responders, other_targets
    _check(responders, targets)
    _check(other_responders, other_targets)
    low, high = newcombe(*counts, confidence=confidence)
    lowest, highest = rate_ratio(*counts, confidence=confidence)
    difference = responders / targets - other_responders / other_targets
    return RateLift(difference, low, high, _ratio(*counts) - 1, lowest - 1, highest - 1, *difference_test(*counts))


def newcombe(
    responders: int, targets: int, other_responders: int, other_targets: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Give Newcombe's hybrid score interval of the difference of two rates.

    Parameters
    ----------
    responders, targets : int
        Of the arm.
    other_responders, other_targets : int
        Of the arm it is compared with.
    confidence : float, optional
        Of the interval.

    Returns
    -------
    tuple of float
        d - √((p₁-l₁)² + (u₂-p₂)²) and d + √((u₁-p₁)² + (p₂-l₂)²), where l and u are the Wilson bounds of each rate;
        it keeps within -1 and 1, and holds for small counts.

    References
    ----------
    R. G. Newcombe (1998), Interval estimation for the difference between independent proportions: comparison of eleven
    methods, Statistics in Medicine 17, 873-890, method 10.
    """
    counts = responders, targets, other_responders, other_targets
    low, high = confint_proportions_2indep(*counts, method="newcomb", compare="diff", alpha=1 - confidence)
    return max(-1.0, float(low)), min(1.0, float(high))


def unpooled(
    responders: int, targets: int, other_responders: int, other_targets: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Give Wald's interval of the difference of two rates, to compare with what others publish.

    Parameters
    ----------
    responders, targets : int
        Of the arm.
    other_responders, other_targets : int
        Of the arm it is compared with.
    confidence : float, optional
        Of the interval.

    Returns
    -------
    tuple of float
        d ± z √(p₁(1-p₁)/n₁ + p₂(1-p₂)/n₂); too narrow for small counts, where `newcombe` is not.

    References
    ----------
    A. Agresti (2013), Categorical Data Analysis, section 3.1.
    """
    counts = responders, targets, other_responders, other_targets
    low, high = confint_proportions_2indep(*counts, method="wald", compare="diff", alpha=1 - confidence)
    return float(low), float(high)


def rate_ratio(
    responders: int, targets: int, other_responders: int, other_targets: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Give Koopman's score interval of the ratio of two rates.

    Parameters
    ----------
    responders, targets : int
        Of the arm.
    other_responders, other_targets : int
        Of the arm it is compared with.
    confidence : float, optional
        Of the interval.

    Returns
    -------
    tuple of float
        The ratios that a score test does not reject; from 0, up to infinity where the other arm's rate may be 0.

    Notes
    -----
    The lower bound is one over the upper bound of the swapped arms. The roots of the score are found step by step:
    closed forms lose them where nobody, or everybody, responded.

    References
    ----------
    P. A. R. Koopman (1984), Confidence intervals for the ratio of two binomial proportions, Biometrics 40, 513-517;
    O. Miettinen and M. Nurminen (1985), Comparative analysis of two rates, Statistics in Medicine 4, 213-226.
    """
    arm, other = (responders, targets), (other_responders, other_targets)
    return 1 / _highest_ratio(*other, *arm, confidence), _highest_ratio(*arm, *other, confidence)


def difference_test(
    responders: int, targets: int, other_responders: int, other_targets: int
) -> tuple[float, float, str]:
    """Test whether two rates are equal.

    Parameters
    ----------
    responders, targets : int
        Of the arm.
    other_responders, other_targets : int
        Of the arm it is compared with.

    Returns
    -------
    tuple of float, float and str
        z = (p₁-p₂) / √(p(1-p)(1/n₁+1/n₂)) with the pooled rate p, whose square is the chi-square of the fourfold
        table; the two-sided p value; and ``"score"``, or ``"fisher"`` where fewer than 5 are expected in a cell and
        the p value is that of Fisher's exact test.

    References
    ----------
    K. Pearson (1900), Philosophical Magazine 50, 157-175; R. A. Fisher (1935), The logic of inductive inference,
    Journal of the Royal Statistical Society 98, 39-82; the bound of 5 is W. G. Cochran's (1954), Biometrics 10,
    417-451.
    """
    responded, everybody = responders + other_responders, targets + other_targets
    if responded in (0, everybody):
        return 0.0, 1.0, "fisher"
    z, p_value = proportions_ztest([responders, other_responders], [targets, other_targets])
    expected = min(targets, other_targets) * min(responded, everybody - responded) / everybody
    if expected >= FEWEST_EXPECTED:
        return float(z), float(p_value), "score"
    table = [[responders, targets - responders], [other_responders, other_targets - other_responders]]
    return float(z), float(stats.fisher_exact(table).pvalue), "fisher"


def _ratio(responders: int, targets: int, other_responders: int, other_targets: int) -> float:
    if not other_responders:
        return math.inf if responders else math.nan
    return (responders / targets) / (other_responders / other_targets)


def _highest_ratio(
    responders: int, targets: int, other_responders: int, other_targets: int, confidence: float
) -> float:
    """Find the ratio above that of the rates whose score is the quantile; any may be where nobody responded."""
    if not other_responders:
        return math.inf
    counts = responders, targets, other_responders, other_targets
    quantile = float(stats.norm.ppf((1 + confidence) / 2))
    low = math.log(max(_ratio(*counts), _SMALLEST_RATIO))
    high = low + 1
    while _ratio_score(high, *counts) > -quantile:
        high += 1
    return math.exp(optimize.brentq(lambda ratio: _ratio_score(ratio, *counts) + quantile, low, high, xtol=1e-12))


def _ratio_score(log_ratio: float, responders: int, targets: int, other_responders: int, other_targets: int) -> float:
    """Score a ratio: (p - φ p') in standard errors at the likeliest rates that have the ratio φ."""
    ratio = math.exp(log_ratio)
    both = responders + other_responders
    linear = ratio * (targets + other_responders) + responders + other_targets
    root = math.sqrt(max(0.0, linear**2 - 4 * ratio * (targets + other_targets) * both))
    other_rate = 2 * both / (linear + root)
    rate = ratio * other_rate
    away = responders / targets - ratio * other_responders / other_targets
    variance = rate * (1 - rate) / targets + ratio**2 * other_rate * (1 - other_rate) / other_targets
    return away / math.sqrt(variance) if variance > 0 else 0.0


def _check(responders: int, targets: int) -> None:
    if not targets or not 0 <= responders <= targets:
        raise MeasureError(
            f"A rate of {responders:,} responders of {targets:,} targets cannot be.",
            "Give each arm at least one target and no more responders than targets.",
        )
