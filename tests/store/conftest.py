from __future__ import annotations

from pathlib import Path

import pytest

from workbench.store import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store is, made and empty."""
    path = tmp_path / "shop.duckdb"
    Database(path).create()
    return path


@pytest.fixture(params=["file", "memory"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty store of each kind."""
    if request.param == "memory":
        return Database(":memory:")
    return Database(request.getfixturevalue("path"))
