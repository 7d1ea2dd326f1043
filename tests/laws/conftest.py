"""How many examples a law is tried on, and the store it is tried in."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.engines import DuckDBEngine
from tests.laws.worlds import FIELDS

_ALL = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("ci", max_examples=25, derandomize=True, deadline=None, suppress_health_check=_ALL)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_ALL, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def store() -> DuckDBEngine:
    """One store in memory, filled anew for each example."""
    return DuckDBEngine(FIELDS)
