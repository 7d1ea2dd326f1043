"""New contacts of a file that look like contacts that are in the store already."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipelines.schema import CONTACT
from workbench.duplicates.near import candidates_for
from workbench.sources.comparing import DECIDED
from workbench.sources.incoming import INCOMING
from workbench.sources.preparing import Prepared
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

MOST_ROWS = 200_000


@dataclass(frozen=True)
class Duplicates:
    """What looking for duplicates found.

    Attributes
    ----------
    rows : pandas.DataFrame or None
        Columns row (number in a spreadsheet), contact_no, score (0 to 1), reasons; the surest first. None when there
        were too many new rows to look.
    notes : tuple of str
        What a person should know.
    """

    rows: pd.DataFrame | None
    notes: tuple[str, ...]


def look(con: Connection, prepared: Prepared) -> Duplicates | None:
    """Compare the new contacts of a file with those of the store.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        An open unit of work, with the temporary tables of :func:`workbench.sources.comparing.compared`.
    prepared : Prepared
        The file.

    Returns
    -------
    Duplicates or None
        None for files of anything else than contacts. More new rows than `MOST_ROWS` are not looked at.
    """
    if prepared.target.table.name != CONTACT.name:
        return None
    new = f"{INCOMING} i JOIN {DECIDED} d USING (row_no) WHERE d.state = 'new'"
    (count,) = first_row(con, f"SELECT count(*) FROM {new}") or (0,)
    if count > MOST_ROWS:
        return Duplicates(None, (_too_many(count),))
    fields = [name for name in prepared.target.fields if name not in prepared.target.added and name != "contact_no"]
    columns = ", ".join(["i.row_no", *(f"i.{quoted(name)}" for name in fields)])
    rows = con.execute(f"SELECT {columns} FROM {new} ORDER BY i.row_no").df()
    if rows.empty:
        return Duplicates(pd.DataFrame(columns=["row", "contact_no", "score", "reasons"]), ())
    found = candidates_for(con, rows)
    numbers = prepared.raw.row_numbers[found["row_no"].to_numpy(dtype="int64")]
    listed = found.assign(row=numbers)[["row", "contact_no", "score", "reasons"]]
    return Duplicates(listed.sort_values("score", ascending=False, kind="stable", ignore_index=True), _notes(listed))


def _too_many(count: int) -> str:
    return f"Duplicates were not looked for: {count:,} rows are new, and {MOST_ROWS:,} are the most."


def _notes(found: pd.DataFrame) -> tuple[str, ...]:
    number = found["row"].nunique()
    if not number:
        return ()
    if number == 1:
        return ("1 new row looks like a contact that is there; load it, or leave it out.",)
    return (f"{number:,} new rows look like contacts that are there; load them, or leave them out.",)
