"""What else there is to see and do with the draft: one panel at a time, so that only that one is computed."""

from __future__ import annotations

import streamlit as st

from workbench.app import failures, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _
from workbench.app.widgets import export_form, members, snapshots, waterfall, who_they_are
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
    names = [_("The way to the total"), _("Members"), _("Who they are"), _("Snapshots"), _("Export")]
    way, people, profile, frozen, file = st.tabs(names, on_change="rerun", key=state.SEGMENT_PANEL)
    if way.open:
        with way, failures.shown():
            waterfall.draw(found.count)
    if people.open:
        with people, failures.shown():
            members.draw(bench, found)
    if profile.open:
        with profile, failures.shown():
            who_they_are.draw(bench, found.definition, state.as_of())
    if frozen.open:
        with frozen, failures.shown():
            snapshots.draw(bench, draft, found)
    if file.open:
        with file, failures.shown():
            export_form.draw(bench, draft, found)
