"""Runs that the workbench computed itself: written in one piece, with all that is known of them."""

# ruff: noqa: S608 - names of tables and columns are checked when they are made, and quoted; values are bound.

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines.schema import Column, Table, conform
from pipelines.scores import Score, score_of
from workbench import clock
from workbench.errors import ConflictError
from workbench.scores import registry
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import CONTACT_ID, large_frame, quoted

SOURCE = "computed"
_ROWS = "score_run_rows"


@dataclass(frozen=True)
class RunDetails:
    """How a run was made, and how good it is.

    Attributes
    ----------
    method : str
        The way it was computed.
    revision : int
        Of the store that it was computed from.
    parameters : mapping
        What the method was told, defaults included; values that JSON knows.
    quality : mapping
        Name to number or text.
    tables : mapping of str to pandas.DataFrame
        What the plots show.
    notes : tuple of str
        Things to know that are no errors.
    offers : tuple of mapping
        Segments to make of it: name, description, definition.
    """

    method: str
    revision: int
    parameters: Mapping[str, Any]
    quality: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()
    offers: tuple[Mapping[str, Any], ...] = ()


def write_run(
    con: Connection, name: str, columns: Sequence[Column], rows: pd.DataFrame, scored_on: dt.date, details: RunDetails
) -> int:
    """Write a run in the place of the one of the same day.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    name : str
        The score; it is made when it is written for the first time.
    columns : sequence of Column
        Its fields.
    rows : pandas.DataFrame
        `contact_id` and one column for each field.
    scored_on : datetime.date
        The day.
    details : RunDetails
        How it was made.

    Returns
    -------
    int
        How many rows of an earlier run of the day were replaced.

    Raises
    ------
    ConfigError
        When the score cannot have that name.
    ConflictError
        When the score has a field of that name and another type.
    FrameError
        When the rows are not what the fields say.
    """
    score = registry.scores(con).get(name) or score_of(name, ())
    registry.make_table(con, score)
    registry.add_fields(con, score, _lacking(score, columns))
    counted = f"SELECT count(*) FROM {quoted(score.table.name)} WHERE scored_on = ?"
    (replaced,) = first_row(con, counted, [scored_on]) or (0,)
    registry.delete_run(con, score, scored_on)
    _insert(con, score, columns, rows, scored_on)
    _note(con, name, len(rows), scored_on, details)
    return int(replaced)


def details(con: Connection, name: str, scored_on: dt.date) -> RunDetails | None:
    """Read how a run was made.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        The score.
    scored_on : datetime.date
        The day of the run.

    Returns
    -------
    RunDetails or None
        None for a run that came from a file.
    """
    run = [name, scored_on]
    columns = "method, revision, parameters, quality, notes, offers"
    row = first_row(con, f"SELECT {columns} FROM score_run WHERE score_name = ? AND scored_on = ?", run)
    if row is None or row[0] is None:
        return None
    method, revision, *texts = row
    parameters, quality, notes, offers = map(json.loads, texts)
    query = "SELECT name, content FROM score_run_table WHERE score_name = ? AND scored_on = ? ORDER BY position"
    tables = {table: _frame(text) for table, text in con.execute(query, run).fetchall()}
    return RunDetails(method, revision, parameters, quality, tables, tuple(notes), tuple(offers))


def rows_of(con: Connection, name: str, scored_on: dt.date) -> pd.DataFrame:
    """Read the rows of a run.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        A score that is there.
    scored_on : datetime.date
        The day of the run.

    Returns
    -------
    pandas.DataFrame
        `contact_id`, ascending, and the fields of the score.
    """
    score = registry.scores(con)[name]
    table = Table(score.table.name, "rows of a run", (CONTACT_ID, *score.fields.values()), (CONTACT_ID.name,))
    names = ", ".join(quoted(column.name) for column in table.columns)
    query = f"SELECT {names} FROM {quoted(score.table.name)} WHERE scored_on = $day ORDER BY contact_id"
    return conform(large_frame(con, query, {"day": scored_on}), table)


def _lacking(score: Score, columns: Sequence[Column]) -> list[Column]:
    for column in columns:
        known = score.fields.get(column.name)
        if known is not None and known.type is not column.type:
            raise ConflictError(
                f"The field {column.name} of the score {score.name} is {known.type.value} in the runs that are there, "
                f"and {column.type.value} in this one.",
                "Give the run another name (--name).",
            )
    return [column for column in columns if column.name not in score.fields]


def _insert(con: Connection, score: Score, columns: Sequence[Column], rows: pd.DataFrame, scored_on: dt.date) -> None:
    table = Table(score.table.name, "rows of a run", (CONTACT_ID, *columns), (CONTACT_ID.name,))
    names = ", ".join(quoted(column.name) for column in table.columns)
    con.register(_ROWS, conform(rows, table))
    try:
        last = f"(SELECT coalesce(max(entry_no), 0) FROM {quoted(score.table.name)})"
        con.execute(
            f"INSERT INTO {quoted(score.table.name)} (entry_no, scored_on, {names}) "
            f"SELECT {last} + row_number() OVER (ORDER BY contact_id), ?, {names} FROM {_ROWS} ORDER BY contact_id",
            [scored_on],
        )
    finally:
        con.unregister(_ROWS)


def _note(con: Connection, name: str, size: int, scored_on: dt.date, made: RunDetails) -> None:
    parameters = _json(made.parameters)
    sha256 = hashlib.sha256(f"{made.method} {made.revision} {parameters}".encode()).hexdigest()
    con.execute(
        "INSERT INTO score_run (score_name, scored_on, row_count, source, sha256, loaded_at, method, revision, "
        "parameters, quality, notes, offers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [name, scored_on, size, SOURCE, sha256, clock.now().replace(tzinfo=None), made.method, made.revision,
         parameters, _json(made.quality), _json(made.notes), _json(made.offers)],
    )  # fmt: skip
    for position, (table, frame) in enumerate(made.tables.items()):
        row = [name, scored_on, table, position, _written(frame)]
        con.execute("INSERT INTO score_run_table VALUES (?, ?, ?, ?, ?)", row)


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _written(frame: pd.DataFrame) -> str:
    """Write a table so that each number is read back as it was, to the last bit."""
    plain = frame.astype("object").where(frame.notna(), None)
    return _json({"columns": list(map(str, frame.columns)), "data": plain.to_numpy().tolist()})


def _frame(text: str) -> pd.DataFrame:
    content = json.loads(text)
    return pd.DataFrame(content["data"], columns=content["columns"])
