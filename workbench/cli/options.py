"""What every command understands: which store, which day, which form."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from workbench import config

# The workbench itself is imported by the commands that need it: help comes at once.
if TYPE_CHECKING:
    from workbench.bench import Workbench
    from workbench.segments.definition import Segment

Db = Annotated[
    str | None, typer.Option("--db", metavar="PATH", help="The store; else WORKBENCH_DB, else ./workbench.duckdb.")
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(
        "--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="The day to evaluate on; else the store's, else today."
    ),
]
CHECKS_FAILED = 16
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SegmentArgument = Annotated[str, typer.Argument(metavar="SEGMENT", help="A saved segment's name, or a YAML file.")]


def bench_on(db: str | None, *, create: bool = False) -> Workbench:
    """Open the store a command is about.

    Parameters
    ----------
    db : str or None
        The option.
    create : bool, optional
        Make the store when it does not exist; otherwise that is an error.

    Returns
    -------
    Workbench
        On a store that exists.
    """
    from workbench.bench import open_workbench

    return open_workbench(config.store_path(db), create=create)


def day_of(bench: Workbench, as_of: dt.datetime | None) -> dt.date:
    """Give the day a command evaluates on.

    Parameters
    ----------
    bench : Workbench
        The store, whose own day is the default.
    as_of : datetime.datetime or None
        The option.

    Returns
    -------
    datetime.date
        The day.
    """
    return as_of.date() if as_of is not None else bench.as_of()


def segment_of(bench: Workbench, argument: str) -> Segment:
    """Find the segment an argument means.

    Parameters
    ----------
    bench : Workbench
        Where segments are saved.
    argument : str
        A path that ends in .yaml or .yml, or the name of a saved segment.

    Returns
    -------
    Segment
        The definition.
    """
    from workbench.segments.definition import Segment

    if is_file(argument):
        return Segment.from_yaml(Path(argument))
    return bench.segments.get(argument)


def is_file(argument: str) -> bool:
    """Tell whether an argument means a file and not the name of a saved segment.

    Parameters
    ----------
    argument : str
        The argument.

    Returns
    -------
    bool
        True when it ends in .yaml or .yml, or such a file exists.
    """
    return argument.endswith((".yaml", ".yml")) or Path(argument).is_file()


def print_json(value: Any) -> None:
    """Print one JSON value.

    Parameters
    ----------
    value : object
        Plain values; dates and paths become text.
    """
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_rows(columns: list[str], rows: list[list[Any]], title: str = "") -> None:
    """Print a table; where words do not fit side by side it is wider than the terminal, for none is cut.

    Parameters
    ----------
    columns : list of str
        The headings; those that begin with ``>`` are aligned right.
    rows : list of list
        The cells.
    title : str, optional
        What the table is of.
    """
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    headings = [column.removeprefix(">") for column in columns]
    widths = _word_widths([headings, *rows])
    for column, heading, width in zip(columns, headings, widths, strict=True):
        table.add_column(heading, justify="right" if column.startswith(">") else "left", min_width=width)
    for row in rows:
        table.add_row(*map(_shown, row))
    Console(width=max(Console().width, rows_width([headings, *rows])), soft_wrap=True).print(table)


def rows_width(rows: list[list[Any]]) -> int:
    """Tell how wide a table is at least: it breaks its cells between words, and has two blanks between columns.

    Parameters
    ----------
    rows : list of list
        Headings and cells.

    Returns
    -------
    int
        In characters.
    """
    widths = _word_widths(rows)
    return sum(widths) + 2 * (len(widths) - 1)


def _word_widths(rows: list[list[Any]]) -> list[int]:
    columns = zip(*rows, strict=True)
    return [max(max(map(len, _shown(cell).split()), default=0) for cell in column) for column in columns]


def _shown(cell: Any) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a progress bar while work goes on, where stderr is a terminal; a log is left to what went wrong.

    Yields
    ------
    rich.progress.Progress
        To which tasks are added.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield bar
