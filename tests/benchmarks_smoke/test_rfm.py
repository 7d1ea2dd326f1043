"""The benchmark of RFM runs, and both ways give the same scores and names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import rfm


def test_a_few_customers_are_scored_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = tmp_path / "told.json"
    rfm.main(["--customers", "500", "--sales", "6000", "--repeat", "1", "--json", str(told)])

    figures = json.loads(told.read_text(encoding="utf-8"))
    assert (figures["customers"], figures["sales"]) == (500, 6_000)
    assert figures["ratio"] == figures["score_seconds"] / figures["sql_seconds"]
    assert "times the statement" in capsys.readouterr().out
