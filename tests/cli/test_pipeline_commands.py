"""Where the pipeline stands, at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from tests.cli.command import Shell
from tests.use_cases.pipeline_world import fill


@pytest.fixture(scope="module", name="desk")
def with_a_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Only read."""
    folder: Path = tmp_path_factory.mktemp("pipeline")
    fill(wb.open(folder / "pipeline.duckdb"))
    return Shell(folder, folder / "pipeline.duckdb")


def test_the_pipeline_is_reported_in_groups(desk: Shell) -> None:
    told = desk.run("pipeline", "report", "--by", "team").out
    assert "Pipeline by team as of 2026-12-15: values are of those in progress" in told
    assert "All together: win rate of closed, days from creation to closing" in told
    assert "Note: Opportunities that count in several teams" in told
    picked = desk.run("pipeline", "report", "--only", "salesperson=JO", "--since", "2026-07-01", "--json").json
    assert picked["total"]["open_count"] == 3
    assert picked["total"]["closed_count"] < 30
    both = desk.run("pipeline", "report", "--by", "region", "--by", "quarter", "--json").json
    assert both["by"] == ["region", "quarter"]
    assert both["rows"][0]["period"] == "2026-01-01"


def test_stages_ages_and_the_matrix(desk: Shell) -> None:
    told = desk.run("pipeline", "stages").out
    assert "Stages as of 2026-12-15: advance_rate of those that left" in told
    assert "First talk" in told
    assert [row["reached_count"] for row in desk.run("pipeline", "stages", "--json").json["funnel"]] == [65, 60, 48]
    assert sum(row["opportunity_count"] for row in desk.run("pipeline", "ageing", "--json").json) == 5
    assert desk.run("pipeline", "ageing", "--rows", "--json").json[0]["opportunity_no"] == "OP060"
    lines = desk.run("pipeline", "matrix", "salesperson", "--period", "year", "--status", "won", "--json").json
    assert [line["total"] for line in lines] == [24, 24]


def test_a_forecast_and_how_well_it_would_have_done(desk: Shell) -> None:
    told = desk.run("pipeline", "forecast", "--months", "2", "--draws", "40").out
    assert told.startswith("Value won each month as forecast on 2026-12-15, 80% intervals")
    alone = desk.run("pipeline", "forecast", "--without-new", "--draws", "40", "--json").json
    assert len(alone["months"]) == 6
    assert sum(month["new_amount"] for month in alone["months"]) == 0
    tested = desk.run("pipeline", "forecast", "--back-test", "--months", "2", "--cuts", "2", "--draws", "40")
    assert "of 3 months lay in their 80% interval. Absolute error" in tested.out


def test_complaints_say_what_to_do(desk: Shell) -> None:
    assert desk.run("pipeline", "report", "--by", "salesman").complaint == (
        'There is no "salesman" to ask the pipeline by.', 'Did you mean "salesperson"?'
    )  # fmt: skip
    assert desk.run("pipeline", "forecast", "--as-of", "2026-01-02").complaint == (
        "Nothing was won or lost until 2026-01-02, so there is nothing to forecast from.", "Take a later day."
    )  # fmt: skip
