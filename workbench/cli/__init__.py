"""The command line: it parses, calls one use case, prints, and owns the exit codes.

Results go to stdout, everything else to stderr; `--json` prints one JSON value.
"""

from __future__ import annotations

import errno
import os
import sys
from functools import cache

import typer
from typer.core import TyperGroup

from workbench.cli.commands import app
from workbench.cli.options import CHECKS_FAILED
from workbench.errors import (
    ChecksFailedError,
    ConditionError,
    ConfigError,
    ConflictError,
    FrameError,
    NotFoundError,
    SourceError,
    StoreBusyError,
    StoreVersionError,
    WorkbenchError,
)

EXIT_CODES: tuple[tuple[type[WorkbenchError], int], ...] = (
    (ConditionError, 10),
    (SourceError, 11),
    (FrameError, 11),
    (StoreBusyError, 12),
    (StoreVersionError, 13),
    (NotFoundError, 14),
    (ConflictError, 15),
    (ChecksFailedError, CHECKS_FAILED),
    (ConfigError, 2),
    (WorkbenchError, 1),
)
UNEXPECTED = 70


@cache
def command_line() -> TyperGroup:
    """Give all commands as a tree.

    Returns
    -------
    typer.core.TyperGroup
        Made once for each process, which takes a quarter of a second.
    """
    return typer.main.get_group(app)


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(_run())


def _run() -> int:
    try:
        command_line()(standalone_mode=True)
    except SystemExit as finished:
        return finished.code if isinstance(finished.code, int) else 1
    except WorkbenchError as error:
        return _reported(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _unexpected(error)
        print("There is no space left for what was to be written.", file=sys.stderr)
        print("Make room, or write to another place.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing was half written.", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001 - whatever happens, no traceback reaches a user
        return _unexpected(error)
    return 0


def _unexpected(error: Exception) -> int:
    if os.environ.get("WORKBENCH_DEBUG"):
        raise error
    print(f"Something unexpected happened: {type(error).__name__}: {error}", file=sys.stderr)
    print("Set WORKBENCH_DEBUG=1 to see where, and please report it.", file=sys.stderr)
    return UNEXPECTED


def _reported(error: WorkbenchError) -> int:
    print(error.message, file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))
