"""The unit of work that each use case about questionnaires happens in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workbench.setup import Setup
from workbench.store import Connection, Database


class Work:
    """What all use cases about questionnaires need.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    @contextmanager
    def _unit(self, dry_run: bool) -> Iterator[Connection]:
        with self._database.reading() if dry_run else self._database.writing() as con:
            yield con
