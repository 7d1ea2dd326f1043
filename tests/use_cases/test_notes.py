"""Notes say what is out of date, and references are evaluated once."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb

JANUARY = dt.date(2018, 1, 1)
LOST = {"score": "rfm", "field": "segment", "op": "is", "value": "Lost"}


@pytest.fixture
def bench() -> wb.Workbench:
    opened = wb.open(":memory:")
    opened.sources.load("contact", pd.DataFrame({"No.": ["CT1", "CT2", "CT3"], "City": ["Prague", "Brno", None]}))
    opened.scores.load("rfm", pd.DataFrame({"contact_no": ["CT1"], "segment": ["Lost"]}), dt.date(2017, 12, 1))
    return opened


def save(bench: wb.Workbench, name: str, condition: object, **more: object) -> None:
    bench.segments.save({"name": name, "steps": [{"add": condition}], **more}, replace=True)


def notes(bench: wb.Workbench, definition: object, as_of: dt.date = JANUARY) -> tuple[str, ...]:
    counted = bench.segments.count(definition, as_of).notes
    assert bench.segments.notes(definition, as_of) == counted
    return counted


def test_sql_that_does_not_speak_of_the_day_sees_later_rows_and_says_so() -> None:
    bench = wb.open(":memory:")
    note = "SQL sees rows after the day of evaluation as well, unless it compares their dates with $as_of."

    def notes(sql: str) -> tuple[str, ...]:
        return bench.segments.count({"sql": sql}, dt.date(2026, 3, 31)).notes

    assert notes("select contact_id from sales_entry") == (f"Step 1, condition 1: {note}",)
    assert notes("select contact_id from sales_entry where posted_at <= $as_of") == ()


def test_a_score_older_than_the_day_is_reported(bench: wb.Workbench) -> None:
    definition = {"all": [{"field": "city", "op": "is_known"}, LOST]}
    assert notes(bench, definition) == (
        "Step 1, condition 2: Score rfm is of 2017-12-01, 31 days before the day of evaluation.",
    )
    assert notes(bench, LOST, dt.date(2017, 12, 2)) == (
        "Step 1, condition 1: Score rfm is of 2017-12-01, 1 day before the day of evaluation.",
    )
    assert notes(bench, LOST, dt.date(2017, 12, 1)) == ()


def test_a_score_without_a_run_is_reported(bench: wb.Workbench) -> None:
    assert notes(bench, {"not": LOST}, dt.date(2017, 11, 30)) == (
        "Step 1, condition 1: Score rfm has no run on or before the day of evaluation, so it is unknown for everybody.",
    )


def test_scores_in_orders_are_reported_too(bench: wb.Workbench) -> None:
    limit = {"top": 1, "by": [{"score": "rfm", "field": "segment"}]}
    assert notes(bench, {"steps": [{"add": {"all": []}}], "limit": limit}) == (
        "Limit: Score rfm is of 2017-12-01, 31 days before the day of evaluation.",
    )


def test_a_snapshot_of_another_day_is_reported(bench: wb.Workbench) -> None:
    save(bench, "known", {"field": "city", "op": "is_known"})
    taken = bench.segments.snapshot("known", JANUARY).snapshot_id
    assert notes(bench, {"snapshot": taken}, JANUARY) == ()
    assert notes(bench, {"snapshot": taken}, dt.date(2018, 1, 2)) == (
        f"Step 1, condition 1: Snapshot {taken} is of 2018-01-01, 1 day before the day of evaluation.",
    )
    assert notes(bench, {"snapshot": taken}, dt.date(2017, 12, 30)) == (
        f"Step 1, condition 1: Snapshot {taken} is of 2018-01-01, 2 days after the day of evaluation.",
    )


def test_a_snapshot_whose_segment_has_changed_since_is_reported(bench: wb.Workbench) -> None:
    save(bench, "known", {"field": "city", "op": "is_known"})
    taken = bench.segments.snapshot("known", JANUARY).snapshot_id
    save(bench, "known", {"field": "city", "op": "is", "value": "Brno"})
    assert notes(bench, {"company_has": {"snapshot": taken}}) == (
        f"Step 1, condition 1, company_has, condition 1: Segment known has changed since snapshot {taken} was taken.",
    )


def test_notes_of_segments_that_are_referred_to_are_given_once(bench: wb.Workbench) -> None:
    save(bench, "lost", LOST)
    save(bench, "left", {"any": [{"segment": "lost"}, {"field": "city", "op": "is_known"}]})
    save(bench, "right", {"all": [{"segment": "lost"}]})
    (note,) = notes(bench, {"any": [{"segment": "left"}, {"segment": "right"}]})
    place, text = note.split(": ")
    assert place == "Step 1, condition 1, in segment left, step 1, condition 1, in segment lost, step 1, condition 1"
    assert text == "Score rfm is of 2017-12-01, 31 days before the day of evaluation."


def test_traps_of_filter_expressions_are_pointed_out(bench: wb.Workbench) -> None:
    (note,) = notes(bench, {"field": "city", "op": "filter", "value": "10000..10042"})
    assert note == (
        'Step 1, condition 1: The interval "10000..10042" compares text sign by sign, so it also takes "100000".'
    )


def test_a_file_carries_its_notes(bench: wb.Workbench, tmp_path: Path) -> None:
    receipt = bench.segments.export({"name": "lost", "steps": [{"add": LOST}]}, tmp_path / "lost.csv", JANUARY)
    manifest = json.loads(receipt.manifest_path.read_text(encoding="utf-8"))
    assert "Step 1, condition 1: Score rfm is of 2017-12-01, 31 days" in json.dumps(manifest)


def test_a_diamond_evaluates_every_segment_and_every_rule_once(bench: wb.Workbench) -> None:
    save(bench, "bottom", {"field": "city", "op": "is_known"})
    save(bench, "left", {"all": [{"segment": "bottom"}, {"field": "city", "op": "is", "value": "Prague"}]})
    save(bench, "right", {"company_has": {"segment": "bottom"}}, base={"segment": "bottom"})
    save(bench, "top", {"any": [{"segment": "left"}, {"segment": "right"}, {"segment": "bottom"}]})
    evaluator = bench.segments._evaluator
    evaluated, computed = evaluator.definitions_evaluated, evaluator.cache.computed
    assert bench.segments.members("top", JANUARY)["contact_no"].tolist() == ["CT1", "CT2"]
    assert evaluator.definitions_evaluated - evaluated == len(["top", "left", "right", "bottom"])
    rules = ["city is known", "city is Prague", "who is at which company", "who can be reached"]
    assert evaluator.cache.computed - computed == len(rules)


@pytest.mark.parametrize(
    "closing",
    [
        {"steps": [{"add": {"segment": "c"}}]},
        {"steps": [{"add": {"company_has": {"not": {"segment": "c"}}}}]},
        {"base": {"segment": "c"}, "steps": [{"add": {"all": []}}]},
        {"base": {"company_has": {"segment": "c"}}, "steps": [{"add": {"all": []}}]},
    ],
)
def test_a_circle_is_refused_with_its_path(bench: wb.Workbench, closing: dict[str, object]) -> None:
    save(bench, "a", {"field": "city", "op": "is_known"})
    save(bench, "b", {"company_has": {"segment": "a"}})
    save(bench, "c", {"all": []}, base={"segment": "b"})
    with pytest.raises(wb.ConditionError, match=r"in a circle: a -> c -> b -> a\. Break the circle\."):
        bench.segments.save({"name": "a", **closing}, replace=True)
    with pytest.raises(wb.ConditionError, match="in a circle: a -> c -> b -> a"):
        bench.segments.validate({"name": "a", **closing})
