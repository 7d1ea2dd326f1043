"""What a sheet cannot hold is refused before anything is written; nothing is ever cut off or changed."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.schema import FieldType
from workbench.errors import ExportError
from workbench.exporting.cell_text import texts_of
from workbench.exporting.rows import Rows

_ROWS = 1_048_576  # the header among them
_COLUMNS = 16_384
_CHARACTERS = 32_767  # counted as Excel counts: characters beyond the basic plane are two
_DIGITS = 15
_LARGEST_NUMBER = 9.99999999999999e307

# XlsxWriter takes a text in <r> for markup of its own. It escapes as Excel does (_x0001_) what XML cannot hold and
# what looks like such an escape, but not where two overlap; and U+FFFE and U+FFFF are not read back by all readers.
_CODE = "_x[0-9A-Fa-f]{4}"
_CHANGED = re.compile(rf"(?s)\A<r>.*</r>\Z|{_CODE}(?:{_CODE}_|[\x00-\x08\x0b-\x1f])|[\ufffe\uffff]")
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
        When there are too many rows or columns, or a cell holds a text of more than 32,767 characters or
        one that would be changed, an amount or count of more than 15 digits, or a number beyond
        1e308; the message names the row and column.
    """
    _refuse_shape(rows)
    for column in rows.columns:
        if column.type not in (FieldType.DATE, FieldType.TIMESTAMP, FieldType.BOOLEAN):
            texts = texts_of(rows.cells[column.name], column).to_pylist()
            for position, text in enumerate(texts):
                if text is not None and (complaint := _complaint(text, column.type)):
                    raise ExportError(
                        f'{rows.row_name(position).replace("row", "Row", 1)}, column "{column.name}" {complaint}.',
                        f"{_OTHER_FORMATS}, or leave the column out.",
                    )


def _refuse_shape(rows: Rows) -> None:
    if len(rows) >= _ROWS:
        raise ExportError(
            f"A sheet holds {_ROWS - 1:,} rows below its header, the export has {len(rows):,}.",
            f"{_OTHER_FORMATS}, or export fewer rows.",
        )
    if len(rows.columns) > _COLUMNS:
        raise ExportError(
            f"A sheet holds {_COLUMNS:,} columns, the export has {len(rows.columns):,}.",
            f"{_OTHER_FORMATS}, or export fewer columns.",
        )


def _complaint(text: str, type_: FieldType) -> str:
    if type_ in (FieldType.TEXT, FieldType.MANY):
        return _of_text(text)
    if type_ is FieldType.NUMBER:
        is_large = abs(float(text)) > _LARGEST_NUMBER
        return f"holds {text}, a cell of a sheet at most {_LARGEST_NUMBER}" if is_large else ""
    if len(text) <= _DIGITS or len(Decimal(text).normalize().as_tuple().digits) <= _DIGITS:
        return ""
    return f"holds {text}, a cell of a sheet keeps {_DIGITS} digits"


def _of_text(text: str) -> str:
    if 2 * len(text) > _CHARACTERS and (length := len(text.encode("utf-16-le")) // 2) > _CHARACTERS:
        return f"holds {length:,} characters, a cell of a sheet at most {_CHARACTERS:,}"
    if _CHANGED.search(text):
        return f"holds {text[:80]!r}, which a sheet would change"
    return ""
