"""The JSON file beside an export that says what it is, and whether the file is still that one.

Keys stand in a fixed order; facts keep the order in which they are given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic_core import to_jsonable_python

from workbench.errors import ExportError, NotFoundError
from workbench.exporting.file_format import FileFormat
from workbench.exporting.ledger import Ledger
from workbench.exporting.rows import Rows

_VERSION = 1
_DISTRIBUTION = "segmentation-workbench"
_ENDING = ".manifest.json"


@dataclass(frozen=True)
class Seal:
    """What tells whether a file has changed.

    Attributes
    ----------
    sha256 : str
        In lower-case hexadecimal digits.
    bytes : int
        The size.
    """

    sha256: str
    bytes: int

    @classmethod
    def of(cls, path: Path) -> Seal:
        """Compute what tells whether a file has changed.

        Parameters
        ----------
        path : pathlib.Path
            The file.

        Returns
        -------
        Seal
            Its SHA-256 and size.
        """
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return cls(digest, file.tell())


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
        table = pd.DataFrame({"expected": asdict(self.expected), "found": asdict(self.found)})
        return table.assign(is_same=table["expected"] == table["found"])

    def _repr_html_(self) -> str:
        verdict = "is the file that was exported" if self.is_unchanged else "has changed since it was exported"
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
    beside = given if given.name.endswith(_ENDING) else manifest_path(given)
    content = _read(beside)
    file = beside.with_name(beside.name.removesuffix(_ENDING))
    if not file.is_file():
        raise NotFoundError(f'"{file}" is not there, only its manifest.', "Put the file beside its manifest.")
    expected, found = Seal(content["sha256"], content["bytes"]), Seal.of(file)
    return ManifestCheck(file, expected == found, expected, found, content["rows"], content["written_at"])


def manifest_path(path: Path) -> Path:
    """Say where the manifest of a file stands.

    Parameters
    ----------
    path : pathlib.Path
        The exported file.

    Returns
    -------
    pathlib.Path
        Beside it, with ``.manifest.json`` behind its name.

    Examples
    --------
    >>> manifest_path(Path("exports/list.csv")).name
    'list.csv.manifest.json'
    """
    return path.with_name(path.name + _ENDING)


def manifest_text(
    path: Path, file_format: FileFormat, rows: Rows, seal: Seal, ledger: Ledger, facts: Mapping[str, object],
    written_at: dt.datetime,
) -> str:  # fmt: skip
    """Write a manifest.

    Parameters
    ----------
    path : pathlib.Path
        Of the exported file.
    file_format : FileFormat
        Its format.
    rows : Rows
        What was exported.
    seal : Seal
        Of the file.
    ledger : Ledger
        The account.
    facts : mapping
        What the caller knows: definition, its hash, sentence, as_of, revision, time zone.
    written_at : datetime.datetime
        In UTC.

    Returns
    -------
    str
        JSON, indented, with a line end.
    """
    content = {
        "manifest_version": _VERSION,
        "program": _program(),
        "written_at": written_at,
        "file": path.name,
        "format": file_format.name,
        "layout": file_format.layout,
        "rows": len(rows),
        "columns": [{"name": column.name, "type": column.type.value} for column in rows.columns],
        "bytes": seal.bytes,
        "sha256": seal.sha256,
        "ledger": {**asdict(ledger), "suppressed": dict(ledger.suppressed)},
        "facts": dict(facts),
    }
    return _json(content) + "\n"


def check_facts(facts: Mapping[str, object]) -> None:
    """See that facts can stand in a manifest, before anything is written.

    Parameters
    ----------
    facts : mapping
        Text, numbers, dates, and lists and mappings of these.

    Raises
    ------
    ExportError
        When one cannot; the message names it.
    """
    for name, value in facts.items():
        try:
            _json(value)
        except (TypeError, ValueError) as error:
            raise ExportError(
                f'The fact "{name}" cannot stand in a manifest: {error}.', "Give text, numbers, dates or lists."
            ) from None


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> object:
    """Give what JSON has no word for: numbers of numpy, days and instants as ISO text, amounts as text."""
    return value.tolist() if isinstance(value, np.generic | np.ndarray) else to_jsonable_python(value)


def _program() -> str:
    try:
        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"
    except PackageNotFoundError:
        return _DISTRIBUTION


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        is_newer = content["manifest_version"] > _VERSION
        is_complete = {"sha256", "bytes", "rows", "written_at"} <= content.keys()
    except FileNotFoundError:
        raise NotFoundError(f'There is no manifest "{path}".', "Keep the manifest beside the exported file.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        is_newer = is_complete = False
    if is_newer:
        raise ExportError(f'"{path.name}" was written by a newer workbench.', "Bring this one up to date.")
    if not is_complete:
        raise ExportError(f'"{path.name}" is not a manifest of an export.', "Name the exported file or its manifest.")
    return dict(content)
