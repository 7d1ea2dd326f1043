"""What a visitor changed in the grid of a code table, brought to the store row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines.schema import Table
from workbench.app.widgets.editing_grid import Edits
from workbench.bench import Workbench


def apply(bench: Workbench, table: Table, rows: pd.DataFrame, edits: Edits) -> int:
    """Bring edits to the store: first what goes, then what changes, then what is new.

    Parameters
    ----------
    bench : Workbench
        On the store.
    table : Table
        The code table.
    rows : pandas.DataFrame
        As the visitor saw them.
    edits : Edits
        By position in `rows`.

    Returns
    -------
    int
        How many rows were touched.

    Notes
    -----
    A code that was typed over is renamed wherever it stands; where a table has several key columns, the row takes the
    place of the old one.
    """
    for place in edits.deleted:
        bench.codes.delete(table.name, _key(table, rows.iloc[place]))
    for place, values in edits.changed.items():
        _change(bench, table, rows.iloc[place], values)
    for values in edits.added:
        bench.codes.save(table.name, _key(table, values), **_others(table, values))
    return len(edits.deleted) + len(edits.changed) + len(edits.added)


def _change(bench: Workbench, table: Table, row: pd.Series[Any], values: Mapping[str, Any]) -> None:
    old, new = _key(table, row), _key(table, {**row, **values})
    if old == new:
        bench.codes.save(table.name, old, **_others(table, values))
    elif table.key == ("code",):
        bench.codes.save(table.name, old, **_others(table, values))  # a code that only contacts have gets its entry
        bench.codes.rename(table.name, old[0], new[0])
    else:
        bench.codes.save(table.name, new, **_others(table, {**row, **values}))
        bench.codes.delete(table.name, old)


def _key(table: Table, row: Mapping[str, Any] | pd.Series[Any]) -> tuple[str, ...]:
    return tuple(_text(row.get(name)) for name in table.key)


def _others(table: Table, values: Mapping[str, Any]) -> dict[str, object]:
    own = [column.name for column in table.columns if column.name not in table.key]
    return {name: None if _is_nothing(values[name]) else values[name] for name in own if name in values}


def _text(value: object) -> str:
    if _is_nothing(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _is_nothing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)
