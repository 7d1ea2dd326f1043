"""Which scores a store holds: their fields, their runs, and the table each of them has."""

# ruff: noqa: S608 - names of tables and columns are checked when they are made, and quoted; values are bound.

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.schema import Column, FieldType
from pipelines.scores import TYPES, Score, score_of
from workbench import clock
from workbench.errors import ConfigError, ConflictError, NotFoundError, nearest
from workbench.sources.comparing import DECIDED
from workbench.sources.incoming import INCOMING
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import SQL_TYPE, quoted


@dataclass(frozen=True)
class ScoreRun:
    """One run of a score.

    Attributes
    ----------
    scored_on : datetime.date
        The day it is of.
    row_count : int
        How many contacts it has.
    source : str
        The file it came from, or ``"frame"``.
    sha256 : str
        Of the file's content.
    loaded_at : datetime.datetime
        When it was loaded or computed, in UTC.
    method : str or None
        How the workbench computed it; None for a run that came from a file.
    revision : int or None
        Of the store that it was computed from.
    quality : mapping
        How good it is, as its method says: name to number or text; empty for a run that came from a file.
    """

    scored_on: dt.date
    row_count: int
    source: str
    sha256: str
    loaded_at: dt.datetime
    method: str | None = None
    revision: int | None = None
    quality: Mapping[str, Any] = field(default_factory=dict)


def check_name(name: str) -> None:
    """Refuse a name that no table can be named after.

    Parameters
    ----------
    name : str
        Of a score.

    Raises
    ------
    ConfigError
        When it has other signs than lower-case letters, digits and underscores, or is too long.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", name):
        raise ConfigError(
            f'"{name}" cannot name a score.',
            "Use lower-case letters, digits and underscores, beginning with a letter; 50 characters at most.",
        )


def scores(con: Connection) -> dict[str, Score]:
    """List the scores of a store.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    dict of str to Score
        By name; a score whose runs were all deleted is still there.
    """
    fields: dict[str, list[Column]] = {}
    query = "SELECT score_name, name, type, meaning FROM score_field ORDER BY score_name, position"
    for score, name, type_, meaning in con.execute(query).fetchall():
        fields.setdefault(score, []).append(Column(name, FieldType(type_), meaning, is_custom=True))
    days: dict[str, list[dt.date]] = {name: [] for name in fields}
    for score, day in con.execute("SELECT score_name, scored_on FROM score_run").fetchall():
        days[score].append(day)
    return {name: score_of(name, columns, days[name]) for name, columns in fields.items()}


def runs(con: Connection, name: str) -> tuple[ScoreRun, ...]:
    """List the runs of a score.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        The score.

    Returns
    -------
    tuple of ScoreRun
        The latest first.
    """
    columns = "scored_on, row_count, source, sha256, loaded_at, method, revision"
    query = f"SELECT {columns}, coalesce(quality, '{{}}') FROM score_run WHERE score_name = ? ORDER BY scored_on DESC"
    return tuple(ScoreRun(*(*run, json.loads(quality))) for *run, quality in con.execute(query, [name]).fetchall())


def no_run(name: str) -> NotFoundError:
    """Say that a score has no run.

    Parameters
    ----------
    name : str
        The score.

    Returns
    -------
    NotFoundError
        To be raised.
    """
    return NotFoundError(f"The score {name} has no run.", f"Compute one: workbench score run {name}.")


def check_run(name: str, days: Collection[dt.date], day: dt.date) -> None:
    """Refuse a day of which a score has no run.

    Parameters
    ----------
    name : str
        The score.
    days : collection of datetime.date
        Those of its runs.
    day : datetime.date
        The day that is asked for.

    Raises
    ------
    NotFoundError
        When it is none of them; suggests the nearest.
    """
    if day not in days:
        known = [one.isoformat() for one in days]
        raise NotFoundError(f"The score {name} has no run of {day.isoformat()}.", nearest(day.isoformat(), known))


def make_table(con: Connection, score: Score) -> None:
    """Make the table of a score where there is none.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    score : Score
        With the name and the fields that the store knows.
    """
    check_name(score.name)
    con.execute(
        f"CREATE TABLE IF NOT EXISTS {quoted(score.table.name)} "
        "(entry_no BIGINT NOT NULL, contact_id INTEGER NOT NULL, scored_on DATE NOT NULL)"
    )


def add_fields(con: Connection, score: Score, columns: Iterable[Column]) -> None:
    """Widen the table of a score; in the runs that are there the new fields are unknown.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    score : Score
        With a table.
    columns : iterable of Column
        Fields it does not have yet.

    Raises
    ------
    ConflictError
        When a score cannot have a field of the type.
    """
    for position, column in enumerate(columns, start=len(score.fields) + 1):
        if column.type not in TYPES:
            raise ConflictError(
                f"The field {column.name} of a score cannot be {column.type.value}.",
                f"Map it to one of {', '.join(TYPES)}, such as {column.name}:text.",
            )
        type_ = SQL_TYPE[column.type]
        con.execute(f"ALTER TABLE {quoted(score.table.name)} ADD COLUMN {quoted(column.name)} {type_}")
        row = [score.name, column.name, column.type.value, column.meaning, position]
        con.execute("INSERT INTO score_field VALUES (?, ?, ?, ?, ?)", row)


def clear_runs(con: Connection, score: Score) -> int:
    """Take out the runs that incoming rows replace, so that all of those rows are new.

    Parameters
    ----------
    con : connection
        A unit of work that writes, with the temporary tables of a comparison.
    score : Score
        Whose rows they are.

    Returns
    -------
    int
        How many rows were taken out.
    """
    con.execute(f"UPDATE {DECIDED} SET state = 'new' WHERE state IN ('changed', 'unchanged')")
    of_their_days = f"FROM {quoted(score.table.name)} WHERE scored_on IN (SELECT scored_on FROM {INCOMING})"
    (size,) = first_row(con, f"SELECT count(*) {of_their_days}") or (0,)
    con.execute(f"DELETE {of_their_days}")
    return int(size)


def note_runs(con: Connection, score: Score, source: str, sha256: str) -> tuple[dt.date, ...]:
    """Note which runs incoming rows have made.

    Parameters
    ----------
    con : connection
        A unit of work that writes, after the rows were written.
    score : Score
        Whose rows they are.
    source : str
        Where they came from.
    sha256 : str
        Of the source's content.

    Returns
    -------
    tuple of datetime.date
        The days, ascending.
    """
    table, theirs = quoted(score.table.name), f"scored_on IN (SELECT scored_on FROM {INCOMING})"
    for noted in ("score_run", "score_run_table"):
        con.execute(f"DELETE FROM {noted} WHERE score_name = ? AND {theirs}", [score.name])
    columns = "score_name, scored_on, row_count, source, sha256, loaded_at"
    con.execute(
        f"INSERT INTO score_run ({columns}) "
        f"SELECT ?, scored_on, count(*), ?, ?, ? FROM {table} WHERE {theirs} GROUP BY scored_on",
        [score.name, source, sha256, clock.now().replace(tzinfo=None)],
    )
    days = con.execute(f"SELECT DISTINCT scored_on FROM {INCOMING} ORDER BY scored_on").fetchall()
    return tuple(day for (day,) in days)


def delete_run(con: Connection, score: Score, scored_on: dt.date) -> None:
    """Delete one run.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    score : Score
        Whose run.
    scored_on : datetime.date
        Its day.
    """
    con.execute(f"DELETE FROM {quoted(score.table.name)} WHERE scored_on = ?", [scored_on])
    for noted in ("score_run", "score_run_table"):
        con.execute(f"DELETE FROM {noted} WHERE score_name = ? AND scored_on = ?", [score.name, scored_on])
