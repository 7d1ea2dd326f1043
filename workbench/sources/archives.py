"""What a workbook's archive holds, looked at before any of it is parsed."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import SourceError

MOST_BYTES = 4 << 30
"""Unpacked, all parts together."""
MOST_TEXT_BYTES = 512 << 20
"""Unpacked, the part that holds the texts of all sheets, which is read as a whole."""
MOST_SHEETS = 500
HIGHEST_RATIO = 200
"""Unpacked to packed bytes, where there are many."""
_MANY_BYTES = 64 << 20
_BLOCK = 1 << 20
_SHEETS, _TEXTS = "xl/worksheets/", "xl/sharedStrings.xml"
_DEFINITIONS = tuple(mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le"))
_FORMULAS = (b"<f>", b"<f ", b"<f/")


@dataclass(frozen=True)
class Archive:
    """What the parts of a workbook tell.

    Attributes
    ----------
    has_formulas : bool
        Whether a sheet has any.
    """

    has_formulas: bool


def examined_archive(path: Path) -> Archive:
    """Look through the parts of a workbook without keeping them.

    Parameters
    ----------
    path : pathlib.Path
        An .xlsx file.

    Returns
    -------
    Archive
        What they tell.

    Raises
    ------
    SourceError
        When unpacking it would take more than a workbook ever needs, or it defines entities of its own.
    BadZipFile
        When it is no archive, or a part is larger than it says.

    Notes
    -----
    Memory is one block. A part is read no further than the size it states, which its checksum then confirms.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _refuse_too_large(path, parts)
        sheets = [part for part in parts if part.filename.startswith(_SHEETS) and part.filename.endswith(".xml")]
        if len(sheets) > MOST_SHEETS:
            raise SourceError(
                f"{path.name} has {len(sheets):,} sheets; {MOST_SHEETS} are the most.",
                "Save the one you need as a file.",
            )
        has_formulas = [_look_through(archive, part, path.name) for part in parts if part.filename.endswith(".xml")]
    return Archive(any(has_formulas))


def _refuse_too_large(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), path.stat().st_size
    texts = sum(part.file_size for part in parts if part.filename == _TEXTS)
    is_swollen = unpacked > _MANY_BYTES and unpacked > HIGHEST_RATIO * packed
    if unpacked > MOST_BYTES or texts > MOST_TEXT_BYTES or is_swollen:
        raise SourceError(
            f"{path.name} would unpack from {packed:,} to {unpacked:,} bytes, which no workbook needs.",
            "If it is yours, save its sheet as CSV (UTF-8) and load that.",
        )


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bool:
    """Whether a part has formulas; to its end, because definitions may stand behind long comments."""
    has_formulas, end = False, b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            seen = end + block
            if any(mark in seen for mark in _DEFINITIONS):
                raise SourceError(
                    f"{name} defines entities of its own, which no program that writes workbooks does.",
                    "Open it in a spreadsheet program and save it again.",
                )
            is_sheet = part.filename.startswith(_SHEETS)
            has_formulas = has_formulas or (is_sheet and any(mark in seen for mark in _FORMULAS))
            end = block[-20:]
    return has_formulas
