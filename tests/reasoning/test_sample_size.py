"""Sizes before a launch, against published figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sample_size import power, smallest_lift, units_needed


@pytest.mark.parametrize(
    ("rate", "lift", "units", "ratio", "published"),
    [
        (0.75, -0.25, 76.70692, 1, 0.9),  # R
        (0.65, -0.15, 83.4373, 1, 0.5),  # R
        (0.015, -0.014, 550, 1, 0.74156),  # Stata
        (0.2, -0.1, 154, 2, 0.7995659211532175),  # Stata
    ],
)
def test_power_is_as_published(rate: float, lift: float, units: float, ratio: float, published: float) -> None:
    """The figures that statsmodels' own tests take from R and Stata."""
    assert power(rate, lift, units, ratio * units) == pytest.approx(published, abs=1e-6)


def test_size_is_as_published() -> None:
    assert units_needed(0.75, -0.25, 0.5, wanted=0.9) == (77, 77)


def test_the_smallest_lift_is_found_with_just_the_wanted_power() -> None:
    found = smallest_lift(0.05, 9000, 1000)
    assert found is not None
    assert power(0.05, found, 9000, 1000) == pytest.approx(0.8, abs=1e-6)


def test_arms_that_can_tell_nothing_say_so() -> None:
    assert smallest_lift(0.05, 1000, 0) is None
    assert smallest_lift(0.9, 2, 2) is None


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.01, 0.5), written_to=st.integers(50, 5000), held_out=st.integers(50, 5000))
def test_larger_arms_tell_smaller_lifts(rate: float, written_to: int, held_out: int) -> None:
    small, large = smallest_lift(rate, written_to, held_out), smallest_lift(rate, 2 * written_to, 2 * held_out)
    assert small is None or (large is not None and large < small)


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.02, 0.5), lift=st.floats(0.01, 0.4), share=st.floats(0.05, 0.95))
def test_the_size_that_is_needed_has_the_power(rate: float, lift: float, share: float) -> None:
    written_to, held_out = units_needed(rate, lift, share)
    assert power(rate, lift, written_to, held_out) >= 0.8
