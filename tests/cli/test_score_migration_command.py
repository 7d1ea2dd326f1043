"""The command that tells who moved between two runs of a score."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import Shell
from tests.use_cases.kinds_world import shop as kinds


def test_moves_between_two_runs_are_told(tmp_path: Path) -> None:
    kinds(at=tmp_path / "kinds.duckdb")
    shell = Shell(tmp_path, tmp_path / "kinds.duckdb")
    shell.run("score", "run", "rfm", "--set", "scores=3", "--as-of", "2026-06-30")
    assert shell.run("score", "migration", "rfm").complaint == (
        "The score rfm has no run before 2026-06-30, and moves are between two.",
        "Compute one of an earlier day: workbench score run rfm --as-of DATE.",
    )
    shell.run("score", "run", "rfm", "--set", "scores=3", "--as-of", "2025-10-10")
    told = shell.run("score", "migration", "rfm", "--json").json
    assert (told["from_on"], told["to_on"], told["contacts"]) == ("2025-10-10", "2026-06-30", 120)
    assert sum(row["contacts"] for row in told["moves"]) == 120
    out = shell.run("score", "migration", "rfm", "--from", "2025-10-10", "--to", "2026-06-30", "--field", "segment").out
    assert out.startswith("Of 120 contacts with a segment in one of the runs of 2025-10-10 and 2026-06-30, ")
    assert "(none)" in out
