"""The page Scores: which there are, computing one, reading it, a segment of it, and loading what others computed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Literal, get_args, get_origin

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words
from tests.use_cases.kinds_world import DAY, shop
from workbench.app.widgets.score_names import CHOICES, OPTIONS
from workbench.scoring.methods import all_methods

RUN = b"contact_no,segment,recency\nCT1,Champions,4.5\nCT404,Lost,1\n"
CHAMPIONS = {"score": "rfm", "field": "segment", "op": "is", "value": "Champions"}
LOADING, COMPUTING = {"score_panel": "Load a run"}, {"score_panel": "Compute", "score_method": "clusters"}


@pytest.fixture(scope="module")
def kinds_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop of three kinds of customers with a run of clusters, two days old; nobody opens it again."""
    path = tmp_path_factory.mktemp("kinds") / "kinds.duckdb"
    bench = shop(at=path)
    bench.setup.set("as_of", DAY)
    bench.scores.run("clusters", DAY - dt.timedelta(2), count=3, resamples=2)
    return path


@pytest.fixture
def kinds(kinds_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kinds_made, tmp_path))


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label."""
    return next(button for button in app.button if button.label == label).click().run()


def test_a_run_is_listed_with_its_age_and_read_and_becomes_a_segment(kinds: Path, open_page: Open) -> None:
    app = open_page(kinds, "scores", score="clusters")
    assert not app.exception
    listed = app.dataframe[0].value
    assert (listed["score"].tolist(), listed["age_days"].tolist()) == (["clusters"], [2])
    assert "Computed on Jun 28, 2026 2 days before the day of evaluation" in words(app)
    assert "Make a segment of this" in words(app)
    app.text_input(key="score_offer_name:clusters:2026-06-28:Cluster 1").set_value("regulars").run()
    press(app, "Make the segment")
    assert not app.exception
    bench = wb.open(kinds)
    assert bench.segments.count("regulars", DAY).total > 0
    app.selectbox(key="score_offer:clusters:2026-06-28").set_value("Cluster 2").run()
    app.text_input(key="score_offer_name:clusters:2026-06-28:Cluster 2").set_value("regulars").run()
    press(app, "Make the segment")
    assert "regulars" in app.error[0].value, "another of the name is not replaced unless that is asked for"


def test_a_score_is_looked_at_before_it_is_kept(kinds: Path, open_page: Open) -> None:
    app = open_page(kinds, "scores", remembered=COMPUTING)
    app.text_input(key="score_option:name:clusters").set_value("groups")
    app.number_input(key="score_option:clusters:count").set_value(2)
    app.number_input(key="score_option:clusters:resamples").set_value(2)
    press(app, "Preview")
    assert not app.exception
    assert "A preview of the score groups as of Jun 30, 2026; nothing is kept." in words(app)
    assert next(button for button in app.button if button.label == "Make the segment").disabled
    bench = wb.open(kinds)
    assert [entry.name for entry in bench.scores.list()] == ["clusters"]
    press(app, "Compute and keep")
    assert "Kept as the run of Jun 30, 2026 of the score groups." in app.success[0].value
    kept = bench.scores.show("groups")
    assert (kept.scored_on, kept.parameters["count"], kept.parameters["resamples"]) == (DAY, 2, 2)


def test_what_cannot_be_computed_says_why(kinds: Path, open_page: Open) -> None:
    app = open_page(kinds, "scores", remembered={"score_panel": "Compute", "score_method": "look_alike"})
    press(app, "Preview")
    assert not app.exception
    said = "look\\_alike has to be told segment."
    assert [error.value.split("\n\n")[0] for error in app.error] == [said]
    app.selectbox(key="score_option:look_alike:segment").set_value("women")
    press(app, "Preview")
    assert [error.value for error in app.error] == []
    assert "A preview of the score look\\_alike as of Jun 30, 2026; nothing is kept." in words(app)


def test_a_run_is_loaded_and_its_refused_rows_are_shown(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "scores", remembered=LOADING)
    press(app, "Load the run")
    assert app.error[0].value == "Choose a file first."
    app.text_input(key="score_name").set_value("rfm")
    app.file_uploader(key="score_file").set_value(("rfm.csv", RUN, "text/csv"))
    press(app, "Load the run")
    assert "Nothing says on which day the score was computed." in app.error[0].value
    app.date_input(key="score_on").set_value(dt.date(2017, 5, 1))
    app.file_uploader(key="score_file").set_value(("rfm.csv", RUN, "text/csv"))
    press(app, "Load the run")
    assert not app.exception
    assert "rfm.csv was loaded into the score rfm: " in app.success[0].value
    assert "Rejected 1 of 2 rows" in words(app)
    segments = wb.open(own_shop).segments
    assert segments.members(CHAMPIONS, dt.date(2017, 5, 2))["contact_no"].tolist() == ["CT1"]


def test_a_run_is_deleted(own_shop: Path, open_page: Open) -> None:
    scores = wb.open(own_shop).scores
    frame = pd.DataFrame({"contact_no": ["CT1"], "segment": ["Champions"]})
    for day in (1, 2):
        scores.load("rfm", frame, dt.date(2017, 5, day))
    app = open_page(own_shop, "scores")
    assert "1 contact, from frame." in words(app)
    press(app, "Delete the run")
    assert not app.exception
    assert [run.scored_on for run in scores.runs("rfm")] == [dt.date(2017, 5, 1)]


def test_a_stale_score_is_pointed_out_beside_the_total(own_shop: Path, open_page: Open) -> None:
    bench = wb.open(own_shop)
    bench.scores.load("rfm", pd.DataFrame({"contact_no": ["CT1"], "segment": ["Champions"]}), dt.date(2017, 5, 1))
    bench.setup.set("as_of", "2017-05-31")
    bench.segments.save(wb.Segment.from_dict({"name": "champions", "steps": [{"add": CHAMPIONS}]}))
    said = words(open_page(own_shop, "segments", segment="champions"))
    assert "Score rfm of May 1, 2017, 30 days old" in said
    app = open_page(own_shop, "segments", "es", segment="champions")
    assert not app.exception
    assert [warning.value for warning in app.warning] == [
        "Paso 1, condición 1&#58; La puntuación rfm es del 2017-05-01, 30 días antes del día de evaluación."
    ]


def test_every_option_and_each_of_its_choices_has_a_name() -> None:
    for method in all_methods():
        fields = method.options.model_fields
        assert set(fields) <= set(OPTIONS), method.name
        choices = {one for field in fields.values() if get_origin(field.annotation) is Literal
                   for one in get_args(field.annotation)}  # fmt: skip
        assert choices <= set(CHOICES), method.name
        assert all(field.description for field in fields.values()), method.name
