"""Values of a file that nothing in the store has, or that a field does not know, to be mapped in a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import state
from workbench.app.language import _
from workbench.sources import LoadPlan

_MOST_OPTIONS = 2_000


def draw(plan: LoadPlan, file_id: str) -> None:
    """Draw the values that may be mapped; what a person chooses is kept for the next plan.

    Parameters
    ----------
    plan : LoadPlan
        The plan.
    file_id : str
        Tells files apart.
    """
    if plan.values:
        st.button(
            _("Take all values as they are in the file"), key="load_values_forget", icon=":material/undo:",
            on_click=_take_back, args=(plan.values,),
        )  # fmt: skip
    for header in plan.known_values:
        _draw_column(plan, header, file_id)


def _draw_column(plan: LoadPlan, header: str, file_id: str) -> None:
    unknown = plan.unknown_values[plan.unknown_values["column"] == header]
    st.subheader(_('Values of "{column}" that are not known').format(column=header))
    before = unknown[["value", "rows", "nearest"]].assign(taken_as=None).astype({"taken_as": "str"})
    edited = st.data_editor(
        before, hide_index=True, disabled=["value", "rows", "nearest"], placeholder="",
        column_config=_config(plan, header),
        key=f"values:{file_id}:{header}:{hash(repr(before.to_dict('list')))}",
    )  # fmt: skip
    wishes = chosen(edited)
    everything = {str(row.value): str(row.nearest) for row in unknown.itertuples() if row.nearest}
    if everything:
        st.button(
            _("Take each as the most alike"), key=f"load_values_nearest:{header}", icon=":material/join_inner:",
            on_click=_keep, args=(header, everything),
        )  # fmt: skip
    if wishes:
        _keep(header, wishes)
        st.rerun()


def _config(plan: LoadPlan, header: str) -> dict[str, Any]:
    return {
        "value": st.column_config.TextColumn(_("Value in the file")),
        "rows": st.column_config.NumberColumn(_("Rows")),
        "nearest": st.column_config.TextColumn(_("Most alike")),
        "taken_as": st.column_config.SelectboxColumn(
            _("taken as"), options=list(plan.known_values[header][:_MOST_OPTIONS]), width="large"
        ),
    }


def chosen(edited: pd.DataFrame) -> dict[str, str]:
    """Tell what a person chose.

    Parameters
    ----------
    edited : pandas.DataFrame
        With the columns value and taken_as.

    Returns
    -------
    dict of str to str
        By value what it is taken as; lines without a choice are left out.
    """
    rows = edited.dropna(subset="taken_as")
    return {str(row.value): str(row.taken_as) for row in rows.itertuples() if str(row.taken_as)}


def _keep(header: str, wishes: dict[str, str]) -> None:
    said = dict(state.get(state.LOAD_VALUES, {}))
    state.put(state.LOAD_VALUES, {**said, header: {**said.get(header, {}), **wishes}})


def _take_back(values: dict[str, dict[str, str]]) -> None:
    """Take each value as itself, whatever is remembered of it."""
    state.put(state.LOAD_VALUES, {header: {value: value for value in pairs} for header, pairs in values.items()})
