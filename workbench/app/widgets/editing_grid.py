"""A table that is edited in place, and what a visitor has changed in it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from pipelines.columns import Column, FieldType
from workbench.app import labels


@dataclass(frozen=True)
class Edits:
    """What was changed in a table.

    Attributes
    ----------
    changed : mapping of int to mapping
        By the position of the row: new values by column.
    added : sequence of mapping
        New rows.
    deleted : sequence of int
        Positions of rows that are to go.
    """

    changed: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    added: Sequence[Mapping[str, Any]] = ()
    deleted: Sequence[int] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.deleted)


def draw(name: str, rows: pd.DataFrame, columns: Mapping[str, Any], fixed: Sequence[str] = ()) -> str:
    """Draw a table whose rows can be changed, added and deleted.

    Parameters
    ----------
    name : str
        What the table is called on the page.
    rows : pandas.DataFrame
        As they are in the store.
    columns : mapping of str to object
        How each shown column is edited, as Streamlit's column configuration.
    fixed : sequence of str, optional
        Columns that are only shown.

    Returns
    -------
    str
        Where `edits` finds what was changed. It is another one once the rows are others, for edits are remembered by
        position: they must never reach a row that somebody else has moved there meanwhile.
    """
    shown = rows[list(columns)]
    print_ = zlib.crc32(shown.drop(columns=list(fixed)).to_csv().encode())
    key = f"{name}:{print_}"
    st.data_editor(
        shown, key=key, num_rows="dynamic", hide_index=True, placeholder="", column_config=dict(columns),
        disabled=list(fixed), height="content" if len(shown) < 12 else 460,
    )  # fmt: skip
    return key


def edits(key: str) -> Edits:
    """Read what was changed.

    Parameters
    ----------
    key : str
        As `draw` gave it.

    Returns
    -------
    Edits
        Nothing where the table has not been touched.
    """
    kept = st.session_state.get(key) or {}
    added = [dict(row) for row in kept.get("added_rows", ()) if any(value not in (None, "") for value in row.values())]
    changed = {int(place): dict(values) for place, values in kept.get("edited_rows", {}).items()}
    return Edits(changed, added, list(kept.get("deleted_rows", ())))


def column(of: Column, *, is_required: bool = False) -> Any:
    """Say how a column of the schema is edited.

    Parameters
    ----------
    of : Column
        The column.
    is_required : bool, optional
        Whether new rows need a value.

    Returns
    -------
    object
        Streamlit's column configuration.
    """
    label, config = labels.field(of), st.column_config
    if of.choices:
        return config.SelectboxColumn(label, options=list(of.choices), format_func=_word, required=is_required)
    if of.type is FieldType.BOOLEAN:
        return config.CheckboxColumn(label, default=False)
    if of.type is FieldType.NUMBER:
        return config.NumberColumn(label, required=is_required)
    return config.TextColumn(label, required=is_required)


def _word(value: object) -> str:
    return labels.capital(labels.choice(str(value)))
