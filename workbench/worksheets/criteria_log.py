"""Logs of criteria in the store: those of worksheets, and those saved under a code."""

# Names of tables and columns come from the two logs below, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.criteria import OPTIONS, CriteriaAction, TableFilter
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.worksheets.results import CriteriaLog, LoggedAction


@dataclass(frozen=True)
class Log:
    """Where a kind of log is kept.

    Attributes
    ----------
    table : str
        The table of its lines.
    key : str
        The column that says whose log it is.
    """

    table: str
    key: str


OF_WORKSHEET = Log("worksheet_criterion", "worksheet_no")
SAVED = Log("saved_criterion", "code")
_FLAGS = ", ".join(OPTIONS)
_COLUMNS = f"type, action, table_name, filters, {_FLAGS}, filter_count"
_MARKS = ", ".join("?" for _ in range(7 + len(OPTIONS)))


def read(con: Connection, log: Log, key: str) -> CriteriaLog:
    """Read a log.

    Parameters
    ----------
    con : connection
        An open unit of work.
    log : Log
        Of which kind.
    key : str
        The worksheet's number, or the code.

    Returns
    -------
    CriteriaLog
        Its actions with their filters; empty where there is none.
    """
    query = f"SELECT line_no, {_COLUMNS} FROM {log.table} WHERE {log.key} = ? ORDER BY line_no"
    return CriteriaLog(tuple(_actions(con.execute(query, [key]).fetchall())))


def _actions(rows: list[tuple[Any, ...]]) -> Iterator[LoggedAction]:
    """Put each action together with the filters that follow it."""
    number = 0
    for at, (line_no, type_, kind, _table, _filters, *rest) in enumerate(rows):
        if type_ == "action":
            number += 1
            *flags, filter_count = rest
            filters = tuple(_filter(row[3], row[4]) for row in _following(rows, at, filter_count))
            yield LoggedAction(number, CriteriaAction(kind, filters, **dict(zip(OPTIONS, flags, strict=True))), line_no)


def _following(rows: list[tuple[Any, ...]], at: int, count: int) -> list[tuple[Any, ...]]:
    return rows[at + 1 : at + 1 + count]


def _filter(table: str, fields: str) -> TableFilter:
    return TableFilter(table, tuple(json.loads(fields).items()))


def append(con: Connection, log: Log, key: str, actions: Iterable[CriteriaAction]) -> None:
    """Write actions at the end of a log: a line for each, and one for each of its filters.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    log : Log
        Of which kind.
    key : str
        The worksheet's number, or the code.
    actions : iterable of CriteriaAction
        In the order in which they were done.
    """
    (last,) = first_row(con, f"SELECT coalesce(max(line_no), 0) FROM {log.table} WHERE {log.key} = ?", [key]) or (0,)
    lines = [line for action in actions for line in _lines(action)]
    for line_no, line in enumerate(lines, start=last + 1):
        con.execute(
            f"INSERT INTO {log.table} ({log.key}, line_no, {_COLUMNS}) VALUES ({_MARKS})", [key, line_no, *line]
        )


def _lines(action: CriteriaAction) -> Iterator[list[Any]]:
    flags = [getattr(action, name) for name in OPTIONS]
    yield ["action", action.kind, None, None, *flags, len(action.filters)]
    for each in action.filters:
        fields = json.dumps(dict(each.fields), ensure_ascii=False)
        yield ["filter", None, each.table, fields, *(False for _ in OPTIONS), 0]


def drop_from(con: Connection, log: Log, key: str, line_no: int = 0) -> None:
    """Delete the lines of a log from one on.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    log : Log
        Of which kind.
    key : str
        The worksheet's number, or the code.
    line_no : int, optional
        The first to go; all of them where absent.
    """
    con.execute(f"DELETE FROM {log.table} WHERE {log.key} = ? AND line_no >= ?", [key, line_no])
