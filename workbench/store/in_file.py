"""A store in a file that processes share: who opens it when, and how it is first made."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar
from weakref import WeakValueDictionary

from workbench import clock
from workbench.errors import StoreError
from workbench.store import migrations
from workbench.store.connection import Connection, connect, copy_database, missing, patiently
from workbench.store.gate import Gate
from workbench.store.stamp import Stamp
from workbench.store.turnstile import Turnstile

# Longest pauses between attempts: a look at the lock file costs microseconds, opening the store 20 ms.
AT_TURNSTILE = 0.005
AT_FILE = 0.02

# A writer whom a long reader keeps waiting lets others read in between.
TURN = 1.0


class StoreInFile:
    """A file that all `Database` objects of the process on it share.

    Parameters
    ----------
    path : str
        Resolved; `at` does it.

    Notes
    -----
    DuckDB cannot open one file for reading and for writing in one process at the same time. So all readers
    of the process share one connection, opened by the first and closed by the last, and the gate keeps
    them apart from a writer. Other processes are kept apart by the turnstile and by DuckDB's own lock.
    """

    _all: ClassVar[WeakValueDictionary[str, StoreInFile]] = WeakValueDictionary()
    _looking_up: ClassVar = threading.Lock()

    def __init__(self, path: str) -> None:
        self.gate = Gate()
        self.units = threading.local()
        self.known: tuple[Stamp, int] | None = None
        self._path = path
        self._turnstile = Turnstile(path)
        self._sharing = threading.Lock()
        self._shared: Connection | None = None
        self._readers = 0
        self._wrote_at = 0.0

    @classmethod
    def at(cls, path: str | Path) -> StoreInFile:
        """Give the process's one object for a file.

        Parameters
        ----------
        path : str or pathlib.Path
            However it is spelled, links included.

        Returns
        -------
        StoreInFile
            The same for all who ask while anyone keeps it.
        """
        real = str(Path(path).expanduser().resolve())
        with cls._looking_up:
            store = cls._all.get(real)
            if store is None:
                store = cls._all[real] = cls(real)
            return store

    def exists(self) -> bool:
        """Tell whether there is a file.

        Returns
        -------
        bool
            It is not looked into.
        """
        return Path(self._path).exists()

    def stamp(self) -> Stamp | None:
        """Look at the file and its log.

        Returns
        -------
        Stamp
            Equal to an earlier one while nothing was written.
        """
        return Stamp.of(self._path)

    @contextmanager
    def reader(self, patience: float) -> Iterator[Connection]:
        """Give a cursor on the connection that all readers of the process share.

        Parameters
        ----------
        patience : float
            How long to wait for other processes, in seconds.

        Yields
        ------
        duckdb.DuckDBPyConnection
            The calling thread's own, on a store whose layout was checked.

        Raises
        ------
        NotFoundError, StoreBusyError, StoreVersionError, StoreError
            As `Database.reading` says.
        """
        cursor = patiently(self._join, patience, AT_TURNSTILE)
        try:
            yield cursor
        finally:
            cursor.close()
            self._leave()

    def _join(self) -> Connection:
        self._require_file()
        # Who joins others passes the turnstile too, or they would keep a writer out by taking turns.
        with self._sharing, self._turnstile.held():
            if self._shared is None:
                self._shared = self._checked(connect(self._path, read_only=True))
            cursor = self._shared.cursor()
            self._readers += 1
            return cursor

    def _leave(self) -> None:
        with self._sharing:
            self._readers -= 1
            if not self._readers and self._shared is not None:
                self._shared.close()
                self._shared = None

    @contextmanager
    def writer(self, patience: float, checked: bool = True) -> Iterator[Connection]:
        """Give the only connection that writes; the caller is alone inside the gate.

        Parameters
        ----------
        patience : float
            How long to wait for other processes, in seconds.
        checked : bool, optional
            Whether to refuse a store of another layout.

        Yields
        ------
        duckdb.DuckDBPyConnection
            Not yet in a transaction.

        Raises
        ------
        NotFoundError, StoreBusyError, StoreVersionError, StoreError
            As `Database.writing` says.
        """
        self._let_others_in()
        try:
            with ExitStack() as turn:
                con = patiently(lambda: self._alone(turn), patience, AT_TURNSTILE)
                yield self._checked(con) if checked else con
        finally:
            self._wrote_at = clock.seconds()

    def compact(self, patience: float) -> tuple[int, int]:
        """Copy the store into a new file and let it take the place of the old one; the caller is alone in the gate.

        Parameters
        ----------
        patience : float
            How long to wait for other processes, in seconds.

        Returns
        -------
        tuple of int
            Bytes before and after.

        Raises
        ------
        NotFoundError, StoreBusyError, StoreError
            As `Database.compact` says.
        """
        self._require_file()
        draft = f"{self._path}.{os.getpid()}-{threading.get_ident()}.new"
        before = Path(self._path).stat().st_size
        with ExitStack() as turn:
            # Nobody passes the turnstile until the new file has its name, so none is left with the old one.
            patiently(lambda: turn.enter_context(self._turnstile.held()), patience, AT_TURNSTILE)
            try:
                patiently(lambda: copy_database(self._path, draft), patience, AT_FILE)
                shutil.copymode(self._path, draft)
                Path(draft).replace(self._path)
            finally:
                for name in (draft, draft + ".wal"):
                    Path(name).unlink(missing_ok=True)
        self.known = None
        return before, Path(self._path).stat().st_size

    def _let_others_in(self) -> None:
        """Leave those who wait at the turnstile time to look at it, before writing twice in a row."""
        left = self._wrote_at + AT_TURNSTILE - clock.seconds()
        if left > 0:
            time.sleep(left)

    def _alone(self, turn: ExitStack) -> Connection:
        """Open the file to write; `turn` will close it and then give the turnstile up."""
        self._require_file()
        with ExitStack() as attempt:
            attempt.enter_context(self._turnstile.held())
            con = patiently(lambda: connect(self._path, read_only=False), TURN, AT_FILE)
            attempt.callback(con.close)
            turn.push(attempt.pop_all())
        return con

    def _checked(self, con: Connection) -> Connection:
        try:
            migrations.check(con, self._path)
        except BaseException:
            con.close()
            raise
        return con

    def _require_file(self) -> None:
        # DuckDB would make a file that is not there; a store is made by `make` only.
        if not self.exists():
            raise missing(self._path)

    def make(self) -> None:
        """Make an empty store where there is none; it gets its name when it is complete.

        Raises
        ------
        StoreError
            When the folder does not exist.
        """
        if self.exists():
            return
        if not Path(self._path).parent.is_dir():
            raise StoreError(
                f"{self._path} cannot be made: its folder does not exist.", "Make the folder, or name another file."
            )
        draft = f"{self._path}.{os.getpid()}-{threading.get_ident()}.new"
        try:
            _draft(draft)
            _take_place(draft, self._path)
        finally:
            for name in (draft, draft + ".wal"):
                Path(name).unlink(missing_ok=True)


def _draft(path: str) -> None:
    con = connect(path, read_only=False)
    try:
        con.begin()
        migrations.apply(con, path)
        con.commit()
    finally:
        con.close()


def _take_place(draft: str, path: str) -> None:
    """Give a finished file its name, unless another process was first: a store is never replaced."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not Path(path).exists():
            Path(draft).rename(path)
