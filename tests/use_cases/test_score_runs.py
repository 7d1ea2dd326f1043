"""Computing scores: what is kept of a run, previews, cancelling, and segments made of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.kinds_world import DAY, SIZE, shop
from workbench.errors import CancelledError, ConfigError, ConflictError, NotFoundError

FIRST = {"score": "kinds", "field": "cluster", "op": "is", "value": 1}
FEW: dict[str, Any] = {"count": 3, "resamples": 2}


@pytest.fixture(scope="module", name="bench")
def shop_without_runs() -> wb.Workbench:
    """Tests that write clear away what they wrote."""
    return shop()


@pytest.fixture(scope="module", name="told")
def shop_with_two_runs() -> wb.Workbench:
    bench = shop()
    for days in (40, 0):
        bench.scores.run("kinds", DAY - dt.timedelta(days), method="clusters", **FEW)
    bench.scores.load("loaded", pd.DataFrame({"contact_no": ["C001"], "rank": [1]}), DAY)
    return bench


def test_a_preview_is_the_same_computation_without_the_write(bench: wb.Workbench) -> None:
    revision = bench.database.revision()
    preview = bench.scores.run("clusters", DAY, dry_run=True, **FEW)
    assert (preview.is_written, bench.database.revision(), len(bench.scores.list())) == (False, revision, 0)
    kept = bench.scores.run("clusters", DAY, **FEW)
    assert (kept.is_written, kept.revision) == (True, revision)
    pd.testing.assert_frame_equal(preview.rows, kept.rows)
    shown = bench.scores.show("clusters")
    pd.testing.assert_frame_equal(shown.rows, kept.rows, check_dtype=False)
    assert shown.to_dict() == kept.to_dict()
    assert shown.parameters["resamples"] == 2
    bench.scores.delete("clusters", DAY)


def test_a_run_that_is_cancelled_or_interrupted_writes_nothing(bench: wb.Workbench) -> None:
    cancellation, revision = wb.Cancellation(), bench.database.revision()

    def cancel(_done: int, _of: int) -> None:
        cancellation.cancel()

    def interrupt(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(CancelledError):
        bench.scores.run("clusters", DAY, progress=cancel, cancellation=cancellation, **FEW)
    with pytest.raises(KeyboardInterrupt):
        bench.scores.run("clusters", DAY, progress=interrupt, **FEW)
    assert bench.database.revision() == revision


def test_the_list_tells_the_run_that_counts_on_a_day_with_age_and_quality(told: wb.Workbench) -> None:
    frame = told.scores.list().frame(DAY - dt.timedelta(10)).set_index("score")
    assert frame.loc["kinds", ["method", "run_count", "scored_on", "age_days", "contacts"]].tolist() == [
        "clusters", 2, DAY - dt.timedelta(40), 30, SIZE,
    ]  # fmt: skip
    assert frame.loc["kinds", "quality"].startswith("stability 1, silhouette 0.")
    assert frame.loc["loaded", ["run_count", "contacts", "quality"]].tolist() == [1, 0, ""]
    assert frame.loc["loaded", ["method", "scored_on", "age_days"]].isna().all()
    assert told.scores.list().frame().set_index("score").loc["kinds", "scored_on"] == DAY
    counting = {one["score"]: (one["scored_on"], one["age_days"]) for one in told.scores.list().to_dict(DAY)}
    assert counting == {"kinds": ("2026-06-30", 0), "loaded": ("2026-06-30", 0)}


def test_a_segment_is_made_of_what_a_run_suggests(told: wb.Workbench) -> None:
    day = DAY - dt.timedelta(40)
    made = told.scores.segment("kinds", "Cluster 1", scored_on=day, save_as="group one")
    assert told.segments.get("group one").steps == made.steps
    with pytest.raises(ConflictError, match="group one"):
        told.scores.segment("kinds", "Cluster 2", save_as="group one")
    told.scores.segment("kinds", "Cluster 2", save_as="group one", replace=True)
    assert told.segments.get("group one").steps != made.steps
    with pytest.raises(NotFoundError, match=r'kinds suggests no segment "Cluster 9"\.'):
        told.scores.segment("kinds", "Cluster 9")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s: s.run("cluster", DAY), 'There is no way to score called "cluster".'),
        (lambda s: s.run("my score", DAY, method="clusters"), '"my score" cannot name a score.'),
        (lambda s: s.run("clusters", DAY, cuont=3), 'clusters has no option "cuont".'),
        (lambda s: s.run("look_alike", DAY), "look_alike has to be told segment."),
        (lambda s: s.show("kinds", DAY - dt.timedelta(1)), "The score kinds has no run of 2026-06-29."),
        (lambda s: s.show("loaded"), "The run of 2026-06-30 of loaded came from a file; how it was made is not known."),
        (lambda s: s.show("nothing"), 'There is no score "nothing".'),
    ],
)
def test_what_cannot_be_is_refused(told: wb.Workbench, call: Any, said: str) -> None:
    with pytest.raises((NotFoundError, ConfigError)) as refused:
        call(told.scores)
    assert refused.value.message == said


def test_the_count_of_a_segment_tells_the_day_and_age_of_its_scores(told: wb.Workbench) -> None:
    told.segments.save({"name": "firsts", "steps": [{"add": FIRST}]}, replace=True)
    limit = {"top": 5, "by": [{"score": "loaded", "field": "rank"}]}
    definition = {"steps": [{"add": {"segment": "firsts"}}], "limit": limit}
    today = told.segments.count(definition, DAY)
    assert today.scores == {"kinds": DAY, "loaded": DAY}
    assert today.notes == ()
    earlier = told.segments.count(definition, DAY - dt.timedelta(10))
    assert earlier.to_dict()["scores"] == {
        "kinds": {"scored_on": "2026-05-21", "age_days": 30}, "loaded": {"scored_on": None, "age_days": None},
    }  # fmt: skip
    assert [note.partition(": ")[2] for note in earlier.notes] == [
        "Score kinds is of 2026-05-21, 30 days before the day of evaluation.",
        "Score loaded has no run on or before the day of evaluation, so it is unknown for everybody.",
    ]
    assert told.segments.count({"field": "city", "op": "is_known"}, DAY).scores == {}
