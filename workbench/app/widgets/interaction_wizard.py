"""The wizard: an interaction begun with its defaults, finished at once or later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from workbench.app import clicks, interaction_session, state
from workbench.app.language import _, core
from workbench.app.widgets import contact_chooser, interaction_fields
from workbench.bench import Workbench
from workbench.interactions import Draft, InteractionReceipt

_KEY = state.INTERACTION_FIELD


def draw(bench: Workbench) -> None:
    """Draw the wizard.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    entry_no: int | None = state.get(state.INTERACTION_RESUMED)
    chosen = _choose(bench, entry_no)
    if chosen is None:
        return
    draft = bench.interactions.draft(chosen, state.as_of(), entry_no=entry_no)
    if not draft.values["contact_no"] or not draft.values["interaction_template_code"]:
        st.caption(_("Choose with whom and which template; the rest has defaults."))
        return
    # Fields of another contact or template begin with its defaults.
    prefix = f"{_KEY}{draft.values['contact_no']}:{draft.values['interaction_template_code']}:"
    interaction_fields.draw(bench, prefix, draft)
    for note in draft.notes:
        st.caption(core(note))
    file = st.file_uploader(_("File that goes with it"), key=f"{prefix}file", max_upload_size=50)
    if file is None and draft.file_name:
        st.caption(_("It goes with {file}.").format(file=draft.file_name))
    if entry_no is None:
        st.text_area(_("Comment"), key=f"{prefix}comment", height=68)
    _draw_buttons(bench, chosen, draft, prefix, entry_no)


def _choose(bench: Workbench, entry_no: int | None) -> dict[str, object] | None:
    """Draw the choice of contact and template, or of the template alone where an interaction is resumed."""
    templates = bench.templates.list().rows
    if templates.empty:
        st.info(_("No interaction template is set up yet."), icon=":material/forum:")
        return None
    named = dict(zip(templates["interaction_template_code"], templates["description"].fillna(""), strict=True))
    left, right = st.columns(2)
    chosen: dict[str, object] = {}
    before: str | None = None
    if entry_no is None:
        with left:
            contact_no = contact_chooser.choose(
                bench, _("Contact"), f"{_KEY}contact_no", state.get(state.INTERACTION_CONTACT)
            )
        chosen["contact_no"] = contact_no
    else:
        values = bench.interactions.show(entry_no).values
        before = values["interaction_template_code"]
        left.text_input(_("Contact"), str(values["contact_name"] or values["contact_no"]), disabled=True)
    codes = list(named)
    template = right.selectbox(
        _("Template"), codes, codes.index(before) if before in codes else None, key=f"{_KEY}template",
        placeholder=_("None"), format_func=lambda code: f"{code} · {named[code]}" if named[code] else code,
    )  # fmt: skip
    return {**chosen, "interaction_template_code": template} if template else chosen


def _draw_buttons(
    bench: Workbench, chosen: Mapping[str, object], draft: Draft, prefix: str, entry_no: int | None
) -> None:
    def write(finish_later: bool) -> InteractionReceipt:
        values = {**chosen, **interaction_fields.given(bench, prefix, draft)}
        file = clicks.value(f"{prefix}file")
        more: dict[str, Any] = {"finish_later": finish_later}
        if file is not None:
            more |= {"file": file.name, "content": file.getvalue()}
        as_of = state.as_of()
        if entry_no is not None:
            return bench.interactions.resume(entry_no, values, as_of, **more)
        comment = str(clicks.value(f"{prefix}comment") or "").strip()
        return bench.interactions.create(values, as_of, comments=[comment] if comment else [], **more)

    def click(finish_later: bool) -> None:
        done = clicks.attempt(lambda: write(finish_later), _said)
        if done is not None:
            interaction_session.finish(done.entry_no)

    with st.container(horizontal=True):
        st.button(_("Finish"), key="interaction_finish", type="primary", on_click=click, args=(False,))
        st.button(_("Finish later"), key="interaction_later", on_click=click, args=(True,))
        if entry_no is not None:
            st.button(
                _("Leave it as it is"), key="interaction_leave", type="tertiary",
                on_click=interaction_session.finish, args=(entry_no,),
            )  # fmt: skip


def _said(receipt: InteractionReceipt) -> str:
    return _("Recorded interaction {number}").format(number=receipt.entry_no)
