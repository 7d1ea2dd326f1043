"""A store in memory: one connection kept by its `Database`, a cursor for each unit of work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.store import migrations
from workbench.store.connection import Connection, connect
from workbench.store.gate import Gate
from workbench.store.stamp import Stamp


class StoreInMemory:
    """A store that is made with the object and gone with it; it answers like `StoreInFile`.

    Parameters
    ----------
    path : str
        ``":memory:"``.
    """

    def __init__(self, path: str) -> None:
        self.gate = Gate()
        self.units = threading.local()
        self.known: tuple[Stamp, int] | None = None
        self._root = connect(path, read_only=False)
        migrations.apply(self._root, path)

    def exists(self) -> bool:
        """Tell whether there is a store.

        Returns
        -------
        bool
            Always true.
        """
        return True

    def make(self) -> None:
        """Do nothing: it is made."""

    def stamp(self) -> Stamp | None:
        """Give nothing to compare: there is no file, and asking for the revision is as cheap.

        Returns
        -------
        None
            Always.
        """
        return None

    def compact(self, patience: float) -> tuple[int, int]:  # noqa: ARG002
        """Do nothing: there is no file.

        Parameters
        ----------
        patience : float
            Not needed here.

        Returns
        -------
        tuple of int
            Two zeros.
        """
        return 0, 0

    @contextmanager
    def reader(self, patience: float) -> Iterator[Connection]:  # noqa: ARG002
        """Give a cursor of its own to one reader.

        Parameters
        ----------
        patience : float
            Not needed here.

        Yields
        ------
        duckdb.DuckDBPyConnection
            A cursor of the one connection.
        """
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def writer(self, patience: float, checked: bool = True) -> Iterator[Connection]:  # noqa: ARG002
        """Give a cursor of its own to the one writer.

        Parameters
        ----------
        patience : float
            Not needed here.
        checked : bool, optional
            Not needed here: the layout is always our own.

        Yields
        ------
        duckdb.DuckDBPyConnection
            Not yet in a transaction.
        """
        with self.reader(patience) as cursor:
            yield cursor
