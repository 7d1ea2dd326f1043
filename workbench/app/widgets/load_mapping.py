"""Where each column of a file goes, to be corrected in a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pipelines.schema import FieldType, Table
from workbench.app import labels, state
from workbench.app.language import _
from workbench.sources import LoadPlan

LEAVE_OUT = "-"
NEW_FIELD = "+"
ASK = "?"
_TYPES = [type_.value for type_ in FieldType if type_ is not FieldType.INTEGER]
_COLUMNS = ("column", "goes_to", "new_type", "written_as")


def headers(plan: LoadPlan) -> tuple[str, ...]:
    """List the columns of a file that a plan speaks of.

    Parameters
    ----------
    plan : LoadPlan
        The plan.

    Returns
    -------
    tuple of str
        Those that are loaded, those to be decided about, those left out.
    """
    named = [column.header for column in (*plan.columns, *plan.new_fields)]
    return tuple(dict.fromkeys([*named, *plan.ignored]))


def draw(table: Table, plan: LoadPlan | None, headers: tuple[str, ...], file_id: str) -> None:
    """Draw the table of columns; what a person changes is kept for the next plan.

    Parameters
    ----------
    table : Table
        Where the rows go.
    plan : LoadPlan or None
        Where the columns go so far; nowhere when there is none.
    headers : tuple of str
        Of the file.
    file_id : str
        Tells files apart.
    """
    st.subheader(_("Where the columns go"))
    _draw_new_fields(table)
    before = rows(plan, headers)
    edited = st.data_editor(
        before,
        column_config=_config(table),
        disabled=["column", "written_as"],
        hide_index=True,
        placeholder="",
        key=f"mapping:{file_id}:{table.name}:{hash(repr(before.to_dict('list')))}",
    )
    wishes = changes(before, edited)
    if wishes:
        state.put(state.LOAD_MAPPING, {**state.get(state.LOAD_MAPPING, {}), **wishes})
        st.rerun()


def _draw_new_fields(table: Table) -> None:
    if not table.takes_fields:
        st.caption(_("This table takes no fields of your own; columns that fit no field are left out or mapped."))
    names = {"ask": _("ask me"), "add": _("add as new fields"), "ignore": _("leave them out")}
    options = list(names) if table.takes_fields else ["ask", "ignore"]
    state.start(state.LOAD_NEW_FIELDS, "ask")
    st.segmented_control(
        _("Columns that fit no field"),
        options,
        format_func=names.__getitem__,
        key=state.LOAD_NEW_FIELDS,
        required=True,
        persist_state="session",
    )


def _config(table: Table) -> dict[str, Any]:
    fields = table.by_name
    names = {ASK: _("(to be decided)"), LEAVE_OUT: _("(leave out)"), NEW_FIELD: _("(new field)")}
    options = [name for name in names if name != NEW_FIELD or table.takes_fields] + list(fields)

    def written(name: object) -> str:
        return names.get(str(name)) or labels.field(fields[str(name)])

    choose = st.column_config.SelectboxColumn
    return {
        "column": st.column_config.TextColumn(_("Column of the file")),
        "goes_to": choose(
            _("goes to field"),
            options=options,
            format_func=written,
            width="large",
        ),
        "new_type": choose(
            _("Type of a new field"), options=_TYPES, format_func=lambda type_: labels.type_name(str(type_))
        ),
        "written_as": st.column_config.TextColumn(_("Written as")),
    }


def rows(plan: LoadPlan | None, headers: tuple[str, ...]) -> pd.DataFrame:
    """Give the lines of the table of columns.

    Parameters
    ----------
    plan : LoadPlan or None
        Where the columns go so far.
    headers : tuple of str
        Of the file.

    Returns
    -------
    pandas.DataFrame
        Columns column, goes_to (a field, or one of this module's signs), new_type, written_as.
    """
    known: dict[str, tuple[str | None, str | None, str]] = {}
    if plan is not None:
        known |= {column.header: (ASK, column.type, "") for column in plan.new_fields}
        known |= dict.fromkeys(plan.ignored, (LEAVE_OUT, None, ""))
        words = {"ambiguous": _("ambiguous")}
        for column in plan.columns:
            goes_to, type_ = (NEW_FIELD, column.type) if column.is_new else (column.field, None)
            known[column.header] = (goes_to, type_, words.get(column.written_as, column.written_as))
    lines = [(header, *known.get(header, (None, None, ""))) for header in headers]
    return pd.DataFrame(lines, columns=list(_COLUMNS)).astype("str")


def changes(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    """Tell what a person changed.

    Parameters
    ----------
    before, after : pandas.DataFrame
        As `rows` gives it, and as it was edited.

    Returns
    -------
    dict of str to str
        The lines that differ, as the mapping of a load takes them.
    """
    wishes: dict[str, str] = {}
    for old, new in zip(before.to_dict("records"), after.to_dict("records"), strict=True):
        if any(_text(old[name]) != _text(new[name]) for name in ("goes_to", "new_type")):
            wishes[str(new["column"])] = _wish(str(new["column"]), _text(new["goes_to"]), _text(new["new_type"]))
    return wishes


def _wish(header: str, goes_to: str, new_type: str) -> str:
    if goes_to in ("", ASK, NEW_FIELD):
        return f"{header.replace(':', ' ')}:{new_type or FieldType.TEXT.value}"
    return "" if goes_to == LEAVE_OUT else goes_to


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
