"""Every value in the type of its field, every row either good or rejected with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import FieldType, Table
from workbench.errors import SourceError
from workbench.sources.column_dialects import ColumnDialect
from workbench.sources.converting import Converted, as_texts, converted
from workbench.sources.mapping import Match
from workbench.sources.options import CHECKED, Progress, share_done
from workbench.sources.raw_table import RawTable

Columns = tuple[tuple[Match, pa.ChunkedArray], ...]

PROBLEM_COLUMNS = ("row", "column", "value", "reason")
_LONGEST_VALUE = 200

# A contact without a number gets the next one, without a type it is a person.
_GIVEN = {("contact", "contact_no"), ("contact", "type")}
# Silence is no withdrawal: the one flag that a file must state.
_STATED = {("consent", "is_granted")}


@dataclass(frozen=True)
class Checked:
    """The good rows of a file, and the problems of the others.

    Attributes
    ----------
    rows : pyarrow.Table
        Column `row_no` (int64, position among the rows read), then one column per mapped field in the
        store's type.
    is_bad : numpy.ndarray of bool, shape (rows read,)
        Which of the rows read have a problem.
    problems : pandas.DataFrame
        Columns row, column, value, reason; one line per problem, in the file's order.
    """

    rows: pa.Table
    is_bad: np.ndarray
    problems: pd.DataFrame


def must_be_there(table: Table, columns: Columns, headers: tuple[str, ...]) -> None:
    """Refuse a file of which nothing can be loaded, or that lacks a column every row needs.

    Parameters
    ----------
    table : Table
        The table to fill.
    columns : tuple of (Match, pyarrow.ChunkedArray)
        What the file brings.
    headers : tuple of str
        All of its headers.

    Raises
    ------
    SourceError
        Naming the headers, or the field.
    """
    if not columns:
        listed = ", ".join(f'"{header}"' for header in headers)
        raise SourceError(
            f"No column of the file goes to a field of {table.name}: {listed}.",
            'Map them (--map "...=..."), say new_fields="add", or say in which row the headers stand (header_row=).',
        )
    brought = {match.field.name for match, _ in columns}
    for column in table.columns:
        if needed(table, column.name) and column.name not in brought:
            raise SourceError(
                f"No column of the file goes to {column.name}, which every {table.name} needs: {column.meaning}.",
                f'Map one with mapping={{"...": "{column.name}"}} (--map "...={column.name}").',
            )


def needed(table: Table, name: str) -> bool:
    """Tell whether every row must have a value for a field.

    Parameters
    ----------
    table : Table
        The table.
    name : str
        The field.

    Returns
    -------
    bool
        False as well for flags, which are no when unstated, and for what the loader gives.
    """
    column = table.by_name[name]
    if (table.name, name) in _STATED:
        return True
    return not column.nullable and column.type is not FieldType.BOOLEAN and (table.name, name) not in _GIVEN


def checked(
    raw: RawTable, table: Table, columns: Columns, dialects: dict[str, ColumnDialect], progress: Progress
) -> Checked:
    """Bring all values to their types and find what is wrong.

    Parameters
    ----------
    raw : RawTable
        The file.
    table : Table
        The table to fill.
    columns : tuple of (Match, pyarrow.ChunkedArray)
        Fields and values.
    dialects : dict of str to ColumnDialect
        How the columns are written, by header.
    progress : callable
        Told after each column.

    Returns
    -------
    Checked
        Good rows and problems.

    Notes
    -----
    Column by column, not row by row; time grows with the distinct values.
    """
    is_bad = np.zeros(len(raw.row_numbers), dtype=bool)
    problems, arrays = [_misshapen(raw)], {"row_no": pa.array(np.arange(len(is_bad)), pa.int64())}
    for place, (match, values) in enumerate(columns, 1):
        read = _completed(converted(values, match.field, dialects[match.header].dialect), match, table)
        arrays[match.field.name] = read.values
        if read.reasons is not None:
            bad = pc.is_valid(read.reasons).to_numpy(zero_copy_only=False)
            is_bad |= bad
            problems.append(_problems(raw, match.header, values, read.reasons, np.flatnonzero(bad)))
        progress(share_done(raw.row_count, CHECKED, place / len(columns)), raw.row_count)
    rows = pa.table(arrays).filter(pa.array(~is_bad))
    return Checked(rows, is_bad, in_file_order(problems))


def _completed(read: Converted, match: Match, table: Table) -> Converted:
    """Unknown values where there must be one: a default, or a reason."""
    field = match.field
    if not read.values.null_count:
        return read
    if field.is_custom or not (needed(table, field.name) or not field.nullable):
        return read
    if needed(table, field.name):
        blank = pc.is_null(read.values)
        reasons = pc.if_else(blank, "is blank but needed", pa.scalar(None, pa.string()))
        return Converted(read.values, reasons if read.reasons is None else pc.coalesce(read.reasons, reasons))
    if field.type is FieldType.BOOLEAN:
        return Converted(pc.fill_null(read.values, False), read.reasons)
    if (table.name, field.name) == ("contact", "type"):
        return Converted(pc.fill_null(read.values, "person"), read.reasons)
    return read


def _problems(
    raw: RawTable, header: str, values: pa.ChunkedArray, reasons: pa.StringArray, places: np.ndarray
) -> pd.DataFrame:
    taken = pa.array(places)
    shown = pc.utf8_slice_codeunits(as_texts(values.take(taken)), 0, _LONGEST_VALUE)
    return pd.DataFrame(
        {
            "row": raw.row_numbers[places],
            "column": header,
            "value": pc.fill_null(shown, "").to_pandas(),
            "reason": reasons.take(taken).to_pandas(),
        }
    )


def _misshapen(raw: RawTable) -> pd.DataFrame:
    lines = [(row.number, "", _cells(row.cells), row.reason) for row in raw.misshapen]
    return pd.DataFrame(lines, columns=list(PROBLEM_COLUMNS))


def _cells(cells: tuple[object, ...]) -> str:
    return " | ".join("" if cell is None else str(cell) for cell in cells)[:_LONGEST_VALUE]


def in_file_order(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put problems together in the order of the file.

    Parameters
    ----------
    parts : list of pandas.DataFrame
        Frames with the columns row, column, value, reason.

    Returns
    -------
    pandas.DataFrame
        All of them; `row` int64, the others text.
    """
    together = pd.concat([part for part in parts if len(part)] or [parts[0]], ignore_index=True)
    typed = together.astype({"row": "int64", "column": "str", "value": "str", "reason": "str"})
    return typed.sort_values("row", kind="stable", ignore_index=True)
