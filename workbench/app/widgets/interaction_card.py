"""One entry of the log: its fields, its file, its comments."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, interaction_session, labels, state, written
from workbench.app.failures import plain
from workbench.app.language import _, day
from workbench.app.widgets import grids, opportunity_start
from workbench.bench import Workbench
from workbench.interactions import InteractionCard

_COMMENT = "interaction_comment"


def draw(bench: Workbench, entry_no: int) -> None:
    """Draw the entry.

    Parameters
    ----------
    bench : Workbench
        On the store.
    entry_no : int
        Its number.
    """
    card = bench.interactions.show(entry_no)
    st.subheader(plain(f"{entry_no} · {card.title}"))
    _draw_ways(bench, card)
    fields, comments = st.columns([3, 2], gap="large")
    with fields:
        _draw_fields(bench, card)
    with comments:
        _draw_comments(bench, card)


def _draw_ways(bench: Workbench, card: InteractionCard) -> None:
    """Draw what leads on: the contact, the wizard, the file."""
    with st.container(horizontal=True):
        contact_no = card.values["contact_no"]
        if contact_no:
            st.page_link(
                state.pages()["contacts"], label=plain(str(card.values["contact_name"] or contact_no)),
                icon=":material/person:", query_params={"contact": contact_no},
            )  # fmt: skip
        if card.values["is_postponed"] and not card.values["is_canceled"]:
            st.button(
                _("Finish"), key="interaction_resume", type="primary", icon=":material/play_arrow:",
                on_click=interaction_session.resume, args=(card.entry_no,),
            )  # fmt: skip
        if not card.values["is_canceled"] and not card.values["opportunity_no"]:
            opportunity_start.of_interaction(bench, card.entry_no)
        if card.file_name is not None:
            file = bench.templates.attachment(int(card.values["attachment_no"]))
            st.download_button(
                plain(card.file_name), file.content, card.file_name, file.media_type, key="interaction_file",
                icon=":material/attach_file:", on_click="ignore",
            )  # fmt: skip


def _draw_fields(bench: Workbench, card: InteractionCard) -> None:
    table, settings = bench.setup.table("interaction"), bench.setup.settings()
    known = [(table.by_name[name], value) for name, value in card.values.items() if name in table.by_name]
    rows = [
        (labels.field(column), written.value(column, _held(value), settings))
        for column, value in known
        if value not in (None, "", False)
    ]
    frame = pd.DataFrame(rows, columns=["field", "value"], dtype="str")
    grids.draw(frame, {"field": _("Field"), "value": _("Value")}, height="content")


def _held(value: Any) -> Any:
    """Values of the store as frames have them."""
    return pd.Timestamp(value) if hasattr(value, "hour") else value


def _draw_comments(bench: Workbench, card: InteractionCard) -> None:
    with st.form("interaction_comment_form", border=False, clear_on_submit=True):
        st.text_area(_("New comment"), key=_COMMENT, height=80)

        def add() -> None:
            text = str(clicks.value(_COMMENT) or "")
            clicks.attempt(lambda: bench.interactions.comment(card.entry_no, text, state.as_of()))

        st.form_submit_button(_("Add comment"), key="interaction_comment_add", type="primary", on_click=add)
    for comment in card.comments.itertuples(index=False):
        _draw_comment(bench, card.entry_no, comment)


def _draw_comment(bench: Workbench, entry_no: int, comment: Any) -> None:
    line_no = int(comment.line_no)
    said, gone = st.columns([12, 1], vertical_alignment="top")
    with said:
        st.caption(_("No day") if pd.isna(comment.commented_on) else day(comment.commented_on))
        st.markdown(plain(str(comment.comment)).replace("\n", "  \n"))
    gone.button(
        "", key=f"interaction_comment_delete:{line_no}", icon=":material/delete:", type="tertiary",
        help=_("Delete this comment"),
        on_click=clicks.doing(lambda: bench.interactions.delete_comment(entry_no, line_no)),
    )  # fmt: skip
