"""The commands about changes of segments."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import Shell
from tests.cli.conftest import IN_PRAGUE

DAY = ("--as-of", "2024-12-31")
CHANGED = IN_PRAGUE.replace("n: 30", "n: 60").replace("op: at_least, value: 2", "op: at_least, value: 1")


def test_diff_tells_what_changed_and_whom_it_moves(own: Shell) -> None:
    own.file("new.yaml", CHANGED)
    found = own.run("segment", "diff", "in-prague.yaml", "new.yaml", *DAY, "--contacts", "--json").json
    assert [(one["part"], one["place"]) for one in found["differences"]] == [
        ("within", "step 2, condition 1"), ("value", "step 2, condition 1"),
    ]  # fmt: skip
    assert (found["members"]["before"], found["members"]["after"]) == (2, 0)
    assert found["members"]["left_contacts"] == ["C1", "C4"]
    lines = own.run("segment", "diff", "in-prague", "new.yaml", *DAY).out.splitlines()
    assert lines[0] == "in-prague: another meaning"
    assert lines[1].startswith("  ~ step 2, condition 1: window in the last 30 days -> in the last 60 days (")
    assert "  2 -> 0 members as of 2024-12-31: 0 entered, 2 left, 0 stayed" in lines


def test_diff_needs_no_store_for_two_files(shell: Shell) -> None:
    shell.file("old.yaml", IN_PRAGUE)
    shell.file("new.yaml", CHANGED)
    for arguments in ((), ("--no-members",)):
        found = shell.run("segment", "diff", "old.yaml", "new.yaml", *arguments, "--json").json
        assert found["members"] is None
        assert len(found["differences"]) == 2


def test_diff_says_when_the_meaning_is_the_same(shell: Shell) -> None:
    shell.file("old.yaml", "steps: [{add: {any: [{list: a}, {list: b}]}}]")
    shell.file("new.yaml", "steps: [{add: {any: [{list: b}, {list: a}]}}]")
    assert shell.run("segment", "diff", "old.yaml", "new.yaml").out == (
        "unnamed: the same meaning\n  = step 1: another order, the same meaning\n"
    )


def test_diff_takes_a_side_without_a_definition(shell: Shell) -> None:
    shell.file("new.yaml", IN_PRAGUE)
    empty = shell.file("empty.yaml", "\n")
    for nothing in ("/dev/null", empty):
        assert shell.run("segment", "diff", nothing, "new.yaml").out.startswith(
            "in-prague: new\n  + new: Of all people"
        )
        assert shell.run("segment", "diff", "new.yaml", nothing).out.startswith("in-prague: gone\n  - gone: Of all")


def test_diff_of_a_file_that_is_not_there_is_refused(shell: Shell) -> None:
    shell.file("new.yaml", IN_PRAGUE)
    done = shell.run("segment", "diff", "old.yaml", "new.yaml")
    assert done.code == 14
    assert done.complaint == ('There is no file "old.yaml".', "Give the path of a YAML file.")


def test_drift_splits_who_moved(own: Shell) -> None:
    found = own.run("segment", "drift", "in-prague", "--from", "2024-12-01", "--to", "2024-12-31", "--json").json
    assert [part["part"] for part in found["parts"]] == ["data", "clock", "rule"]
    assert sum(part["entered"] for part in found["parts"]) == found["entered"]
    taken = own.run("segment", "snapshot", "in-prague", *DAY, "--json").json["snapshot_id"]
    told = own.run("segment", "drift", "in-prague", "--from", taken, *DAY, "--contacts").out
    assert told.splitlines()[0] == f"{taken} -> 2024-12-31: 2 -> 2 members, 0 entered, 0 left, 2 stayed"


def test_drift_from_nowhere_is_refused(shop: Shell) -> None:
    done = shop.run("segment", "drift", "in-prague", "--from", "yesterday")
    assert done.code == 14
    assert done.complaint[0] == '"yesterday" is neither a snapshot nor a day.'


def test_test_is_green_with_code_0_and_red_with_code_16(own: Shell) -> None:
    done = own.run("segment", "test", *DAY)
    assert done.code == 0
    assert done.out.endswith("2 of 2 checks hold as of 2024-12-31.\n")
    own.file("strict.yaml", IN_PRAGUE + "invariants: {size_between: [3, 9], subset_of: [in-prague]}\n")
    done = own.run("segment", "test", "strict.yaml", "in-prague", *DAY)
    assert (done.code, done.err) == (16, "")
    assert "FAILED  in-prague  size_between  3 to 9" in done.out
    assert "the number of members is 2, but should be 3 to 9" in done.out
    assert own.run("segment", "test", "--json", *DAY).json["passed"] is True


def test_a_red_segment_is_exported_only_by_force(own: Shell) -> None:
    own.file("strict.yaml", IN_PRAGUE + "invariants: {size_between: [3, 9]}\n")
    done = own.run("segment", "export", "strict.yaml", "list.csv", *DAY)
    assert done.code == 16
    assert done.complaint[0] == (
        "1 of 3 checks of the segment failed: the number of members is 2, but should be 3 to 9."
    )
    assert own.run("segment", "export", "strict.yaml", "list.csv", *DAY, "--force").code == 0


def test_history_names_who_and_what_and_restore_brings_it_back(own: Shell) -> None:
    own.file("new.yaml", CHANGED)
    assert own.run("segment", "save", "new.yaml", "--replace").code == 0
    found = own.run("segment", "history", "in-prague", "--json", *DAY).json
    assert [version["version_no"] for version in found["versions"]] == [2, 1]
    assert found["versions"][0]["diff"]["members"]["left"] == 2
    assert own.run("segment", "history", "in-prague", "--json").json["versions"][0]["diff"]["members"] is None
    assert own.run("segment", "restore", "in-prague", "1").out == "Restored version 1 of in-prague.\n"
    assert "restored from version 1" in own.run("segment", "history", "in-prague").out
    assert own.run("segment", "count", "in-prague", *DAY, "--json").json["total"] == 2


def test_a_deleted_segment_is_listed_and_restored(own: Shell) -> None:
    assert own.run("segment", "list", "--deleted", "--json").json == []
    assert own.run("segment", "delete", "in-prague").code == 0
    (gone,) = own.run("segment", "list", "--deleted", "--json").json
    assert (gone["name"], gone["version_no"]) == ("in-prague", 2)
    assert own.run("segment", "restore", "in-prague", "1", "--json").json["version"] == 1
    assert [entry["name"] for entry in own.run("segment", "list", "--json").json] == ["in-prague"]


def test_restoring_a_version_that_never_was_is_refused(shop: Shell) -> None:
    done = shop.run("segment", "restore", "in-prague", "9")
    assert done.code == 14
    assert done.complaint == ('"in-prague" has no version 9.', "It has versions 1 to 1.")


def test_the_author_comes_from_the_environment(own: Shell, monkeypatch: object, tmp_path: Path) -> None:
    own.file("new.yaml", CHANGED)
    monkeypatch.setenv("WORKBENCH_USER", "Ada L.")  # type: ignore[attr-defined]
    own.run("segment", "save", "new.yaml", "--replace")
    assert own.run("segment", "history", "in-prague", "--json").json["versions"][0]["saved_by"] == "Ada L."
