"""Segments that were logged: canceled, deleted, and what became of their letters."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, day, number
from workbench.app.widgets import grids, letters
from workbench.bench import Workbench
from workbench.worksheets import CancelingReceipt, LoggedDeletionReceipt, LoggedSegment


def draw(bench: Workbench) -> None:
    """Draw the logged segments, and the one that is chosen.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    logged = bench.worksheets.logged()
    if not logged:
        return
    st.subheader(_("Logged segments"))
    st.caption(_("Choose one to cancel it or to see its letters."))
    _draw_list(logged)
    if any(one.is_canceled for one in logged):
        st.button(
            _("Delete those that are canceled"), key="logged_delete", type="tertiary", icon=":material/delete:",
            help=_("Interactions and campaign entries stay."),
            on_click=clicks.doing(bench.worksheets.delete_logged, _deleted),
        )  # fmt: skip
    chosen = {one.entry_no: one for one in logged}.get(int(state.get(state.LOGGED_ENTRY, 0)))
    if chosen is not None:
        _draw_chosen(bench, chosen)


def _draw_list(logged: tuple[LoggedSegment, ...]) -> None:
    frame = pd.DataFrame([one.__dict__ for one in logged])
    heads = {
        "entry_no": _("No."), "segment_no": _("Segment"), "description": _("Description"), "created_on": _("Date"),
        "logged_by": _("By"), "is_canceled": _("Canceled"), "interaction_count": _("Interactions"),
        "campaign_entry_count": _("Campaign entries"),
    }  # fmt: skip
    grids.draw(
        frame, heads, key="logged_segments",
        on_select=lambda place: state.put(state.LOGGED_ENTRY, int(frame["entry_no"].iloc[place])),
    )  # fmt: skip


def _draw_chosen(bench: Workbench, chosen: LoggedSegment) -> None:
    head = f"{chosen.segment_no} · {chosen.description} · {day(chosen.created_on)}"
    st.markdown(f"**{plain(head)}**")
    st.button(
        _("Take canceling back") if chosen.is_canceled else _("Cancel this segment"), key="logged_cancel",
        help=_("Its interactions and campaign entries follow."),
        on_click=clicks.doing(lambda: bench.worksheets.cancel_logged([chosen.entry_no]), _canceled),
    )  # fmt: skip
    letters.draw(bench, chosen.entry_no)


def _canceled(receipt: CancelingReceipt) -> str:
    text = _("Canceled; interactions: {count}") if receipt.is_canceled else _("Taken back; interactions: {count}")
    return text.format(count=number(receipt.interaction_count))


def _deleted(receipt: LoggedDeletionReceipt) -> str:
    return _("Logged segments deleted: {count}").format(count=number(len(receipt.entry_nos)))
