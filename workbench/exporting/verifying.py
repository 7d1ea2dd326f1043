"""The file against the rows, cell by cell, before anybody hears of success."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from workbench.errors import ExportError
from workbench.exporting.cell_text import UnreadableCellError
from workbench.exporting.progress import Advance
from workbench.exporting.rows import Rows

_HINT = "No file was kept; export again, and report this if it happens twice."


def verify(rows: Rows, found: Iterator[pa.Table], advance: Advance) -> None:
    """Compare what a file holds with what was to be written.

    Parameters
    ----------
    rows : Rows
        What was to be written.
    found : iterator of pyarrow.Table
        What the reader of the format finds, in pieces.
    advance : Advance
        Told the rows compared.

    Raises
    ------
    ExportError
        At the first cell that differs, with its row and column; also for other names, fewer or more rows.
    """
    done = 0
    try:
        for piece in found:
            _compare(rows, done, piece)
            done += piece.num_rows
            advance.by(piece.num_rows)
    except UnreadableCellError as cell:
        raise _differs(rows, done + cell.position, cell.column, cell.text) from None
    if done != len(rows):
        raise ExportError(
            f"The file reads back with {done} rows where {len(rows)} were to be written.", _HINT
        )


def differing_shape(columns: int) -> ExportError:
    """Make the error for a file whose lines do not have one cell per column.

    Parameters
    ----------
    columns : int
        How many cells each line should have.

    Returns
    -------
    ExportError
        To be raised.
    """
    return ExportError(f"The file reads back with lines that do not have {columns} cells each.", _HINT)


def _compare(rows: Rows, start: int, piece: pa.Table) -> None:
    expected = rows.cells.slice(start, piece.num_rows)
    if piece.column_names != expected.column_names:
        raise ExportError(
            f"The header reads back as {piece.column_names} where {expected.column_names} was to be written.",
            _HINT,
        )
    if expected.num_rows < piece.num_rows:
        raise ExportError(f"The file reads back with more than the {len(rows)} rows to be written.", _HINT)
    for name in expected.column_names:
        if not expected[name].equals(piece[name]):
            _raise_first(rows, start, name, expected[name], piece[name])


def _raise_first(
    rows: Rows, start: int, name: str, expected: pa.ChunkedArray, found: pa.ChunkedArray
) -> None:
    pairs = zip(expected.to_pylist(), found.to_pylist(), strict=True)
    position, value = next((i, read) for i, (wanted, read) in enumerate(pairs) if wanted != read)
    raise _differs(rows, start + position, name, value)


def _differs(rows: Rows, position: int, name: str, found: object) -> ExportError:
    if position >= len(rows):
        return ExportError(f"The file reads back with more than the {len(rows)} rows to be written.", _HINT)
    wanted = rows.cells[name][position].as_py()
    return ExportError(
        f'The file does not read back as written: {rows.row_name(position)}, column "{name}" holds '
        f"{_short(found)} where {_short(wanted)} was to be written.",
        _HINT,
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:97]}..."
