from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.store.reading import values, write
from workbench.errors import StoreBusyError, StoreError
from workbench.store import Database
from workbench.store.gate import Gate, Mode

pytestmark = pytest.mark.alone

SOON = 5.0
AT_ONCE = 0.05


@contextmanager
def another_thread(run: Callable[[], None]) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(SOON)
    assert not thread.is_alive()


def inside(enter: Callable[[float], object], arrived: threading.Event, leave: threading.Event) -> Callable[[], None]:
    """What a thread does that enters, says so, and stays until it is told to leave."""

    def run() -> None:
        with enter(SOON):  # type: ignore[attr-defined]
            arrived.set()
            leave.wait(SOON)

    return run


def test_readers_are_inside_together() -> None:
    gate, everybody = Gate(), threading.Barrier(4, timeout=SOON)

    def read(_: int) -> Mode:
        with gate.reading(SOON):
            everybody.wait()
            return gate.mode

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, range(4))) == [Mode.READING] * 4
    assert gate.mode is Mode.OUTSIDE


def test_a_writer_is_inside_alone() -> None:
    gate, arrived, leave = Gate(), threading.Event(), threading.Event()
    with another_thread(inside(gate.writing, arrived, leave)):
        assert arrived.wait(SOON)
        with pytest.raises(StoreBusyError, match="is being written by another part of this program"):
            gate.reading(AT_ONCE).__enter__()
        with pytest.raises(StoreBusyError, match="is being written"):
            gate.writing(AT_ONCE).__enter__()
        leave.set()
    with gate.reading(SOON):
        assert gate.mode is Mode.READING


def test_a_writer_waits_for_readers() -> None:
    gate, arrived, leave = Gate(), threading.Event(), threading.Event()
    with another_thread(inside(gate.reading, arrived, leave)):
        assert arrived.wait(SOON)
        with pytest.raises(
            StoreBusyError, match=r"is being read by another part of this program, for more than 0\.05 s"
        ):
            gate.writing(AT_ONCE).__enter__()
        with gate.reading(SOON):
            leave.set()
    with gate.writing(SOON):
        assert gate.mode is Mode.WRITING


def test_a_waiting_writer_goes_before_new_readers() -> None:
    gate, arrived, leave, wrote, done = Gate(), *(threading.Event() for _ in range(4))
    with another_thread(inside(gate.reading, arrived, leave)):
        assert arrived.wait(SOON)
        with another_thread(inside(gate.writing, wrote, done)):
            while not _refuses_readers(gate):
                pass
            leave.set()
            assert wrote.wait(SOON)
            done.set()


def test_a_writer_that_comes_again_and_again_lets_readers_in_between() -> None:
    gate, stop = Gate(), threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with gate.writing(SOON):
                stop.wait(0.001)

    with another_thread(write_on):
        for _ in range(50):
            with gate.reading(SOON):
                pass
        stop.set()


def _refuses_readers(gate: Gate) -> bool:
    try:
        with gate.reading(0):
            return False
    except StoreBusyError:
        return True


def test_a_thread_inside_may_enter_again_while_a_writer_waits() -> None:
    gate, wrote, done = Gate(), threading.Event(), threading.Event()
    done.set()
    with gate.reading(SOON):
        writer = threading.Thread(target=inside(gate.writing, wrote, done))
        writer.start()
        with gate.reading(0):
            assert gate.mode is Mode.READING
        assert not wrote.is_set()
    writer.join(SOON)
    assert wrote.is_set()


def test_writing_again_and_reading_are_allowed_inside_writing_but_not_writing_inside_reading() -> None:
    gate = Gate()
    with gate.writing(SOON), gate.writing(0), gate.reading(0):
        assert gate.mode is Mode.WRITING
    with pytest.raises(StoreError, match="cannot begin to write"), gate.reading(SOON), gate.writing(SOON):
        pass
    with gate.writing(AT_ONCE):
        pass


def test_threads_that_read_and_write_one_store_lose_nothing(database: Database) -> None:
    def work(number: int) -> int:
        write(database, f"{number:02}")
        return len(values(database))

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(work, range(24)))
    assert values(database) == [f"{number:02}" for number in range(24)]
    assert database.revision() == 24
    assert max(counts) == 24


def test_readers_of_one_process_share_the_file_and_give_it_up(path: object) -> None:
    first, second = Database(str(path)), Database(str(path))
    everybody = threading.Barrier(3, timeout=SOON)

    def read(database: Database) -> int:
        with database.reading() as con:
            everybody.wait()
            return len(con.execute("SELECT revision FROM store").fetchall())

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(read, [first, second, first])) == [1, 1, 1]
    write(second, "one")
    assert values(first) == ["one"]
