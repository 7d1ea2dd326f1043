"""The one way into the store: units of work that read, and units of work that write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from workbench import clock
from workbench.errors import StoreError
from workbench.store import migrations
from workbench.store.cancelling import Cancellation
from workbench.store.connection import Connection, first_row, translated
from workbench.store.in_file import StoreInFile
from workbench.store.in_memory import StoreInMemory
from workbench.store.stamp import Stamp

MEMORY = ":memory:"
PATIENCE = 15.0


@dataclass
class _Unit:
    """The unit of work a thread is in."""

    connection: Connection
    writes: bool
    has_failed: bool = False


class Database:
    """A store, opened for each unit of work and given up after it.

    Parameters
    ----------
    path : str or pathlib.Path
        A file, or ``":memory:"`` for a store that lives as long as the object and is there at once.
    patience : float, optional
        How many seconds to wait for another process before giving up with `StoreBusyError`.

    Attributes
    ----------
    path : str
        As given.

    Notes
    -----
    DuckDB lets one process write *or* several read, so nobody keeps a connection: a page, a notebook
    and the command line share one file by holding it only while they use it. At 1,000,000 contacts
    opening, counting and closing takes about 40 ms.

    Every unit of work belongs to the thread that opened it. Units nest: reading inside reading or
    writing uses the same connection, writing inside writing is part of the same transaction.

    Examples
    --------
    >>> database = Database(":memory:")
    >>> with database.writing() as con:
    ...     _ = con.execute("INSERT INTO setting VALUES ('time_zone', 'UTC')")
    >>> database.revision()
    1
    """

    def __init__(self, path: str | Path, patience: float = PATIENCE) -> None:
        self.path = str(path)
        self.patience = patience
        self._place = StoreInMemory(MEMORY) if self.path == MEMORY else StoreInFile.at(path)

    def __repr__(self) -> str:
        return f"Database({self.path!r})"

    def exists(self) -> bool:
        """Tell whether there is a store.

        Returns
        -------
        bool
            For a file, whether the file is there; it is not looked into.
        """
        return self._place.exists()

    def create(self) -> None:
        """Make the store where there is none, or bring an older one up to date.

        Raises
        ------
        StoreVersionError
            When the store was written by a newer workbench.
        StoreError
            When the file is something else, or its folder does not exist.

        Notes
        -----
        A store that is up to date is only read. A new one appears under its name when it is complete.
        """
        with translated():
            self._place.make()
            try:
                with self.reading():
                    return
            except migrations.OlderStoreError:
                self._migrate()

    def _migrate(self) -> None:
        with (
            self._place.gate.writing(self.patience),
            self._place.writer(self.patience, checked=False) as con,
            self._transaction(con),
        ):
            migrations.apply(con, self.path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read the store; whatever happens inside sees one revision of it.

        Yields
        ------
        duckdb.DuckDBPyConnection
            A cursor of the calling thread, good until the unit ends; it cannot write.

        Raises
        ------
        NotFoundError
            When there is no store at the path.
        StoreBusyError
            When another process, or another thread, went on writing for longer than `patience`.
        StoreVersionError
            When the store is newer or older than this workbench.
        CancelledError
            When another thread cancelled the work, see `cancellable`.
        StoreError
            When DuckDB refuses a statement.

        Notes
        -----
        A thread that reads and waits for other threads to read may wait in vain when a third one
        wants to write; it is told so after `patience` seconds. Let each thread read for itself.
        """
        unit = self._unit
        with translated():
            if unit is not None:
                yield unit.connection
                return
            with (
                self._place.gate.reading(self.patience),
                self._place.reader(self.patience) as con,
                self._coverage(con),
                self._as_unit(_Unit(con, writes=False)),
            ):
                con.execute("BEGIN TRANSACTION READ ONLY")
                yield con

    @contextmanager
    def cancellable(self, cancellation: Cancellation) -> Iterator[None]:
        """Let another thread stop what the calling thread reads.

        Parameters
        ----------
        cancellation : Cancellation
            The other thread calls its `cancel`.

        Yields
        ------
        None
            Units of work that begin inside and read can be stopped; those that write cannot.

        Raises
        ------
        CancelledError
            Where the work was when it was cancelled. The store is as usable as before.

        Examples
        --------
        >>> database, cancellation = Database(":memory:"), Cancellation()
        >>> with database.cancellable(cancellation):
        ...     database.revision()
        0
        """
        units = self._place.units
        before, units.cancellation = self._cancellation, cancellation
        try:
            yield
        finally:
            units.cancellation = before

    def check_cancelled(self) -> None:
        """End the work of the calling thread here if it only reads and was cancelled; costs nothing otherwise.

        Raises
        ------
        CancelledError
            When it was.
        """
        if self._cancellation is not None and not self.is_writing:
            self._cancellation.check()

    def _coverage(self, con: Connection) -> AbstractContextManager[None]:
        return nullcontext() if self._cancellation is None else self._cancellation.covering(con)

    @property
    def _cancellation(self) -> Cancellation | None:
        cancellation: Cancellation | None = getattr(self._place.units, "cancellation", None)
        return cancellation

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write the store: all of it, or nothing when anything is raised.

        Yields
        ------
        duckdb.DuckDBPyConnection
            In a transaction that is committed at the end, together with the next revision.

        Raises
        ------
        NotFoundError
            When there is no store at the path.
        StoreBusyError
            When others held the store for longer than `patience`.
        StoreVersionError
            When the store is newer or older than this workbench.
        StoreError
            When DuckDB refuses a statement, when the thread is reading, or when a nested unit failed.

        Notes
        -----
        When the block has ended without an exception the rows are on disk.
        """
        with translated(), self._place.gate.writing(self.patience):
            unit = self._unit
            if unit is not None:
                with _joined(unit):
                    yield unit.connection
                return
            with self._place.writer(self.patience) as con, self._transaction(con):
                yield con

    @contextmanager
    def _transaction(self, con: Connection) -> Iterator[None]:
        unit = _Unit(con, writes=True)
        con.begin()
        try:
            with self._as_unit(unit):
                yield
            if unit.has_failed:
                raise StoreError("A part of the unit of work failed, so nothing of it was written.")
            con.execute("UPDATE store SET revision = revision + 1")
            con.commit()
        except BaseException:
            with suppress(duckdb.Error):  # DuckDB has rolled back by itself
                con.rollback()
            raise

    @contextmanager
    def _as_unit(self, unit: _Unit) -> Iterator[None]:
        self._place.units.current = unit
        try:
            yield
        finally:
            self._place.units.current = None

    @property
    def _unit(self) -> _Unit | None:
        unit: _Unit | None = getattr(self._place.units, "current", None)
        return unit

    @property
    def is_writing(self) -> bool:
        """Whether the calling thread is in a unit of work that writes.

        What is remembered by revision must be neither used nor kept there: the unit may have changed
        it already, and may still be rolled back.
        """
        return self._unit is not None and self._unit.writes

    def compact(self) -> tuple[int, int]:
        """Write the store anew, so that no block of it holds what was removed.

        Returns
        -------
        tuple of int
            Bytes of the file before and after; 0 for a store in memory.

        Raises
        ------
        NotFoundError
            When there is no store at the path.
        StoreBusyError
            When others held the store for longer than `patience`.
        StoreError
            When the thread is inside a unit of work, or there is no room.

        Notes
        -----
        Reads and writes the whole file and keeps everybody else out meanwhile. The new file takes the place of the
        old one when it is complete; the revision stays.
        """
        if self._unit is not None:
            raise StoreError("A unit of work cannot write the store anew.", "Do it after the unit has ended.")
        with translated(), self._place.gate.writing(self.patience):
            return self._place.compact(self.patience)

    def revision(self) -> int:
        """Tell how many units of work have been written.

        Returns
        -------
        int
            Grows with every unit; inside one that writes, the revision it began from.

        Raises
        ------
        NotFoundError
            When there is no store at the path.
        StoreError
            As for `reading`.

        Notes
        -----
        Costs two calls of `stat` while the file has not changed since it was last asked.
        """
        stamp, known = self._place.stamp(), self._place.known
        if known is not None and known[0] == stamp and not self.is_writing:
            return known[1]
        with self.reading() as con:
            # Nobody writes while we read, so the stamp belongs to the revision.
            stamp, revision = self._place.stamp(), _revision(con)
        if not self.is_writing:
            self._place.known = _remembered(stamp, revision)
        return revision


@contextmanager
def _joined(unit: _Unit) -> Iterator[None]:
    try:
        yield
    except BaseException:
        unit.has_failed = True
        raise


def _revision(con: Connection) -> int:
    row = first_row(con, "SELECT revision FROM store")
    if row is None:
        raise StoreError("The store has lost its revision.", "Restore it from a copy.")
    return int(row[0])


def _remembered(stamp: Stamp | None, revision: int) -> tuple[Stamp, int] | None:
    now_ns = int(clock.now().timestamp() * 1e9)
    return (stamp, revision) if stamp is not None and stamp.is_settled(now_ns) else None
