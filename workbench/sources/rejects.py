"""The rows that were not taken, as a file of the format they came in, with what is wrong behind them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from workbench.errors import SourceError
from workbench.sources.frames import text_of
from workbench.sources.mapping import PROBLEM
from workbench.sources.raw_table import MisshapenRow, RawTable

_ENDINGS = {"text": (".csv", ".tsv", ".txt"), "workbook": (".xlsx",), "parquet": (".parquet",)}


@dataclass(frozen=True)
class RejectedRows:
    """Rows of a file as they stood in it.

    Attributes
    ----------
    kind : str
        Format of the file: ``"text"``, ``"workbook"``, ``"parquet"`` or ``"frame"``.
    headers : tuple of str
        Of the file.
    columns : tuple of pyarrow.ChunkedArray
        The rejected rows, without misshapen ones.
    numbers : numpy.ndarray of int64
        Their numbers in a spreadsheet.
    misshapen : tuple of MisshapenRow
        Rows with the wrong number of cells.
    reasons : dict of int to str
        What is wrong, by row number.
    encoding, delimiter, sheet : str
        How the file is written.
    """

    kind: str
    headers: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    numbers: np.ndarray
    misshapen: tuple[MisshapenRow, ...]
    reasons: dict[int, str]
    encoding: str
    delimiter: str
    sheet: str


def rejected(raw: RawTable, problems: pd.DataFrame) -> RejectedRows:
    """Take the rejected rows out of a file.

    Parameters
    ----------
    raw : RawTable
        The file.
    problems : pandas.DataFrame
        Columns row, column, value, reason.

    Returns
    -------
    RejectedRows
        The rows that have a problem; a column `problem` of an earlier load is left out.
    """
    places = np.flatnonzero(np.isin(raw.row_numbers, problems["row"].to_numpy()))
    kept = [place for place, header in enumerate(raw.headers) if header.casefold() != PROBLEM]
    return RejectedRows(
        raw.kind,
        tuple(raw.headers[place] for place in kept),
        tuple(raw.columns[place].take(pa.array(places)) for place in kept),
        raw.row_numbers[places],
        tuple(_without_reason(row, raw.headers) for row in raw.misshapen),
        _reasons(problems),
        raw.encoding or "utf-8", raw.delimiter or ",", raw.sheet or "rejected",
    )  # fmt: skip


def _without_reason(row: MisshapenRow, headers: tuple[str, ...]) -> MisshapenRow:
    """A misshapen row that comes back a second time ends with the reason of the first."""
    if headers[-1].casefold() != PROBLEM or not row.cells:
        return row
    return MisshapenRow(row.number, row.cells[:-1], row.reason)


def _reasons(problems: pd.DataFrame) -> dict[int, str]:
    reasons: dict[int, str] = {}
    lines = zip(problems["row"].tolist(), problems["column"].tolist(), problems["reason"].tolist(), strict=True)
    for row, column, reason in lines:
        said = f"{column} {reason}" if column else reason
        reasons[row] = f"{reasons[row]}; {said}" if row in reasons else said
    return reasons


def write(rows: RejectedRows, path: Path) -> None:
    """Write rejected rows in the format they came in.

    Parameters
    ----------
    rows : RejectedRows
        The rows.
    path : pathlib.Path
        The file to write; what stands there is replaced. Rows of a frame take the format of the ending.

    Raises
    ------
    SourceError
        When the ending does not fit the format, or the file cannot be written.
    """
    writer = _writer(rows.kind, path)
    try:
        writer(rows, path)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror or error}.") from None


def _writer(kind: str, path: Path) -> Callable[[RejectedRows, Path], None]:
    ending = path.suffix.lower()
    format_ = next((name for name, endings in _ENDINGS.items() if ending in endings), "")
    allowed = _ENDINGS.get(kind, (".csv", ".xlsx", ".parquet"))
    if ending not in allowed:
        raise SourceError(
            f'The rejected rows cannot be written to "{path.name}".', f"End the name with {' or '.join(allowed)}."
        )
    return {"text": _write_text, "workbook": _write_workbook, "parquet": _write_parquet}[format_]


def _lines(rows: RejectedRows) -> Iterator[list[object]]:
    """All rows in the file's order, each with its reason at the end.

    A misshapen row is not filled up: loaded again as it is, it is rejected again.
    """
    columns = [column.to_pylist() for column in rows.columns]
    shaped = [(int(number), [cells[i] for cells in columns]) for i, number in enumerate(rows.numbers)]
    others = [(row.number, list(row.cells)) for row in rows.misshapen]
    for number, cells in sorted(shaped + others, key=lambda line: line[0]):
        yield [*cells, rows.reasons.get(number, "")]


def _write_text(rows: RejectedRows, path: Path) -> None:
    with path.open("w", encoding=rows.encoding, errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=rows.delimiter)
        writer.writerow([*rows.headers, PROBLEM])
        for cells in _lines(rows):
            writer.writerow([text_of(cell) for cell in cells])


def _write_parquet(rows: RejectedRows, path: Path) -> None:
    reasons = pa.array([rows.reasons.get(int(number), "") for number in rows.numbers], pa.string())
    pq.write_table(pa.table([*rows.columns, reasons], names=[*rows.headers, PROBLEM]), path)


def _write_workbook(rows: RejectedRows, path: Path) -> None:
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss", "remove_timezone": True}
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet(rows.sheet)
    header: list[object] = [*rows.headers, PROBLEM]
    for number, cells in enumerate(chain([header], _lines(rows))):
        for place, value in enumerate(cells):
            if value is not None:
                _write_cell(sheet, number, place, value)
    book.close()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    """Text stays text, also when it looks like a formula or a link."""
    if isinstance(value, str | list):
        sheet.write_string(row, column, text_of(value) or "")
    else:
        sheet.write(row, column, value)
