"""The formats an export can have, and how one is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from pipelines.schema import Column
from workbench.errors import ConfigError, nearest
from workbench.exporting.csv_file import DelimitedFile
from workbench.exporting.excel_csv import excel_csv
from workbench.exporting.parquet_file import ParquetFile
from workbench.exporting.progress import Advance
from workbench.exporting.rows import Rows
from workbench.exporting.xlsx_file import XlsxFile

FORMAT_NAMES = ("csv", "excel_csv", "xlsx", "parquet")
_BY_ENDING = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}


class FileFormat(Protocol):
    """What one writer offers: refuse, write, and read again what it wrote."""

    @property
    def name(self) -> str:
        """Under which the format is asked for."""

    @property
    def ending(self) -> str:
        """Of the file name, with its dot."""

    def layout(self) -> dict[str, str]:
        """Say what a reader must know to read the file.

        Returns
        -------
        dict of str to str
            For the manifest.
        """

    def refuse(self, rows: Rows) -> None:
        """Refuse what the format cannot hold, before anything is written.

        Parameters
        ----------
        rows : Rows
            What is to be written.

        Raises
        ------
        ExportError
            With the row and column that cannot be held.
        """

    def held(self, rows: Rows) -> Rows:
        """Say what the format keeps of the rows.

        Parameters
        ----------
        rows : Rows
            What is to be written.

        Returns
        -------
        Rows
            What the file must read back as.
        """

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

    def read(self, path: Path, columns: Sequence[Column]) -> Iterator[pa.Table]:
        """Read the file again, independently of how it was written.

        Parameters
        ----------
        path : pathlib.Path
            The file.
        columns : sequence of Column
            What its columns should be.

        Returns
        -------
        iterator of pyarrow.Table
            Its rows in pieces, typed, under the names in its header.
        """


def format_for(path: Path, name: str | None, locale: str) -> FileFormat:
    """Choose the format of a file.

    Parameters
    ----------
    path : pathlib.Path
        Its ending decides when no name is given, and must fit the name when one is.
    name : str or None
        One of `FORMAT_NAMES`.
    locale : str
        For Excel CSV, such as ``"en"`` or ``"es-MX"``.

    Returns
    -------
    FileFormat
        The writer.

    Raises
    ------
    ConfigError
        When the ending or name is not one of ours, or they contradict each other.

    Examples
    --------
    >>> format_for(Path("list.csv"), None, "en").name
    'csv'
    """
    chosen = _named(name or _by_ending(path), locale)
    if path.suffix.lower() != chosen.ending:
        raise ConfigError(
            f'"{path.name}" does not end in {chosen.ending}, the ending of {chosen.name}.',
            f"Name the file {path.stem}{chosen.ending}, or choose another format.",
        )
    return chosen


def _by_ending(path: Path) -> str:
    if path.suffix.lower() not in _BY_ENDING:
        raise ConfigError(
            f'The format of "{path.name}" cannot be told from its ending.',
            f"End the name in {', '.join(_BY_ENDING)}; there are the formats {', '.join(FORMAT_NAMES)}.",
        )
    return _BY_ENDING[path.suffix.lower()]


def _named(name: str, locale: str) -> FileFormat:
    if name == "csv":
        return DelimitedFile()
    if name == "excel_csv":
        return excel_csv(locale)
    if name == "xlsx":
        return XlsxFile()
    if name == "parquet":
        return ParquetFile()
    raise ConfigError(f'There is no export format "{name}".', nearest(name, FORMAT_NAMES))
