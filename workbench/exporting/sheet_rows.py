"""Rows of cells as the XML of a sheet, whole columns at a time.

Written cell by cell, a million rows take minutes; joined as columns of text they take seconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType
from workbench.exporting.cell_text import texts_of
from workbench.exporting.sheet_dates import day_serials, instant_serials

_TEXT = pa.large_string()
_NOTHING = pa.scalar("", _TEXT)
# What XML cannot hold or changes (CR), and what a reader would take for the escape of such a character; the
# underscore that begins an escape can also end another.
_SUSPECT = "_x|[\\x00-\\x08\\x0b-\\x1f\\x{fffe}\\x{ffff}]"
_FORBIDDEN = "[\x00-\x08\x0b-\x1f\ufffe\uffff]"
_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}(?:_|{_FORBIDDEN}))|{_FORBIDDEN}")
_TEXT_TYPES = (FieldType.TEXT, FieldType.MANY)


def header_xml(columns: Sequence[Column]) -> bytes:
    """Write the row of names.

    Parameters
    ----------
    columns : sequence of Column
        In the order of the sheet.

    Returns
    -------
    bytes
        One row element, in UTF-8.
    """
    names = pa.array([column.name for column in columns], _TEXT)
    first = pa.array(["1"], _TEXT)
    return _rows([_text_cells(names.slice(i, 1), letters(i), first, 0) for i in range(len(columns))], first)


def rows_xml(batch: pa.Table, columns: Sequence[Column], styles: Sequence[int], first: int) -> bytes:
    """Write rows of cells.

    Parameters
    ----------
    batch : pyarrow.Table
        Typed cells; instants in whole milliseconds.
    columns : sequence of Column
        In the order of the sheet.
    styles : sequence of int
        The number of each column's style in the workbook.
    first : int
        The number of the first row in the sheet.

    Returns
    -------
    bytes
        Row elements, in UTF-8; an unknown cell is absent or empty.
    """
    numbers = pa.array(np.arange(first, first + batch.num_rows)).cast(_TEXT)
    cells = [
        _cells(batch.column(i).combine_chunks(), column, letters(i), numbers, styles[i])
        for i, column in enumerate(columns)
    ]
    return _rows(cells, numbers)


def letters(position: int) -> str:
    """Name a column of a sheet.

    Parameters
    ----------
    position : int
        Counted from 0.

    Returns
    -------
    str
        Letters.

    Examples
    --------
    >>> [letters(position) for position in (0, 25, 26, 16_383)]
    ['A', 'Z', 'AA', 'XFD']
    """
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _rows(cells: list[pa.Array], numbers: pa.Array) -> bytes:
    # A row without any cell would be no row to most readers, so the first cell is there even when unknown.
    first = pc.coalesce(cells[0], _joined('<c r="A', numbers, '"/>'))
    known = [first, *(cell.fill_null("") for cell in cells[1:])]
    lines = _joined('<row r="', numbers, '">', *known, "</row>")
    return "".join(lines.to_pylist()).encode()


def _cells(cells: pa.Array, column: Column, name: str, numbers: pa.Array, style: int) -> pa.Array:
    if column.type in _TEXT_TYPES:
        return _text_cells(texts_of(cells, column), name, numbers, style)
    if column.type is FieldType.BOOLEAN:
        return _value_cells(cells.cast(pa.int8()).cast(_TEXT), name, numbers, f'" s="{style}" t="b"><v>')
    if column.type not in (FieldType.DATE, FieldType.TIMESTAMP):
        return _value_cells(texts_of(cells, column), name, numbers, f'" s="{style}"><v>')
    serials = day_serials(cells) if column.type is FieldType.DATE else instant_serials(cells)
    dated = _value_cells(_serial_texts(serials), name, numbers, f'" s="{style}"><v>')
    return pc.coalesce(dated, _text_cells(texts_of(cells, column), name, numbers, style))


def _serial_texts(serials: np.ndarray) -> pa.Array:
    """Write numbers so that they read back the same; none where there is no serial number."""
    return pa.array([None if serial != serial else repr(serial) for serial in serials.tolist()], _TEXT)


def _value_cells(texts: pa.Array, name: str, numbers: pa.Array, opening: str) -> pa.Array:
    return _joined(f'<c r="{name}', numbers, opening, texts, "</v></c>")


def _text_cells(texts: pa.Array, name: str, numbers: pa.Array, style: int) -> pa.Array:
    opening = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
    return _joined(f'<c r="{name}', numbers, opening, _escaped(texts), "</t></is></c>")


def _escaped(texts: pa.Array) -> pa.Array:
    """Escape what XML takes for markup, and as Excel does (``_x0001_``) what XML cannot hold."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        texts = pc.replace_substring(texts, sign, name)
    if not pc.any(pc.match_substring_regex(texts, _SUSPECT)).as_py():
        return texts
    return pa.array([text and _ESCAPED.sub(_code, text) for text in texts.to_pylist()], _TEXT)


def _code(character: re.Match[str]) -> str:
    return f"_x{ord(character[0]):04X}_"


def _joined(*parts: str | pa.Array) -> pa.Array:
    """Join texts row by row; one that is unknown makes the whole unknown."""
    columns = [pa.scalar(part, _TEXT) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*columns, _NOTHING)
