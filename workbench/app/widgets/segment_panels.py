"""What else there is to see and do with the draft: one panel at a time, so that only that one is computed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import failures, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _
from workbench.app.widgets import (
    changes,
    export_form,
    members,
    overlaps,
    size_over_time,
    snapshots,
    versions,
    waterfall,
    who_they_are,
    why,
)
from workbench.bench import Workbench


def draw(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    """Draw the panels.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        Its numbers; where there are none, there is nothing to see.
    """
    if found.count is None:
        return
    count, as_of = found.count, state.as_of()
    panels: dict[str, Callable[[], None]] = {
        _("The way to the total"): lambda: waterfall.draw(count),
        _("Members"): lambda: members.draw(bench, found),
        _("Why?"): lambda: why.draw(bench, found.definition, as_of),
        _("Who they are"): lambda: who_they_are.draw(bench, found.definition, as_of),
        _("Overlap"): lambda: overlaps.draw(bench, draft, found, as_of),
        _("Over time"): lambda: size_over_time.draw(bench, found.definition, as_of),
        _("Snapshots"): lambda: snapshots.draw(bench, draft, found),
        _("Changes"): lambda: changes.draw(bench, draft, found),
        _("History"): lambda: versions.draw(bench, draft),
        _("Export"): lambda: export_form.draw(bench, draft, found),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.SEGMENT_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
