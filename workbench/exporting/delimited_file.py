"""CSV as RFC 4180 has it: UTF-8, commas, CRLF, quotes doubled, a header; unknown is an empty field.

And CSV as Excel opens it with a double click: a byte order mark, the locale's delimiter and decimal sign.
Dates stay ISO (2024-01-31): Excel reads them as dates under every regional setting, while 03/04/2024 is
another day in London than in New York. Excel still turns digits into numbers when it opens any CSV (0049
becomes 49); where numbers of contacts have leading zeros, XLSX keeps them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from pipelines.schema import Column, FieldType
from workbench.errors import ConfigError
from workbench.exporting.cell_text import cells_of, texts_of
from workbench.exporting.file_format import Advance, FileFormat
from workbench.exporting.neutralising import neutralised, neutralised_header, restored, restored_header
from workbench.exporting.rows import Rows
from workbench.exporting.verifying import pieces, unreadable

_LONGEST_FIELD = 2**31 - 1  # the most the csv module admits on every platform


@dataclass(frozen=True)
class DelimitedFile(FileFormat):
    """Text with a delimiter between cells; what a spreadsheet would run as a formula is made inert.

    Attributes
    ----------
    name : str
        Under which the format is asked for.
    delimiter : str
        Between two cells.
    decimal : str
        The decimal sign of numbers and amounts.
    encoding : str
        ``"utf-8"``, or ``"utf-8-sig"`` for a byte order mark in front.
    ending : str
        Of the file name.
    """

    name: str = "csv"
    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    ending: str = ".csv"

    @property
    def layout(self) -> dict[str, str]:
        """What a reader must know to read the file: encoding, delimiter and decimal sign."""
        return {"encoding": self.encoding, "delimiter": self.delimiter, "decimal": self.decimal}

    def write(self, path: Path, rows: Rows, advance: Advance) -> None:
        with path.open("w", encoding=self.encoding, newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\r\n")
            writer.writerow([neutralised_header(column.name) for column in rows.columns])
            for batch in rows.batches():
                writer.writerows(zip(*map(self._written, batch.columns, rows.columns), strict=True))
                advance(batch.num_rows)

    def read(self, path: Path, rows: Rows) -> Iterator[pa.RecordBatch]:
        csv.field_size_limit(_LONGEST_FIELD)  # the default refuses texts over 128 KiB
        with path.open(encoding=self.encoding, newline="") as file:
            lines = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                names = [restored_header(name) for name in next(lines, [])]
                yield from pieces(lines, names, rows, self._parsed)
            except (csv.Error, UnicodeDecodeError) as error:
                raise unreadable(error) from None

    def _written(self, cells: pa.Array, column: Column) -> list[str | None]:
        texts = neutralised(texts_of(cells, column), column)
        return list(_with_sign(texts, column, ".", self.decimal).to_pylist())

    def _parsed(self, texts: Sequence[str], column: Column) -> pa.Array:
        known = pa.array([text or None for text in texts], pa.large_string())
        return cells_of(_with_sign(restored(known, column), column, self.decimal, "."), column)


def excel_csv(locale: str) -> DelimitedFile:
    """Choose the delimiter and decimal sign that Excel expects under a locale.

    Parameters
    ----------
    locale : str
        Such as ``"en"``, ``"de"`` or ``"es-MX"``.

    Returns
    -------
    DelimitedFile
        With ``;`` between cells where the decimal sign is a comma, else ``,``.

    Raises
    ------
    ConfigError
        When nothing is known of the locale.

    Examples
    --------
    >>> excel_csv("de").layout
    {'encoding': 'utf-8-sig', 'delimiter': ';', 'decimal': ','}
    """
    try:
        has_comma = get_decimal_symbol(Locale.parse(locale.replace("-", "_"))) == ","
    except (UnknownLocaleError, ValueError):
        raise ConfigError(f'"{locale}" is not a known locale.', 'Write it as "en", "de" or "es-MX".') from None
    delimiter, decimal = (";", ",") if has_comma else (",", ".")
    return DelimitedFile("excel_csv", delimiter, decimal, "utf-8-sig")


def _with_sign(texts: pa.Array, column: Column, sign: str, by: str) -> pa.Array:
    if column.type not in (FieldType.NUMBER, FieldType.AMOUNT):
        return texts
    return pc.replace_substring(texts, sign, by)
