"""The page Pipeline: where opportunities stand, how they move, what will be won, and how good that forecast is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, failures, state
from workbench.app.language import _
from workbench.app.widgets import (
    pipeline_ages,
    pipeline_filter,
    pipeline_forecast,
    pipeline_groups,
    pipeline_matrix,
    pipeline_stages,
)
from workbench.bench import Workbench


def page() -> None:
    """Draw the page."""
    bench = cached.bench()
    st.title(_("Pipeline"))
    with failures.shown():
        _draw(bench)


def _draw(bench: Workbench) -> None:
    as_of = state.as_of()
    only = pipeline_filter.draw(bench, as_of)
    if only is None:
        st.info(_("There are no opportunities yet. Load them on the page Data, or create one."))
        return
    pipeline_groups.draw_tiles(bench, as_of, only)
    panels: dict[str, Callable[[], None]] = {
        _("Stages"): lambda: pipeline_stages.draw(bench, as_of, only),
        _("Forecast"): lambda: pipeline_forecast.draw(bench, as_of, only),
        _("Figures"): lambda: pipeline_groups.draw(bench, as_of, only),
        _("Ages"): lambda: pipeline_ages.draw(bench, as_of, only),
        _("Matrix"): lambda: pipeline_matrix.draw(bench, as_of, only),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key="pipeline_panel")
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
