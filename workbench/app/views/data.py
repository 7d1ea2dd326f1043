"""The page Data: load files, add fields, see what was loaded."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, failures
from workbench.app.language import _
from workbench.app.widgets import custom_fields, linked_records, load_file, load_history
from workbench.bench import Workbench


def page() -> None:
    """Draw the page."""
    bench = cached.bench()
    st.title(_("Data"))
    parts: dict[str, Callable[[Workbench], None]] = {
        _("Load a file"): load_file.draw,
        _("Fields"): custom_fields.draw,
        _("Linked records"): linked_records.draw,
        _("History"): load_history.draw,
    }
    for tab, draw in zip(st.tabs(list(parts)), parts.values(), strict=True):
        with tab, failures.shown():
            draw(bench)
