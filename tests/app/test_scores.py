"""Scores on the page Data: which there are, their runs, loading one more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words

RUN = b"contact_no,segment,recency\nCT1,Champions,4.5\nCT404,Lost,1\n"
CHAMPIONS = {"score": "rfm", "field": "segment", "op": "is", "value": "Champions"}


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label."""
    return next(button for button in app.button if button.label == label).click().run()


def test_a_run_is_loaded_and_its_refused_rows_are_shown(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "data")
    app.text_input(key="score_name").set_value("rfm")
    app.date_input(key="score_on").set_value(dt.date(2017, 5, 1))
    app.file_uploader(key="score_file").set_value(("rfm.csv", RUN, "text/csv"))
    press(app, "Load the run")
    assert not app.exception
    assert "rfm.csv was loaded into the score rfm: " in app.success[0].value
    assert "Rejected 1 of 2 rows" in words(app)
    segments = wb.open(own_shop).segments
    assert segments.members(CHAMPIONS, dt.date(2017, 5, 2))["contact_no"].tolist() == ["CT1"]


def test_a_form_that_is_not_filled_in_says_what_is_missing(own_shop: Path, open_page: Open) -> None:
    app = press(open_page(own_shop, "data"), "Load the run")
    assert app.error[0].value == "Choose a file first."
    app.text_input(key="score_name").set_value("rfm")
    app.file_uploader(key="score_file").set_value(("rfm.csv", RUN, "text/csv"))
    press(app, "Load the run")
    assert "Nothing says on which day the score was computed." in app.error[0].value


def test_a_run_is_deleted(own_shop: Path, open_page: Open) -> None:
    scores = wb.open(own_shop).scores
    frame = pd.DataFrame({"contact_no": ["CT1"], "segment": ["Champions"]})
    for day in (1, 2):
        scores.load("rfm", frame, dt.date(2017, 5, day))
    app = press(open_page(own_shop, "data"), "Delete the run")
    assert not app.exception
    assert [run.scored_on for run in scores.runs("rfm")] == [dt.date(2017, 5, 1)]


def test_a_stale_score_is_pointed_out_beside_the_total(own_shop: Path, open_page: Open) -> None:
    bench = wb.open(own_shop)
    bench.scores.load("rfm", pd.DataFrame({"contact_no": ["CT1"], "segment": ["Champions"]}), dt.date(2017, 5, 1))
    bench.setup.set("as_of", "2017-05-31")
    bench.segments.save(wb.Segment.from_dict({"name": "champions", "steps": [{"add": CHAMPIONS}]}))
    app = open_page(own_shop, "segments", "es", segment="champions")
    assert not app.exception
    assert [warning.value for warning in app.warning] == [
        "Paso 1, condición 1&#58; La puntuación rfm es del 2017-05-01, 30 días antes del día de evaluación."
    ]
