"""Parquet: every column with its own type, for programs; nothing in it is ever evaluated.

Text is `string`, amounts `decimal(18, 4)`, instants `timestamp[us, UTC]`, dates `date32`, lists
`list<string>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schema import Column
from workbench.errors import ExportError
from workbench.exporting.progress import Advance
from workbench.exporting.rows import BATCH_ROWS, Rows
from workbench.exporting.typed_cells import ARROW_TYPE

_GROUP_ROWS = 6 * BATCH_ROWS


@dataclass(frozen=True)
class ParquetFile:
    """Typed columns, compressed.

    Attributes
    ----------
    name : str
        Under which the format is asked for.
    ending : str
        Of the file name.
    """

    name: str = "parquet"
    ending: str = ".parquet"

    def layout(self) -> dict[str, str]:
        """Say what a reader must know to read the file: nothing, the file says it.

        Returns
        -------
        dict of str to str
            Empty.
        """
        return {}

    def refuse(self, rows: Rows) -> None:
        """Refuse what the format cannot hold: nothing, it has every type.

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
        with pq.ParquetWriter(path, rows.cells.schema, store_schema=False) as writer:
            for start in range(0, len(rows), _GROUP_ROWS):
                group = rows.cells.slice(start, _GROUP_ROWS)
                writer.write_table(group)
                advance.by(group.num_rows)

    def read(self, path: Path, columns: Sequence[Column]) -> Iterator[pa.Table]:
        """Read the file again.

        Parameters
        ----------
        path : pathlib.Path
            The file.
        columns : sequence of Column
            What its columns should be.

        Yields
        ------
        pyarrow.Table
            Its rows in pieces.

        Raises
        ------
        ExportError
            When a column does not have the type it should have.
        """
        with pq.ParquetFile(path) as file:
            _check_types(file.schema_arrow, columns)
            for batch in file.iter_batches(BATCH_ROWS):
                yield _typed(pa.Table.from_batches([batch]), columns)


def _check_types(schema: pa.Schema, columns: Sequence[Column]) -> None:
    for found, column in zip(schema, columns, strict=True):
        wanted = _file_type(ARROW_TYPE[column.type])
        if not found.type.equals(wanted):
            raise ExportError(f'Column "{column.name}" reads back as {found.type}, not as {wanted}.')


def _file_type(type_: pa.DataType) -> pa.DataType:
    """Tell how a type reads from a file: Parquet knows one kind of text."""
    return pa.string() if pa.types.is_large_string(type_) else type_


def _typed(piece: pa.Table, columns: Sequence[Column]) -> pa.Table:
    names = zip(piece.column_names, columns, strict=True)
    return piece.cast(pa.schema([(name, ARROW_TYPE[column.type]) for name, column in names]))
