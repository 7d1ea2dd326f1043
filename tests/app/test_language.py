"""Numbers as the app writes them."""

from __future__ import annotations

import math

import pytest

from workbench.app.language import number


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(-0.04, 1, "0"), (-0.0, 2, "0"), (-0.06, 1, "-0.1"), (-1234.5, 1, "-1,234.5"), (0.4, 0, "0"), (math.nan, 0, "–")],
)
def test_a_number_is_never_minus_nothing(value: float, decimals: int, written: str) -> None:
    assert number(value, decimals) == written
