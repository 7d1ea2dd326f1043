"""The figures of a campaign as the product rounds them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.campaign_statistics import entry_response_rate, per_response

COUNTS = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("responses", "targets", "rate"),
    [(0, 0, "0.000"), (5, 0, "0.000"), (1, 16, "0.063"), (2, 3, "0.667"), (3, 2, "1.500"), (1, 3000, "0.000")],
)
def test_the_rate_is_to_a_tenth_of_a_percent_half_away_from_zero(responses: int, targets: int, rate: str) -> None:
    assert str(entry_response_rate(responses, targets)) == rate


@pytest.mark.parametrize(
    ("total", "responses", "decimals", "each"),
    [("10.005", 1, 2, "10.01"), ("100", 8, 0, "13"), ("-0.005", 1, 2, "-0.01"), ("7", 0, 2, "0.00")],
)
def test_averages_are_rounded_to_the_currency(total: str, responses: int, decimals: int, each: str) -> None:
    assert str(per_response(Decimal(total), responses, decimals)) == each


@given(COUNTS, COUNTS.filter(bool))
@settings(max_examples=25)
def test_the_rate_is_never_further_off_than_half_its_last_digit(responses: int, targets: int) -> None:
    exact = Decimal(responses) / targets
    assert abs(entry_response_rate(responses, targets) - exact) <= Decimal("0.0005")
    assert (entry_response_rate(responses, targets) > 1) <= (responses > targets)
