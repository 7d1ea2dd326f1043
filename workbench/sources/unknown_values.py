"""Values of a file that nothing in the store has, and choices that a field does not know: a person may map them."""

# ruff: noqa: S608 - names of tables and columns come from the list below.

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from pipelines.schema import Column, Table, folded
from workbench.sources.blanks import trimmed
from workbench.sources.converting import as_texts
from workbench.store import Connection

if TYPE_CHECKING:
    from workbench.sources.checking import Columns

_TEXTS = ("column", "field", "value", "nearest")
_MOST_VALUES, _MOST_TOLD, _LIKE = 200, 5, 70
# Where values of a field should be found, and what one of them is called.
_REFERENCES = MappingProxyType(
    {"item_no": ("item", "item_no", "item"), "sales_cycle_code": ("sales_cycle", "code", "sales cycle")}
)


def references(con: Connection, table: Table) -> dict[str, tuple[str, ...]]:
    """List what fields of a table may refer to.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        The table to fill.

    Returns
    -------
    dict of str to tuple of str
        By field; one of which the store knows nothing yet is left out, as nothing could be told from that.
    """
    found = {}
    for field, (source, key, _) in _REFERENCES.items():
        if field in table.by_name and source != table.name:
            rows = con.execute(f"SELECT DISTINCT {key} FROM {source} ORDER BY 1").fetchall()
            found[field] = tuple(str(value) for (value,) in rows)
    return {field: values for field, values in found.items() if values}


def known_values(columns: Columns, known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """List by header the values that a column may hold, where that is limited.

    Parameters
    ----------
    columns : tuple of (Match, pyarrow.ChunkedArray)
        Fields and values of the file.
    known : mapping of str to tuple of str
        As `references` gives it.

    Returns
    -------
    dict of str to tuple of str
        The choices of a field, or what it may refer to.
    """
    limited = {match.header: match.field.choices or known.get(match.field.name, ()) for match, _ in columns}
    return {header: tuple(values) for header, values in limited.items() if values}


def unknown_values(columns: Columns, known: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Find the values of a file that a person may want to map.

    Parameters
    ----------
    columns : tuple of (Match, pyarrow.ChunkedArray)
        Fields and values of the file.
    known : mapping of str to tuple of str
        As `references` gives it.

    Returns
    -------
    pandas.DataFrame
        column (the header), field, value, rows, nearest (the known value most like it, or empty); of each column the
        value of most rows first.
    """
    limited, lines = known_values(columns, known), []
    for match, values in columns:
        if match.header in limited:
            counts = _absent(values, match.field, limited[match.header])
            nearest = _Nearest(limited[match.header])
            lines += [(match.header, match.field.name, text, rows, nearest.to(text)) for text, rows in counts]
    frame = pd.DataFrame(lines, columns=["column", "field", "value", "rows", "nearest"])
    return frame.astype({"rows": "int64", **dict.fromkeys(_TEXTS, "str")})


def _absent(values: pa.ChunkedArray, field: Column, known: Collection[str]) -> list[tuple[str, int]]:
    """Count the values that are not known; the case of letters does not matter for choices."""
    found = pc.value_counts(trimmed(as_texts(values)).combine_chunks()).to_pylist()
    alike = folded if field.choices else str
    admitted = set(map(alike, known))
    counts = [(e["values"], e["counts"]) for e in found if e["values"] and alike(e["values"]) not in admitted]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]


class _Nearest:
    """The known value most like another one, whatever blanks, signs and case there are."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = {folded(value): value for value in known}

    def to(self, text: str) -> str:
        """Give it, or nothing where none is like it."""
        near = process.extractOne(folded(text), list(self._known), scorer=fuzz.ratio, score_cutoff=_LIKE)
        return self._known[near[0]] if near else ""


def notes(unknown: pd.DataFrame) -> tuple[str, ...]:
    """Say which values nothing in the store has; wrong choices are problems of their rows.

    Parameters
    ----------
    unknown : pandas.DataFrame
        As `unknown_values` gives it.

    Returns
    -------
    tuple of str
        One note for each column.
    """
    about = unknown[unknown["field"].isin(list(_REFERENCES))]
    return tuple(
        _note(_REFERENCES[str(rows["field"].iloc[0])][2], str(header), rows)
        for header, rows in about.groupby("column", sort=False)
    )


def _note(called: str, header: str, rows: pd.DataFrame) -> str:
    first = rows.head(_MOST_TOLD)[["value", "rows", "nearest"]].itertuples(index=False, name=None)
    told = ", ".join(_told(*line) for line in first)
    more = f", and {len(rows) - _MOST_TOLD:,} more" if len(rows) > _MOST_TOLD else ""
    return f'"{header}" has values that no {called} has: {told}{more}. Map them (values=, --value), or keep them.'


def _told(value: str, rows: int, nearest: str) -> str:
    count = "1 row" if rows == 1 else f"{rows:,} rows"
    return f'"{value}" ({count}; perhaps "{nearest}")' if nearest else f'"{value}" ({count})'
