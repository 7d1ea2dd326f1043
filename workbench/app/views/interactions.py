"""The page Interactions: the log, the wizard, e-mails and calls brought in from files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, clicks, failures, interaction_session, state
from workbench.app.language import _
from workbench.app.widgets import interaction_imports, interaction_log, interaction_wizard


def page() -> None:
    """Draw the page; ``?interaction=NO`` shows that entry, ``?new=CONTACT_NO`` begins one with that contact."""
    bench = cached.bench()
    interaction_session.follow_address()
    st.title(_("Interactions"))
    clicks.show_failure()
    panels: dict[str, Callable[[], None]] = {
        _("Log"): lambda: interaction_log.draw(bench),
        _("New interaction"): lambda: interaction_wizard.draw(bench),
        _("Import"): lambda: interaction_imports.draw(bench),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.INTERACTION_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
