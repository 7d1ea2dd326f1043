"""Differences and ratios of response rates, against figures that others published."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from pipelines.errors import MeasureError
from pipelines.rate_lift import difference_test, newcombe, rate_lift, rate_ratio, unpooled
from pipelines.response import wilson

Counts = tuple[int, int, int, int]


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    targets, others = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    return draw(st.integers(0, targets)), targets, draw(st.integers(0, others)), others


def test_wilson_interval_of_18_of_20_is_that_of_statsmodels() -> None:
    assert wilson(18, 20) == pytest.approx((0.698966, 0.972134), abs=5e-7)
    assert wilson(604, 3647, 0.99) == pytest.approx(proportion_confint(604, 3647, 0.01, "wilson"), abs=1e-12)
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(
    ("seen", "interval"),
    [  # R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 10), (0.6075, 1.0000)),
        ((7, 34, 1, 34), (0.0189, 0.3404)),  # M. W. Fagerland and others (2015), SMMR 24, 224-254
    ],
)
def test_newcombe_intervals_are_those_published(seen: Counts, interval: tuple[float, float]) -> None:
    assert newcombe(*seen) == pytest.approx(interval, abs=5e-5)


def test_z_squared_is_the_chi_square_of_the_fourfold_table() -> None:
    z, p_value, test = difference_test(3894, 21307, 2262, 21306)
    assert (z, test) == (pytest.approx(22.486, abs=5e-4), "score")
    assert z**2 == pytest.approx(505.62, abs=5e-3)
    assert 0 <= p_value < 1e-100


def test_few_expected_are_tested_exactly() -> None:
    """Fisher's tea: four cups of four told right of eight, two-sided (1935, The Design of Experiments)."""
    assert difference_test(4, 4, 0, 4)[1:] == (pytest.approx(2 / 70), "fisher")
    assert difference_test(3, 4, 1, 4)[1:] == (pytest.approx(34 / 70), "fisher")


def test_unpooled_interval_is_the_textbook_one() -> None:
    assert unpooled(3894, 21307, 2262, 21306) == pytest.approx((0.069953, 0.083226), abs=1e-6)


def test_ratio_interval_is_that_of_koopman() -> None:
    """P. A. R. Koopman (1984), Biometrics 40, 513-517: 36 of 40 against 16 of 80."""
    assert rate_ratio(36, 40, 16, 80) == pytest.approx((2.94, 7.15), abs=5e-3)
    theirs = confint_proportions_2indep(3894, 21307, 2262, 21306, "score", "ratio", correction=False)
    assert rate_ratio(3894, 21307, 2262, 21306) == pytest.approx(theirs, rel=1e-6)


def test_no_ratio_is_known_where_nobody_responded_without_the_campaign() -> None:
    found = rate_lift(5, 34, 0, 34)
    assert (found.relative, found.relative_high) == (math.inf, math.inf)
    assert found.relative_low > 0
    nobody = rate_lift(0, 34, 0, 34)
    assert math.isnan(nobody.relative)
    assert (nobody.relative_low, nobody.relative_high, nobody.p_value) == (-1, math.inf, 1)


@pytest.mark.parametrize("seen", [(1, 0, 1, 1), (2, 1, 0, 1), (0, 1, -1, 1)])
def test_impossible_counts_are_refused(seen: Counts) -> None:
    with pytest.raises(MeasureError, match=r"A rate of -?\d responders of \d targets cannot be\. Give each arm"):
        rate_lift(*seen)


@settings(max_examples=25, deadline=None)
@given(counts())
def test_lift_changes_sign_when_the_arms_swap(seen: Counts) -> None:
    one, other = rate_lift(*seen), rate_lift(*seen[2:], *seen[:2])
    assert one.absolute == -other.absolute
    assert one.absolute_low == pytest.approx(-other.absolute_high, abs=1e-12)
    assert one.z == pytest.approx(-other.z, abs=1e-12)
    assert one.p_value == pytest.approx(other.p_value, abs=1e-12)
    if 0 < one.relative_high < math.inf:
        assert (1 + one.relative_high) * (1 + other.relative_low) == pytest.approx(1, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(counts())
def test_lifts_lie_in_their_intervals_and_never_beyond_one(seen: Counts) -> None:
    found = rate_lift(*seen)
    assert -1 <= found.absolute_low <= found.absolute + 1e-12
    assert found.absolute - 1e-12 <= found.absolute_high <= 1
    assert 0 <= found.p_value <= 1
    low, high = rate_ratio(*seen)
    assert 0 <= low <= high + 1e-6
    if not math.isnan(found.relative):
        assert low - 1e-6 <= 1 + found.relative <= high + 1e-6


def test_intervals_cover_a_known_lift_at_their_level() -> None:
    """Two thousand campaigns with rates of 8 % and 5 %: 95 % intervals miss in about 100, 3 standard errors is 29."""
    chance = np.random.default_rng(20261128)
    sent, held_out = chance.binomial(1500, 0.08, 2000), chance.binomial(500, 0.05, 2000)
    found = [rate_lift(int(r), 1500, int(o), 500) for r, o in zip(sent, held_out, strict=True)]
    absolute = sum(one.absolute_low <= 0.03 <= one.absolute_high for one in found)
    relative = sum(one.relative_low <= 0.6 <= one.relative_high for one in found)
    assert 1871 <= absolute <= 1929
    assert 1871 <= relative <= 1929
