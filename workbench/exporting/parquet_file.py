"""Parquet: every column with its own type, for programs; nothing in it is ever evaluated.

Text is `string`, amounts `decimal(18, 4)`, instants `timestamp[us, UTC]`, dates `date32`, lists
`list<string>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from workbench.errors import ExportError
from workbench.exporting.file_format import Advance, FileFormat
from workbench.exporting.rows import BATCH_ROWS, Rows
from workbench.exporting.verifying import unreadable

_GROUP_ROWS = 6 * BATCH_ROWS


class ParquetFile(FileFormat):
    """Typed columns, compressed."""

    name = "parquet"
    ending = ".parquet"

    def write(self, path: Path, rows: Rows, advance: Advance) -> None:
        with pq.ParquetWriter(path, rows.cells.schema, store_schema=False) as writer:
            for group in rows.batches(_GROUP_ROWS):
                writer.write_batch(group)
                advance(group.num_rows)

    def read(self, path: Path, rows: Rows) -> Iterator[pa.RecordBatch]:
        try:
            with pq.ParquetFile(path) as file:
                _check_types(file.schema_arrow, rows.cells.schema)
                for piece in file.iter_batches(BATCH_ROWS):
                    columns = zip(piece.columns, rows.cells.schema.types, strict=True)
                    typed = [cells.cast(type_) for cells, type_ in columns]
                    yield pa.RecordBatch.from_arrays(typed, names=piece.schema.names)
        except pa.ArrowException as error:
            raise unreadable(error) from None


def _check_types(found: pa.Schema, written: pa.Schema) -> None:
    """See that programs find the types of the columns; Parquet knows one kind of text."""
    for field, wanted in zip(found, written, strict=True):
        type_ = pa.string() if pa.types.is_large_string(wanted.type) else wanted.type
        if not field.type.equals(type_):
            raise ExportError(f'Column "{wanted.name}" reads back as {field.type}, not as {type_}.')
