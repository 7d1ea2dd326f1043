"""Text files without surprises, read at full speed: UTF-8, a row a line, every row as wide as the header.

Whatever does not fit is left to the careful reader; where both read a file, they give the same.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from workbench.sources.dialects import FileBytes
from workbench.sources.raw_table import MisshapenRow
from workbench.sources.records import numbered

Told = Callable[[int], None]

_BLOCK = 4 << 20
_TAIL = 1 << 16


def read_plain(path: Path, seen: FileBytes, delimiter: str, told: Told) -> list[pa.ChunkedArray] | None:
    """Read the rows below the header.

    Parameters
    ----------
    path : pathlib.Path
        The file; its first line is the header.
    seen : FileBytes
        What its bytes tell.
    delimiter : str
        The sign between the cells.
    told : callable
        Told after each block how many rows there are so far.

    Returns
    -------
    list of pyarrow.ChunkedArray or None
        The columns, one row for each line; None when the file is not so plain.
    """
    width = _width(path, seen, delimiter)
    if width is None:
        return None
    try:
        batches = _batches(path, width, delimiter, told)
    except pa.ArrowInvalid:  # ragged rows, a quotation mark that is never closed, a cell larger than a block
        return None
    table = pa.Table.from_batches(batches) if batches else None
    # A line more than rows means line ends in cells.
    if table is None or table.num_rows + 1 != seen.line_count or not _ends_closed(path, delimiter):
        return None
    return list(table.columns)


def _ends_closed(path: Path, delimiter: str) -> bool:
    """Whether the last row needs no further line; Arrow takes the end of the file for its quotation mark."""
    with path.open("rb") as file:
        file.seek(-min(_TAIL, file.seek(0, 2)), 2)
        _, sign, line = file.read().rstrip(b"\r\n").rpartition(b"\n")
    stray: list[MisshapenRow] = []
    list(numbered([line.decode("utf-8", "replace") + "\n"], delimiter, stray))
    return bool(sign) and not stray


def _width(path: Path, seen: FileBytes, delimiter: str) -> int | None:
    """Cells of the header, unless it goes on in the next line; only rows as wide as it are plain."""
    is_utf8 = seen.encoding in ("utf-8", "utf-8-sig") and seen.errors == "strict"
    if not is_utf8 or seen.has_other_line_ends or not delimiter.isascii():
        return None
    with path.open(encoding=seen.encoding, newline="") as file:
        line = file.readline()
    cells = next(csv.reader([line], delimiter=delimiter), [])
    is_one_line = line.endswith(("\n", "\r")) and not any("\n" in cell or "\r" in cell for cell in cells)
    return len(cells) if is_one_line and any(cells) and line.count('"') % 2 == 0 else None


def _batches(path: Path, width: int, delimiter: str, told: Told) -> list[pa.RecordBatch]:
    names = [str(place) for place in range(width)]
    reader = arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1, block_size=_BLOCK),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    batches, rows = [], 0
    for batch in reader:
        batches.append(batch)
        rows += batch.num_rows
        told(rows)
    return batches


def known_rows(columns: list[pa.ChunkedArray]) -> np.ndarray:
    """Tell which rows have anything in them.

    Parameters
    ----------
    columns : list of pyarrow.ChunkedArray
        Texts.

    Returns
    -------
    numpy.ndarray of bool
        False where all cells are blank.
    """
    known = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        known |= np.asarray(pc.not_equal(column, ""))
        if known.all():
            break
    return known
