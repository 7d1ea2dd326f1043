"""Values of a file that stand for others: taken as what a person says, before anything is read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from workbench.errors import SourceError, nearest
from workbench.sources.blanks import trimmed
from workbench.sources.converting import as_texts
from workbench.sources.raw_table import RawTable

Values = Mapping[str, Mapping[str, str]]
"""By header and value of the file, what the value is taken as; the value "" is a blank cell."""


@dataclass(frozen=True)
class Replaced:
    """A file whose values were replaced.

    Attributes
    ----------
    raw : RawTable
        With the new values.
    notes : tuple of str
        How many rows each replacement changed.
    """

    raw: RawTable
    notes: tuple[str, ...] = ()


def checked(values: object) -> dict[str, dict[str, str]]:
    """Take replacements as a user wrote them.

    Parameters
    ----------
    values : object
        ``{"product": {"GTXPro": "GTX Pro"}}``, or ``{"product:GTXPro": "GTX Pro"}``; None and ``""`` stand for a blank
        cell.

    Returns
    -------
    dict of str to dict
        Replacement by header and value, without blanks around them.

    Raises
    ------
    SourceError
        When it is neither.
    """
    if not isinstance(values, Mapping):
        raise SourceError("values is no mapping.", 'Write values={"column": {"value in the file": "value to take"}}.')
    found: dict[str, dict[str, str]] = {}
    for name, target in values.items():
        header, sign, value = str(name).partition(":")
        pairs = target if isinstance(target, Mapping) else {value: target}
        header = str(name) if isinstance(target, Mapping) else header
        if not isinstance(target, Mapping) and not sign:
            raise SourceError(
                f'"{name}" names no value.', f'Write "{name}:value in the file" (--value "COLUMN:OLD=NEW").'
            )
        found.setdefault(header.strip(), {}).update({_bare(old): _bare(new) for old, new in pairs.items()})
    return found


def _bare(value: object) -> str:
    return "" if value is None else str(value).strip()


def together(kept: Values, said: Values) -> dict[str, dict[str, str]]:
    """Put what is remembered and what was said together.

    Parameters
    ----------
    kept, said : Mapping
        Replacements; what was said goes first.

    Returns
    -------
    dict of str to dict
        Replacements.
    """
    return {header: {**kept.get(header, {}), **said.get(header, {})} for header in (*kept, *said)}


def must_be_there(headers: tuple[str, ...], values: Values) -> None:
    """Refuse replacements in columns that the file does not have.

    Parameters
    ----------
    headers : tuple of str
        Of the file.
    values : Mapping
        What was said.

    Raises
    ------
    SourceError
        Naming the column.
    """
    for header in values:
        if header not in headers:
            raise SourceError(
                f'The file has no column "{header}" whose values could be mapped.', nearest(header, headers)
            )


def replaced(raw: RawTable, values: Values) -> Replaced:
    """Replace values of a file.

    Parameters
    ----------
    raw : RawTable
        As read.
    values : Mapping
        Replacements; the case of letters counts, blanks around a value do not.

    Returns
    -------
    Replaced
        The file to be loaded; rejected rows are written from the one that was read.
    """
    columns, notes = [], []
    for header, column in zip(raw.headers, raw.columns, strict=True):
        pairs = values.get(header, {})
        new, counts = _column(column, pairs) if pairs else (column, {})
        columns.append(new)
        notes += [_note(header, value, pairs[value], count) for value, count in counts.items()]
    return Replaced(replace(raw, columns=tuple(columns)), tuple(notes)) if values else Replaced(raw)


def _column(column: pa.ChunkedArray, pairs: Mapping[str, str]) -> tuple[pa.ChunkedArray, dict[str, int]]:
    """Look each value up, and leave a column that holds none of them in its type."""
    texts = as_texts(column)
    sought = pc.fill_null(trimmed(texts), "")
    places = pc.index_in(sought, pa.array(list(pairs), pa.string()))
    counts = {entry["values"]: entry["counts"] for entry in pc.value_counts(places.drop_null()).to_pylist()}
    if not counts:
        return column, dict.fromkeys(pairs, 0)
    targets = pa.array([target or None for target in pairs.values()], pa.string())
    new = pc.if_else(pc.is_valid(places), targets.take(places.combine_chunks()), texts)
    return new, {value: counts.get(place, 0) for place, value in enumerate(pairs)}


def _note(header: str, value: str, target: str, count: int) -> str:
    written, taken = f'"{value}"' if value else "a blank cell", f'"{target}"' if target else "unknown"
    rows = "1 row" if count == 1 else f"{count:,} rows"
    return f'In "{header}", {written} is taken as {taken} ({rows}).'
