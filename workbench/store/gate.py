"""Who of this process's threads may be at a store: many that read, or one that writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

from workbench.errors import StoreBusyError, StoreError


class Mode(Enum):
    """What a thread is doing at the store."""

    OUTSIDE = "outside"
    READING = "reading"
    WRITING = "writing"


class Gate:
    """Admit many reading threads or one writing thread, and let a waiting writer go first.

    Notes
    -----
    A thread that is inside may enter again: nested reading is reading, reading inside writing sees
    what was written. Writing inside reading is refused, because two threads doing it would wait for
    each other for ever. DuckDB cannot open one file for reading and for writing in one process at
    the same time, which is why threads need a gate at all.

    Examples
    --------
    >>> gate = Gate()
    >>> with gate.writing(patience=1):
    ...     gate.mode.value
    'writing'
    """

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._readers = 0
        self._is_written = False
        self._writers_waiting = 0
        self._mine = threading.local()

    @property
    def mode(self) -> Mode:
        """What the calling thread is doing."""
        mode: Mode = getattr(self._mine, "mode", Mode.OUTSIDE)
        return mode

    @contextmanager
    def reading(self, patience: float) -> Iterator[None]:
        """Be inside together with other readers.

        Parameters
        ----------
        patience : float
            How long to wait for a writer, in seconds.

        Yields
        ------
        None
            While the thread is inside.

        Raises
        ------
        StoreBusyError
            When a thread of this process went on writing for longer than that.
        """
        if self.mode is not Mode.OUTSIDE:
            yield
            return
        self._enter_reading(patience)
        with self._inside(Mode.READING, self._leave_reading):
            yield

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Be inside alone.

        Parameters
        ----------
        patience : float
            How long to wait for the threads inside, in seconds.

        Yields
        ------
        None
            While the thread is inside.

        Raises
        ------
        StoreError
            When the thread is reading: it would wait for itself.
        StoreBusyError
            When others stayed inside for longer than `patience`.
        """
        if self.mode is Mode.READING:
            raise StoreError(
                "A unit of work that reads the store cannot begin to write it.",
                "Write after the reading has ended, or read inside the unit that writes.",
            )
        if self.mode is Mode.WRITING:
            yield
            return
        self._enter_writing(patience)
        with self._inside(Mode.WRITING, self._leave_writing):
            yield

    @contextmanager
    def _inside(self, mode: Mode, leave: Callable[[], None]) -> Iterator[None]:
        self._mine.mode = mode
        try:
            yield
        finally:
            self._mine.mode = Mode.OUTSIDE
            leave()

    def _enter_reading(self, patience: float) -> None:
        with self._turn:
            free = self._turn.wait_for(lambda: not self._is_written and not self._writers_waiting, patience)
            if not free:
                raise _busy("written", patience)
            self._readers += 1

    def _leave_reading(self) -> None:
        with self._turn:
            self._readers -= 1
            self._turn.notify_all()

    def _enter_writing(self, patience: float) -> None:
        with self._turn:
            self._writers_waiting += 1
            try:
                if not self._turn.wait_for(lambda: not self._is_written and not self._readers, patience):
                    raise _busy("written" if self._is_written else "read", patience)
                self._is_written = True
            finally:
                self._writers_waiting -= 1
                self._turn.notify_all()

    def _leave_writing(self) -> None:
        with self._turn:
            self._is_written = False
            self._turn.notify_all()


def _busy(doing: str, patience: float) -> StoreBusyError:
    return StoreBusyError(
        f"The store is being {doing} by another part of this program, for more than {patience:g} seconds.",
        "Wait for it to finish and try again.",
    )
