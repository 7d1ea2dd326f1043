"""The store that laws are tried in."""

from __future__ import annotations

import pytest

from tests.engines import DuckDBEngine
from tests.laws.worlds import FIELDS


@pytest.fixture(scope="session")
def store() -> DuckDBEngine:
    """One store in memory, filled anew for each example."""
    return DuckDBEngine(FIELDS)
