from __future__ import annotations

import pytest

from workbench.config import room_for_masks, store_path, user
from workbench.errors import ConfigError


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


def test_the_room_for_masks_is_a_whole_number_of_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_MASKS_MB", raising=False)
    assert room_for_masks() == 256_000_000
    monkeypatch.setenv("WORKBENCH_MASKS_MB", " 0 ")
    assert room_for_masks() == 0
    for wrong in ("-1", "1.5", "²", "much"):
        monkeypatch.setenv("WORKBENCH_MASKS_MB", wrong)
        with pytest.raises(ConfigError, match=f'WORKBENCH_MASKS_MB is "{wrong}", which is no number of megabytes'):
            room_for_masks()


def test_who_works_is_named_by_the_environment_then_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_USER", " Ada L. ")
    assert user() == "Ada L."
    monkeypatch.setenv("WORKBENCH_USER", " ")
    monkeypatch.setattr("getpass.getuser", lambda: "bo")
    assert user() == "bo"


def test_a_system_that_knows_no_user_leaves_the_author_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.delenv("WORKBENCH_USER", raising=False)
    monkeypatch.setattr("getpass.getuser", unknown)
    assert user() is None
