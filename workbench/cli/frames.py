"""Frames as commands show them: a table to read, or JSON rows."""

from __future__ import annotations

import datetime as dt
import json as json_module  # `json` is the option
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console

from workbench.cli.options import print_json, print_rows, rows_width

if TYPE_CHECKING:
    import pandas as pd


_FEW = 4


def print_frame(frame: pd.DataFrame, *, json: bool = False, title: str = "") -> None:
    """Print a frame; one of few rows that is too wide has its fields one below the other, one of none is not shown.

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
    cells = _cells(frame)
    is_wide = rows_width([headings, *cells]) > Console().width
    if is_wide and not cells:
        print(f"{title}: none" if title else "None.")
        return
    if is_wide and len(cells) <= _FEW:
        first, *others = zip(headings, *cells, strict=True)
        headings, cells = [_text(first[0]), *(f">{_text(cell)}" for cell in first[1:])], [list(row) for row in others]
        cells = [[_text(name), *values] for name, *values in cells]
    print_rows(headings, cells, title)


def print_fitting(frame: pd.DataFrame) -> None:
    """Print a frame as a table where its headings and words fit side by side, else a line for each value.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its index is not shown; nor are values that are unknown, where each has a line.
    """
    cells = _cells(frame)
    if rows_width([list(frame.columns), *cells]) <= Console().width:
        print_frame(frame)
        return
    widest = max(len(name) for name in frame.columns)
    for number, row in enumerate(cells):
        if number:
            print()
        for name, cell in zip(frame.columns, row, strict=True):
            if cell != "":
                print(f"{name:{widest}}  {f'{cell:,}' if isinstance(cell, int) else cell}")


def _cells(frame: pd.DataFrame) -> list[list[Any]]:
    return [[_cell(value) for value in row] for row in frame.astype(object).where(frame.notna(), None).to_numpy()]


def _text(heading: Any) -> str:
    return str(heading).removeprefix(">")


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
