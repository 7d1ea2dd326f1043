"""What every group of use cases on opportunities has at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workbench.setup import Setup
from workbench.store import Connection
from workbench.store.database import Database


class OpportunityWork:
    """Work on the opportunities of one store.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.

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
