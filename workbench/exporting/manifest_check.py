"""Whether a file is still the one that was exported, by the manifest beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import ExportError, NotFoundError
from workbench.exporting.manifest import MANIFEST_ENDING, MANIFEST_VERSION, manifest_path
from workbench.exporting.sealing import Seal, seal


@dataclass(frozen=True)
class ManifestCheck:
    """Whether a file is still the one that was exported.

    Attributes
    ----------
    path : pathlib.Path
        The exported file.
    is_unchanged : bool
        Whether size and hash are those of the manifest.
    expected : Seal
        What the manifest says.
    found : Seal
        What the file has now.
    rows : int
        How many rows were exported.
    written_at : str
        When, in UTC.
    """

    path: Path
    is_unchanged: bool
    expected: Seal
    found: Seal
    rows: int
    written_at: str

    def frame(self) -> pd.DataFrame:
        """Show the manifest beside the file.

        Returns
        -------
        pandas.DataFrame
            Rows `sha256` and `bytes`, with `expected`, `found` and `is_same`.
        """
        expected, found = asdict(self.expected), asdict(self.found)
        table = pd.DataFrame({"expected": expected, "found": found})
        return table.assign(is_same=table["expected"] == table["found"])

    def _repr_html_(self) -> str:
        verdict = (
            "is the file that was exported" if self.is_unchanged else "has changed since it was exported"
        )
        return f"<p>{escape(self.path.name)} {verdict} at {self.written_at}.</p>{self.frame().to_html()}"


def verify_manifest(path: str | Path) -> ManifestCheck:
    """Say whether a file is still the one that was exported.

    Parameters
    ----------
    path : str or pathlib.Path
        The exported file, or its manifest.

    Returns
    -------
    ManifestCheck
        With the hash of the manifest and the hash of the file as it is now.

    Raises
    ------
    NotFoundError
        When the file or its manifest is not there.
    ExportError
        When the manifest cannot be read, or was written by a newer program.
    """
    given = Path(path)
    beside = given if given.name.endswith(MANIFEST_ENDING) else manifest_path(given)
    content = _read(beside)
    file = beside.with_name(beside.name.removesuffix(MANIFEST_ENDING))
    if not file.is_file():
        raise NotFoundError(f'"{file}" is not there, only its manifest.', "Put the file beside its manifest.")
    expected, found = Seal(content["sha256"], content["bytes"]), seal(file)
    return ManifestCheck(file, expected == found, expected, found, content["rows"], content["written_at"])


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        newer = content["manifest_version"] > MANIFEST_VERSION
        complete = {"sha256", "bytes", "rows", "written_at"} <= content.keys()
    except FileNotFoundError:
        raise NotFoundError(
            f'There is no manifest "{path}".', "Keep the manifest beside the exported file."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        newer = complete = False
    if newer:
        raise ExportError(f'"{path.name}" was written by a newer workbench.', "Bring this one up to date.")
    if not complete:
        raise ExportError(
            f'"{path.name}" is not a manifest of an export.', "Name the exported file or its manifest."
        )
    return dict(content)
