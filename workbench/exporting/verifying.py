"""The file against the rows, cell by cell, before anybody hears of success."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from pipelines.schema import Column
from workbench.errors import ExportError
from workbench.exporting.rows import BATCH_ROWS, Rows

# Gives cells of a file the type of their column; raises ValueError or TypeError for one that is not of it.
Parse = Callable[[Sequence[Any], Column], pa.Array]

_HINT = "No file was kept; export again, and report this if it happens twice."


def pieces(lines: Iterator[Sequence[Any]], names: Sequence[str], rows: Rows, parse: Parse) -> Iterator[pa.RecordBatch]:
    """Gather lines of a file and give their cells types.

    Parameters
    ----------
    lines : iterator of sequence
        The cells of each line below the header.
    names : sequence of str
        The header.
    rows : Rows
        What the file should hold.
    parse : callable
        Makes a typed array of some cells of a column.

    Yields
    ------
    pyarrow.RecordBatch
        At most `rows.BATCH_ROWS` rows each; one without rows for a file with a header only.

    Raises
    ------
    ExportError
        When the header or a line does not have one cell per column, or a cell is not a value of its column.
    """
    done, width = 0, len(rows.columns)
    while True:
        batch = list(islice(lines, BATCH_ROWS))
        if any(len(line) != width for line in (names, *batch)):
            raise ExportError(f"The file reads back with lines that do not have {width} cells each.", _HINT)
        by_column = zip(*batch, strict=True) if batch else [()] * width
        arrays = [_parsed(cells, rows, i, done, parse) for i, cells in enumerate(by_column)]
        yield pa.RecordBatch.from_arrays(arrays, names=names)
        done += len(batch)
        if len(batch) < BATCH_ROWS:
            return


def verify(rows: Rows, found: Iterator[pa.RecordBatch], advance: Callable[[int], None]) -> None:
    """Compare what a file holds with what was to be written.

    Parameters
    ----------
    rows : Rows
        What was to be written.
    found : iterator of pyarrow.RecordBatch
        What the reader of the format finds, in pieces.
    advance : callable
        Told the rows compared.

    Raises
    ------
    ExportError
        At the first cell that differs, with its row and column; also for other names, fewer or more rows.
    """
    done = 0
    for piece in found:
        _compare(rows, done, piece)
        done += piece.num_rows
        advance(piece.num_rows)
    if done != len(rows):
        raise ExportError(f"The file reads back with {done} rows where {len(rows)} were to be written.", _HINT)


def unreadable(error: Exception) -> ExportError:
    """Make the error for a file that its reader does not take.

    Parameters
    ----------
    error : Exception
        What the reader raised.

    Returns
    -------
    ExportError
        To be raised.
    """
    return ExportError(f"The file cannot be read back: {error}.", _HINT)


def _parsed(cells: Sequence[Any], rows: Rows, place: int, start: int, parse: Parse) -> pa.Array:
    column = rows.columns[place]
    try:
        return parse(cells, column)
    except (ValueError, TypeError):
        position = next((i for i, cell in enumerate(cells) if not _is_value(cell, column, parse)), 0)
        raise _differs(rows, start + position, column.name, cells[position]) from None


def _is_value(cell: object, column: Column, parse: Parse) -> bool:
    try:
        parse([cell], column)
    except (ValueError, TypeError):
        return False
    return True


def _compare(rows: Rows, start: int, piece: pa.RecordBatch) -> None:
    expected = rows.cells.slice(start, piece.num_rows)
    found, wanted = piece.schema.names, expected.schema.names
    if found != wanted:
        raise ExportError(f"The header reads back as {found} where {wanted} was to be written.", _HINT)
    if expected.num_rows < piece.num_rows:
        raise _too_many(rows)
    for name in wanted:
        if not expected[name].equals(piece[name]):
            pairs = zip(expected[name].to_pylist(), piece[name].to_pylist(), strict=True)
            position, cell = next((i, read) for i, (written, read) in enumerate(pairs) if written != read)
            raise _differs(rows, start + position, name, cell)


def _differs(rows: Rows, position: int, name: str, found: object) -> ExportError:
    if position >= len(rows):
        return _too_many(rows)
    wanted = rows.cells[name][position].as_py()
    return ExportError(
        f'The file does not read back as written: {rows.row_name(position)}, column "{name}" holds '
        f"{_short(found)} where {_short(wanted)} was to be written.",
        _HINT,
    )


def _too_many(rows: Rows) -> ExportError:
    return ExportError(f"The file reads back with more than the {len(rows)} rows to be written.", _HINT)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:97]}..."
