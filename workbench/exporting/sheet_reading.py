"""Reads the sheet of an exported workbook again, straight from its XML, one batch of rows at a time.

The library that writes workbooks has no part in it: the file is unzipped and parsed by the standard
library. Formulas, links and shared texts never stand in our files and are refused as unreadable.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.parsers import expat

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType
from workbench.exporting.cell_text import UnreadableCellError, cells_of
from workbench.exporting.rows import BATCH_ROWS
from workbench.exporting.sheet_dates import days_of, instants_of
from workbench.exporting.sheet_rows import letters
from workbench.exporting.verifying import differing_shape

SHEET = "xl/worksheets/sheet1.xml"
_BLOCK_BYTES = 1 << 20
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT, _NUMBER, _BOOLEAN = "inlineStr", "n", "b"  # kinds of cells as the sheet names them

Cell = str | None
Lines = list[list[Cell]]


class _Foreign(str):
    """The text of a cell of a kind that its column does not admit."""

    __slots__ = ()


def read_sheet(path: Path, columns: Sequence[Column]) -> Iterator[pa.Table]:
    """Read the first sheet of a workbook.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    columns : sequence of Column
        What its columns should be.

    Yields
    ------
    pyarrow.Table
        Its rows in pieces, under the names in its header.

    Raises
    ------
    ExportError
        When a cell stands outside the columns.
    UnreadableCellError
        When a cell is not a value of its column.
    """
    parser = _SheetParser([_KINDS[column.type] for column in columns])
    names: list[str] | None = None
    with zipfile.ZipFile(path) as book, book.open(SHEET) as sheet:
        for lines in parser.batches(sheet.read):
            if names is None:
                names = [_unescaped(name or "") for name in lines.pop(0)] if lines else []
            yield pa.Table.from_arrays(_arrays(lines, columns), names=names)


class _SheetParser:
    """Gathers the cells of each row; a row or cell that is absent from the XML is unknown."""

    def __init__(self, kinds: Sequence[tuple[str, ...]]) -> None:
        self._kinds = kinds
        self._positions = {letters(position): position for position in range(len(kinds))}
        self._lines: Lines = []
        self._rows = 0
        self._cell: dict[str, str] = {}
        self._parts: list[str] = []

    def batches(self, read: Callable[[int], bytes]) -> Iterator[Lines]:
        """Feed the parser block by block and hand over the rows it has completed."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._parts.append
        while block := read(_BLOCK_BYTES):
            parser.Parse(block, False)
            if len(self._lines) > BATCH_ROWS:
                last = self._lines.pop()  # may still be without its last cells
                yield self._lines
                self._lines = [last]
        parser.Parse(b"", True)
        yield self._lines

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell = attributes
            self._parts.clear()
        elif name == "row":
            self._open_row(int(attributes["r"]))

    def _open_row(self, number: int) -> None:
        for _ in range(self._rows, number):
            self._lines.append([None] * len(self._kinds))
        self._rows = number

    def _end(self, name: str) -> None:
        if name == "c" and (self._parts or "t" in self._cell):
            position = self._positions.get(self._cell["r"].rstrip("0123456789"))
            if position is None:
                raise differing_shape(len(self._kinds))
            admitted = self._rows == 1 or self._cell.get("t", _NUMBER) in self._kinds[position]
            text = "".join(self._parts)
            self._lines[-1][position] = text if admitted else _Foreign(text)
        elif name == "f":
            self._cell["t"] = "formula"


def _arrays(lines: Lines, columns: Sequence[Column]) -> list[pa.Array]:
    by_column = zip(*lines, strict=True) if lines else [()] * len(columns)
    return [_typed(cells, column) for cells, column in zip(by_column, columns, strict=True)]


def _typed(cells: Sequence[Cell], column: Column) -> pa.Array:
    for position, cell in enumerate(cells):
        if type(cell) is _Foreign:
            raise UnreadableCellError(position, column.name, cell)
    texts = pa.array(cells, pa.large_string())
    if column.type in (FieldType.DATE, FieldType.TIMESTAMP):
        return _dated(texts, column)
    if column.type in (FieldType.TEXT, FieldType.MANY) and pc.any(pc.match_substring(texts, "_x")).as_py():
        texts = pa.array([cell and _unescaped(cell) for cell in cells], pa.large_string())
    return cells_of(texts, column)


def _dated(texts: pa.Array, column: Column) -> pa.Array:
    """Read serial numbers, and ISO text where days have no serial number that all agree on."""
    is_text = pc.match_substring(texts, "-")
    unknown = pa.scalar(None, texts.type)
    written = cells_of(pc.if_else(is_text, texts, unknown), column)
    serials = cells_of(
        pc.if_else(is_text, unknown, texts), Column(column.name, FieldType.NUMBER, column.meaning)
    )
    numbered = days_of(serials) if column.type is FieldType.DATE else instants_of(serials)
    return pc.coalesce(written, numbered)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


_KINDS = {
    FieldType.TEXT: (_TEXT,),
    FieldType.MANY: (_TEXT,),
    FieldType.NUMBER: (_NUMBER,),
    FieldType.AMOUNT: (_NUMBER,),
    FieldType.INTEGER: (_NUMBER,),
    FieldType.BOOLEAN: (_BOOLEAN,),
    FieldType.DATE: (_NUMBER, _TEXT),
    FieldType.TIMESTAMP: (_NUMBER, _TEXT),
}
