"""Workbooks (XLSX): one sheet, with the types its cells have."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

import numpy as np
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workbench.errors import SourceError, nearest
from workbench.sources.archives import examined_archive
from workbench.sources.dialects import examined
from workbench.sources.frames import of_values
from workbench.sources.options import Options
from workbench.sources.raw_table import MisshapenRow, RawTable, named_headers

Row: TypeAlias = tuple[int, list[object], str]

_LOCKED = b"\xd0\xcf\x11\xe0"
# What reading raises, at the start or in the middle, when the archive or the XML in it is broken.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, LookupError, ValueError, EOFError, TypeError,
    AttributeError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip


def read_workbook(path: Path, options: Options) -> RawTable:
    """Read one sheet of a workbook.

    Parameters
    ----------
    path : pathlib.Path
        An .xlsx file.
    options : Options
        Sheet and header row.

    Returns
    -------
    RawTable
        Dates, numbers and texts as the cells hold them; a formula's last computed value, and a row with a formula
        that was never computed among the misshapen. A whole number that is shown with leading zeros (format
        ``00000``) is text with those zeros.

    Raises
    ------
    SourceError
        When the workbook is locked or damaged, has no such sheet, or would unpack to more than workbooks need.
    """
    _refuse_locked(path)
    try:
        with warnings.catch_warnings():
            # What the reader leaves out (styles, validations, drawings) is not loaded anyway.
            warnings.simplefilter("ignore", UserWarning)
            return _read(path, options)
    except SourceError:
        raise
    except _DAMAGED:
        raise SourceError(f"{path.name} is not a workbook that can be read.", "Save it again as .xlsx.") from None


def _refuse_locked(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) == _LOCKED:
            raise SourceError(
                f"{path.name} is locked with a password or in the old .xls format.",
                "Save it as .xlsx without a password.",
            )


def _read(path: Path, options: Options) -> RawTable:
    archive = examined_archive(path)
    book = load_workbook(path, read_only=True, data_only=True)
    formulas = load_workbook(path, read_only=True) if archive.has_formulas else None
    try:
        sheet = _sheet(book, options.sheet, path.name)
        sheet.reset_dimensions()
        rows = _numbered(sheet, _sheet(formulas, options.sheet, path.name) if formulas is not None else None)
        headers = _headers(rows, path.name, options.header_row)
        numbers, cells, misshapen = _laid_out(rows, len(headers))
    finally:
        book.close()
        if formulas is not None:
            formulas.close()
    columns = tuple(of_values(column) for column in cells)
    return RawTable(
        path.name,
        "workbook",
        headers,
        columns,
        np.array(numbers, dtype="int64"),
        tuple(misshapen),
        examined(path, "utf-8").sha256,
        sheet=sheet.title,
        notes=_other_sheets(book.sheetnames, sheet.title, options.sheet),
    )


def _sheet(book: Any, wanted: str | int | None, name: str) -> Any:
    sheets = book.worksheets
    if not sheets:
        raise SourceError(f"{name} has no sheet with cells.")
    if wanted is None:
        return sheets[0]
    titles = [sheet.title for sheet in sheets]
    if isinstance(wanted, int) and 1 <= wanted <= len(sheets):
        return sheets[wanted - 1]
    if str(wanted) in titles:
        return sheets[titles.index(str(wanted))]
    raise SourceError(f'{name} has no sheet "{wanted}".', nearest(wanted, titles))


def _other_sheets(titles: list[str], taken: str, wanted: str | int | None) -> tuple[str, ...]:
    others = [title for title in titles if title != taken]
    if wanted is not None or not others:
        return ()
    return (f'Read sheet "{taken}"; the workbook also has {", ".join(others)}.',)


def _numbered(sheet: Any, formulas: Any) -> Iterator[Row]:
    """Rows that are not blank, with the number the sheet shows, and the place of a formula without a value."""
    written = repeat(()) if formulas is None else _rows_of(formulas)
    for number, (row, formula_row) in enumerate(zip(sheet.iter_rows(), written, strict=False), 1):
        cells = [_value(cell) for cell in row]
        open_places = [f.coordinate for f, value in zip(formula_row, cells, strict=False) if _is_open(f, value)]
        while cells and cells[-1] is None:
            cells.pop()
        if cells or open_places:
            yield number, cells, open_places[0] if open_places else ""


def _rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()
    yield from sheet.iter_rows()


def _is_open(cell: Any, value: object) -> bool:
    return value is None and bool(cell.data_type == "f")


def _value(cell: Any) -> object:
    value = cell.value
    if isinstance(value, str):
        return value if value.strip() else None
    if type(value) in (int, float) and value >= 0 and (zeros := cell.number_format).strip("0") == "" and len(zeros) > 1:
        return f"{value:.0f}".zfill(len(zeros))
    return value


def _headers(rows: Iterator[Row], name: str, wanted: int | None) -> tuple[str, ...]:
    for number, cells, _ in rows:
        if wanted is None or number == wanted:
            return named_headers(cells, name)
    raise SourceError(
        f"{name} has no row {wanted} with headers." if wanted else f"The sheet of {name} is empty.",
        "The header row must name the columns.",
    )


def _laid_out(rows: Iterator[Row], width: int) -> tuple[list[int], list[list[object]], list[MisshapenRow]]:
    numbers: list[int] = []
    cells: list[list[object]] = [[] for _ in range(width)]
    misshapen = []
    for number, row, open_place in rows:
        if open_place:
            reason = f"the formula in {open_place} was never computed: open the workbook in a spreadsheet and save it"
            misshapen.append(MisshapenRow(number, tuple(row), reason))
            continue
        if len(row) > width:
            reason = f"the row has {len(row)} cells where the header has {width}"
            misshapen.append(MisshapenRow(number, tuple(row), reason))
            continue
        numbers.append(number)
        for place in range(width):
            cells[place].append(row[place] if place < len(row) else None)
    return numbers, cells, misshapen
