"""What every format offers: say what it can hold, write rows, and read them again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from workbench.exporting.rows import Rows

# Told how many more rows are done; may raise to cancel.
Advance = Callable[[int], None]


class FileFormat(ABC):
    """One kind of file that an export can be.

    Attributes
    ----------
    name : str
        Under which the format is asked for.
    ending : str
        Of the file name, with its dot.
    """

    name: str
    ending: str

    @property
    def layout(self) -> dict[str, str]:
        """What a reader must know to read the file, for the manifest; nothing where the file says it itself."""
        return {}

    def held(self, rows: Rows) -> Rows:
        """Say what the format keeps of rows, or refuse them; everything, unless a format says otherwise.

        Parameters
        ----------
        rows : Rows
            What is to be exported.

        Returns
        -------
        Rows
            What is written, and what the file must read back as.

        Raises
        ------
        ExportError
            When the format cannot hold them; the message names the row and column.
        """
        return rows

    @abstractmethod
    def write(self, path: Path, rows: Rows, advance: Advance) -> None:
        """Write a file.

        Parameters
        ----------
        path : pathlib.Path
            Where to; replaced if it exists.
        rows : Rows
            What the format holds of the rows.
        advance : callable
            Told the rows written.
        """

    @abstractmethod
    def read(self, path: Path, rows: Rows) -> Iterator[pa.RecordBatch]:
        """Read a file again, with a reader that has no part in the writing.

        Parameters
        ----------
        path : pathlib.Path
            The file.
        rows : Rows
            What it should hold.

        Returns
        -------
        iterator of pyarrow.RecordBatch
            Its rows in pieces, typed, under the names in its header.

        Raises
        ------
        ExportError
            When the file is not of the format, has other columns, or a cell is not a value of its column.
        """
