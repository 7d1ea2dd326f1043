"""workbench app serves until it is interrupted."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.cli.command import WORKBENCH, Shell

pytestmark = pytest.mark.alone


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answer(url: str, patience: float = 60) -> str:
    """What the server says, once it is up."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own server
                return str(response.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < deadline, "the app did not come up"
            time.sleep(0.1)


def test_the_app_starts_on_a_port_answers_and_stops(shop: Shell) -> None:
    port = free_port()
    process = subprocess.Popen(
        [*WORKBENCH, "app", "--port", str(port), "--db", str(shop.store)], cwd=shop.folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"}, start_new_session=True,
    )  # fmt: skip
    try:
        assert answer(f"http://127.0.0.1:{port}/_stcore/health") == "ok"
        assert "<!DOCTYPE html>" in answer(f"http://127.0.0.1:{port}/").replace("<!doctype", "<!DOCTYPE")
        assert shop.run("info").code == 0, "the store is free while the app serves"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert f"The app is on http://127.0.0.1:{port} (store {shop.store})" in out
    assert "Traceback" not in err
