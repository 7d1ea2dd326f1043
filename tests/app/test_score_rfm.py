"""A run of RFM on the page Scores: by recency and frequency, by name, and moves since an earlier run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

import workbench as wb
from tests.app.conftest import Open, words
from tests.use_cases.kinds_world import DAY, sales, shop


def test_a_run_shows_names_scores_and_moves(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "kinds.duckdb"
    bench = shop(at=path)
    bench.setup.set("as_of", DAY)
    for day in (dt.date(2025, 10, 10), DAY):
        bench.scores.run("rfm", day)
    bench.scores.run("without_map", DAY, method="rfm", scores=4)
    app = open_page(path, "scores", score="rfm")
    assert not app.exception
    said = words(app)
    assert f"120 of 120 contacts bought up to the day, 100.0%&#58; {len(sales())} purchases." in said
    assert "Contacts by name, of 120 with purchases." in said
    assert "Moves since an earlier run" in said
    assert "Of 120 contacts with a name in one of the runs, " in said
    names = next(table.value for table in app.dataframe if "recency_median" in table.value)
    assert names["contacts"].sum() == 120
    moves = next(table.value for table in app.dataframe if "to_name" in table.value)
    assert moves["contacts"].sum() == 120
    assert "no name" in moves["from_name"].tolist()
    app.selectbox(key="score_chosen").set_value("without_map").run()
    assert not app.exception
    assert "No map that comes along is of these scores, so they have no names." in words(app)


def _calls() -> pd.DataFrame:
    return pd.DataFrame({
        "contact_no": ["C000", "C001", "C001"], "date": ["2026-01-01", "2026-02-01", "2026-03-01"],
    })  # fmt: skip


def test_purchases_without_amounts_are_drawn_too(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "kinds.duckdb"
    bench = shop(at=path)
    bench.setup.set("as_of", DAY)
    bench.sources.load("interaction", _calls())
    bench.scores.run("contacted", DAY, method="rfm", purchase={"related": "interaction"}, map="grid")
    app = open_page(path, "scores", "es", score="contacted")
    assert not app.exception
    assert wb.open(path).scores.show("contacted").quality["amount_sum"] is None
