"""App, notebook and loaders share one store for a while without an error. WORKBENCH_SOAK_SECONDS says for how long.

Every participant is a process as users start it: the app with a browser in front of it (where there is one), a
notebook's kernel that counts again and again, and two command lines that load one file after another.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Page, expect, sync_playwright

import workbench as wb
from tests.browser.conftest import ARGUMENTS, CHROMIUM

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("WORKBENCH_SOAK_SECONDS", "60" if os.environ.get("CI") == "true" else "8"))
PATIENCE = 120.0
WORKBENCH = [sys.executable, "-m", "workbench"]
LOADERS, ROWS, CONTACTS = 2, 5, 2000
TARGETS = """
name: written-to
steps:
- add: {related: interaction, op: at_least, value: 1}
"""
NOTEBOOK = """
import json, time
import workbench as wb

bench, counts, end = wb.open({store!r}), [], time.monotonic() + {seconds}
while not counts or time.monotonic() < end:
    counts.append(bench.segments.count("written-to", bench.as_of()).total)
print(json.dumps(counts))
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of contacts of whom none was written to, and a segment of those who were."""
    bench = wb.open(tmp_path / "shared.duckdb")
    bench.setup.set("as_of", "2024-12-31")
    numbers = [f"C{number}" for number in range(CONTACTS)]
    bench.sources.load("contact", pd.DataFrame({"contact_no": numbers, "type": "person", "city": "Prague"}))
    bench.segments.save(wb.Segment.from_yaml(TARGETS))
    return tmp_path / "shared.duckdb"


def load_until(end: float, store: Path, loader: int) -> set[str]:
    """Load one file after another; give the numbers of the interactions that were acknowledged."""
    acknowledged: set[str] = set()
    for load in count():
        acknowledged |= load_once(store, loader, load)
        if time.monotonic() > end:
            break
    return acknowledged


def load_once(store: Path, loader: int, load: int) -> set[str]:
    first = (load * LOADERS + loader) * ROWS
    rows = pd.DataFrame({"contact_no": [f"C{(first + row) % CONTACTS}" for row in range(ROWS)]})
    rows = rows.assign(
        occurred_at="2024-12-01 10:00", interaction_no=[f"I{loader}-{load}-{row}" for row in range(ROWS)]
    )
    file = store.with_name(f"load-{loader}-{load}.csv")
    rows.to_csv(file, index=False)
    command = [*WORKBENCH, "load", "interaction", str(file), "--db", str(store), "--json"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["new"] == ROWS
    return set(rows["interaction_no"])


def count_in_a_notebook(store: Path) -> list[int]:
    """Run a notebook that counts in a loop; give what it counted."""
    cell: Any = nbformat.v4.new_code_cell(NOTEBOOK.format(store=str(store), seconds=SECONDS))  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=SECONDS + PATIENCE, resources={"metadata": {"path": str(ROOT)}}).execute()
    assert [output["name"] for output in cell.outputs] == ["stdout"]
    counts: list[int] = json.loads("".join(output["text"] for output in cell.outputs))
    return counts


def look_until(end: float, address: str) -> list[int]:
    """Turn the pages of the app; give what they counted, those who were written to."""
    if CHROMIUM is None:
        while time.monotonic() < end:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=PATIENCE).close()  # noqa: S310
            time.sleep(0.1)
        return [0]
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS).new_page(locale="en-US")
        page.set_default_timeout(PATIENCE * 1000)
        seen: list[int] = []
        while not seen or time.monotonic() < end:
            seen += look_round(page, address)
        return seen


def look_round(page: Page, address: str) -> Iterator[int]:
    for path, shown in (
        ("home", "[data-testid=stMetricValue]"),
        ("contacts?contact=C7", "text=C7"),
        ("data", "[data-testid=stFileUploader]"),
        ("segments?segment=written-to", ".wb-total"),
    ):
        page.goto(f"{address}/{path}")
        page.locator(shown).first.wait_for()
        expect(page.get_by_test_id("stStatusWidgetRunningIcon")).to_have_count(0, timeout=PATIENCE * 1000)
        assert page.locator("[data-testid=stAlertContentError], [data-testid=stException]").all_inner_texts() == []
    yield int(re.sub(r"\D", "", page.locator(".wb-total").inner_text()))


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The app on a store, which has to end without a word of complaint."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    complaints = store.with_name("app.log")
    command = [*WORKBENCH, "app", "--db", str(store), "--port", str(port)]
    with (
        complaints.open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, 15)
    assert [line for line in complaints.read_text().splitlines() if "server started on" not in line] == []


def wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
            return
        except OSError:
            assert time.monotonic() < end, "the app did not come up"
            time.sleep(0.2)


def test_app_notebook_and_loaders_share_a_store_without_an_error(store: Path) -> None:
    with served(store) as address, ThreadPoolExecutor() as pool:
        end = time.monotonic() + SECONDS
        loaders = [pool.submit(load_until, end, store, loader) for loader in range(LOADERS)]
        visitor = pool.submit(look_until, end, address)
        counted = count_in_a_notebook(store)
        acknowledged = set().union(*(loader.result() for loader in loaders))
        seen = visitor.result()

    bench = wb.open(store, create=False)
    with bench.database.reading() as con:
        rows = con.execute("SELECT interaction_no, contact_id FROM interaction").fetchall()
    assert {number for number, _ in rows} == acknowledged
    assert len(rows) == ROWS * (len(bench.overview.loads().loads) - 1)
    assert counted == sorted(counted)
    assert seen == sorted(seen)
    total = bench.segments.count("written-to", bench.as_of()).total
    assert max(*counted, *seen) <= total == len({contact for _, contact in rows})
