"""What every group of use cases has at hand: the store, its settings, and a unit of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from workbench.setup import Setup
from workbench.store import Connection, Database


class Work:
    """Work on one store.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.

    Notes
    -----
    Every method that writes takes `dry_run`: it gives the same receipt by the same computation and writes nothing.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    @contextmanager
    def _unit(self, dry_run: bool) -> Iterator[Connection]:
        with self._database.reading() if dry_run else self._database.writing() as con:
            yield con

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._setup.settings().time_zone)
