"""Opening a DuckDB file, waiting for other processes, and saying in our words what DuckDB says in its own."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import duckdb

from workbench import clock
from workbench.errors import CancelledError, NotFoundError, StoreBusyError, StoreError
from workbench.store.turnstile import busy

Connection: TypeAlias = duckdb.DuckDBPyConnection

Result = TypeVar("Result")

FIRST_PAUSE = 0.001

# The store needs no extension, and a machine without a network should not wait for one.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Frames are registered; files are read by pyarrow. Nobody's SQL has to reach files, networks, other databases or
    # the variables of the program, so no connection can.
    "enable_external_access": "false",
    "python_enable_replacements": "false",
}

# POSIX, then Windows.
_HELD = ("Could not set lock on file", "being used by another process", "already open in")


_INTERRUPTED = "INTERRUPT Error"

# DuckDB would query a file that ends in .csv or .parquet rather than open it as a database.
_NO_STORE = ("not a valid DuckDB database file", "Cannot launch in-memory database", "Is a directory")


def connect(path: str, read_only: bool) -> Connection:
    """Open a DuckDB file once, without waiting.

    Parameters
    ----------
    path : str
        A file, or ``":memory:"``.
    read_only : bool
        Whether to share it with other readers.

    Returns
    -------
    duckdb.DuckDBPyConnection
        A connection whose zone is UTC and that prints nothing, has access to nothing but its file, and takes no
        other settings; its cursors inherit that.

    Raises
    ------
    StoreBusyError
        When another process holds the file.
    NotFoundError
        When there is no such file.
    StoreError
        When the file is not a DuckDB file, or cannot be read.
    """
    try:
        connection = duckdb.connect(path, read_only=read_only, config=_CONFIG)
    except duckdb.Error as error:
        raise _refusal_to_open(path, str(error)) from error
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    _keep_quiet(connection)
    connection.execute("SET lock_configuration = true")
    return connection


def copy_database(path: str, draft: str) -> None:
    """Copy everything that a store holds, and nothing else of its file, into a new file.

    Parameters
    ----------
    path : str
        The store; held while it is copied, and without a log afterwards.
    draft : str
        The new file.

    Raises
    ------
    StoreBusyError
        When another process holds the store.
    StoreError
        When it cannot be opened.

    Notes
    -----
    The one connection that may reach a second file; it runs no statement but these.
    """
    Path(draft).unlink(missing_ok=True)
    try:
        con = duckdb.connect(path, config={**_CONFIG, "enable_external_access": "true"})
    except duckdb.Error as error:
        raise _refusal_to_open(path, str(error)) from error
    try:
        _keep_quiet(con)
        con.execute("CHECKPOINT")
        con.execute(f"ATTACH '{draft.replace(chr(39), chr(39) * 2)}' AS fresh")
        (name,) = first_row(con, "SELECT current_database()") or ("",)
        con.execute(f'COPY FROM DATABASE "{str(name).replace(chr(34), chr(34) * 2)}" TO fresh')
        con.execute("DETACH fresh")
    finally:
        con.close()


def _keep_quiet(connection: Connection) -> None:
    """Keep DuckDB from drawing progress bars in notebooks; without ipywidgets it has none, and cannot be told so."""
    if first_row(connection, "SELECT current_setting('enable_progress_bar')") == (True,):
        connection.execute("SET enable_progress_bar = false")


def _refusal_to_open(path: str, text: str) -> StoreError | NotFoundError:
    if any(sign in text for sign in _HELD):
        holder = re.search(r"\(PID (\d+)\)", text)
        return busy(path, holder[1] if holder else "")
    if "database does not exist" in text:
        return missing(path)
    if any(sign in text for sign in _NO_STORE):
        return StoreError(
            f"{path} is not a store: it is not a DuckDB file.",
            "Name another file with --db, or move this one away and run `workbench init`.",
        )
    return StoreError(f"{path} cannot be opened: {one_sentence(text)}")


def missing(path: str) -> NotFoundError:
    """Say that there is no store yet.

    Parameters
    ----------
    path : str
        Where it was looked for.

    Returns
    -------
    NotFoundError
        To be raised by the caller.
    """
    return NotFoundError(
        f"There is no store at {path}.",
        "Make one with `workbench init`, or load the demo with `workbench demo complete-journey`.",
    )


def patiently(attempt: Callable[[], Result], patience: float, longest_pause: float) -> Result:
    """Try until another process has given the store up.

    Parameters
    ----------
    attempt : callable
        Raises `StoreBusyError` when it should be tried again.
    patience : float
        For how many seconds.
    longest_pause : float
        Between two attempts, in seconds.

    Returns
    -------
    object
        What the attempt gave.

    Raises
    ------
    StoreBusyError
        That of the last attempt, when all failed.

    Notes
    -----
    Pauses grow from 1 ms and are drawn at random, so that waiting processes do not keep step.
    """
    deadline = clock.seconds() + patience
    pause = FIRST_PAUSE
    while True:
        try:
            return attempt()
        except StoreBusyError:
            left = deadline - clock.seconds()
            if left <= 0:
                raise
        time.sleep(min(left, random.uniform(pause / 2, pause)))  # noqa: S311
        pause = min(pause * 1.5, longest_pause)


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever DuckDB raises inside into a `StoreError`.

    Yields
    ------
    None
        While errors are translated; those of the workbench pass through untouched.

    Raises
    ------
    CancelledError
        When the statement was stopped from another thread.
    StoreError
        With DuckDB's own sentence in it.
    """
    try:
        yield
    except duckdb.Error as error:
        raise refused(str(_first(error))) from error


def refused(text: str) -> StoreError | CancelledError:
    """Say in our words what DuckDB raised.

    Parameters
    ----------
    text : str
        As raised.

    Returns
    -------
    StoreError or CancelledError
        To be raised by the caller; the latter where DuckDB was interrupted.
    """
    if text.startswith(_INTERRUPTED):
        return cancelled()
    return StoreError(f"The store refused: {one_sentence(text)}")


def cancelled() -> CancelledError:
    """Say that work was cancelled.

    Returns
    -------
    CancelledError
        To be raised by the caller.
    """
    return CancelledError("The work at the store was cancelled.", "Start it again if it is still wanted.")


def _first(error: BaseException) -> BaseException:
    """After an error DuckDB refuses what is done to clean up; what was refused first is what matters."""
    while isinstance(error.__context__, duckdb.Error):
        error = error.__context__
    return error


def one_sentence(text: str) -> str:
    """Shorten a message of DuckDB to its first paragraph, on one line.

    Parameters
    ----------
    text : str
        As raised.

    Returns
    -------
    str
        Without the excerpt of the statement that DuckDB adds.

    Examples
    --------
    >>> one_sentence("Parser Error: near x!\\n\\nLINE 1: x")
    'Parser Error: near x!'
    """
    return " ".join(text.split("\n\n")[0].split())


def first_row(con: Connection, statement: str, parameters: Sequence[object] = ()) -> tuple[Any, ...] | None:
    """Run a statement to its end and give its first row.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The unit's connection.
    statement : str
        SQL.
    parameters : sequence, optional
        Its bound values.

    Returns
    -------
    tuple or None
        None when there is no row.

    Notes
    -----
    Fetching one row only would leave the result open, and an open result blocks its connection.
    """
    return next(iter(con.execute(statement, list(parameters)).fetchall()), None)
