"""Queries that analysts write as conditions: one SELECT over the store's tables, which gives contacts.

Whatever a query may look like, it runs as a relation of DuckDB and is never put into other SQL. The connection has no
access to files, networks, other databases or Python's variables, and no setting can be changed; what is left to be
refused is found in DuckDB's own reading of the text.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from workbench.errors import ConditionError, nearest
from workbench.store.connection import Connection, one_sentence

SECONDS = 60.0

COLUMNS = ("contact_id", "contact_no")
_QUERIES = ("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE")
_ROW_MAKERS = ("range", "generate_series", "unnest")

# What gives another answer each time, or answers for this connection only.
UNSTABLE = frozenset({
    "ago", "approx_quantile", "approx_top_k", "assert_true", "current_catalog", "current_connection_id",
    "current_database", "current_date", "current_localtime", "current_localtimestamp", "current_query",
    "current_query_id", "current_schema", "current_schemas", "current_setting", "current_time", "current_timestamp",
    "current_transaction_id", "currval", "error", "gen_random_uuid", "get_current_time", "get_current_timestamp",
    "getenv", "getvariable", "in_search_path", "localtime", "localtimestamp", "nextval", "now", "pg_conf_load_time",
    "pg_postmaster_start_time", "pg_sleep", "random", "reservoir_quantile", "setseed", "setval", "sleep_ms", "stats",
    "today", "transaction_timestamp", "txid_current", "uuid", "uuidv4", "uuidv7", "vector_type", "write_log",
})  # fmt: skip
# These need no brackets.
_CLOCKS = frozenset({"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"})


def check(con: Connection, text: str, as_of: dt.date, where: str = "") -> None:
    """Refuse a query that is no condition, without running it.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    text : str
        The query.
    as_of : datetime.date
        The day that ``$as_of`` stands for.
    where : str, optional
        The place of the condition in words, for errors.

    Raises
    ------
    ConditionError
        When it is not one SELECT that gives contacts, reads anything but tables of the store, is not the same each
        time, or DuckDB does not understand it.
    """
    with _explained(where):
        _ids(_relation(con, text, as_of, where), con, where)


def contact_ids(
    con: Connection, text: str, as_of: dt.date, where: str = "", seconds: float = SECONDS
) -> npt.NDArray[np.int32]:
    """Run a query that gives contacts.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    text : str
        One SELECT with one column, `contact_id` (whole numbers) or `contact_no` (text); ``$as_of`` is the day.
    as_of : datetime.date
        The day that ``$as_of`` stands for.
    where : str, optional
        The place of the condition in words, for errors.
    seconds : float, optional
        After how long it is stopped.

    Returns
    -------
    numpy.ndarray of int32
        Each id once, in any order; unknown ones are left out, and so are numbers that no contact has.

    Raises
    ------
    ConditionError
        As for `check`; or when it fails while it runs, or takes too long.
    """
    with _explained(where), _at_most(seconds, con, where):
        found = _ids(_relation(con, text, as_of, where), con, where).to_arrow_table()
        ids: npt.NDArray[np.int32] = found.column(0).combine_chunks().drop_null().to_numpy()
    return ids


def _relation(con: Connection, text: str, as_of: dt.date, where: str) -> Any:
    statements = con.extract_statements(text)
    if len(statements) != 1:
        raise ConditionError(
            f"An SQL condition is one SELECT, and this is {len(statements)} statements.", "Keep one of them.", where
        )
    (statement,) = statements
    if statement.type != duckdb.StatementType.SELECT:
        raise _no_select(str(statement.type.name), where)
    unknown = sorted(set(statement.named_parameters) - {"as_of"})
    if unknown:
        raise ConditionError(
            f"Nothing says what ${unknown[0]} stands for.", "The one parameter is $as_of, the day of evaluation.", where
        )
    _check_tree(con, text, where)
    given = {"as_of": as_of} if statement.named_parameters else None
    return con.sql(text, params=given)


def _no_select(kind: str, where: str) -> ConditionError:
    return ConditionError(f"An SQL condition is one SELECT, and this is {kind}.", "Ask for contacts only.", where)


def _ids(relation: Any, con: Connection, where: str) -> Any:
    """Take the one column of a relation as ids of contacts."""
    if len(relation.columns) != 1 or relation.columns[0].lower() not in COLUMNS:
        raise ConditionError(
            f"An SQL condition gives one column, contact_id or contact_no, not {', '.join(relation.columns)}.",
            "Select that one only.",
            where,
        )
    name, type_ = relation.columns[0].lower(), str(relation.types[0])
    if not re.fullmatch("VARCHAR" if name == "contact_no" else r"U?[A-Z]*INT(EGER)?", type_):
        what = "text" if name == "contact_no" else "whole numbers"
        raise ConditionError(f"{name} is {what} in the store, and the SQL gives {type_}.", "Select the column.", where)
    if name == "contact_id":
        return relation.project("TRY_CAST(#1 AS INTEGER) AS contact_id").distinct()
    given = relation.project("#1 AS given_no").distinct().set_alias("given")
    return given.join(con.table("contact"), "given_no = contact_no", how="inner").project("contact_id")


def _check_tree(con: Connection, text: str, where: str) -> None:
    """Walk DuckDB's own reading of the query."""
    tree = _tree(con, text, where)
    tables, named = _tables(con), set()
    for node in _nodes(tree):
        named |= {entry["key"].lower() for entry in (node.get("cte_map") or {}).get("map", ())}
    for node in _nodes(tree):
        kind = str(node.get("type", ""))
        if kind.endswith("_NODE") and kind not in _QUERIES:
            raise _no_select(kind.removesuffix("_NODE").removesuffix("_QUERY"), where)
        if kind == "SHOW_REF":
            raise _no_select("SHOW", where)
        if kind == "BASE_TABLE":
            _check_table(node, tables, named, where)
        if kind == "TABLE_FUNCTION" and (name := _function(node["function"])) not in _ROW_MAKERS:
            raise ConditionError(
                f'An SQL condition cannot read from "{name}".', "Read from tables of the store.", where
            )
        _check_stable(node, where)


def _tree(con: Connection, text: str, where: str) -> Any:
    rows = con.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchall()
    try:
        tree = json.loads(rows[0][0])
    except RecursionError:
        raise ConditionError("The SQL nests too deep.", "Write it with fewer brackets.", where) from None
    if tree["error"]:
        raise _no_select("another statement", where)
    return tree


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Give every object of a tree, however deep."""
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            yield node
            left += node.values()
        elif isinstance(node, list):
            left += node


def _tables(con: Connection) -> dict[str, str]:
    query = (
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal AND NOT temporary"
    )
    return {name.lower(): name for (name,) in con.execute(query).fetchall()}


def _check_table(node: dict[str, Any], tables: dict[str, str], named: set[str], where: str) -> None:
    name = str(node["table_name"])
    path = [part for part in (node["catalog_name"], node["schema_name"]) if part]
    if path not in ([], ["main"]) or name.lower() not in {*tables, *named}:
        full = ".".join([*path, name])
        raise ConditionError(f'The store has no table "{full}".', nearest(name, tables.values()), where)


def _check_stable(node: dict[str, Any], where: str) -> None:
    if node.get("sample") is not None:
        raise ConditionError(
            "An SQL condition is the same each time, and a sample is not.", "Draw one with limit: {sample: …}.", where
        )
    name = _function(node) if node.get("class") in ("FUNCTION", "WINDOW") else ""
    column = node.get("column_names") or []
    if node.get("class") == "COLUMN_REF" and len(column) == 1 and str(column[0]).lower() in _CLOCKS:
        name = str(column[0]).lower()
    if name in UNSTABLE or (name == "age" and len(node.get("children", ())) < 2):
        raise ConditionError(
            f"An SQL condition is the same each time, and {name} is not.", "Use $as_of, the day of evaluation.", where
        )


def _function(node: dict[str, Any]) -> str:
    return str(node.get("function_name", "")).lower()


@contextmanager
def _explained(where: str) -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException:
        raise  # somebody cancelled the work
    except duckdb.Error as error:
        raise ConditionError(f"DuckDB refuses the SQL: {one_sentence(str(error))}", "", where) from None


@contextmanager
def _at_most(seconds: float, con: Connection, where: str) -> Iterator[None]:
    """Interrupt what takes longer."""
    is_late = threading.Event()

    def interrupt() -> None:
        is_late.set()
        con.interrupt()

    timer = threading.Timer(seconds, interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException:
        if not is_late.is_set():
            raise
        raise ConditionError(
            f"The SQL took longer than {seconds:g} seconds and was stopped.", "Ask for less at once.", where
        ) from None
    finally:
        timer.cancel()
