"""The page Duplicates: contacts that may be the same, found, gone through, merged, and merges undone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, clicks, failures, state
from workbench.app.language import _
from workbench.app.widgets import duplicate_queue, duplicate_search, duplicate_strings, duplicate_undo


def page() -> None:
    """Draw the page."""
    bench = cached.bench()
    st.title(_("Duplicates"))
    clicks.show_failure()
    panels: dict[str, Callable[[], None]] = {
        _("Review"): lambda: duplicate_queue.draw(bench),
        _("Find"): lambda: duplicate_search.draw(bench),
        _("Search strings"): lambda: duplicate_strings.draw(bench),
        _("Merges"): lambda: duplicate_undo.draw(bench),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.DUPLICATE_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
