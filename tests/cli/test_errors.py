"""Every error is two sentences on stderr and an exit code of its own; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import WORKBENCH, Shell
from tests.cli.conftest import IN_PRAGUE

USAGE, DEFINITION, SOURCE, BUSY, VERSION, NOT_FOUND, CONFLICT = 2, 10, 11, 12, 13, 14, 15


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nope"], "No such command 'nope'"),
        (["info", "--nope"], "No such option: --nope"),
        (["segment", "count"], "Missing argument 'SEGMENT'"),
        (["segment", "count", "in-prague", "--as-of", "2024-02-30"], "'2024-02-30'"),
        (["segment", "preview", "in-prague", "--rows", "0"], "'--rows'"),
        (["load", "contact", "contacts.csv", "--map", "x"], '"x" has no "="'),
        (["app", "--port", "99999"], "99999 is no port."),
        (["field", "add", "contact", "x", "blob"], 'There is no field type "blob".'),
        (["segment", "export", "in-prague", "list.doc"], 'The format of "list.doc" cannot be told'),
    ],
)
def test_a_wrong_call_is_a_usage_error(shop: Shell, arguments: list[str], complaint: str) -> None:
    done = shop.run(*arguments)
    assert done.code == USAGE
    assert complaint in done.err
    assert done.out == ""


DEFINITIONS = {
    "name: [x\nsteps": ("no YAML in line 2", "Check indents, quotes and brackets."),
    "": ("The definition is empty.", "Begin with: steps:"),
    "- add: {field: cty, op: is, value: Prague}": (
        'Step 1, condition 1: There is no field "cty".', 'Did you mean "city"?',
    ),
    "- add: {field: city, op: at_least, value: 3}": ('"at_least"', "Use one of is, is_not"),
    "- add: {segment: in-prag}": ('There is no segment "in-prag".', 'Did you mean "in-prague"?'),
    "- add: {snapshot: nope}": ('There is no snapshot "nope".', ""),
    "a: &a [*a]": ("recursive", "Check indents"),
}  # fmt: skip


@pytest.mark.parametrize("text", DEFINITIONS)
def test_a_bad_definition_is_refused_with_its_place_and_the_way_out(shop: Shell, tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = shop.run("segment", "count", tmp_path / "bad.yaml")
    what, hint = DEFINITIONS[text]
    assert (done.code, done.out) == (DEFINITION, "")
    assert what in done.err.splitlines()[0]
    assert hint in done.err
    assert len(done.err.splitlines()) <= 2


def test_an_unknown_column_of_an_export_is_a_bad_definition(shop: Shell, tmp_path: Path) -> None:
    done = shop.run("segment", "export", "in-prague", tmp_path / "x.csv", "--columns", "contact_no,emial")
    assert done.code == DEFINITION
    assert done.complaint == ('There is no field "emial".', 'Did you mean "email"?')
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_text_is_a_bad_source(shop: Shell, tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "folder.yaml").mkdir()
    for name in ("binary.yaml", "folder.yaml"):
        done = shop.run("segment", "validate", tmp_path / name)
        assert done.code == SOURCE
        assert name in done.complaint[0]
        assert done.complaint[1] == "Give the path of a YAML file in UTF-8."


@pytest.mark.parametrize(
    ("table", "file", "options", "complaint"),
    [
        ("contact", "nope.csv", [], "There is no file nope.csv."),
        ("contact", ".", [], ". is a folder."),
        ("contact", "in-prague.yaml", [], 'Files ending in ".yaml" cannot be loaded'),
        ("contakt", "contacts.csv", [], 'There is no table "contakt".'),
        ("contact", "contacts.csv", ["--map", "City=town"], '"town"'),
        ("contact", "contacts.csv", ["--encoding", "nope"], 'There is no encoding "nope".'),
        ("sales_entry", "interactions.csv", ["--new-fields", "ignore"], ""),
    ],
)
def test_a_bad_source_is_refused(shop: Shell, table: str, file: str, options: list[str], complaint: str) -> None:
    done = shop.run("load", table, file, *options)
    assert done.code == SOURCE
    assert complaint in done.complaint[0]


@pytest.mark.parametrize(
    ("arguments", "complaint", "hint"),
    [
        (["segment", "count", "in-prag"], 'There is no saved segment "in-prag".', 'Did you mean "in-prague"?'),
        (["segment", "delete", "nope"], 'There is no saved segment "nope".', "Known: in-prague."),
        (["segment", "show", "nope.yaml"], 'There is no file "nope.yaml".', "Give the path of a YAML file."),
        (["info", "--db", "nowhere.duckdb"], "There is no store at ", "Make one with `workbench init`"),
    ],
)
def test_what_is_not_there_is_named(shop: Shell, arguments: list[str], complaint: str, hint: str) -> None:
    done = shop.run(*arguments)
    assert done.code == NOT_FOUND
    assert done.complaint[0].startswith(complaint)
    assert done.complaint[1].startswith(hint)


def test_a_conflict_has_its_own_code(shop: Shell) -> None:
    changed = shop.file("other.yaml", IN_PRAGUE.replace("value: Prague", "value: Madrid"))
    assert shop.run("segment", "save", changed).code == CONFLICT
    assert shop.run("field", "add", "contact", "city", "text").code == CONFLICT


@pytest.mark.parametrize("name", ["contacts.csv", "."])
def test_what_is_no_store_is_said_to_be_none(shop: Shell, name: str) -> None:
    for command in ("info", "init"):
        done = shop.run(command, "--db", name)
        assert done.code == 1
        assert "is not a store: it is not a DuckDB file." in done.complaint[0]
    assert (shop.folder / "contacts.csv").read_text(encoding="utf-8").startswith("No.,")


def test_a_store_cannot_be_made_where_there_is_no_folder(shell: Shell) -> None:
    done = shell.run("init", "--db", shell.folder / "none" / "new.duckdb")
    assert done.code == 1
    assert done.complaint[0].endswith("cannot be made: its folder does not exist.")


def test_a_newer_store_is_refused_with_a_sentence(shell: Shell) -> None:
    import workbench as wb

    with wb.open(shell.store).database.writing() as con:
        con.execute("INSERT INTO migration VALUES (9000, 'from_the_future', TIMESTAMP '2030-01-01')")
    done = shell.run("info")
    assert done.code == VERSION
    assert len(done.complaint[0]) > 20


HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@contextmanager
def held(store: Path) -> Iterator[int]:
    """Another process that has the store open and does not give it up."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process.pid
    finally:
        process.communicate("", timeout=60)


def test_a_store_that_another_process_holds_is_busy(shell: Shell) -> None:
    shell.run("init")
    with held(shell.store) as number:
        done = shell.run("segment", "list")
    assert done.code == BUSY
    assert done.complaint[0].endswith(f"is busy: process {number} holds the store.")
    assert shell.run("segment", "list").code == 0


@pytest.mark.parametrize("arguments", [["segment", "schema"], ["segment", "members", "in-prague"], ["--help"]])
def test_a_reader_that_stops_early_is_no_error(shop: Shell, arguments: list[str]) -> None:
    environment = {**os.environ, "WORKBENCH_DB": str(shop.store)}
    process = subprocess.Popen(
        [*WORKBENCH, *arguments], cwd=shop.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_said_in_two_sentences(shop: Shell) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*WORKBENCH, "segment", "schema"], cwd=shop.folder, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "There is no space left for what was to be written.", "Make room, or write to another place.",
    ]  # fmt: skip
