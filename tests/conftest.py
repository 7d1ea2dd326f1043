"""What every test can ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import workbench as wb
from tests.demo_store import NEEDS_JOURNEY, made_once


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
