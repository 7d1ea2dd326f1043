"""Changes of segments as their users meet them: differences, drift, tests, history."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2024, 12, 31)
PRAGUE = {"name": "prague", "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]}
QUIET = {
    "name": "quiet",
    "steps": [
        {"add": {"field": "city", "op": "is", "value": "Prague"}},
        {"reduce": {"related": "interaction", "within": {"in_last": {"n": 30, "unit": "day"}}}},
    ],
}
PEOPLE = pd.DataFrame(
    {
        "contact_no": [f"C{number}" for number in range(1, 9)],
        "type": "person",
        "city": ["Prague"] * 5 + ["Madrid", "Madrid", None],
        "is_privacy_blocked": [False, True, *[False] * 6],
    }
)
SENT = pd.DataFrame(
    {
        "interaction_no": ["I1", "I2"],
        "contact_no": ["C1", "C5"],
        "occurred_at": ["2024-12-20", "2024-10-20"],
        "information_flow": "outbound",
    }
)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> wb.Workbench:
    """Eight people in a store on disk, and somebody who works on it."""
    monkeypatch.setenv("WORKBENCH_USER", "ada")
    opened = wb.open(tmp_path / "shop.duckdb")
    opened.sources.load("contact", PEOPLE)
    opened.sources.load("interaction", SENT)
    return opened


def moved(bench: wb.Workbench, contact_no: str, city: str) -> None:
    bench.sources.load("contact", pd.DataFrame({"contact_no": [contact_no], "city": [city]}))


def parts(drift: Any) -> dict[str, tuple[int, int]]:
    return {row.part: (row.entered, row.left) for row in drift.parts.itertuples()}


class TestADifference:
    def test_tells_what_it_does_to_the_members(self, bench: wb.Workbench) -> None:
        both = {"field": "city", "op": "in", "value": ["Prague", "Madrid"]}
        new = {**PRAGUE, "steps": [{"add": both}, QUIET["steps"][1]], "suppress": ["privacy_blocked"]}
        found = bench.segments.diff(PRAGUE, new, DAY, contacts=True)
        members = found.members
        assert members is not None
        assert (members.before, members.after, members.entered, members.left, members.stayed) == (5, 5, 2, 2, 3)
        assert members.entered_contacts == ("C6", "C7")
        assert members.left_contacts == ("C1", "C2")
        assert (members.suppressed_before, members.suppressed_after) == ({}, {"privacy_blocked": 1})
        assert members.sentence == "5 -> 5 members as of 2024-12-31: 2 entered, 2 left, 3 stayed"
        assert not found.is_same_meaning
        assert json.loads(json.dumps(found.to_dict()))["members"]["entered_contacts"] == ["C6", "C7"]
        assert list(found.frame()["part"]) == ["op", "value", "step", "suppression"]
        assert "2 entered" in found._repr_html_()

    def test_lists_no_contacts_unless_asked(self, bench: wb.Workbench) -> None:
        members = bench.segments.diff(PRAGUE, QUIET, DAY).members
        assert members is not None
        assert members.entered_contacts is members.left_contacts is None

    def test_of_a_segment_that_is_new_or_gone_counts_from_nobody(self, bench: wb.Workbench) -> None:
        new, gone = bench.segments.diff(None, PRAGUE, DAY), bench.segments.diff(PRAGUE, None, DAY)
        assert new.members is not None
        assert gone.members is not None
        assert (new.members.before, new.members.after) == (0, 5)
        assert (gone.members.before, gone.members.after) == (5, 0)
        assert (new.old_name, new.new_name) == (None, "prague")
        assert gone.sentences == ("gone: Of all contacts: add those where city is Prague.",)

    def test_takes_saved_names_and_limits(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        limited = {**PRAGUE, "limit": {"top": 2, "by": []}}
        found = bench.segments.diff("prague", limited, DAY)
        assert found.members is not None
        assert (found.members.limited_before, found.members.limited_after, found.members.after) == (0, 3, 2)


class TestDrift:
    def test_between_days_is_the_clock_alone(self, bench: wb.Workbench) -> None:
        drift = bench.segments.drift(QUIET, dt.date(2024, 11, 1), DAY, contacts=True)
        assert (drift.before, drift.after, drift.entered, drift.left, drift.stayed) == (4, 4, 1, 1, 3)
        assert parts(drift) == {"data": (0, 0), "clock": (1, 1), "rule": (0, 0)}
        assert drift.contacts is not None
        assert drift.contacts.to_numpy().tolist() == [["C1", "left", "clock"], ["C5", "entered", "clock"]]
        assert drift.notes[0].startswith("The members on 2024-11-01 are those that the present definition gives")

    def test_from_a_snapshot_is_split_into_data_clock_and_rule(self, bench: wb.Workbench) -> None:
        bench.segments.save(QUIET)
        kept = bench.segments.snapshot("quiet", dt.date(2024, 11, 1))
        moved(bench, "C2", "Madrid")
        moved(bench, "C8", "Prague")
        either = {"any": [QUIET["steps"][0]["add"], {"field": "contact_no", "op": "is", "value": "C7"}]}  # type: ignore[index]
        bench.segments.save({**QUIET, "steps": [{"add": either}, QUIET["steps"][1]]}, replace=True)
        drift = bench.segments.drift("quiet", kept.snapshot_id, DAY, contacts=True)
        assert parts(drift) == {"data": (1, 1), "clock": (1, 1), "rule": (1, 0)}
        assert (drift.entered, drift.left) == (3, 2)
        assert drift.parts["net"].sum() == drift.after - drift.before
        assert drift.contacts is not None
        assert drift.contacts.to_numpy().tolist() == [
            ["C1", "left", "clock"], ["C2", "left", "data"], ["C5", "entered", "clock"], ["C7", "entered", "rule"],
            ["C8", "entered", "data"],
        ]  # fmt: skip
        assert drift.notes == ()

    def test_to_a_snapshot_ends_with_its_members(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        first = bench.segments.snapshot("prague", DAY)
        moved(bench, "C6", "Prague")
        second = bench.segments.snapshot("prague", DAY)
        moved(bench, "C1", "Madrid")
        drift = bench.segments.drift("prague", first.snapshot_id, second.snapshot_id, contacts=True)
        assert (drift.before, drift.after) == (5, 6)
        assert parts(drift) == {"data": (1, 0), "clock": (0, 0), "rule": (0, 0)}
        assert "what changed in the data since is taken back under data" in drift.notes[0]
        assert json.loads(json.dumps(drift.to_dict()))["contacts"] == [
            {"contact_no": "C6", "change": "entered", "part": "data"}
        ]

    def test_counts_deleted_contacts_as_data(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        kept = bench.segments.snapshot("prague", DAY)
        with bench.database.writing() as con:
            con.execute("DELETE FROM contact WHERE contact_no IN ('C5', 'C6', 'C7', 'C8')")
        drift = bench.segments.drift("prague", kept.snapshot_id, DAY, contacts=True)
        assert parts(drift)["data"] == (0, 1)
        assert drift.contacts is not None
        assert drift.contacts.to_numpy().tolist() == [["C5", "left", "data"]]

    def test_says_when_a_snapshot_is_of_another_segment(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        kept = bench.segments.snapshot("prague", DAY)
        assert bench.segments.drift(QUIET, kept.snapshot_id, DAY).notes == (
            'Snapshot "prague@2024-12-31" is of the segment "prague".',
        )

    def test_takes_days_as_text(self, bench: wb.Workbench) -> None:
        drift = bench.segments.drift(PRAGUE, "2024-01-01", "2024-12-31")
        assert (drift.since_on, drift.until_on) == (dt.date(2024, 1, 1), DAY)

    def test_refuses_what_is_neither_a_snapshot_nor_a_day(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        bench.segments.snapshot("prague", DAY)
        with pytest.raises(wb.NotFoundError, match='"prague@2024-12-32" is neither a snapshot nor a day') as caught:
            bench.segments.drift("prague", "prague@2024-12-32", DAY)
        assert caught.value.hint == 'Did you mean "prague@2024-12-31"?'


PROMISING = {
    **PRAGUE,
    "examples": {"inside": ["C1", "C6", "C99"], "outside": ["C2", "C7"]},
    "invariants": {"subset_of": ["quiet"], "size_between": [1, 4]},
}


class TestTests:
    def test_tell_of_each_promise_whether_it_is_kept_and_why_not(self, bench: wb.Workbench) -> None:
        bench.segments.save(QUIET)
        bench.segments.save(PROMISING)
        tests = bench.segments.test(as_of=DAY)
        assert [(check.kind, check.about, check.passed, check.why) for check in tests.checks] == [
            ("inside", "C1", True, ""),
            ("inside", "C6", False, "C6 is outside, but should be inside"),
            ("inside", "C99", False, "C99 does not exist, but should be inside"),
            ("outside", "C2", False, "C2 is inside, but should be outside"),
            ("outside", "C7", True, ""),
            ("subset_of", "quiet", False, '1 of 5 members are not in "quiet": C1'),
            ("size_between", "1 to 4", False, "the number of members is 5, but should be 1 to 4"),
        ]
        assert tests.untested == ("quiet",)
        assert not tests.passed
        assert len(tests.failed) == 5
        assert json.loads(json.dumps(tests.to_dict()))["passed"] is False
        assert "5 checks do not hold" in tests._repr_html_()

    def test_run_on_what_is_named(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        assert bench.segments.test(PROMISING | {"invariants": {}}, as_of=DAY).untested == ()
        assert bench.segments.test(["prague"], as_of=DAY).untested == ("prague",)
        assert bench.segments.test([], as_of=DAY).checks == ()

    def test_go_on_behind_a_definition_that_does_not_fit(self, bench: wb.Workbench) -> None:
        broken = {"name": "broken", "steps": [{"add": {"field": "citty", "op": "is", "value": "x"}}]}
        tests = bench.segments.test([broken, {**PRAGUE, "examples": {"inside": ["C1"]}}], as_of=DAY)
        assert [(check.segment, check.kind, check.passed) for check in tests.checks] == [
            ("broken", "fits", False), ("prague", "inside", True),
        ]  # fmt: skip
        assert tests.checks[0].why == 'Step 1, condition 1: There is no field "citty"'

    def test_stand_beside_a_count(self, bench: wb.Workbench) -> None:
        count = bench.segments.count({**PRAGUE, "invariants": {"size_between": [6, 9]}}, DAY)
        assert count.failed_invariants == ("the number of members is 5, but should be 6 to 9",)
        assert count.failed_examples == ()

    def test_refuse_an_export_until_it_is_forced(self, bench: wb.Workbench, tmp_path: Path) -> None:
        promising = {**PRAGUE, "invariants": {"size_between": [1, 4]}, "examples": {"inside": ["C1"]}}
        with pytest.raises(wb.ChecksFailedError) as caught:
            bench.segments.export(promising, tmp_path / "list.csv", DAY)
        assert caught.value.message == (
            "1 of 2 checks of the segment failed: the number of members is 5, but should be 1 to 4."
        )
        assert list(tmp_path.glob("list*")) == []
        receipt = bench.segments.export(promising, tmp_path / "list.csv", DAY, force=True)
        facts = json.loads(receipt.manifest_path.read_text(encoding="utf-8"))["facts"]
        assert facts["checks"] == {
            "passed": 1, "failed": ["the number of members is 5, but should be 1 to 4"], "forced": True,
        }  # fmt: skip

    def test_leave_no_mark_of_force_where_none_was_needed(self, bench: wb.Workbench, tmp_path: Path) -> None:
        receipt = bench.segments.export(PRAGUE, tmp_path / "list.csv", DAY, force=True)
        facts = json.loads(receipt.manifest_path.read_text(encoding="utf-8"))["facts"]
        assert facts["checks"] == {"passed": 0, "failed": [], "forced": False}

    def test_speak_of_segments_that_exist_and_stay(self, bench: wb.Workbench) -> None:
        subset = {**PRAGUE, "invariants": {"subset_of": ["quiet"]}}
        with pytest.raises(wb.ConditionError, match='Invariants: There is no segment "quiet"'):
            bench.segments.save(subset)
        bench.segments.save(QUIET)
        bench.segments.save(subset)
        with pytest.raises(wb.ConflictError, match='"quiet" is used by prague'):
            bench.segments.delete("quiet")

    def test_may_say_of_two_segments_that_each_is_in_the_other(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        bench.segments.save({**PRAGUE, "name": "other", "invariants": {"subset_of": ["prague"]}})
        bench.segments.save({**PRAGUE, "invariants": {"subset_of": ["other"]}}, replace=True)
        assert bench.segments.test(as_of=DAY).passed


class TestHistory:
    def test_tells_who_changed_what_and_whom_that_moved(self, bench: wb.Workbench, monkeypatch: Any) -> None:
        bench.segments.save(PRAGUE)
        monkeypatch.setenv("WORKBENCH_USER", "bo")
        bench.segments.save({**PRAGUE, "suppress": ["privacy_blocked"]}, replace=True)
        history = bench.segments.history("prague", DAY)
        assert [(entry.version.version_no, entry.version.saved_by, entry.version.event) for entry in history] == [
            (2, "bo", "saved"), (1, "ada", "saved"),
        ]  # fmt: skip
        assert history.entries[0].diff.sentences == ("suppression 1: new: those blocked for privacy",)
        frame = history.frame()
        assert list(frame["members"]) == [4, 5]
        assert list(frame["left"]) == [1, 0]
        assert "bo" in history._repr_html_()
        assert json.loads(json.dumps(history.to_dict()))["versions"][0]["diff"]["members"]["left"] == 1

    def test_compares_definitions_only_without_a_day(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        assert bench.segments.history("prague").entries[0].diff.members is None

    def test_has_no_version_for_saving_the_same_again(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        bench.segments.save(PRAGUE)
        bench.segments.save(PRAGUE, replace=True)
        assert len(bench.segments.history("prague")) == 1

    def test_restores_an_old_version_as_the_newest(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        bench.segments.save({**PRAGUE, "suppress": ["privacy_blocked"]}, replace=True)
        restored = bench.segments.restore("prague", 1)
        assert restored == bench.segments.get("prague") == wb.Segment.from_dict(PRAGUE)
        newest = bench.segments.history("prague").entries[0].version
        assert (newest.version_no, newest.event, newest.restored_no) == (3, "restored", 1)

    def test_restoring_what_is_saved_writes_nothing(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        before = bench.database.revision()
        bench.segments.restore("prague", 1)
        assert bench.database.revision() == before
        assert len(bench.segments.history("prague")) == 1

    def test_outlives_a_deletion_and_brings_the_segment_back(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        bench.segments.delete("prague")
        assert [(one.name, one.version_no, one.event) for one in bench.segments.deleted()] == [("prague", 2, "deleted")]
        history = bench.segments.history("prague", DAY)
        assert history.is_deleted
        assert list(history.frame()["members"]) == [0, 5]
        bench.segments.restore("prague", 2)
        assert bench.segments.count("prague", DAY).total == 5
        assert bench.segments.deleted() == ()
        assert [entry.version.event for entry in bench.segments.history("prague")] == ["restored", "deleted", "saved"]

    def test_goes_on_behind_a_version_that_fits_no_more(self, bench: wb.Workbench) -> None:
        bench.segments.save(QUIET)
        bench.segments.save({**PRAGUE, "steps": [{"add": {"segment": "quiet"}}]})
        bench.segments.save(PRAGUE, replace=True)
        bench.segments.delete("quiet")
        newest, oldest = bench.segments.history("prague", DAY)
        assert oldest.problem == newest.problem == 'Step 1, condition 1: There is no segment "quiet".'
        assert newest.diff.members is None
        with pytest.raises(wb.ConditionError, match='There is no segment "quiet"'):
            bench.segments.restore("prague", 1)

    def test_refuses_a_name_or_version_that_never_was(self, bench: wb.Workbench) -> None:
        bench.segments.save(PRAGUE)
        with pytest.raises(wb.NotFoundError, match='No segment was ever saved as "pargue"') as caught:
            bench.segments.history("pargue")
        assert caught.value.hint == 'Did you mean "prague"?'
        with pytest.raises(wb.NotFoundError, match='"prague" has no version 7') as caught:
            bench.segments.restore("prague", 7)
        assert caught.value.hint == "It has versions 1 to 1."

    def test_begins_with_what_was_saved_before_histories_were_kept(self, tmp_path: Path) -> None:
        from workbench.store import migrations

        bench = wb.open(tmp_path / "shop.duckdb")
        bench.segments.save(PRAGUE)
        with bench.database.writing() as con:
            con.execute("DROP TABLE segment_version")
            statements = next(one.statements for one in migrations.migrations() if one.name == "segment_versions")
            con.execute(statements)
        (entry,) = bench.segments.history("prague").entries
        assert (entry.version.version_no, entry.version.event, entry.version.saved_by) == (1, "saved", None)
