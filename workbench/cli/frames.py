"""Frames as commands show them: a table to read, or JSON rows."""

from __future__ import annotations

import datetime as dt
import json as json_module  # `json` is the option
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console

from workbench.cli.options import print_json, print_rows

if TYPE_CHECKING:
    import pandas as pd


def print_frame(frame: pd.DataFrame, *, json: bool = False, title: str = "") -> None:
    """Print a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its index is not shown.
    json : bool, optional
        Print an array of objects instead of a table.
    title : str, optional
        What the table is of.
    """
    if json:
        print_json(records(frame))
        return
    headings = [f">{name}" if frame[name].dtype.kind in "iuf" else str(name) for name in frame.columns]
    known = frame.astype(object).where(frame.notna(), None)
    print_rows(headings, [[_cell(value) for value in row] for row in known.to_numpy()], title)


def print_fitting(frame: pd.DataFrame) -> None:
    """Print a frame as a table where its headings and words fit side by side, else a line for each value.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its index is not shown; nor are values that are unknown, where each has a line.
    """
    cells = [[_cell(value) for value in row] for row in frame.astype(object).where(frame.notna(), None).to_numpy()]
    if _width([list(frame.columns), *cells]) <= Console().width:
        print_frame(frame)
        return
    widest = max(len(name) for name in frame.columns)
    for number, row in enumerate(cells):
        if number:
            print()
        for name, cell in zip(frame.columns, row, strict=True):
            if cell != "":
                print(f"{name:{widest}}  {f'{cell:,}' if isinstance(cell, int) else cell}")


def _width(rows: list[list[Any]]) -> int:
    """A table breaks its cells between words, and has two blanks between columns."""
    words = [max(max(map(len, str(cell).split()), default=0) for cell in column) for column in zip(*rows, strict=True)]
    return sum(words) + 2 * (len(words) - 1)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as JSON values.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows.

    Returns
    -------
    list of dict
        Days as 2017-05-31, instants with their time and zone, what is unknown as None.
    """
    plain = frame.copy()
    for name in frame.select_dtypes("datetime64"):
        plain[name] = frame[name].dt.strftime("%Y-%m-%d")
    rows: list[dict[str, Any]] = json_module.loads(plain.to_json(orient="records", date_format="iso"))
    return rows


def record(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of one row as JSON values.

    Parameters
    ----------
    values : mapping of str to object
        As they stand in a frame.

    Returns
    -------
    dict
        As `records` gives each row.
    """
    import pandas as pd

    return records(pd.DataFrame([dict(values)]))[0]


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
        case float():
            return f"{value:,.4f}".rstrip("0").rstrip(".")
        case dt.datetime():
            return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return value
