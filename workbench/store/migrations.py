"""Which layout a store has, and how an older one is brought up to date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import duckdb

from workbench import clock
from workbench.errors import StoreError, StoreVersionError
from workbench.store.connection import Connection

_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
)"""


@dataclass(frozen=True)
class Migration:
    """One step from a layout of the store to the next.

    Attributes
    ----------
    number : int
        Its place in the order, from 1.
    name : str
        What it does, from the file's name.
    statements : str
        SQL.
    """

    number: int
    name: str
    statements: str


class OlderStoreError(StoreVersionError):
    """The store was written by an older workbench and has not been brought up to date."""


@cache
def migrations() -> tuple[Migration, ...]:
    """Read the migrations that this version of the workbench knows.

    Returns
    -------
    tuple of Migration
        By number.
    """
    found = []
    for file in resources.files("workbench.store").joinpath("sql").iterdir():
        match = re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name)
        if match:
            found.append(Migration(int(match[1]), match[2], file.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.number))


def check(con: Connection, path: str, known: Sequence[Migration] | None = None) -> None:
    """Refuse a store that this version of the workbench cannot use.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        At the store.
    path : str
        Where it is, for the message.
    known : sequence of Migration, optional
        By default those of this version.

    Raises
    ------
    StoreVersionError
        When it is newer, or older.
    StoreError
        When it is a DuckDB file of something else.
    """
    known = migrations() if known is None else known
    layout, ours = _layout(con, path), known[-1].number
    if layout > ours:
        raise _newer(path, layout, ours)
    if layout < ours:
        raise OlderStoreError(
            f"The store {path} has layout {layout}; this workbench needs layout {ours}.",
            "Run `workbench init` to bring it up to date.",
        )


def apply(con: Connection, path: str, known: Sequence[Migration] | None = None) -> tuple[Migration, ...]:
    """Apply the migrations that a store lacks; the caller holds the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a transaction.
    path : str
        Where the store is, for the message.
    known : sequence of Migration, optional
        By default those of this version.

    Returns
    -------
    tuple of Migration
        Those applied; empty when the store was up to date.

    Raises
    ------
    StoreVersionError
        When the store is newer.
    """
    known = migrations() if known is None else known
    con.execute(_RECORD)
    layout, ours = _layout(con, path), known[-1].number
    if layout > ours:
        raise _newer(path, layout, ours)
    lacking = tuple(migration for migration in known if migration.number > layout)
    for migration in lacking:
        _apply_one(con, migration)
    return lacking


def _apply_one(con: Connection, migration: Migration) -> None:
    con.execute(migration.statements)
    applied_at = clock.now().replace(tzinfo=None)
    con.execute("INSERT INTO migration VALUES (?, ?, ?)", [migration.number, migration.name, applied_at])


def _layout(con: Connection, path: str) -> int:
    try:
        rows: list[tuple[int]] = con.execute("SELECT coalesce(max(number), 0) FROM migration").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        raise StoreError(
            f"{path} is a DuckDB file, but not a store of the workbench.",
            "Name another file with --db, or load its tables from files with `workbench load`.",
        ) from None
    return rows[0][0]


def _newer(path: str, layout: int, ours: int) -> StoreVersionError:
    return StoreVersionError(
        f"The store {path} was written by a newer workbench: its layout is {layout}, this one knows {ours}.",
        "Install the newer version of segmentation-workbench; the store was left untouched.",
    )
