"""The search strings that companies are compared by."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import streamlit as st

from pipelines.columns import FieldType
from workbench.app import clicks, labels
from workbench.app.labels import N_
from workbench.app.language import _, number
from workbench.bench import Workbench
from workbench.duplicates import SearchStringSetup

_FIELD, _PART, _LENGTH, _GONE = "duplicate_field", "duplicate_part", "duplicate_length", "duplicate_gone"
_PARTS = {"first": N_("First"), "last": N_("Last")}


def draw(bench: Workbench) -> None:
    """Draw the setup, and how to change it.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    told = bench.duplicates.search_strings()
    st.caption(
        _("{needed} of {count} search strings in common make a duplicate ({percent} %).").format(
            needed=number(told.needed_count), count=number(len(told.rules)), percent=number(told.hit_percent)
        )
    )
    table = bench.setup.table("contact")
    names = {column.name: labels.capital(labels.field(column)) for column in table.columns}
    frame = told.rules.assign(
        field_name=told.rules["field_name"].map(names), part=[_(_PARTS[part]) for part in told.rules["part"]]
    )
    heads = {"field_name": _("Field"), "part": _("Part"), "length": _("Characters")}
    st.dataframe(frame, hide_index=True, column_config=dict(heads), width=560)
    new, gone, _rest = st.columns([1, 1, 3])
    with new.popover(_("New or changed"), icon=":material/add:", width="stretch"):
        _save(bench, {c.name: names[c.name] for c in table.columns if c.type is FieldType.TEXT})
    with gone.popover(_("Delete"), icon=":material/delete:", width="stretch"):
        _delete(bench, {_key(row): f"{names[row['field_name']]} · {_(_PARTS[row['part']])}" for row in _rows(told)})


def _rows(told: SearchStringSetup) -> list[dict[Hashable, Any]]:
    return told.rules.to_dict(orient="records")


def _key(row: dict[Hashable, Any]) -> tuple[str, str]:
    return str(row["field_name"]), str(row["part"])


def _save(bench: Workbench, names: dict[str, str]) -> None:
    st.selectbox(_("Field"), list(names), format_func=names.__getitem__, key=_FIELD)
    st.segmented_control(
        _("Part"), list(_PARTS), default="first", required=True, key=_PART, format_func=lambda one: _(_PARTS[one])
    )
    st.number_input(_("Characters"), 2, 10, 5, key=_LENGTH)
    save = clicks.doing(
        lambda: bench.duplicates.save_search_string(
            str(clicks.value(_FIELD)), str(clicks.value(_PART)), int(clicks.value(_LENGTH))
        ),
        lambda _done: _("Saved. Look for duplicates again."),
    )
    st.button(_("Save"), key="duplicate_save", type="primary", on_click=save)


def _delete(bench: Workbench, names: dict[tuple[str, str], str]) -> None:
    if not names:
        return
    st.selectbox(_("Search string"), list(names), format_func=names.__getitem__, key=_GONE)
    delete = clicks.doing(
        lambda: bench.duplicates.delete_search_string(*clicks.value(_GONE)),
        lambda _done: _("Deleted. Look for duplicates again."),
    )
    st.button(_("Delete"), key="duplicate_delete", on_click=delete)
