"""The page Segments: build a segment with exact counts, look at who is in it, save, freeze and export it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.app import awaited, cached, draft_counts, draft_session, drafts, failures, state
from workbench.app.draft_counts import DraftCount
from workbench.app.language import _
from workbench.app.widgets import builder, definition_text, segment_bar, segment_panels, totals
from workbench.bench import Workbench
from workbench.errors import CancelledError, NotFoundError

_PARAMETER = "segment"


def page() -> None:
    """Draw the page."""
    st.title(_("Segments"))
    bench = cached.bench()
    with failures.shown():
        _follow_link(bench)
    state.forget(state.SEGMENT_HAS_WRITTEN)
    _workbench()


@st.fragment
def _workbench() -> None:
    """Draw everything that depends on the draft."""
    with failures.shown():
        _draw(cached.bench())
    if state.get(state.SEGMENT_HAS_WRITTEN):
        st.rerun()  # the sidebar names the revision, and stands outside of this fragment


def _draw(bench: Workbench) -> None:
    """Draw the numbers first; what takes longer comes behind them."""
    draft = draft_session.draft()
    bar = st.container()
    left, right = st.columns([2.45, 1], gap="medium")
    counted = _counted(bench, draft)
    found = counted or state.get(state.SEGMENT_FOUND) or draft_counts.uncounted(draft.definition)
    with left:
        builder.draw(bench, draft, found, _take_edit)
    with right:
        totals.draw(found, state.as_of())
    with bar:
        segment_bar.draw(bench, draft, found)
    with right:
        definition_text.draw(draft, found)
    segment_panels.draw(bench, draft, found)
    if counted is not None:
        state.put(state.SEGMENT_FOUND, counted)
        state.put(state.SEGMENT_SHOWN, draft.version)
    _keep_link(draft)


def _counted(bench: Workbench, draft: drafts.Draft) -> DraftCount | None:
    """Count the draft, unless the visitor goes on before it is counted: then what was shown stays for that moment."""
    as_of = state.as_of()
    try:
        return awaited.result(bench.database, lambda: draft_counts.counted(bench, draft.definition, as_of))
    except CancelledError:
        return None


def _take_edit(edit: dict[str, Any]) -> None:
    draft_session.put(drafts.edited(draft_session.draft(), edit))


def _follow_link(bench: Workbench) -> None:
    """Open the segment that the address names, once."""
    named = st.query_params.get(_PARAMETER)
    if named is None or named == state.get(state.SEGMENT_LINK):
        return
    state.put(state.SEGMENT_LINK, named)
    try:
        draft_session.open_saved(bench, named)
    except NotFoundError as error:
        failures.show(error)


def _keep_link(draft: drafts.Draft) -> None:
    """Let the address name the segment that is open, so that it can be sent to somebody."""
    if draft.saved_as == st.query_params.get(_PARAMETER, ""):
        return
    state.put(state.SEGMENT_LINK, draft.saved_as)
    if draft.saved_as:
        st.query_params[_PARAMETER] = draft.saved_as
    else:
        st.query_params.pop(_PARAMETER, None)
