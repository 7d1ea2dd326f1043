"""What a visitor changed in a grid whose rows have one name each, brought to use cases row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from workbench.app.widgets.editing_grid import Edits

Save = Callable[[str, dict[str, Any]], object]
Delete = Callable[[str], object]
Rename = Callable[[str, str], object]


def apply(rows: pd.DataFrame, edits: Edits, key: str, *, save: Save, delete: Delete, rename: Rename) -> int:
    """Bring edits to the store: first what goes, then what changes, then what is new.

    Parameters
    ----------
    rows : pandas.DataFrame
        As the visitor saw them.
    edits : Edits
        By position in `rows`.
    key : str
        The column that names a row.
    save : callable
        Saves values, by column, of the row with a name.
    delete : callable
        Deletes the row with a name.
    rename : callable
        Gives the row with a name another one, which was typed over it.

    Returns
    -------
    int
        How many rows were touched.
    """
    names = [str(name) for name in rows[key]]
    for place in edits.deleted:
        delete(names[place])
    for place, values in edits.changed.items():
        others = _others(values, key)
        if others:
            save(names[place], others)
        if key in values and values[key] != names[place]:
            rename(names[place], str(values[key] or ""))
    for values in edits.added:
        save(str(values.get(key) or ""), _others(values, key))
    return len(edits.deleted) + len(edits.changed) + len(edits.added)


def _others(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}
