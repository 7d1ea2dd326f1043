"""Frames as commands show them: a table to read, or JSON rows."""

from __future__ import annotations

import datetime as dt
import json as json_module  # `json` is the option
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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
