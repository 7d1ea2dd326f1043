"""XLSX: one sheet of typed cells, the header frozen; text is text whatever it looks like, never a formula.

Numbers of contacts, telephones and all other text are text cells, so leading zeros stay and nothing is
evaluated. Numbers, amounts, dates and booleans are typed; instants are UTC date-times. Unknown is no cell.
Characters that XML cannot hold are escaped as Excel itself does (``_x0001_``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.schema import Column, FieldType
from workbench.errors import ExportError
from workbench.exporting.cell_text import texts_of
from workbench.exporting.progress import Advance
from workbench.exporting.rows import Rows
from workbench.exporting.sheet_dates import day_serials, instant_serials, to_milliseconds
from workbench.exporting.sheet_limits import refuse_beyond_sheet
from workbench.exporting.sheet_reading import read_sheet

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}
_NUMBER_FORMAT = {
    FieldType.AMOUNT: "#,##0.00##",
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.TIMESTAMP: "yyyy-mm-dd hh:mm:ss",
}
_WIDTH = {
    FieldType.TEXT: 20,
    FieldType.MANY: 20,
    FieldType.DATE: 11,
    FieldType.TIMESTAMP: 19,
    FieldType.AMOUNT: 13,
}


Value = str | bool | float | None


class _TextSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet that takes no text for markup: the library passes on text from <r> to </r> unescaped."""

    def _xml_rich_inline_string(self, string: str, attributes: object = ()) -> None:
        self._xml_inline_string(string, True, attributes)


class _ExactNumber(float):
    """A number that reads back as itself: the library writes 16 digits, some numbers need 17."""

    def __format__(self, _specification: str) -> str:
        return repr(float(self)).removesuffix(".0")


@dataclass(frozen=True)
class XlsxFile:
    """One sheet of a workbook.

    Attributes
    ----------
    name : str
        Under which the format is asked for.
    ending : str
        Of the file name.
    """

    name: str = "xlsx"
    ending: str = ".xlsx"

    def layout(self) -> dict[str, str]:
        """Say what a reader must know to read the file.

        Returns
        -------
        dict of str to str
            That instants are in UTC.
        """
        return {"time_zone": "UTC"}

    def refuse(self, rows: Rows) -> None:
        """Refuse what a sheet cannot hold.

        Parameters
        ----------
        rows : Rows
            What is to be written.

        Raises
        ------
        ExportError
            For too many rows or columns, a text too long for a cell, a number of more than 15 digits.
        """
        refuse_beyond_sheet(rows)

    def held(self, rows: Rows) -> Rows:
        """Say what a sheet keeps of the rows: all but the microseconds of instants.

        Parameters
        ----------
        rows : Rows
            What is to be written.

        Returns
        -------
        Rows
            With instants cut to the millisecond.
        """
        cells = rows.cells
        for position, column in enumerate(rows.columns):
            if column.type is FieldType.TIMESTAMP:
                cut = to_milliseconds(cells[column.name].combine_chunks())
                cells = cells.set_column(position, column.name, cut)
        return Rows(rows.columns, cells)

    def write(self, path: Path, rows: Rows, advance: Advance) -> None:
        """Write the file.

        Parameters
        ----------
        path : pathlib.Path
            Where to; replaced if it exists.
        rows : Rows
            What to write, nothing beyond a sheet.
        advance : Advance
            Told the rows written.

        Raises
        ------
        ExportError
            When the workbook cannot be put together.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            book = Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
            _fill(book, rows, advance)
            try:
                book.close()
            except XlsxWriterException as error:
                raise ExportError(f"The workbook cannot be written: {error}.") from None

    def read(self, path: Path, columns: Sequence[Column]) -> Iterator[pa.Table]:
        """Read the file again with the XML parser of the standard library.

        Parameters
        ----------
        path : pathlib.Path
            The file.
        columns : sequence of Column
            What its columns should be.

        Returns
        -------
        iterator of pyarrow.Table
            Its rows in pieces; see `sheet_reading.read_sheet`.
        """
        return read_sheet(path, columns)


def _fill(book: Workbook, rows: Rows, advance: Advance) -> None:
    sheet = book.add_worksheet("export", worksheet_class=_TextSheet)
    formats = [_format(book, column) for column in rows.columns]
    blank = book.add_format()
    _write_header(book, sheet, rows.columns)
    first = 1
    for batch in rows.batches():
        columns = zip(rows.columns, batch.columns, strict=True)
        values = [_values(cells.combine_chunks(), column) for column, cells in columns]
        for row, line in enumerate(zip(*values, strict=True), first):
            _write_line(sheet, row, line, formats, blank)
        first += batch.num_rows
        advance.by(batch.num_rows)


def _format(book: Workbook, column: Column) -> Format | None:
    shown = _NUMBER_FORMAT.get(column.type)
    return book.add_format({"num_format": shown}) if shown else None


def _write_header(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for position, column in enumerate(columns):
        sheet.set_column(position, position, _WIDTH.get(column.type, 10))
        sheet.write_string(0, position, column.name, bold)


def _write_line(
    sheet: Worksheet, row: int, line: Sequence[Value], formats: Sequence[Format | None], blank: Format
) -> None:
    if not any(value is not None for value in line):
        sheet.write_blank(row, 0, None, blank)  # a row without any cell would not stand in the file at all
    for position, value in enumerate(line):
        if value is None:
            continue
        if type(value) is str:
            sheet.write_string(row, position, value)
        elif type(value) is bool:
            sheet.write_boolean(row, position, value)
        else:
            sheet.write_number(row, position, _ExactNumber(value), formats[position])


def _values(cells: pa.Array, column: Column) -> list[Value]:
    """Give the cells as strings, booleans, floats and None."""
    if column.type in (FieldType.TEXT, FieldType.MANY):
        return list(texts_of(cells, column).to_pylist())
    if column.type is FieldType.BOOLEAN:
        return list(cells.to_pylist())
    if column.type is FieldType.DATE:
        return _dated(cells, column, day_serials)
    if column.type is FieldType.TIMESTAMP:
        return _dated(cells, column, instant_serials)
    if column.type is FieldType.NUMBER:
        return list(cells.to_pylist())
    # By way of its text an amount becomes the double nearest to it, which not every cast gives.
    return list(texts_of(cells, column).cast(pa.float64()).to_pylist())


def _dated(cells: pa.Array, column: Column, serials: Callable[[pa.Array], np.ndarray]) -> list[Value]:
    """Give serial numbers, ISO text for days without an agreed one, and None."""
    numbers = serials(cells)
    values: list[Value] = numbers.tolist()
    outside = np.isnan(numbers) & cells.is_valid().to_numpy(zero_copy_only=False)
    texts = texts_of(cells, column)
    for position in np.flatnonzero(np.isnan(numbers)):
        values[position] = texts[int(position)].as_py() if outside[position] else None
    return values
