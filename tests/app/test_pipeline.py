"""The page Pipeline, on a real small store."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from tests.app.conftest import Open, words
from tests.use_cases.pipeline_world import fill


@pytest.fixture(scope="module", name="desk")
def with_a_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only read."""
    store = tmp_path_factory.mktemp("pipeline") / "pipeline.duckdb"
    fill(wb.open(store))
    return store


def test_the_page_says_where_the_pipeline_stands(desk: Path, open_page: Open) -> None:
    app = open_page(desk, "pipeline")
    assert not app.exception
    said = words(app)
    assert "Win rate 80.0% of 60 closed, 68.2% to 88.2%" in said
    assert "48 of 60 closed opportunities were won, worth €55,728.00; 5 are in progress and 0 not started." in said
    for title in ("How far opportunities come", "Flow between stages"):
        assert title in said
    app.selectbox(key="pipeline_only:salesperson").set_value("JO").run()
    assert "24 of 30 closed opportunities were won" in words(app)


def test_the_forecast_is_compared_with_months_that_are_over(desk: Path, open_page: Open) -> None:
    app = open_page(desk, "pipeline", remembered={"pipeline_panel": "Forecast", "pipeline_months": 3})
    assert not app.exception
    assert "Forecast on Dec 15, 2026" in words(app)
    assert "so nothing is forecast of them" in words(app)
    app.toggle(key="pipeline_back_test").set_value(True).run()
    assert not app.exception
    assert "months lay within the 80% interval forecast before them." in words(app)


def test_figures_come_in_groups(desk: Path, open_page: Open) -> None:
    app = open_page(desk, "pipeline", remembered={"pipeline_panel": "Figures", "pipeline_by": "team"})
    assert not app.exception
    assert "Opportunities that count in several teams" in words(app)
    app.selectbox(key="pipeline_by").set_value("quarter").run()
    assert not app.exception
    app.selectbox(key="pipeline_by").set_value("region").run()
    assert not app.exception


@pytest.mark.parametrize(("panel", "said"), [("Ages", "The oldest in progress"), ("Matrix", "By the first month of")])
def test_ages_and_the_matrix(desk: Path, open_page: Open, panel: str, said: str) -> None:
    app = open_page(desk, "pipeline", remembered={"pipeline_panel": panel}, language="en")
    assert not app.exception
    assert said in words(app)


def test_an_empty_store_says_what_to_do(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "pipeline")
    assert not app.exception
    assert "There are no opportunities yet." in words(app)
