"""The page Setup: marketing setup, series, codes, salespeople, sales cycles, salutations, templates, the store."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, clicks, failures, state
from workbench.app.language import _
from workbench.app.widgets import (
    setup_codes,
    setup_cycles,
    setup_files,
    setup_marketing,
    setup_salespeople,
    setup_salutations,
    setup_series,
    setup_templates,
    store_settings,
)
from workbench.bench import Workbench


def page() -> None:
    """Draw the page."""
    bench = cached.bench()
    st.title(_("Setup"))
    clicks.show_failure()
    panels: dict[str, Callable[[Workbench], None]] = {
        _("Marketing"): setup_marketing.draw,
        _("Number series"): setup_series.draw,
        _("Codes"): setup_codes.draw,
        _("Salespeople and teams"): setup_salespeople.draw,
        _("Sales cycles"): setup_cycles.draw,
        _("Salutations"): setup_salutations.draw,
        _("Interaction templates"): setup_templates.draw,
        _("Files and documents"): setup_files.draw,
        _("Store"): store_settings.draw,
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.SETUP_PANEL)
    for tab, draw in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw(bench)
