"""The benchmark of measuring runs, and both ways give the same figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import responses


def test_a_small_campaign_is_measured_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    responses.main(["--targets", "5000", "--repeat", "1", "--json", str(tmp_path / "told.json")])

    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert (told["targets"], told["sales"]) == (5_000, 2_000)
    assert told["ratio"] == told["measure_seconds"] / told["sql_seconds"]
    assert "times the statement" in capsys.readouterr().out
