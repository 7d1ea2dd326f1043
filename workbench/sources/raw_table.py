"""What a file or frame holds, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from workbench.errors import SourceError
from workbench.sources.blanks import bare

MOST_COLUMNS = 1_000


@dataclass(frozen=True)
class MisshapenRow:
    """A row that cannot be laid under the headers.

    Attributes
    ----------
    number : int
        Its number in a spreadsheet.
    cells : tuple of object
        What stands in it.
    reason : str
        What is wrong with it.
    """

    number: int
    cells: tuple[object, ...]
    reason: str


@dataclass(frozen=True)
class RawTable:
    """What a file or frame holds, before anything is understood.

    Attributes
    ----------
    source : str
        The file's name, or ``"frame"``.
    kind : str
        ``"text"``, ``"workbook"``, ``"parquet"`` or ``"frame"``.
    headers : tuple of str
        As written, without blanks around them; each once.
    columns : tuple of pyarrow.ChunkedArray
        One per header: text as written for text files, typed otherwise.
    row_numbers : numpy.ndarray of int64, shape (rows,)
        Number of each row in a spreadsheet: the header is row 1.
    misshapen : tuple of MisshapenRow
        Rows with the wrong number of cells.
    sha256 : str
        Of the content.
    encoding, delimiter, sheet : str
        How the file is written; empty where that has no meaning.
    notes : tuple of str
        What a person should know about how it was read.
    """

    source: str
    kind: str
    headers: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    row_numbers: np.ndarray
    misshapen: tuple[MisshapenRow, ...]
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows that are not blank, misshapen ones included."""
        return len(self.row_numbers) + len(self.misshapen)


def named_headers(cells: list[object], source: str) -> tuple[str, ...]:
    """Make headers of the cells of the header row.

    Parameters
    ----------
    cells : list of object
        The header row as it stands.
    source : str
        The file's name, for the message.

    Returns
    -------
    tuple of str
        Without blanks around them; a blank header becomes ``"column 3"``.

    Raises
    ------
    SourceError
        When there is none, one stands twice, one contains a NUL character, or there are too many.
    """
    if len(cells) > MOST_COLUMNS:
        raise SourceError(
            f"{source} has {len(cells):,} columns; {MOST_COLUMNS:,} are the most that can be loaded.",
            "Save the file with the columns that are needed.",
        )
    names = ["" if cell is None else bare(str(cell)) for cell in cells]
    headers = tuple(name or f"column {place}" for place, name in enumerate(names, 1))
    if not any(names):
        raise SourceError(f"{source} has no header row.", "The first row must name the columns.")
    if any("\0" in name for name in names):
        raise SourceError(
            f"The headers of {source} contain NUL characters.", 'Give its encoding, for example encoding="utf-16".'
        )
    first: dict[str, int] = {}
    for place, header in enumerate(headers, 1):
        if first.setdefault(header, place) != place:
            raise SourceError(
                f'The header "{header}" stands twice in {source}: columns {first[header]} and {place}.',
                "Rename one of them.",
            )
    return headers
