"""The file that answers somebody who asks what is held about her: JSON for programs, HTML to read."""

from __future__ import annotations

import html
import json
import math
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic_core import to_jsonable_python

from workbench.errors import ConfigError, ExportError
from workbench.exporting.manifest import Seal
from workbench.exporting.placing import place, prepare, reason, unfinished
from workbench.privacy.results import Access, AccessFile, Section

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0 2rem;display:block;overflow-x:auto}"
    "th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#f3f3f3}td{white-space:pre-wrap}"
)


def write(access: Access, path: str | Path, *, overwrite: bool) -> AccessFile:
    """Write everything that is held about a contact to a ZIP.

    Parameters
    ----------
    access : Access
        What is held.
    path : str or pathlib.Path
        Where to; ends in .zip.
    overwrite : bool
        Whether an existing file is replaced.

    Returns
    -------
    AccessFile
        Where it is. The same content gives the same bytes.

    Raises
    ------
    ConfigError
        When the name does not end in .zip.
    ConflictError
        When the file exists and is not to be replaced.
    ExportError
        When it cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() != ".zip":
        raise ConfigError(f'"{target.name}" does not end in .zip.', f"Name the file {target.stem}.zip.")
    prepare(target, overwrite)
    try:
        with unfinished(target) as part:
            _pack(part, access)
            seal = Seal.of(part)
            place(part, target, overwrite)
    except OSError as error:
        raise ExportError(f'"{target}" cannot be written: {reason(error)}.', "Nothing was kept of it.") from None
    rows = sum(len(section.rows) for section in access.sections)
    return AccessFile(target, access.contact_no, rows, seal.bytes, seal.sha256)


def as_json(access: Access) -> dict[str, Any]:
    """Give everything that is held as plain values.

    Parameters
    ----------
    access : Access
        What is held.

    Returns
    -------
    dict
        Sections with columns, their meanings, and rows.
    """
    return {
        "contact_no": access.contact_no,
        "name": access.name,
        "as_of": access.as_of.isoformat(),
        "sections": [_section(section) for section in access.sections],
    }


def as_html(access: Access) -> str:
    """Give everything that is held as a page to read.

    Parameters
    ----------
    access : Access
        What is held.

    Returns
    -------
    str
        A page that needs nothing else.
    """
    title = html.escape(f"{access.contact_no} {access.name}".strip())
    head = f"<p>What is held about this contact as of {access.as_of.isoformat()}. Times are in UTC.</p>"
    parts = "".join(map(_part, access.sections))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>{head}{parts}</body></html>\n"
    )


def _pack(path: Path, access: Access) -> None:
    day = (access.as_of.year, access.as_of.month, access.as_of.day, 0, 0, 0)
    content = {
        "held.json": json.dumps(as_json(access), ensure_ascii=False, indent=2) + "\n",
        "held.html": as_html(access),
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, text in content.items():
            entry = zipfile.ZipInfo(name, max(day, (1980, 1, 1, 0, 0, 0)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, text.encode())


def _section(section: Section) -> dict[str, Any]:
    columns = [{"name": one.name, "type": one.type.value, "meaning": one.meaning} for one in section.columns]
    names = [column.name for column in section.columns]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in section.rows[names].itertuples(index=False)]
    return {
        "name": section.name,
        "meaning": section.meaning,
        "purpose": section.purpose,
        "columns": columns,
        "rows": rows,
    }


def _plain(value: Any) -> Any:
    """Give a cell as JSON has it: unknown as null, days and instants as ISO text."""
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return to_jsonable_python(value)


def _part(section: Section) -> str:
    told = _section(section)
    known = [one for one in told["columns"] if any(row[one["name"]] not in (None, [], "") for row in told["rows"])]
    head = f"<h2>{html.escape(section.name)}</h2><p>{html.escape(section.meaning)}; {html.escape(section.purpose)}.</p>"
    body = _card(told, known) if len(told["rows"]) == 1 else _table(told, known)
    return f"{head}<table>{body}</table>\n"


def _card(told: dict[str, Any], known: list[dict[str, str]]) -> str:
    """Show one row from top to bottom, each field with its meaning."""
    (row,) = told["rows"]
    return "".join(
        f"<tr><th>{html.escape(one['name'])}</th><td>{_cell(row[one['name']])}</td>"
        f"<td>{html.escape(one['meaning'])}</td></tr>"
        for one in known
    )


def _table(told: dict[str, Any], known: list[dict[str, str]]) -> str:
    heads = "".join(f'<th title="{html.escape(one["meaning"])}">{html.escape(one["name"])}</th>' for one in known)
    rows = ("<tr>" + "".join(f"<td>{_cell(row[one['name']])}</td>" for one in known) + "</tr>" for row in told["rows"])
    return f"<tr>{heads}</tr>{''.join(rows)}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return html.escape(", ".join(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return html.escape(str(value))
