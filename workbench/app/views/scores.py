"""The page Scores: what was computed of contacts, computing it, reading it, and loading what others computed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, failures, state
from workbench.app.language import _
from workbench.app.widgets import score_list, score_load, score_run
from workbench.bench import Workbench


def page() -> None:
    """Draw the page; an address with ``?score=NAME`` shows that score."""
    bench = cached.bench()
    st.title(_("Scores"))
    st.caption(
        _("What was computed of contacts on a day: groups, probabilities, expected values. "
          "In segments, the latest run on or before the day of evaluation counts.")
    )  # fmt: skip
    score_list.follow_address()
    parts: dict[str, Callable[[Workbench], None]] = {
        _("Scores"): score_list.draw,
        _("Compute"): score_run.draw,
        _("Load a run"): score_load.draw,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key=state.SCORE_PANEL)
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw(bench)
