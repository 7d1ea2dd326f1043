"""Loading scores, listing them, and what they say in lists and files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import ConfigError, ConflictError, NotFoundError, SourceError

JANUARY, FEBRUARY = dt.date(2018, 1, 1), dt.date(2018, 2, 1)


@pytest.fixture
def bench() -> wb.Workbench:
    opened = wb.open(":memory:")
    opened.sources.load("contact", pd.DataFrame({"No.": ["CT1", "CT2", "CT3"], "City": ["Prague", "Brno", None]}))
    return opened


def rfm(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"contact_no": ["CT1", "CT2"], "segment": ["Champions", "Lost"], **columns})


def segments_of(bench: wb.Workbench, as_of: dt.date) -> dict[str, str]:
    column = "score.rfm.segment"
    rows = bench.segments.members({"score": "rfm", "field": "segment", "op": "is_known"}, as_of, ["contact_no", column])
    return dict(zip(rows["contact_no"], rows[column], strict=True))


def test_a_run_is_loaded_and_unknown_contacts_are_reported(bench: wb.Workbench) -> None:
    frame = pd.DataFrame({"contact_no": ["CT1", "CT9", "CT2", None], "segment": ["Champions", "Lost", None, "Lost"]})
    receipt = bench.scores.load("rfm", frame, JANUARY)
    assert (receipt.score, receipt.runs, receipt.replaced) == ("rfm", (JANUARY,), 0)
    assert receipt.counts == {"rows": 4, "new": 2, "changed": 0, "unchanged": 0, "rejected": 2}
    assert receipt.problems[["row", "value", "reason"]].values.tolist() == [
        [3, "CT9", "no contact has this contact_no"], [5, "", "is blank but needed"],
    ]  # fmt: skip
    assert receipt.revision == bench.database.revision()
    assert segments_of(bench, JANUARY) == {"CT1": "Champions"}


def test_the_rows_that_were_refused_come_back_as_a_file(bench: wb.Workbench, tmp_path: Path) -> None:
    path = tmp_path / "rfm.csv"
    path.write_text("contact_no;segment;value\nCT1;Champions;1,5\nCT9;Lost;2,25\n", encoding="utf-8")
    receipt = bench.scores.load("rfm", path, JANUARY)
    assert receipt.source == "rfm.csv"
    assert "CT9;Lost;2,25" in receipt.write_rejects(tmp_path / "again.csv").read_text(encoding="utf-8-sig")
    values = bench.segments.members({"all": []}, JANUARY, ["score.rfm.value"])["score.rfm.value"]
    assert values.isna().tolist() == [False, True, True]
    assert values[0] == 1.5


def test_fields_have_the_types_of_their_values_or_those_that_are_said(bench: wb.Workbench) -> None:
    frame = rfm(recency=[4.5, 1], active=[True, False], due=[JANUARY, None], worth=["1.10", "2.20"])
    bench.scores.load("rfm", frame, JANUARY, {"worth": "worth_amount:amount"})
    (entry,) = bench.scores.list()
    assert dict(entry.fields) == {
        "segment": "text", "recency": "number", "active": "boolean", "due": "date", "worth_amount": "amount",
    }  # fmt: skip
    assert bench.segments.count(
        {"score": "rfm", "field": "worth_amount", "op": "is", "value": 2.2}, JANUARY
    ).total == 1  # fmt: skip


def test_contacts_are_named_by_number_or_by_id(bench: wb.Workbench) -> None:
    with bench.database.reading() as con:
        ids = dict(con.execute("SELECT contact_no, contact_id FROM contact").fetchall())
    frame = pd.DataFrame({"contact_id": [ids["CT2"], 999, None], "segment": ["Lost", "Lost", "Lost"]})
    receipt = bench.scores.load("rfm", frame, JANUARY)
    assert segments_of(bench, JANUARY) == {"CT2": "Lost"}
    assert receipt.problems["reason"].tolist() == ["no contact has this contact_no", "is blank but needed"]


def test_a_run_of_the_same_day_is_replaced_as_a_whole(bench: wb.Workbench) -> None:
    bench.scores.load("rfm", rfm(recency=[1, 2]), JANUARY)
    bench.scores.load("rfm", rfm(), FEBRUARY)
    receipt = bench.scores.load("rfm", pd.DataFrame({"contact_no": ["CT3"], "segment": ["New"]}), JANUARY)
    assert receipt.replaced == 2
    assert segments_of(bench, JANUARY) == {"CT3": "New"}
    assert segments_of(bench, FEBRUARY) == {"CT1": "Champions", "CT2": "Lost"}
    bench.scores.load("rfm", rfm().head(1), JANUARY)
    assert bench.segments.count({"score": "rfm", "field": "recency", "op": "is_known"}, JANUARY).total == 0


def test_a_file_may_hold_several_runs(bench: wb.Workbench) -> None:
    receipt = bench.scores.load("rfm", rfm(scored_on=["2018-02-01", "2018-01-01"]))
    assert receipt.runs == (JANUARY, FEBRUARY)
    assert [(run.scored_on, run.row_count) for run in bench.scores.runs("rfm")] == [(FEBRUARY, 1), (JANUARY, 1)]


def test_a_contact_that_stands_twice_in_a_run_is_refused(bench: wb.Workbench) -> None:
    frame = pd.DataFrame({"contact_no": ["CT1", "CT1", "CT1"], "segment": ["a", "b", "a"]})
    receipt = bench.scores.load("rfm", frame, JANUARY)
    assert segments_of(bench, JANUARY) == {"CT1": "a"}
    assert receipt.problems["reason"].tolist() == [
        "duplicate key: an earlier row of the file has other values for it"
    ]  # fmt: skip


def test_nothing_is_lost_when_every_row_is_refused(bench: wb.Workbench) -> None:
    bench.scores.load("rfm", rfm(), JANUARY)
    revision = bench.database.revision()
    receipt = bench.scores.load("rfm", pd.DataFrame({"contact_no": ["CT9"], "segment": ["New"]}), JANUARY)
    assert (receipt.runs, receipt.load_no, receipt.rejected) == ((), None, 1)
    assert bench.database.revision() == revision
    assert segments_of(bench, JANUARY) == {"CT1": "Champions", "CT2": "Lost"}
    empty = bench.scores.load("other", pd.DataFrame({"contact_no": ["CT9"], "segment": ["New"]}), JANUARY)
    assert empty.runs == ()
    assert [entry.name for entry in bench.scores.list()] == ["rfm"]


def test_a_later_run_may_have_more_fields(bench: wb.Workbench) -> None:
    bench.scores.load("rfm", rfm(), JANUARY)
    bench.scores.load("rfm", rfm(recency=[1, 2]), FEBRUARY)
    recent = {"score": "rfm", "field": "recency", "op": "is_known"}
    assert [bench.segments.count(recent, day).total for day in (JANUARY, FEBRUARY)] == [0, 2]


def test_a_run_is_deleted_and_its_score_stays(bench: wb.Workbench) -> None:
    bench.scores.load("rfm", rfm(), JANUARY)
    bench.scores.load("rfm", rfm(), FEBRUARY)
    bench.scores.delete("rfm", JANUARY)
    assert segments_of(bench, JANUARY) == {}
    bench.scores.delete("rfm", FEBRUARY)
    assert [(entry.name, len(entry.runs)) for entry in bench.scores.list()] == [("rfm", 0)]
    assert bench.scores.list().frame()["contacts"].tolist() == [0]
    with pytest.raises(NotFoundError, match="The score rfm has no run of 2018-02-01"):
        bench.scores.delete("rfm", FEBRUARY)


def test_what_cannot_be_loaded_is_refused_as_a_whole(bench: wb.Workbench) -> None:
    with pytest.raises(ConfigError) as named:
        bench.scores.load('r"; DROP TABLE contact', rfm(), JANUARY)
    assert named.value.message == '"r"; DROP TABLE contact" cannot name a score.'
    with pytest.raises(SourceError) as undated:
        bench.scores.load("rfm", rfm())
    assert undated.value.message == "Nothing says on which day the score was computed."
    assert undated.value.hint == "Give scored_on (--scored-on 2018-01-01), or a column scored_on."
    with pytest.raises(SourceError, match="scored_on is a constant, but column"):
        bench.scores.load("rfm", rfm(scored_on=["2018-01-01", "2018-01-01"]), JANUARY)
    with pytest.raises(SourceError, match="No column of the file goes to contact_no, which every scored_rfm needs"):
        bench.scores.load("rfm", pd.DataFrame({"segment": ["a"]}), JANUARY)
    with pytest.raises(ConflictError, match="The field tags of a score cannot be many_valued"):
        bench.scores.load("rfm", rfm(tags=["a;b", "c"]), JANUARY, {"tags": "tags:many_valued"})
    with pytest.raises(NotFoundError, match=r'There is no score "rfm"\. None is loaded yet\.'):
        bench.scores.runs("rfm")
    assert len(bench.scores.list()) == 0


def test_names_of_fields_are_made_safe_and_reserved_ones_avoided(bench: wb.Workbench) -> None:
    bench.scores.load("rfm", rfm(**{'Expected "value"; --': [1, 2], "entry_no": [1, 2]}), JANUARY)
    (entry,) = bench.scores.list()
    assert all(name.isidentifier() for name in entry.fields)
    assert "entry_no" not in entry.fields


def test_values_of_scores_stand_in_lists_files_and_orders(bench: wb.Workbench, tmp_path: Path) -> None:
    bench.scores.load("rfm", rfm(value=[1, 2]), JANUARY)
    everybody = {"name": "all", "steps": [{"add": {"all": []}}]}
    columns = ["contact_no", "score.rfm.value", "score.rfm.segment"]
    assert bench.segments.preview(everybody, FEBRUARY, columns).frame()["score.rfm.value"].fillna(0).tolist() == [
        1,
        2,
        0,
    ]
    receipt = bench.segments.export(everybody, tmp_path / "all.csv", FEBRUARY, columns=columns)
    assert receipt.rows == 3
    assert "score.rfm.value" in receipt.path.read_text(encoding="utf-8-sig").splitlines()[0]
    by = [{"score": "rfm", "field": "value", "order": "descending"}]
    assert bench.segments.members({**everybody, "limit": {"top": 1, "by": by}}, FEBRUARY)["contact_no"].tolist() == [
        "CT2"
    ]
    with pytest.raises(wb.ConditionError, match='The score rfm has no field "worth"'):
        bench.segments.preview(everybody, FEBRUARY, ["score.rfm.worth"])
    with pytest.raises(wb.ConditionError, match='There is no score "rmf"'):
        bench.segments.validate({**everybody, "limit": {"top": 1, "by": [{"score": "rmf", "field": "value"}]}})
