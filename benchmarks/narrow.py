"""The columns that the questions are about, in files that other databases load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from pyarrow import csv, parquet

import workbench as wb

COLUMNS = {
    "contact": "contact_id, type, city, country_code, age_band, loyalty_points, joined_on, email, "
    "is_excluded_from_segments, is_privacy_blocked",
    "interaction": "contact_id, interaction_template_code, information_flow, occurred_at, is_canceled, is_postponed",
    "sales_entry": "contact_id, posted_at, department, sales_amount",
}
_WRITERS: dict[str, Any] = {"parquet": parquet.ParquetWriter, "csv": csv.CSVWriter}


@contextmanager
def files(bench: wb.Workbench, format: str) -> Iterator[dict[str, Path]]:
    """Write the columns to files that are gone afterwards.

    Parameters
    ----------
    bench : Workbench
        The store.
    format : {"parquet", "csv"}
        CSV has a line of names, and nothing between commas for unknown values.

    Yields
    ------
    dict of str to pathlib.Path
        One file for each table.
    """
    with TemporaryDirectory() as folder:
        # Another program, maybe of another user, reads them.
        Path(folder).chmod(0o755)
        yield {table: _written(bench, table, Path(folder) / f"{table}.{format}", format) for table in COLUMNS}


def _written(bench: wb.Workbench, table: str, path: Path, format: str) -> Path:
    with bench.database.reading() as con:
        rows: pa.RecordBatchReader = con.sql(f"SELECT {COLUMNS[table]} FROM {table}").to_arrow_reader(1_000_000)
        with rows, _WRITERS[format](path, rows.schema) as writer:
            for batch in rows:
                writer.write_batch(batch)
    return path
