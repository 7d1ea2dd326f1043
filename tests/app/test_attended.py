"""Work that a visitor watches: it tells how far it is, and ends when it is cancelled."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import workbench as wb
from workbench.app import attended


class Gone(BaseException):
    """What drawing raises when the visitor has done something."""


def gone(_done: int, _of: int) -> None:
    raise Gone


def test_work_gives_its_result_and_shows_how_far_it_is() -> None:
    shown: list[tuple[int, int]] = []
    kept: list[str] = []
    seen = threading.Event()

    def work(tell: attended.Progress) -> str:
        tell(5, 10)
        seen.wait(10)
        return "done"

    def show(done: int, of: int) -> None:
        shown.append((done, of))
        seen.set()

    assert attended.result(work, show, kept.append) == "done"
    assert (shown[0], kept) == ((5, 10), ["done"])


def test_work_raises_its_errors() -> None:
    def work(_tell: attended.Progress) -> None:
        raise wb.SourceError("It is broken.")

    with pytest.raises(wb.SourceError, match="It is broken"):
        attended.result(work, lambda _done, _of: None, lambda _result: None)


def test_a_cancelled_load_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("No.,Name\n" + "".join(f"C{n},Name {n}\n" for n in range(200_000)))
    bench = wb.open(tmp_path / "store.duckdb")
    kept: list[object] = []

    with pytest.raises(Gone):
        attended.result(lambda tell: bench.sources.load("contact", file, progress=tell), gone, kept.append)

    assert kept == []
    assert bench.contacts.search("").total == 0
    assert bench.sources.load("contact", file).new == 200_000


def test_what_was_done_before_it_noticed_is_kept() -> None:
    begun, kept = threading.Event(), []

    def work(tell: attended.Progress) -> str:
        tell(1, 2)
        begun.wait(10)
        return "written"

    def show(_done: int, _of: int) -> None:
        begun.set()
        raise Gone

    with pytest.raises(Gone):
        attended.result(work, show, kept.append)
    assert kept == ["written"]
