"""Stopping the reading that a thread is at, from another thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.store.connection import Connection, cancelled


class Cancellation:
    """A wish, shared by two threads, that work at the store should end: one works under it, the other cancels.

    Notes
    -----
    Work begins under it with `Database.cancellable`. Once cancelled it stays so: each piece of work takes a new one.

    Examples
    --------
    >>> from workbench.store.database import Database
    >>> database, cancellation = Database(":memory:"), Cancellation()
    >>> cancellation.cancel()
    >>> with database.cancellable(cancellation), database.reading() as con:
    ...     pass
    Traceback (most recent call last):
    ...
    workbench.errors.CancelledError: The work at the store was cancelled. Start it again if it is still wanted.
    """

    def __init__(self) -> None:
        self._is_cancelled = False
        self._at_work: list[Connection] = []
        self._lock = threading.Lock()

    @property
    def is_cancelled(self) -> bool:
        """Whether anybody has cancelled."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Stop the query that is running, and let no other begin.

        Notes
        -----
        Returns at once; a query ends some milliseconds later. What is between two queries meanwhile ends before the
        next. A query that begins at the very instant may be missed, so who waits for the end cancels again while
        waiting.
        """
        with self._lock:
            self._is_cancelled = True
            for connection in self._at_work:
                connection.interrupt()

    def check(self) -> None:
        """End the work here if it was cancelled.

        Raises
        ------
        CancelledError
            When it was.
        """
        if self._is_cancelled:
            raise cancelled()

    @contextmanager
    def covering(self, connection: Connection) -> Iterator[None]:
        """Let the queries of a connection be stopped.

        Parameters
        ----------
        connection : duckdb.DuckDBPyConnection
            Open for as long as it is covered.

        Yields
        ------
        None
            While it is covered.

        Raises
        ------
        CancelledError
            When the work was cancelled before.
        """
        with self._lock:
            self.check()
            self._at_work.append(connection)
        try:
            yield
        finally:
            with self._lock:
                self._at_work.remove(connection)
