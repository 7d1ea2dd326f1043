"""Tables with heads, numbers, days and coded values in the visitor's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from workbench.app.language import _, amount, day, moment, number, percent

RATE_ENDINGS = ("_rate", "_share", "_low", "_high")


def draw(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    key: str | None = None,
    on_select: Callable[[int], None] | None = None,
    on_select_many: Callable[[list[int]], None] | None = None,
    height: int | str = "auto",
    currency: str = "",
    formats: Mapping[str, Callable[[Any], str]] | None = None,
) -> None:
    """Draw a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its rows.
    labels : mapping of str to str
        Head of each column; columns without one are left out.
    key : str, optional
        Its name on the page; needed where rows can be selected.
    on_select : callable, optional
        Told the position of a row when somebody selects it; without it, rows cannot be selected.
    on_select_many : callable, optional
        Told the positions of all rows that are selected, perhaps none, instead.
    height : int or str, optional
        In pixels, or as Streamlit names it.
    currency : str, optional
        ISO 4217 code of the amounts.
    formats : mapping of str to callable, optional
        How columns are written, where their name and type do not say it well.
    """
    shown = frame[list(labels)]
    writers = {name: _writer(name, shown[name], currency) for name in labels} | dict(formats or {})
    styled = shown.style.format({name: writer for name, writer in writers.items() if writer is not None}, na_rep="")
    look: dict[str, Any] = {
        "hide_index": True,
        "column_config": {name: st.column_config.Column(label) for name, label in labels.items()},
        "key": key,
        "height": height,
        "placeholder": "",
    }
    if on_select is None and on_select_many is None:
        st.dataframe(styled, **look)
        return

    def tell() -> None:
        rows = list(st.session_state[str(key)]["selection"]["rows"])
        if on_select_many is not None:
            on_select_many(rows)
        elif on_select is not None and rows:
            on_select(rows[0])

    st.dataframe(styled, on_select=tell, selection_mode="multi-row" if on_select_many else "single-row", **look)


def _writer(name: str, values: pd.Series[Any], currency: str) -> Callable[[Any], str] | None:
    kind = values.dtype
    if isinstance(kind, pd.DatetimeTZDtype):
        return moment
    if pd.api.types.is_datetime64_any_dtype(kind):
        return day
    if pd.api.types.is_bool_dtype(kind):
        return lambda value: _("yes") if value else _("no")
    if not pd.api.types.is_numeric_dtype(kind):
        return None
    if name.endswith(RATE_ENDINGS):
        return percent
    if name.endswith("_index"):
        return lambda value: number(value, 2)
    if name == "amount" or name.endswith("_amount"):
        return lambda value: amount(value, currency)
    return number
