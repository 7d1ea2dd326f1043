"""What is exported: columns of the schema and their cells, each with the exact type of its column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from pipelines.schema import Column
from workbench.errors import FrameError, nearest
from workbench.exporting.typed_cells import typed_cells

BATCH_ROWS = 20_000


@dataclass(frozen=True)
class Rows:
    """The rows of an export, typed by the schema.

    Attributes
    ----------
    columns : tuple of Column
        In the order of the file.
    cells : pyarrow.RecordBatch
        One column each, of the type `typed_cells.ARROW_TYPE` gives; unknown is null, and an empty list
        for a many-valued column.
    """

    columns: tuple[Column, ...]
    cells: pa.RecordBatch

    @classmethod
    def of(cls, frame: pd.DataFrame, columns: Sequence[Column]) -> Rows:
        """Take the chosen columns of a frame.

        Parameters
        ----------
        frame : pandas.DataFrame
            At least the columns asked for, in any order; the order of its rows is kept.
        columns : sequence of Column
            What to export, at least one, none twice.

        Returns
        -------
        Rows
            The cells with exact types; the frame is unchanged.

        Raises
        ------
        FrameError
            When a column is missing, asked for twice, or holds values its type does not admit.
        """
        names = [column.name for column in columns]
        _check_names(frame, names)
        arrays = [typed_cells(frame[column.name], column) for column in columns]
        return cls(tuple(columns), pa.RecordBatch.from_arrays(arrays, names=names))

    def __len__(self) -> int:
        """Count the rows, the header not counted."""
        return int(self.cells.num_rows)

    def batches(self, size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """Cut the cells into pieces that fit in memory as text.

        Parameters
        ----------
        size : int
            The most rows of a piece.

        Yields
        ------
        pyarrow.RecordBatch
            Rows in order; none for an empty export.
        """
        for start in range(0, len(self), size):
            yield self.cells.slice(start, size)

    def row_name(self, position: int) -> str:
        """Name a row for an error message.

        Parameters
        ----------
        position : int
            Counted from 0, the header not counted.

        Returns
        -------
        str
            ``"row 3 (contact_no CT0003)"``, or ``"row 3"`` when no number of a contact is exported.
        """
        if "contact_no" in self.cells.schema.names:
            return f"row {position + 1} (contact_no {self.cells['contact_no'][position].as_py()})"
        return f"row {position + 1}"


def _check_names(frame: pd.DataFrame, names: list[str]) -> None:
    if not names:
        raise FrameError("An export needs at least one column.", "Name the columns to write.")
    for name, count in Counter(names).items():
        if count > 1:
            raise FrameError(f'Column "{name}" is asked for {count} times.', "Name each column once.")
        if name not in frame.columns:
            raise FrameError(f'The frame has no column "{name}" to export.', nearest(name, map(str, frame.columns)))
