"""Which worksheet is open, and how to make another or take this one away."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state, worksheet_session
from workbench.app.language import _
from workbench.bench import Workbench

_NEW, _NEW_TEMPLATE, _SEGMENT = "worksheet_new", "worksheet_new_template", "worksheet_segment"


def draw(bench: Workbench) -> None:
    """Draw the choice and the buttons beside it.

    Parameters
    ----------
    bench : Workbench
        Whose worksheets.
    """
    chosen, new, frozen, gone = st.columns([4, 1.7, 1.6, 1.1], vertical_alignment="bottom")
    with chosen:
        _choose(bench)
    with new.popover(_("New worksheet"), icon=":material/add:", width="stretch"):
        _create(bench)
    with frozen.popover(_("Of a segment"), icon=":material/ac_unit:", width="stretch"):
        _freeze(bench)
    number = worksheet_session.number()
    if number is not None:
        with gone.popover(_("Delete"), icon=":material/delete:", width="stretch"):
            _delete(bench, number)


def _choose(bench: Workbench) -> None:
    names = {one.worksheet_no: one.header.description for one in bench.worksheets.list()}
    if worksheet_session.number() not in names:
        worksheet_session.open_worksheet(next(iter(names), None))
    if not names:
        return
    opened = worksheet_session.number()
    key = f"worksheet_choice:{opened}:{len(names)}"
    st.selectbox(
        _("Worksheet"), list(names), index=list(names).index(str(opened)), key=key,
        format_func=lambda no: f"{no} · {names[no]}" if names[no] else no,
        on_change=lambda: worksheet_session.open_worksheet(clicks.value(key)),
    )  # fmt: skip


def _create(bench: Workbench) -> None:
    st.text_input(_("Description"), key=_NEW)
    st.text_input(_("Interaction template"), key=_NEW_TEMPLATE)

    def create() -> None:
        fields = {
            "description": clicks.value(_NEW),
            "interaction_template_code": clicks.value(_NEW_TEMPLATE),
        }
        made = worksheet_session.attempt(
            lambda: bench.worksheets.create(state.as_of(), **fields),
            lambda made: _("Created {number}").format(number=made.worksheet_no),
        )
        if made is not None:
            worksheet_session.open_worksheet(made.worksheet_no)

    st.button(_("Create"), key="worksheet_create", type="primary", on_click=create)


def _freeze(bench: Workbench) -> None:
    names = [entry.name for entry in bench.segments.list()]
    if not names:
        st.caption(_("No segment is saved yet."))
        return
    st.selectbox(_("Segment"), names, key=_SEGMENT)
    st.caption(_("A line for each member of today; the members are kept as a snapshot as well."))

    def freeze() -> None:
        made = worksheet_session.attempt(lambda: bench.worksheets.freeze(str(clicks.value(_SEGMENT)), state.as_of()))
        if made is not None:
            worksheet_session.open_worksheet(made.worksheet_no)
            state.put(state.WORKSHEET_RECEIPT, made)

    st.button(_("Make a worksheet"), key="worksheet_freeze", type="primary", on_click=freeze)


def _delete(bench: Workbench, number: str) -> None:
    st.caption(_("Lines, criteria and history go with it."))

    def delete() -> None:
        gone = worksheet_session.attempt(
            lambda: bench.worksheets.delete(number), lambda _gone: _("Deleted {number}").format(number=number)
        )
        if gone is not None:
            worksheet_session.open_worksheet(None)

    st.button(_("Delete {number}").format(number=number), key="worksheet_delete", on_click=delete)
