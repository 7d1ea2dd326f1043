"""Which segment is open, its name and description, and the buttons that open, save, copy and delete."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from workbench.app import draft_session, drafts, failures, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _
from workbench.bench import Workbench


def draw(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    """Draw the bar.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        Its numbers.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _pick(bench, draft)
        st.button(_("New segment"), icon=":material/add:", key="segment_new", on_click=draft_session.start_new)
        st.button(_("Duplicate"), icon=":material/content_copy:", key="segment_copy", on_click=_duplicate)
        _delete(bench, draft)
        _revert(bench, draft)
        _save(bench, draft, found)
    _texts(draft)
    _conflict(bench, draft)


def _pick(bench: Workbench, draft: Draft) -> None:
    names = sorted(bench.segments.catalogue().segments or ())
    changed = draft_session.changed_names()
    options = [draft_session.NEW, *names]

    def named(name: str) -> str:
        mark = "● " if name in changed else ""
        return mark + (name or _("New segment"))

    state.put(state.SEGMENT_PICK, draft.saved_as if draft.saved_as in options else draft_session.NEW)
    st.selectbox(
        _("Segment"), options, format_func=named, key=state.SEGMENT_PICK, on_change=_open, args=(bench,), width=290
    )


def _open(bench: Workbench) -> None:
    with failures.shown():
        draft_session.open_saved(bench, state.get(state.SEGMENT_PICK))


def _duplicate() -> None:
    draft = draft_session.draft()
    draft_session.duplicate(_("{name} copy").format(name=draft.name or _("segment")))


def _delete(bench: Workbench, draft: Draft) -> None:
    if not draft.saved_as:
        return
    with st.popover(_("Delete"), icon=":material/delete:"):
        st.markdown(_("Delete the saved segment? Its snapshots stay, and what you see here goes on as a new segment."))
        st.button(_("Delete it"), type="primary", key="segment_delete", on_click=draft_session.delete, args=(bench,))


def _revert(bench: Workbench, draft: Draft) -> None:
    if draft.saved_as and draft_session.is_changed(draft):
        help_ = _("Give up the changes and show what is saved")
        st.button(
            _("Revert"), icon=":material/history:", key="segment_revert", help=help_,
            on_click=draft_session.revert, args=(bench,),
        )  # fmt: skip


def _texts(draft: Draft) -> None:
    for key, text in {state.SEGMENT_NAME: draft.name, state.SEGMENT_DESCRIPTION: draft.description}.items():
        if state.get(key) != text:  # otherwise what is being typed would be lost
            state.put(key, text)
    name, description = st.columns([1, 2])
    name.text_input(
        _("Name"), key=state.SEGMENT_NAME, max_chars=100, placeholder=_("lapsed-regulars"), on_change=_describe
    )
    description.text_input(_("Description"), key=state.SEGMENT_DESCRIPTION, on_change=_describe)


def _describe() -> None:
    texts = {"name": state.get(state.SEGMENT_NAME), "description": state.get(state.SEGMENT_DESCRIPTION)}
    draft_session.put(drafts.described(draft_session.draft(), **texts))


def _save(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    is_changed = draft_session.is_changed(draft)
    kind: Literal["primary", "secondary"] = "primary" if is_changed else "secondary"
    st.button(_("Save"), type=kind, icon=":material/save:", key="segment_save", on_click=_save_now, args=(bench,))
    st.caption(_standing(draft, found, is_changed))


def _save_now(bench: Workbench, replace: bool = False) -> None:
    """Save what is on the page at the moment of the click: names and rules may have arrived together with it."""
    _describe()
    draft_session.save(bench, replace=replace)


def _standing(draft: Draft, found: DraftCount, is_changed: bool) -> str:
    if found.counted.left_out:
        return _("Finish or remove the unfinished rules to save.")
    if draft.known_hash is None:
        return _("Not saved yet.")
    return _("Changed since it was saved.") if is_changed else _("Saved.")


def _conflict(bench: Workbench, draft: Draft) -> None:
    failure = state.get(state.SEGMENT_FAILURE)
    if failure:
        failures.show(failure)
    conflict = state.get(state.SEGMENT_CONFLICT)
    if not conflict:
        return
    failures.show(conflict)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(_("Replace it"), key="segment_replace", on_click=_save_now, args=(bench, True))
        state.start(state.SEGMENT_OTHER_NAME, f"{draft.name} 2")
        st.text_input(_("Another name"), key=state.SEGMENT_OTHER_NAME, width=300)
        st.button(_("Save under this name"), key="segment_save_as", on_click=_save_as, args=(bench,))


def _save_as(bench: Workbench) -> None:
    name = state.get(state.SEGMENT_OTHER_NAME)
    draft_session.put(drafts.described(draft_session.draft(), name=name))
    draft_session.save(bench)
