"""The command line as a shell sees it: a process with arguments, output, errors and an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORKBENCH = [sys.executable, "-m", "workbench"]


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
        environment = {**os.environ, "WORKBENCH_DB": str(db or self.store), "COLUMNS": "200", "NO_COLOR": "1"}
        done = subprocess.run(
            [*WORKBENCH, *map(str, arguments)], cwd=self.folder, env=environment, text=True, encoding="utf-8",
            capture_output=True, stdin=subprocess.DEVNULL, timeout=timeout, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Finished(done.returncode, done.stdout, done.stderr)

    def file(self, name: str, content: str) -> Path:
        """Write a file in the folder."""
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path
