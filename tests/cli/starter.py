"""A process that has the workbench imported and forks one process for each command.

A command is still a process of its own, with its own arguments, environment, files and exit code; only the imports,
which take a second each time, and the tree of commands are made once. Run as `python -m tests.cli.starter`: requests on
stdin, exit codes on stdout, one JSON value a line.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from typing import Any

import workbench
import workbench.cli

_APART = ("workbench.app", "workbench.__main__")


def main() -> None:
    """Answer until stdin ends."""
    _import_all()
    _say("ready")
    for line in sys.stdin:
        _say(_code_of(json.loads(line)))


def _import_all() -> None:
    for module in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if not module.name.startswith(_APART):
            importlib.import_module(module.name)
    workbench.cli.command_line()


def _say(value: Any) -> None:
    print(json.dumps(value), flush=True)


def _code_of(request: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        _become(request)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _become(request: dict[str, Any]) -> None:
    """Be the command; this never returns."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    files = (os.open(os.devnull, os.O_RDONLY), *(_to(request[name]) for name in ("out", "err")))
    for number, file in enumerate(files):
        os.dup2(file, number)
    sys.argv = ["workbench", *request["arguments"]]
    code = 70
    try:
        workbench.cli.main()
    except SystemExit as finished:
        code = finished.code if isinstance(finished.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _to(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)


if __name__ == "__main__":
    main()
