"""XLSX: one sheet of typed cells, the header frozen; text is text whatever it looks like, never a formula.

Numbers of contacts, telephones and all other text are text cells, so leading zeros stay and nothing is
evaluated. Numbers, amounts, dates and booleans are typed; instants are UTC date-times. Days before March
1900, on which spreadsheets disagree, are ISO text. Unknown is no cell.

XlsxWriter writes, calamine reads back. A million rows of ten columns take minutes.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from pipelines.schema import Column, FieldType
from workbench import clock
from workbench.exporting.cell_text import cells_of, texts_of
from workbench.exporting.file_format import Advance, FileFormat
from workbench.exporting.rows import Rows
from workbench.exporting.sheet_limits import refuse_beyond_sheet
from workbench.exporting.typed_cells import ARROW_TYPE
from workbench.exporting.verifying import pieces, unreadable

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}
_LOOK = {
    FieldType.TEXT: ("@", 20),
    FieldType.MANY: ("@", 20),
    FieldType.NUMBER: ("General", 10),
    FieldType.AMOUNT: ("#,##0.00##", 13),
    FieldType.INTEGER: ("General", 10),
    FieldType.BOOLEAN: ("General", 10),
    FieldType.DATE: ("yyyy-mm-dd", 11),
    FieldType.TIMESTAMP: ("yyyy-mm-dd hh:mm:ss", 19),
}
_FIRST_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001  spreadsheets know no zones


class XlsxFile(FileFormat):
    """One sheet of a workbook."""

    name = "xlsx"
    ending = ".xlsx"

    @property
    def layout(self) -> dict[str, str]:
        """What a reader must know to read the file: that instants are in UTC."""
        return {"time_zone": "UTC"}

    def held(self, rows: Rows) -> Rows:
        """Say what a sheet keeps of rows: 16 digits of a number and the milliseconds of an instant.

        Parameters
        ----------
        rows : Rows
            What is to be exported.

        Returns
        -------
        Rows
            With numbers and instants cut to that. Spreadsheets themselves reckon with 15 digits.

        Raises
        ------
        ExportError
            For too many rows or columns, a text or number that a cell cannot hold.
        """
        refuse_beyond_sheet(rows)
        cells = [_kept(rows.cells[column.name], column) for column in rows.columns]
        return Rows(rows.columns, pa.RecordBatch.from_arrays(cells, names=rows.cells.schema.names))

    def write(self, path: Path, rows: Rows, advance: Advance) -> None:
        try:
            with (
                tempfile.TemporaryDirectory() as folder,
                Workbook(path, {**_OPTIONS, "tmpdir": folder}) as book,
            ):
                book.set_properties({"created": clock.now()})
                _fill(book, rows, advance)
        except FileCreateError as error:
            raise error.args[0] from None  # the error of the system that XlsxWriter wraps

    def read(self, path: Path, rows: Rows) -> Iterator[pa.RecordBatch]:
        try:
            with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
                sheet = book.get_sheet_by_index(0)
                lines = sheet.iter_rows()
                names = [str(name) for name in next(lines, [])]
                # The reader leaves out rows at the end in which everything is unknown.
                unknown = repeat([""] * len(names), len(rows) + 1 - sheet.height)
                yield from pieces(chain(lines, unknown), names, rows, _parsed)
        except CalamineError as error:
            raise unreadable(error) from None


def _kept(cells: pa.Array, column: Column) -> pa.Array:
    if column.type is FieldType.NUMBER:
        return pa.array(
            [None if number is None else float(f"{number:.16g}") for number in cells.to_pylist()], cells.type
        )
    if column.type is FieldType.TIMESTAMP:
        return pc.floor_temporal(cells.cast(pa.timestamp("us")), unit="millisecond").cast(cells.type)
    return cells


def _fill(book: Workbook, rows: Rows, advance: Advance) -> None:
    sheet, plain = book.add_worksheet("export"), book.add_format()
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(rows.columns):
        shown, width = _LOOK[column.type]
        sheet.set_column(position, position, width, book.add_format({"num_format": shown}))
        sheet.write_string(0, position, column.name, plain)
    writers = [partial(_WRITER[column.type], sheet) for column in rows.columns]
    first = 1
    for batch in rows.batches():
        lines = zip(*map(_values, batch.columns, rows.columns), strict=True)
        for row, cells in enumerate(lines, first):
            if cells[0] is None:  # a row without any cell would be no row to most readers
                sheet.write_blank(row, 0, None, plain)
            for position, cell in enumerate(cells):
                if cell is not None:
                    writers[position](row, position, cell)
        first += batch.num_rows
        advance(batch.num_rows)


def _values(cells: pa.Array, column: Column) -> list[Any]:
    """Give cells as values that XlsxWriter takes."""
    if column.type in (FieldType.TEXT, FieldType.MANY):
        return list(texts_of(cells, column).to_pylist())
    if column.type in (FieldType.DATE, FieldType.TIMESTAMP):
        days = cells.cast(pa.timestamp("us")).to_pylist()
        texts = texts_of(cells, column).to_pylist()
        return [text if text is None or day < _FIRST_DAY else day for day, text in zip(days, texts, strict=True)]
    return list(cells.to_pylist())


def _write_day(sheet: Worksheet, row: int, position: int, day: dt.datetime | str) -> None:
    if isinstance(day, str):
        sheet.write_string(row, position, day)
    else:
        sheet.write_datetime(row, position, day)


_WRITER: dict[FieldType, Callable[..., object]] = {
    FieldType.TEXT: Worksheet.write_string,
    FieldType.MANY: Worksheet.write_string,
    FieldType.NUMBER: Worksheet.write_number,
    FieldType.AMOUNT: Worksheet.write_number,
    FieldType.INTEGER: Worksheet.write_number,
    FieldType.BOOLEAN: Worksheet.write_boolean,
    FieldType.DATE: _write_day,
    FieldType.TIMESTAMP: _write_day,
}


def _parsed(values: Sequence[Any], column: Column) -> pa.Array:
    cells, type_ = [None if value == "" else value for value in values], ARROW_TYPE[column.type]
    if column.type in (FieldType.TEXT, FieldType.MANY):
        return cells_of(pa.array(cells, pa.large_string()), column)
    if column.type in (FieldType.DATE, FieldType.TIMESTAMP):
        day = _instant if column.type is FieldType.TIMESTAMP else _day
        return pa.array([None if cell is None else day(cell) for cell in cells], type_)
    if column.type is FieldType.BOOLEAN:
        return pa.array(cells, type_)
    if bool in map(type, cells):  # which Arrow would take for 0 or 1
        raise TypeError("a boolean is no number")
    numbers = pa.array(cells, pa.float64())
    if column.type is FieldType.AMOUNT:
        return pa.array([None if cell is None else Decimal(repr(cell)) for cell in numbers.to_pylist()], type_)
    return numbers.cast(type_)


def _day(cell: object) -> dt.date:
    if isinstance(cell, str):
        return dt.date.fromisoformat(cell)
    if type(cell) is not dt.date:
        raise ValueError(cell)
    return cell


def _instant(cell: object) -> dt.datetime:
    if isinstance(cell, str):
        return dt.datetime.fromisoformat(cell)
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(_day(cell), dt.time(), dt.UTC)
