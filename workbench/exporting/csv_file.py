"""CSV as RFC 4180 has it: UTF-8, commas, CRLF, quotes doubled, a header; unknown is an empty field.

`DelimitedFile` also writes the variant that Excel opens with a double click, see `excel_csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType
from workbench.exporting.cell_text import cells_of, texts_of
from workbench.exporting.neutralising import neutralised, neutralised_header, restored, restored_header
from workbench.exporting.progress import Advance
from workbench.exporting.rows import BATCH_ROWS, Rows
from workbench.exporting.verifying import differing_shape

_LONGEST_FIELD = 2**31 - 1  # the most the csv module admits on every platform


@dataclass(frozen=True)
class DelimitedFile:
    """Text with a delimiter between cells.

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

    def layout(self) -> dict[str, str]:
        """Say what a reader must know to read the file.

        Returns
        -------
        dict of str to str
            Encoding, delimiter and decimal sign, for the manifest.
        """
        return {"encoding": self.encoding, "delimiter": self.delimiter, "decimal": self.decimal}

    def refuse(self, rows: Rows) -> None:
        """Refuse what the format cannot hold: nothing, text holds every value.

        Parameters
        ----------
        rows : Rows
            What is to be written.
        """

    def held(self, rows: Rows) -> Rows:
        """Say what the format keeps of the rows: everything.

        Parameters
        ----------
        rows : Rows
            What is to be written.

        Returns
        -------
        Rows
            The same.
        """
        return rows

    def write(self, path: Path, rows: Rows, advance: Advance) -> None:
        """Write the file.

        Parameters
        ----------
        path : pathlib.Path
            Where to; replaced if it exists.
        rows : Rows
            What to write.
        advance : Advance
            Told the rows written.
        """
        with path.open("w", encoding=self.encoding, newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\r\n")
            writer.writerow([neutralised_header(column.name) for column in rows.columns])
            for batch in rows.batches():
                writer.writerows(zip(*self._texts(batch, rows.columns), strict=True))
                advance.by(batch.num_rows)

    def read(self, path: Path, columns: Sequence[Column]) -> Iterator[pa.Table]:
        """Read the file again with the reader of the standard library.

        Parameters
        ----------
        path : pathlib.Path
            The file.
        columns : sequence of Column
            What its columns should be.

        Yields
        ------
        pyarrow.Table
            Its rows in pieces, under the names in its header.

        Raises
        ------
        ExportError
            When a line has more or fewer cells than the header.
        UnreadableCellError
            When a cell is not a value of its column.
        """
        csv.field_size_limit(_LONGEST_FIELD)  # the default refuses texts over 128 KiB
        with path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            names = [restored_header(name) for name in next(reader)]
            for lines in _batches(reader):
                yield self._cells(lines, names, columns)

    def _texts(self, batch: pa.Table, columns: Sequence[Column]) -> list[list[str | None]]:
        return [
            self._localised(neutralised(texts_of(cells.combine_chunks(), column), column), column).to_pylist()
            for column, cells in zip(columns, batch.columns, strict=True)
        ]

    def _cells(self, lines: list[list[str]], names: list[str], columns: Sequence[Column]) -> pa.Table:
        if len(names) != len(columns) or any(len(line) != len(names) for line in lines):
            raise differing_shape(len(columns))
        by_column = zip(*lines, strict=True) if lines else [()] * len(columns)
        arrays = [self._parsed(texts, column) for texts, column in zip(by_column, columns, strict=True)]
        return pa.Table.from_arrays(arrays, names=names)

    def _parsed(self, texts: Sequence[str], column: Column) -> pa.Array:
        cells = pa.array(texts, pa.large_string())
        known = pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells)
        return cells_of(self._unlocalised(restored(known, column), column), column)

    def _localised(self, texts: pa.Array, column: Column) -> pa.Array:
        return _replaced(texts, column, ".", self.decimal)

    def _unlocalised(self, texts: pa.Array, column: Column) -> pa.Array:
        return _replaced(texts, column, self.decimal, ".")


def _replaced(texts: pa.Array, column: Column, sign: str, by: str) -> pa.Array:
    if sign == by or column.type not in (FieldType.NUMBER, FieldType.AMOUNT):
        return texts
    return pc.replace_substring(texts, sign, by)


def _batches(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Gather lines; one empty batch stands for a file with a header only."""
    lines: list[list[str]] = []
    for line in reader:
        lines.append(line)
        if len(lines) == BATCH_ROWS:
            yield lines
            lines = []
    yield lines
