"""Text files, cell by cell and as text: comma, semicolon, tab or pipe between the cells."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from workbench.errors import SourceError
from workbench.sources.dialects import SAMPLE, FileBytes, delimiter_of, examined
from workbench.sources.options import READ, Options, share_done
from workbench.sources.plain_texts import known_rows, read_plain
from workbench.sources.raw_table import MisshapenRow, RawTable, named_headers
from workbench.sources.records import numbered

CHUNK = 100_000

_OTHER_FORMATS = (
    (b"PK\x03\x04", "a workbook or archive"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old or locked workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
)
_WEB_PAGE = re.compile(rb"\A(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|\?xml)\b", re.IGNORECASE)

# A cell may be as long as it likes; the module's own limit would make a long letter an exception.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read_text(path: Path, options: Options) -> RawTable:
    """Read a text file into text columns.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    options : Options
        Encoding, delimiter, header row, progress.

    Returns
    -------
    RawTable
        Every cell as it is written; quotation marks resolved, quoted line ends kept.

    Raises
    ------
    SourceError
        When the file is empty, is no text, or is not in the encoding given.
    """
    seen = examined(path, options.encoding)
    if not seen.size:
        raise SourceError(f"{path.name} is empty.", "The first row must name the columns.")
    _refuse_other_formats(path)
    try:
        return _read(path, seen, options)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path.name} is not written in {seen.encoding}: byte {error.start} cannot be read.",
            'Give another encoding, for example encoding="cp1252".',
        ) from None


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
    if _WEB_PAGE.match(head):
        raise SourceError(
            f"{path.name} is not text but a web page (HTML or XML).",
            "Open it in a spreadsheet program and save it as CSV (UTF-8) or XLSX.",
        )
    for mark, name in _OTHER_FORMATS:
        if head.startswith(mark):
            raise SourceError(
                f"{path.name} is not text but {name}.", "Give the file its proper ending, or save it as CSV."
            )


def _read(path: Path, seen: FileBytes, options: Options) -> RawTable:
    with path.open(encoding=seen.encoding, errors=seen.errors, newline="") as file:
        sample = file.read(SAMPLE)
    delimiter = options.delimiter or delimiter_of(sample, path.suffix.lower())
    is_first = options.header_row in (None, 1) and not _names_delimiter(sample)
    plain = read_plain(path, seen, delimiter, _teller(seen, options)) if is_first else None
    read = _read_carefully(path, seen, options, delimiter) if plain is None else _laid_out(path, seen, plain, delimiter)
    return replace(read, sha256=seen.sha256, encoding=seen.encoding, delimiter=delimiter, notes=seen.notes)


def _names_delimiter(sample: str) -> bool:
    return sample[:4].lower() == "sep="


def _teller(seen: FileBytes, options: Options) -> Callable[[int], None]:
    def tell(rows: int) -> None:
        part = min(1.0, rows / seen.line_count)
        options.progress(share_done(seen.line_count, READ, part), seen.line_count)

    return tell


def _laid_out(path: Path, seen: FileBytes, columns: list[pa.ChunkedArray], delimiter: str) -> RawTable:
    with path.open(encoding=seen.encoding, newline="") as file:
        headers = _headers(numbered([file.readline()], delimiter, []), path.name, None)
    known = known_rows(columns)
    kept = columns if known.all() else [column.filter(pa.array(known)) for column in columns]
    return RawTable(path.name, "text", headers, tuple(kept), np.flatnonzero(known) + 2, (), "")


def _read_carefully(path: Path, seen: FileBytes, options: Options, delimiter: str) -> RawTable:
    tell = _teller(seen, options)
    with path.open(encoding=seen.encoding, errors=seen.errors, newline="") as file:
        if _names_delimiter(file.read(4)):
            file.readline()
        else:
            file.seek(0)
        stray: list[MisshapenRow] = []
        rows = numbered(file, delimiter, stray)
        headers = _headers(rows, path.name, options.header_row)
        parts = _Parts(len(headers))
        while chunk := list(islice(rows, CHUNK)):
            parts.take(chunk)
            tell(chunk[-1][0])
    return RawTable(path.name, "text", headers, parts.columns(), parts.row_numbers(), (*parts.misshapen, *stray), "")


def _headers(rows: Iterator[tuple[int, list[str]]], name: str, wanted: int | None) -> tuple[str, ...]:
    for number, cells in rows:
        if wanted is None or number == wanted:
            return named_headers(list(cells), name)
        if number > wanted:
            break
    raise SourceError(
        f"{name} has no row {wanted}." if wanted else f"{name} has no header row.",
        "The header row must name the columns.",
    )


class _Parts:
    """Columns gathered chunk by chunk, rows of another width put aside."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.misshapen: list[MisshapenRow] = []
        self._numbers: list[np.ndarray] = []
        self._chunks: list[list[pa.Array]] = [[] for _ in range(width)]

    def take(self, chunk: list[tuple[int, list[str]]]) -> None:
        shaped = [row for row in chunk if len(row[1]) == self.width]
        if len(shaped) < len(chunk):
            self.misshapen += [self._misshapen(*row) for row in chunk if len(row[1]) != self.width]
        if shaped:
            numbers, rows = zip(*shaped, strict=True)
            self._numbers.append(np.array(numbers, dtype="int64"))
            for place, cells in enumerate(zip(*rows, strict=True)):
                self._chunks[place].append(pa.array(cells, pa.string()))

    def _misshapen(self, number: int, cells: list[str]) -> MisshapenRow:
        return MisshapenRow(number, tuple(cells), f"the row has {len(cells)} cells where the header has {self.width}")

    def columns(self) -> tuple[pa.ChunkedArray, ...]:
        return tuple(pa.chunked_array(chunks, pa.string()) for chunks in self._chunks)

    def row_numbers(self) -> np.ndarray:
        return np.concatenate(self._numbers) if self._numbers else np.empty(0, dtype="int64")
