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

from pipelines.schema import Column, FieldType
from workbench.exporting.cell_text import UnreadableCellError, cells_of
from workbench.exporting.rows import BATCH_ROWS
from workbench.exporting.sheet_dates import day_of, instant_of
from workbench.exporting.typed_cells import ARROW_TYPE
from workbench.exporting.verifying import differing_shape

_SHEET = "xl/worksheets/sheet1.xml"
_BLOCK_BYTES = 1 << 20
_ESCAPE = re.compile("_x([0-9A-F]{4})_")

Cell = tuple[str, str]  # its kind as the sheet names it, its text


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
    parser = _SheetParser(len(columns))
    names: list[str] | None = None
    with zipfile.ZipFile(path) as book, book.open(_SHEET) as sheet:
        for lines in parser.batches(sheet.read):
            if names is None and lines:
                names = [_text(cell) if cell else "" for cell in lines.pop(0)]
            yield pa.Table.from_arrays(_arrays(lines, columns), names=names or [])


class _SheetParser:
    """Gathers the cells of each row; a row or cell that is absent from the XML is unknown."""

    def __init__(self, width: int) -> None:
        self._positions = {_letters(position): position for position in range(width)}
        self._width = width
        self._lines: list[list[Cell | None]] = []
        self._expected = 1
        self._cell: dict[str, str] = {}
        self._parts: list[str] = []

    def batches(self, read: Callable[[int], bytes]) -> Iterator[list[list[Cell | None]]]:
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
        for _ in range(self._expected, number + 1):
            self._lines.append([None] * self._width)
        self._expected = number + 1

    def _end(self, name: str) -> None:
        if name == "f":
            self._cell["t"] = "formula"
        elif name == "c":
            position = self._positions.get(self._cell["r"].rstrip("0123456789"))
            if position is None:
                raise differing_shape(self._width)
            if self._parts or "t" in self._cell:
                self._lines[-1][position] = (self._cell.get("t", "n"), "".join(self._parts))


def _letters(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _arrays(lines: list[list[Cell | None]], columns: Sequence[Column]) -> list[pa.Array]:
    by_column = zip(*lines, strict=True) if lines else [()] * len(columns)
    return [_typed(cells, column) for cells, column in zip(by_column, columns, strict=True)]


def _typed(cells: Sequence[Cell | None], column: Column) -> pa.Array:
    read = _READ[column.type]
    values: list[object] = []
    for position, cell in enumerate(cells):
        try:
            values.append(None if cell is None else read(cell))
        except ValueError:
            raise UnreadableCellError(position, column.name, "".join(cell[1:] if cell else ())) from None
    if column.type in _BY_TEXT:
        return cells_of(pa.array(values, pa.large_string()), column)
    return pa.array(values, _STORED.get(column.type, ARROW_TYPE[column.type])).cast(ARROW_TYPE[column.type])


def _text(cell: Cell) -> str:
    if cell[0] != "inlineStr":
        raise ValueError("not a text cell")
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cell[1]) if "_x" in cell[1] else cell[1]


def _number(cell: Cell) -> str:
    if cell[0] != "n":
        raise ValueError("not a number cell")
    return cell[1]


def _boolean(cell: Cell) -> bool:
    if cell not in (("b", "0"), ("b", "1")):
        raise ValueError("not a boolean cell")
    return cell[1] == "1"


def _day(cell: Cell) -> int:
    if cell[0] == "inlineStr":
        return int(pa.scalar(cell[1]).cast(pa.date32()).cast(pa.int32()).as_py())
    return day_of(float(_number(cell)))


def _instant(cell: Cell) -> int:
    if cell[0] == "inlineStr":
        return int(pa.scalar(cell[1]).cast(ARROW_TYPE[FieldType.TIMESTAMP]).cast(pa.int64()).as_py())
    return instant_of(float(_number(cell)))


_BY_TEXT = {FieldType.TEXT, FieldType.MANY, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER}
_STORED = {FieldType.DATE: pa.int32(), FieldType.TIMESTAMP: pa.int64()}
_READ: dict[FieldType, Callable[[Cell], object]] = {
    FieldType.TEXT: _text,
    FieldType.MANY: _text,
    FieldType.NUMBER: _number,
    FieldType.AMOUNT: _number,
    FieldType.INTEGER: _number,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATE: _day,
    FieldType.TIMESTAMP: _instant,
}
