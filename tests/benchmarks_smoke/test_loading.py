"""The benchmark of loading runs, and both ways hold the same contacts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import loading


def test_a_small_file_is_loaded_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loading.main(["--rows", "2000", "--json", str(tmp_path / "told.json")])

    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told["rows"] == 2_000
    assert told["ratio"] == told["load_seconds"] / told["copy_seconds"]
    assert told["tellings"] > 5
    assert "times COPY" in capsys.readouterr().out
