"""The draft as a sentence and as YAML: always the same thing as in the builder."""

from __future__ import annotations

from html import escape

import streamlit as st

from workbench.app import draft_session, drafts, failures, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _
from workbench.errors import ConditionError
from workbench.segments import Segment
from workbench.segments.wording import sentence

_STYLE = """
<style>
.wb-sentence { border-left: 3px solid var(--st-primary-color, #0b6285); padding-left: 0.7rem; font-size: 0.92rem; }
.st-key-segment_yaml textarea { font-family: var(--st-code-font, monospace); font-size: 0.8rem; line-height: 1.4;
  white-space: pre-wrap; }
</style>
"""


def draw(draft: Draft, found: DraftCount) -> None:
    """Draw both.

    Parameters
    ----------
    draft : Draft
        What is being worked on.
    found : DraftCount
        Which part of it can be counted; unfinished rules cannot be written down.
    """
    try:
        segment = Segment.from_dict(found.definition)
    except ConditionError:
        segment = None
    _sentence(segment)
    _yaml(draft, segment)


def _sentence(segment: Segment | None) -> None:
    if segment is None:
        return
    text = escape(sentence(segment, _))
    st.html(f'{_STYLE}<div class="wb-sentence" data-testid="sentence">{text}</div>')


def _yaml(draft: Draft, segment: Segment | None) -> None:
    if segment is not None and (
        state.get(state.SEGMENT_SHOWN) != draft.version or state.SEGMENT_YAML not in st.session_state
    ):
        state.put(state.SEGMENT_YAML, segment.to_yaml())
        state.forget(state.SEGMENT_YAML_ERROR)
    with st.expander(_("Definition (YAML)"), icon=":material/code:", expanded=True):
        st.text_area(_("Definition"), key=state.SEGMENT_YAML, height="content", label_visibility="collapsed")
        st.button(_("Apply"), key="segment_apply", on_click=_apply, help=_("Take the text over into the builder"))
        error = state.get(state.SEGMENT_YAML_ERROR)
        if error is not None:
            failures.show(error)
        elif _is_edited(segment):
            st.caption(_("The text was changed but not applied."))


def _is_edited(segment: Segment | None) -> bool:
    return segment is not None and str(state.get(state.SEGMENT_YAML, "")).strip() != segment.to_yaml().strip()


def _apply() -> None:
    text = str(state.get(state.SEGMENT_YAML, ""))
    try:
        segment = Segment.from_yaml(text if "\n" in text else f"{text}\n")
    except ConditionError as error:
        state.put(state.SEGMENT_YAML_ERROR, error)
        return
    state.forget(state.SEGMENT_YAML_ERROR)
    draft_session.put(drafts.rewritten(draft_session.draft(), segment.to_dict()))
