"""The JSON file beside an export that says what it is, and the check that it still is.

Keys stand in a fixed order; facts keep the order in which they are given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import ExportError, NotFoundError
from workbench.exporting.ledger import Ledger
from workbench.exporting.rows import Rows

MANIFEST_VERSION = 1
_DISTRIBUTION = "segmentation-workbench"
_ENDING = ".manifest.json"
_BLOCK_BYTES = 1 << 20


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


def seal(path: Path) -> Seal:
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
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
            size += len(block)
    return Seal(digest.hexdigest(), size)


def manifest_text(
    name: str,
    format_name: str,
    layout: Mapping[str, str],
    rows: Rows,
    sealed: Seal,
    ledger: Ledger,
    facts: Mapping[str, object],
    written_at: dt.datetime,
) -> str:
    """Write a manifest.

    Parameters
    ----------
    name : str
        Of the exported file.
    format_name : str
        One of the formats.
    layout : mapping
        What a reader must know: encoding, delimiter, decimal sign.
    rows : Rows
        What was exported.
    sealed : Seal
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
        "manifest_version": MANIFEST_VERSION,
        "program": program(),
        "written_at": _iso(written_at),
        "file": name,
        "format": format_name,
        "layout": dict(layout),
        "rows": len(rows),
        "columns": [{"name": column.name, "type": column.type.value} for column in rows.columns],
        "bytes": sealed.bytes,
        "sha256": sealed.sha256,
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
            _json({name: value})
        except (TypeError, ValueError) as error:
            raise ExportError(
                f'The fact "{name}" cannot stand in a manifest: {error}.',
                "Give text, numbers, dates or lists.",
            ) from None


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
    expected, found = Seal(content["sha256"], content["bytes"]), seal(file)
    return ManifestCheck(file, expected == found, expected, found, content["rows"], content["written_at"])


def program() -> str:
    """Name this program and its version.

    Returns
    -------
    str
        ``"segmentation-workbench 0.1.0"``; without the version when it is not installed.
    """
    try:
        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"
    except PackageNotFoundError:
        return _DISTRIBUTION


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


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> object:
    """Give what JSON has no word for: days and instants as ISO text, amounts as text, numbers of numpy."""
    if isinstance(value, dt.datetime):
        return _iso(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _iso(instant: dt.datetime) -> str:
    """Write an instant in UTC with a Z; one without a zone is UTC."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
