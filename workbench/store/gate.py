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


class _Place:
    """A place in the queue before the gate; no two are equal."""

    def __init__(self, writes: bool) -> None:
        self.writes = writes


class Gate:
    """Admit many reading threads or one writing thread, in the order in which they came.

    Notes
    -----
    Readers that came before a writer go in before it, those that came after it wait for it: neither
    readers nor writers that come again and again keep the others out.

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
        self._queue: list[_Place] = []
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
        with self._turn, self._queued(writes=False) as place:
            if not self._turn.wait_for(lambda: self._may_read(place), patience):
                raise _busy("written", patience)
            self._readers += 1

    def _may_read(self, place: _Place) -> bool:
        before = self._queue[: self._queue.index(place)]
        return not self._is_written and not any(other.writes for other in before)

    def _leave_reading(self) -> None:
        with self._turn:
            self._readers -= 1
            self._turn.notify_all()

    def _enter_writing(self, patience: float) -> None:
        with self._turn, self._queued(writes=True) as place:
            if not self._turn.wait_for(lambda: self._may_write(place), patience):
                raise _busy("written" if self._is_written else "read", patience)
            self._is_written = True

    def _may_write(self, place: _Place) -> bool:
        return not self._is_written and not self._readers and self._queue[0] is place

    @contextmanager
    def _queued(self, writes: bool) -> Iterator[_Place]:
        """Stand in the queue until inside, or tired of waiting."""
        place = _Place(writes)
        self._queue.append(place)
        try:
            yield place
        finally:
            self._queue.remove(place)
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
