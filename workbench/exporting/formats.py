"""The formats an export can have, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.errors import ConfigError, nearest
from workbench.exporting.delimited_file import DelimitedFile, excel_csv
from workbench.exporting.file_format import FileFormat
from workbench.exporting.parquet_file import ParquetFile
from workbench.exporting.xlsx_file import XlsxFile

_FORMATS: dict[str, Callable[[str], FileFormat]] = {
    "csv": lambda _: DelimitedFile(),
    "excel_csv": excel_csv,
    "xlsx": lambda _: XlsxFile(),
    "parquet": lambda _: ParquetFile(),
}
FORMAT_NAMES = tuple(_FORMATS)
_BY_ENDING = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}


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
        The format.

    Raises
    ------
    ConfigError
        When the ending, name or locale is not known, or ending and name contradict each other.

    Examples
    --------
    >>> format_for(Path("list.csv"), None, "en").name
    'csv'
    """
    wanted = name or _by_ending(path)
    if wanted not in _FORMATS:
        raise ConfigError(f'There is no export format "{name}".', nearest(name, FORMAT_NAMES))
    chosen = _FORMATS[wanted](locale)
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
