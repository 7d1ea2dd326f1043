"""Differences of revenue per target: Welch, bootstrap, and with an earlier period taken out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from pipelines.mean_lift import (
    Sample,
    adjusted,
    bootstrap_interval,
    bootstrap_means,
    cuped_weight,
    welch,
)

# W. S. Gosset's hours of sleep gained (Student 1908, Biometrika 6, 1-25), as R's data set `sleep`.
FIRST = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def sample(values: np.ndarray) -> Sample:
    return Sample(len(values), float(values.mean()), float(values.var(ddof=1)))


def test_welch_is_that_printed_by_r_for_students_sleep() -> None:
    found = welch(sample(FIRST), sample(SECOND))
    assert (found.t, found.p_value) == pytest.approx((-1.8608, 0.07939), abs=5e-5)
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)


def test_welch_is_that_of_statsmodels() -> None:
    theirs = CompareMeans(DescrStatsW(FIRST), DescrStatsW(SECOND)).tconfint_diff(0.1, usevar="unequal")
    found = welch(sample(FIRST), sample(SECOND), 0.9)
    assert (found.low, found.high) == pytest.approx(theirs)


def test_nothing_is_known_of_one_target_or_of_equal_amounts() -> None:
    for arm in (Sample(1, 5.0, math.nan), Sample(20, 5.0, 0.0)):
        found = welch(arm, Sample(20, 3.0, 0.0))
        assert (found.difference, found.low, found.high, found.p_value) == (2, -math.inf, math.inf, 1)


def test_bootstrap_is_near_welch_and_the_same_whatever_the_order() -> None:
    chance = np.random.default_rng(1)
    sent, held_out = chance.gamma(0.5, 40, 6000), chance.gamma(0.5, 36, 3000)
    ids = np.arange(9000)
    draws = [bootstrap_means("A", sent, ids[:6000], 7), bootstrap_means("holdout", held_out, ids[6000:], 7)]
    low, high = bootstrap_interval(*draws)
    exact = welch(sample(sent), sample(held_out))
    assert (low, high) == pytest.approx((exact.low, exact.high), abs=0.25 * (exact.high - exact.low) / 2)
    again = bootstrap_means("A", sent[::-1], ids[:6000][::-1], 7)
    assert again == pytest.approx(draws[0])
    assert bootstrap_means("A", sent, ids[:6000], 8) != pytest.approx(draws[0])


def test_taking_an_earlier_period_out_leaves_the_difference_and_less_variance() -> None:
    chance = np.random.default_rng(2)
    earlier = chance.gamma(2, 20, (2, 5000))
    later = earlier * 0.8 + chance.gamma(2, 5, (2, 5000))
    later[0] += 1
    covariances = [float(np.cov(x, y)[0, 1]) for x, y in zip(earlier, later, strict=True)]
    weight = cuped_weight([5000, 5000], covariances, [float(x.var(ddof=1)) for x in earlier])
    assert weight == pytest.approx(0.8, abs=0.02)
    arms = [adjusted(sample(y), sample(x), c, weight) for x, y, c in zip(earlier, later, covariances, strict=True)]
    by_hand = [sample(y - weight * x) for x, y in zip(earlier, later, strict=True)]
    for arm, other in zip(arms, by_hand, strict=True):
        assert (arm.mean, arm.variance) == pytest.approx((other.mean, other.variance))
    plain, taken_out = welch(sample(later[0]), sample(later[1])), welch(*arms)
    assert taken_out.low < 1 < taken_out.high
    assert taken_out.high - taken_out.low < 0.3 * (plain.high - plain.low)


def test_an_earlier_period_that_never_differs_weighs_nothing() -> None:
    assert cuped_weight([10, 10], [0, 0], [0, 0]) == 0


def test_welch_intervals_cover_a_known_difference_at_their_level() -> None:
    chance = np.random.default_rng(3)
    sent = stats.bernoulli.rvs(0.1, size=(1000, 800), random_state=chance) * chance.exponential(50, (1000, 800))
    held_out = stats.bernoulli.rvs(0.1, size=(1000, 400), random_state=chance) * chance.exponential(40, (1000, 400))
    found = [welch(sample(a), sample(b)) for a, b in zip(sent, held_out, strict=True)]
    assert 925 <= sum(one.low <= 1 <= one.high for one in found) <= 970
