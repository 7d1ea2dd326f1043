"""What is done with entries of the log: evaluated, canceled, finished, deleted."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, clicks, interaction_session, labels
from workbench.app.language import _, number
from workbench.bench import Workbench
from workbench.interactions import EVALUATIONS, EntriesReceipt

_EVALUATION = "interaction_evaluation"


def draw(bench: Workbench, entry_nos: list[int]) -> None:
    """Draw the buttons for the entries that are selected, and the one that deletes canceled entries.

    Parameters
    ----------
    bench : Workbench
        On the store.
    entry_nos : list of int
        Those that are selected.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if entry_nos:
            _draw_selected(bench, entry_nos)
        with st.popover(_("Delete canceled interactions"), icon=":material/delete:", key="interaction_deletion"):
            _draw_deletion(bench)


def _draw_selected(bench: Workbench, entry_nos: list[int]) -> None:
    st.markdown(_("Selected: {count}").format(count=number(len(entry_nos))), width="content")
    st.selectbox(
        _("Evaluation"), EVALUATIONS, None, key=_EVALUATION, placeholder=_("None"), width=200,
        format_func=lambda one: labels.capital(labels.choice(one)),
    )  # fmt: skip
    st.button(
        _("Evaluate"), key="interaction_evaluate",
        on_click=clicks.doing(lambda: bench.interactions.evaluate(entry_nos, clicks.value(_EVALUATION)), _evaluated),
    )  # fmt: skip
    st.button(
        _("Cancel, or take back"), key="interaction_cancel", help=_("All become the opposite of the first one."),
        on_click=clicks.doing(lambda: bench.interactions.cancel(entry_nos), _canceled),
    )  # fmt: skip


def _evaluated(receipt: EntriesReceipt) -> str:
    return _("Interactions evaluated: {count}").format(count=number(len(receipt.entry_nos)))


def _canceled(receipt: EntriesReceipt) -> str:
    text = _("Interactions canceled: {count}") if receipt.value else _("Interactions that count again: {count}")
    return text.format(count=number(len(receipt.entry_nos)))


def _draw_deletion(bench: Workbench) -> None:
    going = cached.by_revision(bench, lambda: bench.interactions.delete_canceled(dry_run=True), "interaction_deletion")
    text = _("Canceled interactions: {count}, with comments: {comments}, files: {files}.")
    st.caption(_told(text, going))

    def delete() -> None:
        gone = clicks.attempt(
            bench.interactions.delete_canceled, lambda gone: _told(_("Deleted interactions: {count}"), gone)
        )
        if gone is not None:
            interaction_session.select([no for no in interaction_session.entries() if no not in gone.entry_nos])

    st.button(_("Delete them"), key="interaction_delete", disabled=not going.entry_nos, on_click=delete)


def _told(text: str, receipt: EntriesReceipt) -> str:
    return text.format(
        count=number(len(receipt.entry_nos)), comments=number(receipt.comment_count), files=number(receipt.file_count)
    )
