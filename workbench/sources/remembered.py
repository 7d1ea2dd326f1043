"""Mappings that people made, remembered for the next file with the same headers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from pipelines.schema import folded
from workbench import clock
from workbench.store import Connection
from workbench.store.connection import first_row


def fingerprint(headers: Iterable[str]) -> str:
    """Tell the headers of files apart, whatever their order, case and blanks.

    Parameters
    ----------
    headers : iterable of str
        The headers.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    return hashlib.sha256("\0".join(sorted(map(folded, headers))).encode()).hexdigest()


def mapping_of(con: Connection, table: str, headers: tuple[str, ...]) -> dict[str, str]:
    """Look up where the columns of such a file went the last time.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        Where its rows go.
    headers : tuple of str
        Of the file.

    Returns
    -------
    dict of str to str
        Target by header of this file, an empty one where a column was left out; empty when nothing is remembered.
    """
    row = first_row(
        con,
        "SELECT mapping FROM load_mapping WHERE table_name = ? AND headers = ?",
        [table, fingerprint(headers)],
    )
    if row is None:
        return {}
    kept = {folded(header): target for header, target in json.loads(row[0]).items()}
    return {header: kept[folded(header)] for header in headers if folded(header) in kept}


def values_of(con: Connection, table: str, headers: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Look up what values of such a file were taken as the last time.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        Where its rows go.
    headers : tuple of str
        Of the file.

    Returns
    -------
    dict of str to dict
        What was taken instead, by header of this file and value; empty when nothing is remembered.
    """
    query = "SELECT value_mapping FROM load_mapping WHERE table_name = ? AND headers = ?"
    (text,) = first_row(con, query, [table, fingerprint(headers)]) or (None,)
    kept = {folded(header): pairs for header, pairs in json.loads(text or "{}").items()}
    return {header: kept[folded(header)] for header in headers if folded(header) in kept}


def keep(
    con: Connection,
    table: str,
    headers: tuple[str, ...],
    mapping: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Remember where the columns of a file went.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        Where its rows went.
    headers : tuple of str
        Of the file.
    mapping : Mapping[str, str]
        Target by header, an empty one where a column was left out.
    values : Mapping, optional
        By header and value, what the value was taken as.
    """
    forget(con, table, headers)
    con.execute(
        "INSERT INTO load_mapping (table_name, headers, mapping, saved_at, value_mapping) VALUES (?, ?, ?, ?, ?)",
        [
            table,
            fingerprint(headers),
            json.dumps(dict(mapping)),
            clock.now().replace(tzinfo=None),
            json.dumps(values) if values else None,
        ],
    )


def forget(con: Connection, table: str, headers: tuple[str, ...]) -> None:
    """Forget where the columns of such files went.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : str
        Where their rows went.
    headers : tuple of str
        Of the files.
    """
    con.execute("DELETE FROM load_mapping WHERE table_name = ? AND headers = ?", [table, fingerprint(headers)])
