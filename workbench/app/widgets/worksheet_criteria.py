"""What was done to a worksheet: go back over it, save it, do it again."""

from __future__ import annotations

import streamlit as st

from pipelines.catalogue import Catalogue
from workbench.app import clicks, criteria_texts, state, worksheet_session
from workbench.app.language import _, day
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.worksheets import CriteriaLog

_CODE, _DESCRIPTION, _SAVED = "worksheet_code", "worksheet_code_description", "worksheet_saved"
_ENTRY, _APPEND = "worksheet_entry", "worksheet_append"


def draw(bench: Workbench, worksheet_no: str) -> None:
    """Draw the log and what can be done with it.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which worksheet.
    """
    log, catalogue = bench.worksheets.criteria(worksheet_no), bench.segments.catalogue()
    if log.actions:
        _draw_log(log, catalogue)
        _draw_way_back(bench, worksheet_no)
        _draw_saving(bench, worksheet_no)
    else:
        st.caption(_("Nothing was done yet."))
    left, right = st.columns(2, gap="large")
    st.checkbox(_("Do so although there are actions already"), key=_APPEND)
    with left:
        _draw_saved(bench, worksheet_no)
    with right:
        _draw_logged(bench, worksheet_no)


def _draw_log(log: CriteriaLog, catalogue: Catalogue) -> None:
    frame = criteria_texts.frame(log, catalogue)
    grids.draw(frame, {"line_no": _("Line"), "text": _("Action or filter")}, height="content")


def _draw_way_back(bench: Workbench, worksheet_no: str) -> None:
    def back(to_beginning: bool, dry_run: bool) -> None:
        worksheet_session.attempt(
            lambda: bench.worksheets.go_back(worksheet_no, to_beginning=to_beginning, dry_run=dry_run)
        )

    with st.container(horizontal=True):
        st.button(_("Go back"), icon=":material/undo:", key="worksheet_back", on_click=back, args=(False, False))
        st.button(_("Preview going back"), key="worksheet_back_preview", on_click=back, args=(False, True))
        st.button(_("Go back to the beginning"), key="worksheet_beginning", on_click=back, args=(True, False))


def _draw_saving(bench: Workbench, worksheet_no: str) -> None:
    code, description, button = st.columns([1, 3, 1], vertical_alignment="bottom")
    code.text_input(_("Code"), key=_CODE)
    description.text_input(_("Description"), key=_DESCRIPTION)

    def save() -> None:
        said, of = str(clicks.value(_CODE) or ""), str(clicks.value(_DESCRIPTION) or "")
        worksheet_session.attempt(
            lambda: bench.worksheets.save_criteria(worksheet_no, said, of),
            lambda saved: _("Saved as {code}").format(code=saved.code),
        )

    button.button(_("Save criteria"), key="worksheet_save_criteria", on_click=save, width="stretch")


def _draw_saved(bench: Workbench, worksheet_no: str) -> None:
    st.subheader(_("Saved criteria"))
    saved = {entry.code: entry for entry in bench.worksheets.saved_criteria()}
    if not saved:
        st.caption(_("None yet."))
        return
    code = st.selectbox(
        _("Code"), list(saved), key=_SAVED, label_visibility="collapsed",
        format_func=lambda one: f"{one} · {saved[one].description}" if saved[one].description else one,
    )  # fmt: skip
    _draw_log(bench.worksheets.saved_log(str(code)), bench.segments.catalogue())

    def reuse() -> None:
        append = bool(clicks.value(_APPEND))
        worksheet_session.attempt(
            lambda: bench.worksheets.reuse_criteria(worksheet_no, str(code), state.as_of(), append=append)
        )

    def delete() -> None:
        worksheet_session.attempt(
            lambda: bench.worksheets.delete_criteria(str(code)),
            lambda _nothing: _("Deleted {number}").format(number=code),
        )

    with st.container(horizontal=True):
        st.button(_("Do again"), key="worksheet_reuse", on_click=reuse)
        st.button(_("Delete"), key="worksheet_delete_criteria", type="tertiary", on_click=delete)


def _draw_logged(bench: Workbench, worksheet_no: str) -> None:
    st.subheader(_("Logged segments"))
    logged = {entry.entry_no: entry for entry in bench.worksheets.logged()}
    if not logged:
        st.caption(_("None yet."))
        return

    def name(entry_no: int) -> str:
        entry = logged[entry_no]
        return f"{entry.segment_no} · {entry.description} · {day(entry.created_on)}"

    entry_no = st.selectbox(_("No."), list(logged), key=_ENTRY, label_visibility="collapsed", format_func=name)

    def reuse() -> None:
        append = bool(clicks.value(_APPEND))
        worksheet_session.attempt(
            lambda: bench.worksheets.reuse_logged(worksheet_no, int(entry_no), state.as_of(), append=append)
        )

    st.button(_("Add its contacts"), key="worksheet_reuse_logged", on_click=reuse)
