"""The history of a segment: who saved which version when, what changed, and the way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import cached, draft_session, failures, state, written
from workbench.app.drafts import Draft
from workbench.app.language import _, moment, number
from workbench.app.widgets import differences
from workbench.bench import Workbench
from workbench.segments.history import VersionChange
from workbench.segments.versions import SegmentVersion

_SHOWN = 20


def draw(bench: Workbench, draft: Draft) -> None:
    """Draw the versions of the saved segment; of a new one, the deleted segments that can come back.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    """
    if draft.saved_as:
        _versions(bench, draft)
    else:
        _deleted(bench)


def _versions(bench: Workbench, draft: Draft) -> None:
    name, as_of = draft.saved_as, state.as_of()
    history = cached.by_revision(bench, lambda: bench.segments.history(name, as_of), "history", name, as_of)
    st.caption(_("Members are those that each version gives with today's data."))
    for place, entry in enumerate(history.entries[:_SHOWN]):
        with st.container(border=True):
            _version(bench, draft, entry, is_newest=place == 0)
    if len(history) > _SHOWN:
        st.caption(_("And {count} older ones.").format(count=number(len(history) - _SHOWN)))


def _version(bench: Workbench, draft: Draft, entry: VersionChange, *, is_newest: bool) -> None:
    head, button = st.columns([4, 1], vertical_alignment="center")
    head.markdown(_head(bench, entry.version))
    if not is_newest:
        is_ready = not draft_session.is_changed(draft)
        button.button(
            _("Restore"), icon=":material/history:", key=f"segment_restore_{entry.version.version_no}",
            on_click=draft_session.restore, args=(bench, entry.version.name, entry.version.version_no),
            disabled=not is_ready, help=None if is_ready else _("Save or give up your changes first."),
        )  # fmt: skip
    differences.draw(entry.diff)
    if entry.problem:
        st.caption(_("Its members cannot be counted any more."))


def _head(bench: Workbench, version: SegmentVersion) -> str:
    events = {
        "saved": _("saved"), "deleted": _("deleted"),
        "restored": _("restored from version {number}").format(number=number(version.restored_no or 0)),
    }  # fmt: skip
    text = _("**Version {number}** · {event} by {author} · {moment}")
    return text.format(
        number=number(version.version_no), event=events[version.event], moment=_moment(bench, version),
        author=failures.plain(version.saved_by or _("somebody unknown")),
    )  # fmt: skip


def _deleted(bench: Workbench) -> None:
    found = bench.segments.deleted()
    if not found:
        st.caption(_("A segment has a history once it is saved. No deleted segment waits to come back."))
        return
    st.caption(_("Deleted segments that can come back:"))
    for version in found:
        text, button = st.columns([4, 1], vertical_alignment="center")
        text.markdown(f"**{failures.plain(version.name)}** · {_moment(bench, version)}")
        button.button(
            _("Restore"), icon=":material/history:", key=f"segment_undelete_{version.name}",
            on_click=draft_session.restore, args=(bench, version.name, version.version_no),
        )  # fmt: skip


def _moment(bench: Workbench, version: SegmentVersion) -> str:
    return moment(written.in_zone(pd.Timestamp(version.saved_at), bench.setup.settings()))
