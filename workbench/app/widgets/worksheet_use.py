"""What a worksheet is for: a mailing group, a definition that lives on, interactions in the log."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state, worksheet_session
from workbench.app.language import _, core, number
from workbench.app.widgets import opportunity_start
from workbench.bench import Workbench
from workbench.worksheets import LoggingReceipt, MailingGroupReceipt

_GROUP, _OLD = "worksheet_group", "worksheet_group_old"
_DELIVER, _FOLLOW_UP = "worksheet_deliver", "worksheet_follow_up"


def draw(bench: Workbench, worksheet_no: str) -> None:
    """Draw what can be done with the lines.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which worksheet.
    """
    left, right = st.columns(2, gap="large")
    with left:
        _draw_definition(bench, worksheet_no)
        opportunity_start.of_worksheet(bench, worksheet_no)
    with right:
        _draw_mailing_group(bench, worksheet_no)
        _draw_logging(bench, worksheet_no)


def _draw_definition(bench: Workbench, worksheet_no: str) -> None:
    st.subheader(_("Definition"))
    st.caption(
        _("The criteria replayed as a segment: today's members are the contacts on the lines, tomorrow's follow.")
    )
    replayed = bench.worksheets.definition(worksheet_no)
    st.code(replayed.to_yaml(), language="yaml", wrap_lines=True)

    def save() -> None:
        worksheet_session.attempt(
            lambda: bench.segments.save(replayed), lambda saved: _("Saved as {code}").format(code=saved.name)
        )

    st.button(_("Save as a segment"), key="worksheet_save_segment", on_click=save)


def _draw_mailing_group(bench: Workbench, worksheet_no: str) -> None:
    st.subheader(_("Mailing group"))
    st.text_input(_("Code"), key=_GROUP)
    st.checkbox(_("First take it from everybody who has it"), key=_OLD)

    def apply() -> None:
        code, old = str(clicks.value(_GROUP) or ""), bool(clicks.value(_OLD))
        worksheet_session.attempt(
            lambda: bench.worksheets.apply_mailing_group(worksheet_no, code, delete_old_assignments=old), _applied
        )

    st.button(_("Apply mailing group"), key="worksheet_apply", on_click=apply)


def _applied(receipt: MailingGroupReceipt) -> str:
    text = _("Contacts that got the group: {assigned}, had it: {already}, lost it: {removed}")
    return text.format(
        assigned=number(receipt.assigned), already=number(receipt.already), removed=number(receipt.removed)
    )


def _draw_logging(bench: Workbench, worksheet_no: str) -> None:
    st.subheader(_("Log segment"))
    st.caption(_("Writes an interaction for each line and deletes the worksheet."))
    st.checkbox(_("Letters and e-mails are to be delivered"), key=_DELIVER)
    st.checkbox(_("Make a worksheet to follow up with"), key=_FOLLOW_UP)

    def log(dry_run: bool) -> None:
        options = {"deliver": bool(clicks.value(_DELIVER)), "follow_up": bool(clicks.value(_FOLLOW_UP))}
        receipt = worksheet_session.attempt(
            lambda: bench.worksheets.log(worksheet_no, state.as_of(), **options, dry_run=dry_run), _logged
        )
        if receipt is not None and receipt.is_written:
            worksheet_session.open_worksheet(receipt.follow_up_no)
            state.put(state.LOGGED_ENTRY, receipt.entry_no)

    with st.container(horizontal=True):
        st.button(_("Preview"), key="worksheet_log_preview", on_click=log, args=(True,))
        st.button(_("Log segment"), key="worksheet_log", on_click=log, args=(False,))


def _logged(receipt: LoggingReceipt) -> str:
    text = (
        _("Logged {number}; interactions: {count}, campaign entries: {entries}, to deliver: {letters}")
        if receipt.is_written
        else _("Would be logged: interactions: {count}, campaign entries: {entries}, to deliver: {letters}")
    )
    said = text.format(
        number=receipt.segment_no, count=number(receipt.interaction_count),
        entries=number(receipt.campaign_entry_count), letters=number(receipt.to_deliver_count),
    )  # fmt: skip
    return " ".join([said, *(core(note) for note in receipt.notes)])
