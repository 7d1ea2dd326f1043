"""The command line as a shell sees it: a process with arguments, output, errors and an exit code."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORKBENCH = [sys.executable, "-m", "workbench"]
_PLAIN = {"COLUMNS": "200", "NO_COLOR": "1"}
_TESTS = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as one JSON value."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def complaint(self) -> tuple[str, str]:
        """The two lines of an error: what happened, what to do next; and nothing else anywhere."""
        assert self.code != 0
        assert self.out == ""
        what, hint = self.err.splitlines()
        return what, hint


@dataclass(frozen=True)
class Shell:
    """Commands run in a folder, on a store."""

    folder: Path
    store: Path

    def run(self, *arguments: str | Path, db: Path | None = None, timeout: float = 120) -> Finished:
        """Run one command on the store, named by the environment variable."""
        done = run(arguments, self.folder, {**os.environ, "WORKBENCH_DB": str(db or self.store)}, timeout)
        assert "Traceback" not in done.err, done.err
        return done

    def file(self, name: str, content: str) -> Path:
        """Write a file in the folder."""
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path


def run(
    arguments: Iterable[str | Path], folder: Path, environment: Mapping[str, str], timeout: float = 120
) -> Finished:
    """Run one command in a folder, without colours and 200 columns wide."""
    with tempfile.TemporaryDirectory() as place:
        request = {
            "arguments": [str(argument) for argument in arguments],
            "folder": str(folder),
            "environment": {**environment, **_PLAIN},
            "out": f"{place}/out",
            "err": f"{place}/err",
        }
        code = _starter().ask(request, timeout)
        return Finished(code, *(Path(request[name]).read_text("utf-8") for name in ("out", "err")))


class _Starter:
    """The process that starts the commands; one for each process of tests."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.starter"], cwd=_TESTS, env={**os.environ, **_PLAIN}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        atexit.register(self.end)
        assert self._answer(120) == "ready"

    def ask(self, request: dict[str, Any], timeout: float) -> int:
        """Run one command to its end and give its exit code."""
        assert self._process.stdin is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        code: int = self._answer(timeout)
        return code

    def end(self) -> None:
        """Stop it, whatever it does."""
        self._process.kill()
        self._process.communicate()

    def _answer(self, timeout: float) -> Any:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], timeout)
        if not ready:
            self.end()
            _starter.cache_clear()
            raise TimeoutError(f"no answer within {timeout} s")
        return json.loads(self._process.stdout.readline())


@cache
def _starter() -> _Starter:
    return _Starter()
