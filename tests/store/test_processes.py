"""Real processes on one store. WORKBENCH_SOAK_SECONDS says for how long."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.reading import values
from tests.store.workers import PARTIAL
from workbench.errors import StoreBusyError
from workbench.store import Database

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[2]
SOAK_SECONDS = float(os.environ.get("WORKBENCH_SOAK_SECONDS", "10" if os.environ.get("CI") == "true" else "8"))
WRITERS, READERS, KILLS = 3, 3, 20

HOLD = {
    "the turnstile": "from workbench.store.turnstile import Turnstile; held = Turnstile(path).held(); held.__enter__()",
    "the file itself": "import duckdb; held = duckdb.connect(path)",
}


def worker(work: str, path: Path, number: int, *options: str) -> subprocess.Popen[str]:
    """Start one of `tests.store.workers`."""
    command = [sys.executable, "-m", "tests.store.workers", work, str(path), "--number", str(number), *options]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def acknowledged(output: str) -> set[str]:
    """The names of the units a writer said it had committed; a line cut off by a kill does not count."""
    return {line.split()[0] for line in output.splitlines(keepends=True) if line.endswith("\n")}


def units(database: Database) -> set[str]:
    """The names of the units that are there, after checking that each is there with all its rows."""
    with database.reading() as con:
        assert con.execute(PARTIAL).fetchall() == []
        found = {name for (name,) in con.execute("SELECT DISTINCT list_name FROM contact_list").fetchall()}
        assert len(found) == database.revision()
    return found


def test_processes_that_write_and_read_one_store_meet_no_error_and_lose_nothing(path: Path) -> None:
    seconds = ("--seconds", str(SOAK_SECONDS))
    writers = [worker("write", path, number, *seconds) for number in range(WRITERS)]
    readers = [worker("read", path, number, *seconds) for number in range(READERS)]
    outputs = [process.communicate(timeout=SOAK_SECONDS + 60) for process in writers + readers]
    assert [error for _, error in outputs] == [""] * (WRITERS + READERS)
    assert [process.returncode for process in writers + readers] == [0] * (WRITERS + READERS)

    written = [acknowledged(output) for output, _ in outputs[:WRITERS]]
    assert all(written), "each writer had its turn"
    assert all(int(output.split()[0]) for output, _ in outputs[WRITERS:]), "each reader had its turn"
    assert units(Database(path)) == set().union(*written)


def test_a_killed_writer_loses_nothing_that_it_acknowledged(path: Path) -> None:
    draw = random.Random(20)  # noqa: S311
    database, safe = Database(path), set[str]()
    for number in range(KILLS):
        process = worker("write", path, number, "--seconds", "60", "--most-rows", "20000")
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(draw.uniform(0, 0.25))
        process.kill()
        rest, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (-signal.SIGKILL, "")

        before, found = safe, units(database)
        safe = before | acknowledged(first + rest)
        assert safe <= found, f"kill {number}"
        assert len(found - safe) <= 1, "at most the unit that was committed but not yet acknowledged"
        safe = found


@contextmanager
def holder(path: Path, what: str) -> Iterator[int]:
    """A process that holds something of the store until the end of the block; gives its number."""
    script = f"import sys; path = sys.argv[1]; {HOLD[what]}; print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(path)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process.pid
    process.communicate("", timeout=60)


@pytest.mark.parametrize("what", HOLD)
def test_who_holds_the_store_is_named_when_waiting_was_in_vain(path: Path, what: str) -> None:
    database = Database(path, patience=0.2)
    with holder(path, what) as number:
        for use in (database.reading, database.writing):
            with pytest.raises(StoreBusyError) as caught, use():
                pass
            assert caught.value.message == f"The store {path} is busy: process {number} holds the store."
            assert caught.value.hint.startswith("Try again when it has finished")
    assert values(database) == []


def test_a_process_that_ends_while_others_wait_lets_them_in(path: Path) -> None:
    with holder(path, "the file itself") as number:
        os.kill(number, signal.SIGKILL)
        assert values(Database(path)) == []


def test_a_writer_waits_for_a_reader_of_another_process(path: Path) -> None:
    process = worker("write", path, 1, "--seconds", "0.1")
    with Database(path).reading() as con:
        assert process.stdout is not None
        time.sleep(1)
        before = con.execute("SELECT count(*) FROM contact_list").fetchall()
        assert before == con.execute("SELECT count(*) FROM contact_list").fetchall()
    output, error = process.communicate(timeout=60)
    assert error == ""
    assert units(Database(path)) == acknowledged(output) != set()
