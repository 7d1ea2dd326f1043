"""What a sheet cannot hold is refused before anything is written; nothing is ever cut off."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType
from workbench.errors import ExportError
from workbench.exporting.cell_text import texts_of
from workbench.exporting.rows import Rows

SHEET_ROWS = 1_048_576  # the header among them
SHEET_COLUMNS = 16_384
CELL_CHARACTERS = 32_767  # counted as Excel counts: characters beyond the basic plane are two
SHEET_DIGITS = 15

_OTHER_FORMATS = "Choose CSV or Parquet, which have no such limit"


def refuse_beyond_sheet(rows: Rows) -> None:
    """Refuse rows that one sheet cannot hold.

    Parameters
    ----------
    rows : Rows
        What is to be written.

    Raises
    ------
    ExportError
        When there are too many rows or columns, or a cell holds a text of more than 32,767 characters
        or an amount or count of more than 15 digits; the message names the row and column.
    """
    _refuse_shape(rows)
    for column in rows.columns:
        cells = rows.cells[column.name].combine_chunks()
        if column.type in (FieldType.TEXT, FieldType.MANY):
            _refuse_long(rows, column, texts_of(cells, column))
        if column.type in (FieldType.AMOUNT, FieldType.INTEGER):
            _refuse_digits(rows, column, texts_of(cells, column))


def _refuse_shape(rows: Rows) -> None:
    if len(rows) >= SHEET_ROWS:
        raise ExportError(
            f"A sheet holds {SHEET_ROWS - 1:,} rows below its header, the export has {len(rows):,}.",
            f"{_OTHER_FORMATS}, or export fewer rows.",
        )
    if len(rows.columns) > SHEET_COLUMNS:
        raise ExportError(
            f"A sheet holds {SHEET_COLUMNS:,} columns, the export has {len(rows.columns):,}.",
            f"{_OTHER_FORMATS}, or export fewer columns.",
        )


def _refuse_long(rows: Rows, column: Column, texts: pa.Array) -> None:
    suspects = pc.indices_nonzero(pc.greater(pc.utf8_length(texts), CELL_CHARACTERS // 2))
    for position in suspects.to_pylist():
        length = len(texts[position].as_py().encode("utf-16-le")) // 2
        if length > CELL_CHARACTERS:
            raise ExportError(
                f'{_capital(rows.row_name(position))}, column "{column.name}" holds {length:,} characters, '
                f"a cell of a sheet at most {CELL_CHARACTERS:,}.",
                f"{_OTHER_FORMATS}, or leave the column out.",
            )


def _refuse_digits(rows: Rows, column: Column, texts: pa.Array) -> None:
    suspects = pc.indices_nonzero(pc.greater(pc.utf8_length(texts), SHEET_DIGITS))
    for position in suspects.to_pylist():
        text = texts[position].as_py()
        if len(text.strip("-").replace(".", "").strip("0")) > SHEET_DIGITS:
            raise ExportError(
                f'{_capital(rows.row_name(position))}, column "{column.name}" holds {text}, '
                f"a cell of a sheet keeps {SHEET_DIGITS} digits.",
                f"{_OTHER_FORMATS}, or leave the column out.",
            )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
