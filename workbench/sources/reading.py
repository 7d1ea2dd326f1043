"""Opens what a user points at: picks the reader by the file's ending, and says why a file cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from workbench.errors import SourceError, nearest
from workbench.sources.frames import read_frame, read_parquet
from workbench.sources.options import Options
from workbench.sources.raw_table import RawTable
from workbench.sources.text_files import read_text
from workbench.sources.workbooks import read_workbook

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


def read(source: str | os.PathLike[str] | pd.DataFrame, options: Options) -> RawTable:
    """Read a file or frame.

    Parameters
    ----------
    source : str, os.PathLike or pandas.DataFrame
        A path ending in .csv, .tsv, .txt, .xlsx or .parquet, or a frame.
    options : Options
        Overrides for encoding, delimiter, sheet and header row.

    Returns
    -------
    RawTable
        Headers and cells; rows in their order, blank ones left out.

    Raises
    ------
    SourceError
        When the whole cannot be read: no file, an ending not known, no header, a header twice.

    Notes
    -----
    Memory is about that of the file's text; nothing is held twice.
    """
    if isinstance(source, pd.DataFrame):
        return read_frame(source)
    path = _existing(source)
    ending = path.suffix.lower()
    try:
        if ending == ".xlsx":
            return read_workbook(path, options)
        if ending == ".parquet":
            return read_parquet(path)
        return read_text(path, options)
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror or error}.") from None


def _existing(source: str | os.PathLike[str]) -> Path:
    if not isinstance(source, str | os.PathLike):
        raise SourceError(f"A {type(source).__name__} cannot be loaded.", "Give a path or a pandas DataFrame.")
    path = Path(source)
    if path.is_dir():
        raise SourceError(f"{path} is a folder.", "Give the path of one file.")
    if not path.is_file():
        raise SourceError(f"There is no file {path}.", _near(path))
    if path.suffix.lower() not in ENDINGS:
        raise SourceError(
            f'Files ending in "{path.suffix}" cannot be loaded: {path.name}.',
            "Save it as CSV (UTF-8), XLSX or Parquet.",
        )
    return path


def _near(path: Path) -> str:
    if not path.parent.is_dir():
        return f"There is no folder {path.parent} either."
    return nearest(path.name, (found.name for found in _some_files(path.parent)))


def _some_files(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    except OSError:
        return
