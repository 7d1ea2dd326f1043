"""The JSON file beside an export that says what it is.

Keys stand in a fixed order; facts keep the order in which they are given.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from workbench.errors import ExportError
from workbench.exporting.ledger import Ledger
from workbench.exporting.rows import Rows
from workbench.exporting.sealing import Seal

MANIFEST_VERSION = 1
_DISTRIBUTION = "segmentation-workbench"
MANIFEST_ENDING = ".manifest.json"


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
    return path.with_name(path.name + MANIFEST_ENDING)


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
