from __future__ import annotations

import pytest

from workbench.config import store_path


def test_the_store_is_the_one_given_then_that_of_the_environment_then_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORKBENCH_DB", "theirs.duckdb")
    assert store_path("mine.duckdb") == "mine.duckdb"
    assert store_path() == store_path("") == "theirs.duckdb"
    monkeypatch.setenv("WORKBENCH_DB", " ")
    assert store_path() == "./workbench.duckdb"
    monkeypatch.delenv("WORKBENCH_DB")
    assert store_path(None) == "./workbench.duckdb"
