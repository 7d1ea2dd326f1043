"""A small store in memory, and files written on the spot."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from workbench.setup import Setup
from workbench.sources import Sources
from workbench.store import Database
from workbench.store.tables import frame


def at(text: str) -> dt.datetime:
    """An instant as the store holds it: in UTC, without saying so."""
    return dt.datetime.fromisoformat(text)


@dataclass
class Shelf:
    """A store and the way in."""

    database: Database
    setup: Setup
    sources: Sources

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        with self.database.reading() as con:
            return [tuple(row) for row in con.execute(statement).fetchall()]

    def frame(self, statement: str) -> pd.DataFrame:
        with self.database.reading() as con:
            return frame(con, statement)


@pytest.fixture
def shelf() -> Shelf:
    database = Database(":memory:")
    database.create()
    setup = Setup(database)
    return Shelf(database, setup, Sources(database, setup))


@pytest.fixture
def people(shelf: Shelf) -> Shelf:
    """A store with the contacts C1 to C3."""
    shelf.sources.load("contact", pd.DataFrame({"contact_no": ["C1", "C2", "C3"], "name": ["Ada", "Bo", "Cy"]}))
    return shelf


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data sets, which are not ours to keep here."""
    named = os.environ.get("WORKBENCH_SHARED_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the public data sets are not at {folder}")
    return folder
