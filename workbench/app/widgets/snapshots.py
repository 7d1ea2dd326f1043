"""Snapshots: freeze the members of today, and see those frozen before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import draft_session, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _, day, number
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.errors import WorkbenchError


def draw(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    """Draw the button and the list.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        Its numbers.
    """
    st.caption(
        _("A snapshot keeps the members of a day for good; a campaign is measured on its snapshot, not on a new count.")
    )
    is_ready = bool(draft.saved_as) and not draft_session.is_changed(draft) and found.count is not None
    label = _("Freeze the members of {day}").format(day=day(state.as_of()))
    st.button(
        label, icon=":material/ac_unit:", key="segment_snapshot", on_click=_take, args=(bench, draft.saved_as),
        disabled=not is_ready, help=None if is_ready else _("Save the segment first."),
    )  # fmt: skip
    _list(bench, draft)


def _take(bench: Workbench, name: str) -> None:
    try:
        taken = bench.segments.snapshot(name, state.as_of())
    except WorkbenchError as error:
        state.put(state.SEGMENT_FAILURE, error)
        return
    text = _("Frozen: {count} contacts as {name}").format(count=number(taken.total), name=taken.snapshot_id)
    state.put(state.NOTICE, text)
    state.put(state.SEGMENT_HAS_WRITTEN, True)


def _list(bench: Workbench, draft: Draft) -> None:
    found = [taken for taken in bench.segments.snapshots() if taken.segment_name == draft.saved_as]
    if not found:
        st.caption(_("No snapshot of this segment yet."))
        return
    frame = pd.DataFrame(
        {
            "snapshot_id": [taken.snapshot_id for taken in found],
            "total": [taken.total for taken in found],
            "as_of": pd.to_datetime([taken.as_of for taken in found]),
            "taken_at": pd.to_datetime([taken.taken_at for taken in found], utc=True),
            "sentence": [taken.sentence for taken in found],
        }
    )
    labels = {
        "snapshot_id": _("Snapshot"), "total": _("Contacts"), "as_of": _("As of"), "taken_at": _("Taken (UTC)"),
        "sentence": _("Definition"),
    }  # fmt: skip
    grids.draw(frame, labels)
