"""Entries of the log in the store: found by number, with what belongs to them."""

# Names of columns come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipelines.schema import Table
from workbench.errors import NotFoundError, RuleError
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.store.tables import quoted

HIDDEN = ("attachment_no", "word_template_code", "sends_word_document_as_attachment", "delivered_at", "logged_by")


def read(con: Connection, table: Table, entry_no: int) -> dict[str, Any]:
    """Read one entry.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        Interactions with their custom fields.
    entry_no : int
        Its number.

    Returns
    -------
    dict of str to object
        By column; `contact_no`, `contact_name` and `contact_id` in front, what users do not see at the end.

    Raises
    ------
    NotFoundError
        When there is none of the number.
    """
    own = [name for name in table.by_name if name != "contact_no"]
    names = ("contact_no", "contact_name", "contact_id", *own, *HIDDEN)
    row = first_row(
        con,
        f"SELECT c.contact_no, c.name, i.contact_id, {', '.join(f'i.{quoted(name)}' for name in (*own, *HIDDEN))} "
        "FROM interaction i LEFT JOIN contact c USING (contact_id) WHERE i.entry_no = ?",
        [entry_no],
    )
    if row is None:
        raise missing(entry_no)
    return dict(zip(names, row, strict=True))


def chosen(con: Connection, entry_nos: Sequence[int], names: Sequence[str]) -> list[dict[str, Any]]:
    """Read some columns of some entries.

    Parameters
    ----------
    con : connection
        An open unit of work.
    entry_nos : sequence of int
        Their numbers.
    names : sequence of str
        The columns wanted beside `entry_no`.

    Returns
    -------
    list of dict
        One for each number, each once, in the order given.

    Raises
    ------
    NotFoundError
        When there is none of a number.
    RuleError
        When no number is given.
    """
    if not entry_nos:
        raise RuleError("No interaction is named.", "Give the number of one.")
    listed = ", ".join(map(quoted, ("entry_no", *names)))
    query = f"SELECT {listed} FROM interaction WHERE entry_no IN (SELECT unnest(?::BIGINT[]))"
    rows = con.execute(query, [list(entry_nos)]).fetchall()
    found = {row[0]: dict(zip(("entry_no", *names), row, strict=True)) for row in rows}
    for number in entry_nos:
        if number not in found:
            raise missing(number)
    return [found[number] for number in dict.fromkeys(entry_nos)]


def missing(entry_no: int) -> NotFoundError:
    """Say that there is no such entry.

    Parameters
    ----------
    entry_no : int
        The number asked for.

    Returns
    -------
    NotFoundError
        To be raised by the caller.
    """
    return NotFoundError(
        f"There is no interaction {entry_no}.", "See `workbench interaction list` for those there are."
    )


def file_name(con: Connection, attachment_no: int | None) -> str | None:
    """Tell how a file of the store is called.

    Parameters
    ----------
    con : connection
        An open unit of work.
    attachment_no : int or None
        Its number.

    Returns
    -------
    str or None
        None where there is no such file.
    """
    row = first_row(con, "SELECT file_name FROM attachment WHERE attachment_no = ?", [attachment_no])
    return None if row is None else str(row[0])


def comments(con: Connection, entry_no: int) -> pd.DataFrame:
    """List the comments on an entry.

    Parameters
    ----------
    con : connection
        An open unit of work.
    entry_no : int
        Its number.

    Returns
    -------
    pandas.DataFrame
        line_no, commented_on, comment, by number.
    """
    query = """
        SELECT line_no, commented_on, comment FROM interaction_comment
        WHERE interaction_entry_no = ? ORDER BY line_no
    """
    return tables.frame(con, query, [entry_no])


def add_comments(con: Connection, entry_no: int, texts: Sequence[str], commented_on: object) -> int:
    """Write comments behind those there are.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    entry_no : int
        The entry.
    texts : sequence of str
        What they say.
    commented_on : datetime.date
        Their day.

    Returns
    -------
    int
        The number of the last one; 0 where there is none.
    """
    last = last_comment(con, entry_no)
    for number, comment in enumerate(texts, 1):
        row = [entry_no, last + 10000 * number, commented_on, comment]
        con.execute("INSERT INTO interaction_comment VALUES (?, ?, ?, ?)", row)
    return last + 10000 * len(texts)


def last_comment(con: Connection, entry_no: int) -> int:
    """Tell the number of the last comment on an entry.

    Parameters
    ----------
    con : connection
        An open unit of work.
    entry_no : int
        The entry.

    Returns
    -------
    int
        0 where there is none; numbers go up in steps of 10,000.
    """
    query = "SELECT coalesce(max(line_no), 0) FROM interaction_comment WHERE interaction_entry_no = ?"
    (last,) = first_row(con, query, [entry_no]) or (0,)
    return int(last)


def delete_comments(con: Connection, entry_nos: Sequence[int], line_no: int | None = None) -> int:
    """Delete comments on entries.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    entry_nos : sequence of int
        The entries.
    line_no : int, optional
        The number of the one comment; all of them where absent.

    Returns
    -------
    int
        How many were deleted.
    """
    gone = con.execute(
        "DELETE FROM interaction_comment WHERE interaction_entry_no IN (SELECT unnest(?::BIGINT[])) "
        "AND line_no = coalesce(?, line_no) RETURNING 1",
        [list(entry_nos), line_no],
    )
    return len(gone.fetchall())
