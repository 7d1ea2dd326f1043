"""Add contacts, reduce and refine, with filters of Business Central on eight tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import streamlit as st

from pipelines.catalogue import Catalogue
from pipelines.criteria import FILTER_TABLES, REFERENCES, filter_fields
from workbench.app import clicks, criteria_texts, state, worksheet_session
from workbench.app.criteria_texts import KINDS, OPTIONS
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.worksheets import ActionReceipt

_KIND = "worksheet_kind"
_HELP = {
    "add": N_("Adds a line for each contact that the filters give."),
    "reduce": N_("Removes the lines of the contacts that the filters give; without filters, all lines."),
    "refine": N_("Keeps only the lines of the contacts that the filters give."),
}
_OF = {
    "add": ("allow_existing", "expand_companies", "allow_related_companies", "ignore_exclusion"),
    "reduce": ("entire_companies", "reset_criteria"),
    "refine": ("entire_companies", "reset_criteria"),
}


def draw(bench: Workbench, worksheet_no: str) -> None:
    """Draw the form.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which worksheet.
    """
    kind = st.segmented_control(
        _("What to do"), list(KINDS), default="add", key=_KIND, required=True, format_func=lambda one: _(KINDS[one])
    )
    st.caption(_(_HELP[str(kind)]))
    _draw_filters(bench.segments.catalogue())
    for name, column in zip(_OF[str(kind)], st.columns(4), strict=False):
        column.checkbox(_(OPTIONS[name]), key=f"worksheet_{name}")
    _draw_buttons(bench, worksheet_no, str(kind))


def _draw_filters(catalogue: Catalogue) -> None:
    """Draw a row for each filter; the last one is for the next."""
    fields = [f"{table}.{name}" for table in (*FILTER_TABLES, *REFERENCES) for name in filter_fields(table, catalogue)]
    names = {one: criteria_texts.field(one, catalogue) for one in fields}
    rows = int(state.get(state.WORKSHEET_FILTERS, 1))
    for row in range(rows):
        left, right = st.columns([2, 3])
        show: Literal["visible", "collapsed"] = "visible" if row == 0 else "collapsed"
        left.selectbox(
            _("Field"), fields, index=None, format_func=names.__getitem__, key=f"{state.WORKSHEET_FIELD}{row}",
            label_visibility=show, placeholder=_("Field"),
        )  # fmt: skip
        right.text_input(
            _("Filter"), key=f"{state.WORKSHEET_FIELD}{row}:filter", label_visibility=show,
            placeholder="Prague|Brno", help=_("As in Business Central: A..B, A|B, <>A, A*, @a, -30D..t"),
        )  # fmt: skip
    st.button(
        _("Another filter"), icon=":material/add:", type="tertiary", key="worksheet_more_filters",
        on_click=state.put, args=(state.WORKSHEET_FILTERS, rows + 1),
    )  # fmt: skip


def _draw_buttons(bench: Workbench, worksheet_no: str, kind: str) -> None:
    acts: Mapping[str, Callable[..., ActionReceipt]] = {
        "add": bench.worksheets.add, "reduce": bench.worksheets.reduce, "refine": bench.worksheets.refine,
    }  # fmt: skip

    def do(dry_run: bool) -> None:
        options: dict[str, Any] = {name: bool(clicks.value(f"worksheet_{name}")) for name in _OF[kind]}

        def work() -> ActionReceipt:
            return acts[kind](worksheet_no, _filters(), state.as_of(), **options, dry_run=dry_run)

        worksheet_session.attempt(work)

    with st.container(horizontal=True):
        st.button(_("Preview"), key="worksheet_preview", on_click=do, args=(True,))
        st.button(_(KINDS[kind]), key="worksheet_do", type="primary", on_click=do, args=(False,))


def _filters() -> dict[str, dict[str, str]]:
    filters: dict[str, dict[str, str]] = {}
    for row in range(int(state.get(state.WORKSHEET_FILTERS, 1))):
        field = clicks.value(f"{state.WORKSHEET_FIELD}{row}")
        expression = clicks.value(f"{state.WORKSHEET_FIELD}{row}:filter")
        if field and expression:
            table, _dot, name = str(field).partition(".")
            filters.setdefault(table, {})[name] = str(expression)
    return filters
