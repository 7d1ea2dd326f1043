"""What every test can ask for, and how many examples a law is tried on.

``HYPOTHESIS_PROFILE=long`` tries many, never the same again; otherwise they are few and always the same.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import workbench as wb
from tests.demo_store import NEEDS_JOURNEY, made_once

_ACCEPTED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("ci", max_examples=15, derandomize=True, deadline=None, suppress_health_check=_ACCEPTED)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_ACCEPTED, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with notebooks, each of which takes long, so that none is left to one process at the end."""
    items.sort(key=lambda item: "notebooks" not in item.nodeid)


@pytest.fixture(scope="session")
def journey_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo store, made once for all tests and processes of the run; not to be written to."""
    if NEEDS_JOURNEY:
        pytest.skip(NEEDS_JOURNEY)
    return made_once(tmp_path_factory.getbasetemp())


@pytest.fixture
def journey_copy(journey_store: Path, tmp_path: Path) -> Path:
    """A demo store of the test's own."""
    return Path(shutil.copy(journey_store, tmp_path / "demo.duckdb"))


@pytest.fixture(scope="session")
def journey(journey_store: Path) -> wb.Workbench:
    """The workbench on the demo store; not to be written to."""
    return wb.open(journey_store, create=False)
