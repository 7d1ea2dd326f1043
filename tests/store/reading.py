"""What tests of the store ask it."""

from __future__ import annotations

from workbench.store import Database


def values(database: Database) -> list[str]:
    """The values of all settings, in order; tests write settings because any row will do."""
    with database.reading() as con:
        return [value for (value,) in con.execute("SELECT value FROM setting ORDER BY value").fetchall()]


def write(database: Database, *given: str) -> None:
    """Write a setting for each value, in one unit of work."""
    with database.writing() as con:
        for value in given:
            con.execute("INSERT INTO setting VALUES ('any', ?)", [value])
