"""A real server on a real store, and headless Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".ci" / "output" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60.0

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture(scope="session")
def address_of() -> Iterator[Callable[[Path], str]]:
    """Serve stores, each once for all tests of the run."""
    with ExitStack() as stack:
        yield cache(lambda store: stack.enter_context(_served(store)))


@pytest.fixture
def visit(browser: Browser, address_of: Callable[[Path], str]) -> Iterator[Visit]:
    """Open the app on a store: ``visit(store, "segments?segment=x", locale="es-ES", color_scheme="dark")``."""
    with ExitStack() as stack:

        def visited(store: Path, address: str, **context: object) -> Page:
            settings = {"viewport": {"width": 1500, "height": 1400}, "locale": "en-US", **context}
            page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
            stack.callback(page.context.close)
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(f"{address_of(store)}/{address}")
            return page

        yield visited


@contextmanager
def _served(store: Path) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "workbench", "app", "--db", str(store), "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, env=dict(os.environ), start_new_session=True
    ) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, 15)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
