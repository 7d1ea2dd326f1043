"""Where a store lives: in a file that processes share, or in the memory of one `Database`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakValueDictionary

from workbench.errors import StoreError
from workbench.store import migrations
from workbench.store.connection import Connection, connect, missing, patiently
from workbench.store.gate import Gate

# File systems keep times in ticks of a few milliseconds: two changes within one tick look the same.
SETTLED_NS = 100_000_000


@dataclass(frozen=True)
class Stamp:
    """What the file system says about a store's file and its log, to tell whether they changed."""

    signs: tuple[tuple[int, int, int], ...]

    def is_settled(self, now_ns: int) -> bool:
        """Whether any later change would give another stamp."""
        return all(changed_ns + SETTLED_NS < now_ns for changed_ns, _, _ in self.signs)


class MemoryStore:
    """A store in memory: one connection, a cursor for each unit of work."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.units = threading.local()
        self.known: tuple[Stamp, int] | None = None
        self._root = connect(":memory:", read_only=False)
        migrations.apply(self._root, ":memory:")

    def exists(self) -> bool:
        """Always: it is made with the object."""
        return True

    def make(self) -> None:
        """Nothing to do."""

    def stamp(self) -> Stamp | None:
        """None: asking the store itself is as cheap."""
        return None

    @contextmanager
    def reader(self, patience: float) -> Iterator[Connection]:
        """Give a cursor of its own to one reader."""
        with self._cursor() as cursor:
            yield cursor

    @contextmanager
    def writer(self, patience: float, checked: bool = True) -> Iterator[Connection]:
        """Give a cursor of its own to the one writer."""
        with self._cursor() as cursor:
            yield cursor

    @contextmanager
    def _cursor(self) -> Iterator[Connection]:
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


class FileStore:
    """A store in a file: all `Database` objects of the process on one file share this object.

    Notes
    -----
    The file is never opened by path here, only looked at with `stat`: a process that opens and closes
    a file by path loses the locks that DuckDB holds on it, and a second writer could get in.
    """

    _all: WeakValueDictionary[str, FileStore] = WeakValueDictionary()
    _all_lock = threading.Lock()

    def __init__(self, path: str) -> None:
        self.path = path
        self.gate = Gate()
        self.units = threading.local()
        self.known: tuple[Stamp, int] | None = None
        self._shared: Connection | None = None
        self._readers = 0
        self._sharing = threading.Lock()

    @classmethod
    def at(cls, path: str | Path) -> FileStore:
        """Give the process's one object for a file, however its path is spelled."""
        real = os.path.realpath(os.path.expanduser(path))
        with cls._all_lock:
            store = cls._all.get(real)
            if store is None:
                store = cls._all[real] = cls(real)
            return store

    def exists(self) -> bool:
        """Whether there is a file."""
        return os.path.exists(self.path)

    def stamp(self) -> Stamp | None:
        """Look at the file and its log, or None when there is no file."""
        signs = tuple(_signs(name) for name in (self.path, self.path + ".wal"))
        return Stamp(signs) if signs[0] != (0, 0, 0) else None

    @contextmanager
    def reader(self, patience: float) -> Iterator[Connection]:
        """Give a cursor on the connection that all readers of the process share."""
        cursor = patiently(self._join, patience)
        try:
            yield cursor
        finally:
            cursor.close()
            self._leave()

    def _join(self) -> Connection:
        with self._sharing:
            if self._shared is None:
                self._shared = self._checked(connect(self._existing(), read_only=True))
            self._readers += 1
            return self._shared.cursor()

    def _leave(self) -> None:
        with self._sharing:
            self._readers -= 1
            if not self._readers and self._shared is not None:
                self._shared.close()
                self._shared = None

    @contextmanager
    def writer(self, patience: float, checked: bool = True) -> Iterator[Connection]:
        """Give the only connection that writes; the gate keeps readers of the process out."""
        con = patiently(lambda: connect(self._existing(), read_only=False), patience)
        try:
            yield self._checked(con) if checked else con
        finally:
            con.close()

    def _checked(self, con: Connection) -> Connection:
        try:
            migrations.check(con, self.path)
        except BaseException:
            con.close()
            raise
        return con

    def _existing(self) -> str:
        # DuckDB makes a file that is not there when asked to write: a store is made by `make` only.
        if not self.exists():
            raise missing(self.path)
        return self.path

    def make(self) -> None:
        """Make an empty store where there is no file; another process may do the same."""
        if self.exists():
            return
        if not os.path.isdir(os.path.dirname(self.path)):
            raise StoreError(
                f"{self.path} cannot be made: its folder does not exist.", "Make the folder, or name another file."
            )
        draft = f"{self.path}.{os.getpid()}-{threading.get_ident()}.new"
        try:
            self._draft(draft)
            _take_place(draft, self.path)
        finally:
            for name in (draft, draft + ".wal"):
                Path(name).unlink(missing_ok=True)

    @staticmethod
    def _draft(path: str) -> None:
        con = connect(path, read_only=False)
        try:
            con.begin()
            migrations.apply(con, path)
            con.commit()
        finally:
            con.close()


def _signs(name: str) -> tuple[int, int, int]:
    try:
        found = os.stat(name)
    except FileNotFoundError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _take_place(draft: str, path: str) -> None:
    """Give a finished file its name, unless another process was first; never replace a store."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not os.path.exists(path):
            os.rename(draft, path)
