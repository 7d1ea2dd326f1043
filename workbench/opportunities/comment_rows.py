"""Comments on opportunities in the store."""

from __future__ import annotations

import datetime as dt

from workbench.store import Connection
from workbench.store.connection import first_row

_NEXT = "SELECT coalesce(max(line_no), 0) + 10000 FROM opportunity_comment WHERE opportunity_no = ?"


def next_line(con: Connection, opportunity_no: str) -> int:
    """Give the number of the next comment.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        The opportunity.

    Returns
    -------
    int
        Numbers go up in steps of 10000.
    """
    (line_no,) = first_row(con, _NEXT, [opportunity_no]) or (10000,)
    return int(line_no)


def add(con: Connection, opportunity_no: str, comment: str, commented_on: dt.date | None) -> None:
    """Write a comment.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    opportunity_no : str
        The opportunity.
    comment : str
        The text.
    commented_on : datetime.date or None
        Its day.
    """
    row = [opportunity_no, next_line(con, opportunity_no), commented_on, comment]
    con.execute("INSERT INTO opportunity_comment VALUES (?, ?, ?, ?)", row)


def text(con: Connection, opportunity_no: str, line_no: int) -> str | None:
    """Read a comment.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        The opportunity.
    line_no : int
        The number of the comment.

    Returns
    -------
    str or None
        None where there is none.
    """
    query = "SELECT comment FROM opportunity_comment WHERE opportunity_no = ? AND line_no = ?"
    row = first_row(con, query, [opportunity_no, line_no])
    return None if row is None else str(row[0])
