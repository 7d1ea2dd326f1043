"""How far two means lie apart, such as revenue per target: Welch, bootstrap, and with an earlier period taken out."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

GROUPS = 500
"""Into how many groups the bootstrap deals the targets of an arm."""
DRAWS = 1000
"""How often the bootstrap weighs them anew."""

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Sample:
    """What is known of the targets of one arm.

    Attributes
    ----------
    count : int
        How many.
    mean, variance : float
        Of their amounts; the variance has the divisor n - 1, and is NaN for one target.
    """

    count: int
    mean: float
    variance: float


@dataclass(frozen=True)
class MeanLift:
    """One arm's mean against another's.

    Attributes
    ----------
    difference, low, high : float
        Difference of the means with Welch's interval.
    t : float
        The difference in standard errors.
    p_value : float
        How often chance alone would give means at least so far apart.
    """

    difference: float
    low: float
    high: float
    t: float
    p_value: float


def welch(arm: Sample, other: Sample, confidence: float = 0.95) -> MeanLift:
    """Compare two means without taking their variances for equal.

    Parameters
    ----------
    arm : Sample
        The arm.
    other : Sample
        The arm it is compared with.
    confidence : float, optional
        Of the interval.

    Returns
    -------
    MeanLift
        d ± t(ν) √(s₁²/n₁ + s₂²/n₂), ν by Satterthwaite; the interval is unbounded and the p value 1 where an arm has
        fewer than two targets, or no amount differs.

    References
    ----------
    B. L. Welch (1947), The generalization of Student's problem when several different population variances are
    involved, Biometrika 34, 28-35; F. E. Satterthwaite (1946), Biometrics Bulletin 2, 110-114.

    Examples
    --------
    >>> found = welch(Sample(20, 10.0, 4.0), Sample(20, 8.0, 9.0))
    >>> round(found.t, 4), round(found.low, 4), round(found.high, 4)
    (2.4807, 0.3599, 3.6401)
    """
    difference = arm.mean - other.mean
    parts = [sample.variance / sample.count for sample in (arm, other)]
    if min(arm.count, other.count) < 2 or not sum(parts) > 0:
        return MeanLift(difference, -math.inf, math.inf, 0.0, 1.0)
    error = math.sqrt(sum(parts))
    freedom = sum(parts) ** 2 / sum(part**2 / (s.count - 1) for part, s in zip(parts, (arm, other), strict=True))
    half = float(stats.t.ppf((1 + confidence) / 2, freedom)) * error
    t = difference / error
    return MeanLift(difference, difference - half, difference + half, t, float(2 * stats.t.sf(abs(t), freedom)))


def bootstrap_means(arm: str, amounts: Floats, ids: Integers, seed: int) -> Floats:
    """Draw means of an arm's targets as another sample of them might have.

    Parameters
    ----------
    arm : str
        Its name, so that each arm has weights of its own.
    amounts : numpy.ndarray of float
        One for each target.
    ids : numpy.ndarray of int
        What tells the targets apart, in the same order.
    seed : int
        Draws with the same seed are the same, whatever the order of targets.

    Returns
    -------
    numpy.ndarray of float
        `DRAWS` means; NaN where a draw is of nobody.

    Notes
    -----
    A Poisson bootstrap: each draw counts each target a Poisson(1) number of times, which is what drawing with
    replacement comes to. Targets are weighed in `GROUPS` groups that a hash deals them into, as weighing them one by
    one would take `DRAWS` times their number; the mean of the draws is the same and their spread nearly so.

    References
    ----------
    B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap; N. Chamandy, O. Muralidharan, A. Najmi and
    S. Naidu (2012), Estimating uncertainty for massive data streams, Google.
    """
    group = _dealt(ids, seed)
    sums = np.bincount(group, weights=amounts, minlength=GROUPS)
    counts = np.bincount(group, minlength=GROUPS).astype(np.float64)
    chance = np.random.default_rng([seed, zlib.crc32(arm.encode())])
    weights = chance.poisson(1.0, size=(DRAWS, GROUPS)).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        means: Floats = (weights @ sums) / (weights @ counts)
    return means


def bootstrap_interval(arm: Floats, other: Floats, confidence: float = 0.95) -> tuple[float, float]:
    """Give the percentile interval of the difference of two means.

    Parameters
    ----------
    arm : numpy.ndarray of float
        Means as from `bootstrap_means`.
    other : numpy.ndarray of float
        Those of the arm it is compared with.
    confidence : float, optional
        Of the interval.

    Returns
    -------
    tuple of float
        The quantiles (1 - confidence)/2 and (1 + confidence)/2 of the differences.

    References
    ----------
    B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    low, high = np.nanquantile(arm - other, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def cuped_weight(counts: Sequence[int], covariances: Sequence[float], variances: Sequence[float]) -> float:
    """Tell how much of an earlier amount to take off a later one so that least variance is left.

    Parameters
    ----------
    counts : sequence of int
        Targets of each arm.
    covariances : sequence of float
        Of later with earlier amounts within each arm.
    variances : sequence of float
        Of earlier amounts within each arm.

    Returns
    -------
    float
        θ = Σ(n-1) cov(Y, X) / Σ(n-1) var(X), over all arms; 0 where earlier amounts do not differ.

    Notes
    -----
    Within arms only: what the campaign did to the means of arms must not be taken for what the past explains.

    References
    ----------
    A. Deng, Y. Xu, R. Kohavi and T. Walker (2013), Improving the sensitivity of online controlled experiments by
    utilizing pre-experiment data, WSDM, 123-132.
    """
    pooled = [(n - 1, c, v) for n, c, v in zip(counts, covariances, variances, strict=True) if n > 1]
    spread = sum(n * v for n, _, v in pooled)
    return sum(n * c for n, c, _ in pooled) / spread if spread > 0 else 0.0


def adjusted(sample: Sample, earlier: Sample, covariance: float, weight: float) -> Sample:
    """Take an earlier period out of the amounts of an arm.

    Parameters
    ----------
    sample : Sample
        The amounts Y.
    earlier : Sample
        The same targets' earlier amounts X.
    covariance : float
        Of the two within the arm.
    weight : float
        θ, as from `cuped_weight`.

    Returns
    -------
    Sample
        Of Y - θX: its mean, and its variance var(Y) - 2θ cov(Y, X) + θ² var(X).
    """
    variance = sample.variance - 2 * weight * covariance + weight**2 * earlier.variance
    return Sample(sample.count, sample.mean - weight * earlier.mean, max(0.0, variance))


def _dealt(ids: Integers, seed: int) -> npt.NDArray[np.int64]:
    """Deal targets into groups by the finalizer of SplitMix64, which scatters numbers that follow each other."""
    mixed = ids.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(GROUPS)).astype(np.int64)
