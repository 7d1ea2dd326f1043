"""Number series in the store: read, written, and asked for numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from pipelines import number_series
from pipelines.number_series import Given, Line
from workbench.errors import NotFoundError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row

_COLUMNS = ", ".join(item.name for item in fields(Line))


@dataclass(frozen=True)
class Series:
    """A number series (table 308).

    Attributes
    ----------
    code, description : str
        How it is called.
    is_default : bool
        Whether numbers are given where nobody types one.
    is_manual : bool
        Whether numbers may be typed.
    is_date_order : bool
        Whether numbers follow the days they are for.
    lines : tuple of Line
        By line number.
    related : tuple of str
        Codes of series that may be used in its place.
    """

    code: str
    description: str = ""
    is_default: bool = True
    is_manual: bool = False
    is_date_order: bool = False
    lines: tuple[Line, ...] = ()
    related: tuple[str, ...] = ()


def codes(con: Connection) -> list[str]:
    """List the codes of all series.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of str
        In order.
    """
    return [code for (code,) in con.execute("SELECT series_code FROM number_series ORDER BY 1").fetchall()]


def found(con: Connection, code: str) -> Series:
    """Read a series with its lines.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The series.

    Returns
    -------
    Series
        As it is now.

    Raises
    ------
    NotFoundError
        When there is none of the code.
    """
    row = first_row(
        con,
        "SELECT series_code, coalesce(description, ''), is_default, is_manual, is_date_order "
        "FROM number_series WHERE series_code = ?",
        [code],
    )
    if row is None:
        raise NotFoundError(f'There is no number series "{code}".', nearest(code, codes(con)))
    lines = con.execute(
        f"SELECT {_COLUMNS} FROM number_series_line WHERE series_code = ? ORDER BY line_no",  # noqa: S608
        [code],
    ).fetchall()
    related = con.execute(
        "SELECT related_code FROM number_series_relationship WHERE series_code = ? ORDER BY 1", [code]
    ).fetchall()
    code, description, is_default, is_manual, is_date_order = row
    return Series(
        code,
        description,
        is_default,
        is_manual,
        is_date_order,
        tuple(Line(*line) for line in lines),
        tuple(one for (one,) in related),
    )


def write_lines(con: Connection, code: str, lines: Iterable[Line]) -> None:
    """Write lines of a series, each in the place of the one with its number.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    code : str
        The series.
    lines : iterable of Line
        As they are to be.
    """
    for line in lines:
        con.execute("DELETE FROM number_series_line WHERE series_code = ? AND line_no = ?", [code, line.line_no])
        con.execute(
            f"INSERT INTO number_series_line (series_code, {_COLUMNS}) "  # noqa: S608 - names of our own class
            f"VALUES (?, {', '.join('?' for _ in fields(Line))})",
            [code, *astuple(line)],
        )


def peeked(con: Connection, code: str, on: dt.date) -> Given:
    """Tell the next number of a series without using it.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The series.
    on : datetime.date
        The day it would be for.

    Returns
    -------
    Given
        The number, and whether it is one to be warned of.

    Raises
    ------
    NotFoundError
        When there is no such series.
    RuleError
        When it has no number.
    """
    series = found(con, code)
    return number_series.next_number(code, series.lines, on, series.is_date_order)


def used(con: Connection, code: str, on: dt.date) -> Given:
    """Take the next number of a series.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    code : str
        The series.
    on : datetime.date
        The day it is for.

    Returns
    -------
    Given
        The number, and whether it is one to be warned of.

    Raises
    ------
    NotFoundError
        When there is no such series.
    RuleError
        When it has no number.
    """
    given = peeked(con, code, on)
    write_lines(con, code, [given.line])
    return given
