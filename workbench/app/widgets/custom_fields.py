"""Fields that users added, and a form to add one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pipelines.schema import TABLES, FieldType
from workbench.app import failures, labels, state
from workbench.app.language import _
from workbench.app.widgets import grids
from workbench.bench import Workbench

_TYPES = [type_.value for type_ in FieldType if type_ is not FieldType.INTEGER]
_TABLES = [table.name for table in TABLES.values() if table.takes_fields]


def draw(bench: Workbench) -> None:
    """Draw the list and the form.

    Parameters
    ----------
    bench : Workbench
        Whose fields.
    """
    st.caption(_("Fields of your own behave like built-in ones: in files, on cards, in segments and in exports."))
    fields = _fields(bench)
    if len(fields):
        heads = {"table": _("Table"), "meaning": _("Meaning"), "type": _("Type"), "name": _("Name in files and YAML")}
        grids.draw(fields, heads, height="content")
    else:
        st.caption(_("None yet."))
    _form(bench)


def _fields(bench: Workbench) -> pd.DataFrame:
    rows = [
        (labels.table(table), labels.field(column), labels.type_name(column.type.value), column.name)
        for table in _TABLES
        for column in bench.setup.table(table).columns
        if column.is_custom
    ]
    return pd.DataFrame(rows, columns=["table", "meaning", "type", "name"], dtype="str")


def _form(bench: Workbench) -> None:
    st.subheader(_("Add a field"))
    tables = {name: labels.table(name) for name in _TABLES}
    types = {type_: labels.type_name(type_) for type_ in _TYPES}
    with st.form("add_field", clear_on_submit=False, border=True):
        left, right = st.columns(2)
        table = left.selectbox(_("Table"), _TABLES, format_func=tables.__getitem__, key="field_table")
        type_ = right.selectbox(_("Type"), _TYPES, format_func=types.__getitem__, key="field_type")
        name = left.text_input(
            _("Name"), key="field_name", placeholder="age_band", help=_("Lower-case letters, digits and _")
        )
        meaning = right.text_input(_("Meaning"), key="field_meaning", placeholder=_("age band"))
        if st.form_submit_button(_("Add field"), type="primary"):
            with failures.shown():
                field = bench.setup.add_field(table, name.strip(), type_, meaning.strip())
                text = _("{field} was added to {table}.").format(field=field.name, table=labels.table(table))
                state.put(state.NOTICE, text)
                st.rerun()
