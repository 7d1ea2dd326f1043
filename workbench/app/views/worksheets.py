"""The page Worksheets: segments as lists of contacts, worked on step by step."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, clicks, failures, state, worksheet_session
from workbench.app.language import _
from workbench.app.widgets import (
    worksheet_action,
    worksheet_criteria,
    worksheet_header,
    worksheet_lines,
    worksheet_list,
    worksheet_logged,
    worksheet_receipt,
    worksheet_use,
)
from workbench.bench import Workbench


def page() -> None:
    """Draw the page; an address with ``?worksheet=NO`` opens that worksheet."""
    bench = cached.bench()
    _follow_link()
    st.title(_("Worksheets"))
    clicks.show_failure()
    with failures.shown():
        worksheet_list.draw(bench)
        number = worksheet_session.number()
        if number is None:
            st.info(_("Create a worksheet, or make one of a saved segment."), icon=":material/playlist_add:")
        else:
            _draw(bench, number)
    with failures.shown():
        worksheet_logged.draw(bench)


def _draw(bench: Workbench, number: str) -> None:
    worksheet_header.draw_figures(bench, number)
    worksheet_receipt.draw(bench)
    panels: dict[str, Callable[[], None]] = {
        _("Lines"): lambda: worksheet_lines.draw(bench, number),
        _("Add, reduce, refine"): lambda: worksheet_action.draw(bench, number),
        _("Criteria"): lambda: worksheet_criteria.draw(bench, number),
        _("Header"): lambda: worksheet_header.draw(bench, number),
        _("Use"): lambda: worksheet_use.draw(bench, number),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.WORKSHEET_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()


def _follow_link() -> None:
    """Keep the address and the open worksheet the same, so that the address can be passed on."""
    asked = st.query_params.get(worksheet_session.ADDRESS)
    if asked and worksheet_session.number() is None:
        worksheet_session.open_worksheet(asked)
    opened = worksheet_session.number()
    if opened:
        st.query_params[worksheet_session.ADDRESS] = opened
    else:
        st.query_params.pop(worksheet_session.ADDRESS, None)
