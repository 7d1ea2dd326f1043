"""The benchmark of lifetime value runs, with the library beside it or without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import lifetime_value


def test_customers_are_fitted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lifetime_value.main(["--customers", "3000", "--repeat", "1", "--json", str(tmp_path / "told.json")])

    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert (told["customers"], told["many"]) == (2_357, 3_000)
    assert 0 < told["histories"] <= 3_000
    said = capsys.readouterr().out
    assert ("left out: it is not installed" in said) == (told["lifetimes_seconds"] is None)
