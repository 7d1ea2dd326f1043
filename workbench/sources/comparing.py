"""Rows of a file against rows of the store: which are new, changed, unchanged, and which cannot be taken."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from workbench.sources import company_links
from workbench.sources.incoming import INCOMING, Target, refusals, take_in
from workbench.store import Connection
from workbench.store.tables import quoted

DECIDED = "load_decided"


@dataclass(frozen=True)
class Comparison:
    """What loading the rows would do.

    Attributes
    ----------
    new, changed, unchanged : int
        Rows.
    repeated : int
        Of the unchanged, rows that say again what an earlier row of the file says.
    unlinked : int
        People that name a company of which there is none, or several.
    refused : pandas.DataFrame
        Columns row_no, field, value, reason: rows that cannot be taken.
    """

    new: int
    changed: int
    unchanged: int
    repeated: int
    unlinked: int
    refused: pd.DataFrame


def compared(con: Connection, rows: pa.Table, target: Target) -> Comparison:
    """Compare the rows of a file with the store.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Reading or writing.
    rows : pyarrow.Table
        `row_no` and the fields, as checking gives them.
    target : Target
        Where they go.

    Returns
    -------
    Comparison
        Counts and refused rows. Leaves the temporary tables `load_incoming` (row_no and the columns of the
        store) and `load_decided` (row_no, state, place) for the writer; :func:`forget` drops them.

    Notes
    -----
    Rows with a key: the first of a file counts, a later one with the same content is unchanged, with other content
    refused. Rows without: the n-th row of some content is new when the store has fewer than n such rows, so
    equal rows of one file are all kept and a second load of the file adds nothing.
    """
    forget(con)
    refused = take_in(con, rows, target)
    unlinked = company_links.link(con, target)
    con.execute(f"CREATE TEMP TABLE {DECIDED} (row_no BIGINT, state VARCHAR, place BIGINT)")
    if target.keys.columns:
        _decide_by_key(con, target)
        refused.append(_conflicts(con, target))
    if target.keys.may_be_blank:
        _decide_by_content(con, target)
    return _counted(con, unlinked, refused)


def forget(con: Connection) -> None:
    """Drop what comparing leaves.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The connection it was done on.
    """
    con.execute(f"DROP TABLE IF EXISTS {INCOMING}")
    con.execute(f"DROP TABLE IF EXISTS {DECIDED}")


def _counted(con: Connection, unlinked: int, refused: Sequence[pd.DataFrame]) -> Comparison:
    counts = dict(con.execute(f"SELECT state, count(*) FROM {DECIDED} GROUP BY state").fetchall())
    repeated = counts.get("repeated", 0)
    return Comparison(
        counts.get("new", 0),
        counts.get("changed", 0),
        counts.get("unchanged", 0) + repeated,
        repeated,
        unlinked,
        pd.concat(refused, ignore_index=True),
    )


def _decide_by_key(con: Connection, target: Target) -> None:
    keys = [quoted(column) for column in target.keys.columns]
    con.execute(
        f"INSERT INTO {DECIDED} "
        f"WITH keyed AS (SELECT *, first_value(row_no) OVER (PARTITION BY {', '.join(keys)} ORDER BY row_no) "
        f"AS first_no FROM {INCOMING} WHERE {_has_key(target)}) "
        f"SELECT i.row_no, CASE WHEN {_same(target)} THEN 'repeated' ELSE 'conflicting' END, i.first_no "
        f"FROM keyed i JOIN {INCOMING} s ON s.row_no = i.first_no WHERE i.row_no <> i.first_no "
        f"UNION ALL "
        f"SELECT i.row_no, CASE WHEN s.rowid IS NULL THEN 'new' WHEN {_differs(target)} THEN 'changed' "
        f"ELSE 'unchanged' END, s.rowid "
        f"FROM keyed i LEFT JOIN {_stored(target)} s ON {_joined(keys)} WHERE i.row_no = i.first_no"
    )


def _has_key(target: Target) -> str:
    """Whether a row has the key of its own; keys of several columns are always there."""
    return f"{quoted(target.keys.columns[0])} IS NOT NULL" if target.keys.may_be_blank else "TRUE"


def _joined(names: list[str]) -> str:
    return " AND ".join(f"i.{name} IS NOT DISTINCT FROM s.{name}" for name in names) or "TRUE"


def changeable(target: Target) -> list[str]:
    """List the columns of the store that loading compares and changes.

    Parameters
    ----------
    target : Target
        Where the rows go.

    Returns
    -------
    list of str
        All but the key; the number of a contact never changes.
    """
    fixed = {*target.keys.columns, "contact_no"}
    return [column for column in target.columns if column not in fixed]


def _same(target: Target) -> str:
    return _joined([quoted(column) for column in changeable(target)])


def _differs(target: Target) -> str:
    return f"NOT ({_same(target)})"


def _stored(target: Target) -> str:
    """The table with the fields that it does not have yet, all unknown."""
    if not target.added:
        return target.table.name
    blanks = ", ".join(f"NULL AS {quoted(name)}" for name in sorted(target.added))
    return f"(SELECT rowid, *, {blanks} FROM {target.table.name})"


def _conflicts(con: Connection, target: Target) -> pd.DataFrame:
    """Later rows of the file that say something else about the same key."""
    fields = ["contact_no" if column == "contact_id" else column for column in target.keys.columns]
    shown = ["named_contact" if column == "contact_id" else column for column in target.keys.columns]
    value = " || ' ' || ".join(f"coalesce(i.{quoted(column)}::VARCHAR, '')" for column in shown)
    rows = con.execute(
        f"SELECT i.row_no, {value} FROM {INCOMING} i JOIN {DECIDED} d USING (row_no) "
        f"WHERE d.state = 'conflicting' ORDER BY i.row_no"
    ).fetchall()
    return refusals(rows, fields[0], "duplicate key: an earlier row of the file has other values for it")


def _decide_by_content(con: Connection, target: Target) -> None:
    """The n-th row of some content is new when the store holds fewer than n such rows without a key."""
    own = quoted(target.keys.columns[0]) if target.keys.columns else ""
    without = f"{own} IS NULL" if own else "TRUE"
    held_without = "TRUE" if own in ("", '"contact_no"') else without
    contents = [quoted(column) for column in changeable(target)] or [own]
    names = ", ".join(contents)
    con.execute(
        f"INSERT INTO {DECIDED} "
        f"WITH numbered AS (SELECT row_no, {names}, row_number() OVER (PARTITION BY {names} ORDER BY row_no) AS place "
        f"FROM {INCOMING} WHERE {without}), "
        f"held AS (SELECT {names}, count(*) AS number FROM {_stored(target)} WHERE {held_without} GROUP BY {names}) "
        f"SELECT i.row_no, CASE WHEN i.place > coalesce(s.number, 0) THEN 'new' ELSE 'unchanged' END, NULL "
        f"FROM numbered i LEFT JOIN held s ON {_joined(contents)}"
    )
