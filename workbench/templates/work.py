"""The unit of work that each use case about templates happens in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from pipelines.dates import day_after, instant
from workbench.setup import Setup
from workbench.store import Connection, Database

Moments = tuple[dt.datetime | None, dt.datetime | None]


class Work:
    """What all use cases about templates need.

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

    def _moments(self, since: dt.date | None, until: dt.date | None) -> Moments:
        """Give the instants between which days lie, the second of them no more within."""
        zone = ZoneInfo(self._setup.settings().time_zone)
        end = None if until is None else day_after(until)
        return None if since is None else instant(since, zone), None if end is None else instant(end, zone)
