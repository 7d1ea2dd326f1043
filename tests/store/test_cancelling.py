"""Work that nobody waits for any more is stopped, and the store is as usable as before."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.store import Connection, Database, tables

pytestmark = pytest.mark.alone

# Each would run for hours.
PAIRS = "FROM range(10000000) a(x), range(10000000) b(y)"
NEVER_FOUND = f"SELECT x::INTEGER {PAIRS} WHERE hash(x + y) = 1"
ENDLESS = f"SELECT (x % 1000)::INTEGER {PAIRS}"
READINGS: dict[str, Callable[[Connection], Any]] = {
    "rows": lambda con: con.execute(NEVER_FOUND).fetchall(),
    "a frame": lambda con: tables.frame(con, NEVER_FOUND),
    "ids": lambda con: tables.ids(con, NEVER_FOUND),
    "batches that never come": lambda con: list(tables.batches(con, NEVER_FOUND)),
    "batches without end": lambda con: sum(1 for _ in tables.batches(con, ENDLESS)),
}


@pytest.fixture(params=["in memory", "in a file"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    found = Database(":memory:" if request.param == "in memory" else tmp_path / "store.duckdb")
    found.create()
    return found


def stopped(database: Database, work: Callable[[], Any], after: float = 0.3) -> float:
    """Start work, cancel it, and tell how long it took to end."""
    cancellation = wb.Cancellation()

    def run() -> None:
        with database.cancellable(cancellation):
            work()

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(run)
        time.sleep(after)
        assert not future.done()
        started = time.monotonic()
        cancellation.cancel()
        with pytest.raises(wb.CancelledError, match=r"^The work at the store was cancelled\. Start it again"):
            future.result(timeout=30)
        return time.monotonic() - started


@pytest.mark.parametrize("kind", READINGS)
def test_a_query_ends_within_a_second_and_others_can_read_and_write(database: Database, kind: str) -> None:
    def work() -> None:
        with database.reading() as con:
            READINGS[kind](con)

    assert stopped(database, work) < 1
    with database.reading() as con:
        assert con.execute("SELECT 1").fetchall() == [(1,)]
    with database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('time_zone', 'UTC')")
    assert database.revision() == 1


def test_the_same_thread_can_go_on(database: Database) -> None:
    cancellation = wb.Cancellation()
    timer = threading.Timer(0.3, cancellation.cancel)
    timer.start()
    with pytest.raises(wb.CancelledError), database.cancellable(cancellation), database.reading() as con:
        con.execute(NEVER_FOUND).fetchall()
    timer.join()
    with database.reading() as con:
        assert con.execute("SELECT 1").fetchall() == [(1,)]


def test_what_was_cancelled_does_not_begin_to_read(database: Database) -> None:
    cancellation = wb.Cancellation()
    cancellation.cancel()
    assert cancellation.is_cancelled
    with pytest.raises(wb.CancelledError), database.cancellable(cancellation), database.reading():
        raise AssertionError("began")


def test_readers_that_were_not_cancelled_go_on(database: Database) -> None:
    cancellation, is_inside = wb.Cancellation(), threading.Event()

    def other() -> int:
        with database.reading() as con:
            is_inside.set()
            return len(con.execute("SELECT x FROM range(30000000) a(x) WHERE hash(x) % 1000 = 1").fetchall())

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(other)
        is_inside.wait()
        cancellation.cancel()
        assert future.result() > 0


def test_writing_is_not_cut_short(database: Database) -> None:
    cancellation = wb.Cancellation()
    with database.cancellable(cancellation), database.writing() as con:
        cancellation.cancel()
        con.execute("INSERT INTO setting VALUES ('time_zone', 'UTC')")
    assert database.revision() == 1


def test_counting_a_segment_ends_between_two_rules_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    bench, cancellation = wb.open(":memory:"), wb.Cancellation()
    found = tables.ids

    def cancelled_meanwhile(con: Connection, statement: str) -> Any:
        cancellation.cancel()
        return found(con, statement)

    definition = {"steps": [{"add": {"all": [{"field": name, "op": "is_known"} for name in ("city", "email")]}}]}
    bench.segments.count(definition, dt.date(2025, 1, 1))  # facts are there, so that only masks are missing
    bench.segments._evaluator.cache.clear()
    monkeypatch.setattr(tables, "ids", cancelled_meanwhile)
    with pytest.raises(wb.CancelledError), bench.database.cancellable(cancellation):
        bench.segments.count(definition, dt.date(2025, 1, 1))
    assert bench.segments._evaluator.cache.computed == 3 + 1  # two rules and the addresses, then one rule
