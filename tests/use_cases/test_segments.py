"""Segments as their users meet them: saved, counted, previewed, frozen and exported, always the same people."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2024, 12, 31)
PRAGUE = {"name": "prague", "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]}
MADRID = {"name": "madrid", "steps": [{"add": {"field": "city", "op": "is", "value": "Madrid"}}]}
PEOPLE = pd.DataFrame(
    {
        "contact_no": ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"],
        "type": "person",
        "city": ["Prague", "Prague", "Prague", "Prague", "Prague", "Prague", "Madrid", None],
        "email": ["a@x.example", " A@X.example", None, "d@x.example", "e@x.example", "f@x.example", None, None],
        "is_privacy_blocked": [False, False, False, True, False, False, False, True],
    }
)
SENT = pd.DataFrame(
    {
        "interaction_no": [f"I{number}" for number in range(6)],
        "contact_no": ["C1", "C1", "C5", "C6", "C6", "C6"],
        "occurred_at": ["2024-12-01", "2024-12-02", "2024-12-03", "2024-12-04", "2024-12-05", "2024-12-06"],
        "information_flow": "outbound",
    }
)
CAREFUL = {
    "name": "careful",
    "base": {"type": "person"},
    "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}],
    "limit": {"top": 4, "by": [{"field": "contact_no", "order": "descending"}]},
    "suppress": ["privacy_blocked", {"frequency_cap": {"max": 3, "in_last": {"n": 60, "unit": "day"}}}],
}


@pytest.fixture
def bench(tmp_path: Path) -> wb.Workbench:
    """Eight people in a store on disk."""
    opened = wb.open(tmp_path / "shop.duckdb")
    opened.sources.load("contact", PEOPLE)
    opened.sources.load("interaction", SENT)
    return opened


def moved(bench: wb.Workbench, contact_no: str, city: str) -> None:
    """Let a contact move."""
    bench.sources.load("contact", pd.DataFrame({"contact_no": [contact_no], "city": [city]}))


def numbers(bench: wb.Workbench, segment: Any) -> list[str]:
    """The members' numbers."""
    return list(bench.segments.members(segment, DAY)["contact_no"])


@pytest.mark.parametrize("as_of", ["2018-01-01", pd.Timestamp("2018-01-01 10:00")])
def test_a_day_is_a_day(as_of: Any) -> None:
    with pytest.raises(wb.ConfigError, match=r"is no day to evaluate on\. Give a datetime\.date"):
        wb.open(":memory:").segments.count({"all": []}, as_of)


def test_whom_a_limit_leaves_out_is_listed_with_who_stayed() -> None:
    bench = wb.open(":memory:")
    people = pd.DataFrame({
        "contact_no": ["A", "B", "C", "D"], "type": "person", "city": ["Prague", "Prague", "Brno", "Brno"],
        "email": ["x@y.cz", "X@Y.cz ", "z@y.cz", None],
    })  # fmt: skip
    bench.sources.load("contact", people)
    limited = {
        "steps": [{"add": {"all": []}}],
        "limit": {"one_per": "email", "survivor": [{"field": "contact_no", "order": "descending"}], "top": 2},
    }

    found = bench.segments.dropped(limited, dt.date(2026, 3, 31))
    counted = bench.segments.count(limited, dt.date(2026, 3, 31))

    assert found.frame().fillna("").to_numpy().tolist() == [["A", "one_per", "x@y.cz", "B"], ["D", "top", "", ""]]
    assert (found.total, found.limited) == (2, 2)
    assert (counted.dropped, counted.limited) == ({"one_per": 1, "top": 1}, 2)
    assert counted.waterfall()["stage"].tolist()[-3:] == ["limit: one_per", "limit: top", "total"]


def test_what_was_saved_is_got_back(bench: wb.Workbench) -> None:
    saved = bench.segments.save(PRAGUE)
    assert bench.segments.get("prague") == saved
    assert bench.segments.get("prague").to_yaml() == saved.to_yaml()
    assert [entry.name for entry in bench.segments.list()] == ["prague"]
    assert list(bench.segments.list().frame().columns) == ["name", "description", "hash", "saved_at"]


def test_saving_the_same_again_writes_nothing(bench: wb.Workbench) -> None:
    bench.segments.save(PRAGUE)
    revision = bench.database.revision()
    bench.segments.save(wb.Segment.from_dict(PRAGUE))
    assert bench.database.revision() == revision


def test_another_definition_of_the_same_name_is_a_conflict(bench: wb.Workbench) -> None:
    bench.segments.save(PRAGUE)
    with pytest.raises(wb.ConflictError, match='Another segment is saved as "prague"') as caught:
        bench.segments.save({**MADRID, "name": "prague"})
    assert caught.value.hint == "Replace it (--replace), or save yours under another name."
    assert numbers(bench, "prague")[0] == "C1"
    bench.segments.save({**MADRID, "name": "prague"}, replace=True)
    assert numbers(bench, "prague") == ["C7"]


def test_who_started_from_an_older_definition_is_told(bench: wb.Workbench) -> None:
    opened = bench.segments.save(PRAGUE)
    somebody_else = wb.open(bench.database.path)
    somebody_else.segments.save({**PRAGUE, "description": "theirs"}, replace=True)
    with pytest.raises(wb.ConflictError, match='"prague" was changed by somebody else meanwhile'):
        bench.segments.save({**PRAGUE, "description": "mine"}, replace=True, known_hash=opened.hash)
    assert bench.segments.get("prague").description == "theirs"


def test_a_segment_without_a_name_is_not_saved(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError, match="A segment needs a name to be saved"):
        bench.segments.save(PRAGUE["steps"])  # type: ignore[arg-type]


def test_segments_that_refer_to_each_other_in_a_circle_are_not_saved(bench: wb.Workbench) -> None:
    bench.segments.save({"name": "a", "steps": [{"add": {"field": "city", "op": "is_known"}}]})
    bench.segments.save({"name": "b", "steps": [{"add": {"segment": "a"}}]})
    bench.segments.save({"name": "c", "steps": [{"add": {"segment": "b"}}]})
    with pytest.raises(wb.ConditionError, match="in a circle: a -> c -> b -> a"):
        bench.segments.save({"name": "a", "steps": [{"add": {"segment": "c"}}]}, replace=True)
    with pytest.raises(wb.ConditionError, match="in a circle: b -> b"):
        bench.segments.save({"name": "b", "steps": [{"add": {"segment": "b"}}]}, replace=True)
    assert numbers(bench, "c") == ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]


def test_a_segment_that_another_needs_is_not_deleted(bench: wb.Workbench) -> None:
    bench.segments.save(PRAGUE)
    bench.segments.save({"name": "user", "steps": [{"add": {"segment": "prague"}}]})
    with pytest.raises(wb.ConflictError, match='"prague" is used by user'):
        bench.segments.delete("prague")
    bench.segments.delete("user")
    bench.segments.delete("prague")
    with pytest.raises(wb.NotFoundError, match='There is no saved segment "prague"'):
        bench.segments.count("prague", DAY)


def test_deleting_a_segment_leaves_its_snapshots(bench: wb.Workbench) -> None:
    bench.segments.save(PRAGUE)
    taken = bench.segments.snapshot("prague", DAY)
    bench.segments.delete("prague")
    assert len(bench.segments.snapshot_members(taken.snapshot_id)) == taken.total == 6


@pytest.mark.parametrize("definition", [PRAGUE, MADRID, CAREFUL], ids=lambda definition: str(definition["name"]))
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_count_preview_members_snapshot_and_file_are_the_same_people(
    bench: wb.Workbench, tmp_path: Path, definition: dict[str, Any], ending: str
) -> None:
    members = numbers(bench, definition)
    path = tmp_path / f"list.{ending}"
    receipt = bench.segments.export(definition, path, DAY, columns=["contact_no", "city"])
    written = pd.read_csv(path, dtype=str) if ending == "csv" else pd.read_parquet(path)
    shown = bench.segments.preview(definition, DAY, rows=2)
    taken = bench.segments.snapshot(definition, DAY)

    assert bench.segments.count(definition, DAY).total == len(members) == receipt.rows == shown.total == taken.total
    assert list(written["contact_no"]) == members == sorted(members)
    assert list(shown.members["contact_no"]) == members[:2]
    assert list(bench.segments.snapshot_members(taken.snapshot_id)["contact_no"]) == members
    assert numbers(bench, {"snapshot": taken.snapshot_id}) == members


def test_a_snapshot_never_changes(bench: wb.Workbench) -> None:
    taken = bench.segments.snapshot(PRAGUE, DAY)
    moved(bench, "C1", "Madrid")
    moved(bench, "C8", "Prague")

    assert list(bench.segments.snapshot_members(taken.snapshot_id)["contact_no"]) == [
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "C6",
    ]
    assert numbers(bench, PRAGUE) == ["C2", "C3", "C4", "C5", "C6", "C8"]
    again = bench.segments.snapshot(PRAGUE, DAY)
    assert again.snapshot_id != taken.snapshot_id
    assert again.revision > taken.revision
    assert bench.segments.snapshots() == (again, taken)
    assert wb.Segment.from_yaml(taken.definition).hash == taken.definition_hash


def test_the_ledger_says_where_everybody_went(bench: wb.Workbench, tmp_path: Path) -> None:
    receipt = bench.segments.export(CAREFUL, tmp_path / "list.csv", DAY, channel="email", dedupe_key="email")
    ledger = receipt.ledger
    # Of C1 to C6: C4 is blocked, C6 was written to three times; the limit takes none of the four left; C3 has no
    # address, and C2 has that of C1.
    assert dict(ledger.suppressed) == {"privacy_blocked": 1, "frequency_cap": 1}
    assert (ledger.matched, ledger.limited, ledger.unreachable, ledger.duplicates, ledger.rows) == (6, 0, 1, 1, 2)
    assert ledger.left == ledger.rows
    tight = {**CAREFUL, "limit": {**CAREFUL["limit"], "top": 3}}  # type: ignore[dict-item]
    second = bench.segments.export(tight, tmp_path / "tight.csv", DAY, channel="email", dedupe_key="email").ledger
    assert (second.limited, second.unreachable, second.duplicates, second.rows) == (1, 1, 0, 2)
    facts = json.loads((tmp_path / "list.csv.manifest.json").read_text(encoding="utf-8"))["facts"]
    assert facts["definition_hash"] == wb.Segment.from_dict(CAREFUL).hash


def test_a_suppression_that_is_written_twice_has_two_names(bench: wb.Workbench) -> None:
    counted = bench.segments.count({**PRAGUE, "suppress": ["privacy_blocked", "privacy_blocked"]}, DAY)
    assert dict(counted.suppressed) == {"privacy_blocked": 1, "privacy_blocked 1": 0}


@pytest.mark.parametrize("nothing", ["", "  ", " \n"])
def test_an_empty_text_is_an_empty_definition(nothing: str) -> None:
    with pytest.raises(wb.ConditionError, match=r"^The definition is empty\. Begin with: steps:$"):
        wb.Segment.from_yaml(nothing)


def test_the_count_closes_as_the_ledger_does(bench: wb.Workbench) -> None:
    counted = bench.segments.count(CAREFUL, DAY)
    assert counted.matched - sum(counted.suppressed.values()) - counted.limited == counted.total == 4
    stages = counted.waterfall()
    assert stages["contacts"].iloc[-1] == counted.total
    assert list(stages["stage"]) == [
        "base", "step 1: add", "suppressed: privacy_blocked", "suppressed: frequency_cap", "total",
    ]  # fmt: skip


def test_examples_that_do_not_hold_are_told(bench: wb.Workbench) -> None:
    examples = {"inside": ["C1", "C4", "C9"], "outside": ["C7", "C5"]}
    assert bench.segments.count({**CAREFUL, "examples": examples}, DAY).failed_examples == (
        "C4 is outside, but should be inside",
        "C9 does not exist, but should be inside",
        "C5 is inside, but should be outside",
    )
    assert (
        bench.segments.count({**PRAGUE, "examples": {"inside": ["C1"], "outside": ["C8"]}}, DAY).failed_examples == ()
    )


def test_results_show_in_notebooks(bench: wb.Workbench) -> None:
    named = bench.segments.save({**PRAGUE, "name": "<i>prague"})
    shown = [
        bench.segments.count(named, DAY), bench.segments.preview(named, DAY), bench.segments.list(),
        bench.segments.snapshot(named, DAY),
    ]  # fmt: skip
    pages = [result._repr_html_() for result in shown]  # type: ignore[attr-defined]
    assert all("<table" in page for page in pages[:3])
    assert all("<i>" not in page for page in pages)


def test_a_count_is_never_older_than_the_store(bench: wb.Workbench) -> None:
    assert bench.segments.count(PRAGUE, DAY).total == 6
    moved(bench, "C7", "Prague")
    assert bench.segments.count(PRAGUE, DAY).total == 7, "after a write through the same object"
    moved(wb.open(bench.database.path), "C8", "Prague")
    assert bench.segments.count(PRAGUE, DAY).total == 8, "after a write through another object"

    file = Path(bench.database.path).with_name("moved.csv")
    file.write_text("contact_no,city\nC1,Madrid\nC2,Madrid\n", encoding="utf-8")
    command = [sys.executable, "-m", "workbench", "load", "contact", str(file), "--db", bench.database.path]
    subprocess.run(command, check=True, capture_output=True)
    counted = bench.segments.count(PRAGUE, DAY)
    assert counted.total == 6, "after a write by another process"
    assert counted.revision == bench.database.revision()


def test_channels_and_unknowns_are_never_older_than_the_store_either(bench: wb.Workbench) -> None:
    not_in_prague = [{"add": {"field": "city", "op": "is_not", "value": "Prague"}}]
    before = bench.segments.count(not_in_prague, DAY)
    assert (before.total, before.reachable["email"], before.leaves[0].with_unknown) == (2, 0, 1)
    changed = pd.DataFrame({"contact_no": ["C7", "C8"], "email": ["g@x.example", None], "city": ["Madrid", "Berlin"]})
    bench.sources.load("contact", changed)
    after = bench.segments.count(not_in_prague, DAY)
    assert (after.total, after.reachable["email"], after.leaves[0].with_unknown) == (2, 1, 0)


def test_a_saved_segment_that_changes_changes_those_that_refer_to_it(bench: wb.Workbench) -> None:
    bench.segments.save(PRAGUE)
    bench.segments.save({"name": "user", "steps": [{"add": {"segment": "prague"}}]})
    assert bench.segments.count("user", DAY).total == 6
    bench.segments.save({**MADRID, "name": "prague"}, replace=True)
    assert bench.segments.count("user", DAY).total == 1


class _GivenUpError(Exception):
    """The unit of work is given up."""


def test_inside_a_unit_of_work_a_count_sees_what_it_wrote_and_forgets_it_on_failure(bench: wb.Workbench) -> None:
    def everybody_moves_and_stays() -> None:
        with bench.database.writing() as con:
            con.execute("UPDATE contact SET city = 'Prague'")
            assert bench.segments.count(PRAGUE, DAY).total == 8
            raise _GivenUpError

    assert bench.segments.count(PRAGUE, DAY).total == 6
    with pytest.raises(_GivenUpError):
        everybody_moves_and_stays()
    assert bench.segments.count(PRAGUE, DAY).total == 6


def test_one_evaluation_sees_one_revision(bench: wb.Workbench) -> None:
    """Everybody moves at once, again and again: whoever counts meanwhile finds all here or all there."""
    anywhere = {"any": [{"field": "city", "op": "is", "value": city} for city in ("Prague", "Madrid")]}

    def move_everybody() -> None:
        other = wb.open(bench.database.path)
        for move in range(30):
            with other.database.writing() as con:
                con.execute("UPDATE contact SET city = ?", ["Madrid" if move % 2 else "Prague"])

    with bench.database.writing() as con:
        con.execute("UPDATE contact SET city = 'Madrid'")
    seen, revisions = set(), set()
    with ThreadPoolExecutor(1) as pool:
        mover = pool.submit(move_everybody)
        while not mover.done():
            counted = bench.segments.count([{"add": anywhere}], DAY)
            seen.add(tuple(leaf.alone for leaf in counted.leaves))
            revisions.add(counted.revision)
        mover.result()
    assert seen == {(8, 0), (0, 8)}
    assert len(revisions) > 5


def test_threads_that_count_at_once_get_the_same(bench: wb.Workbench) -> None:
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda _: bench.segments.count(CAREFUL, DAY).total, range(8)))
    assert totals == [4] * 8
