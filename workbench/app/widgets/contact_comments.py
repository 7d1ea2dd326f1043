"""Comments on a contact, the latest first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, day
from workbench.bench import Workbench
from workbench.contacts import ContactCard


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the comments.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    key = f"{state.CONTACT_FORM}{card.contact_no}:comment"
    with st.form("contact_comment", border=False, clear_on_submit=True):
        st.text_area(_("New comment"), key=key, height=80)

        def add() -> None:
            text = str(clicks.value(key) or "")
            clicks.attempt(lambda: bench.contacts.add_comment(card.contact_no, text, state.as_of()))

        st.form_submit_button(_("Add comment"), key="contact_comment_add", type="primary", on_click=add)
    for comment in card.around.comments.itertuples(index=False):
        _one(bench, card.contact_no, comment)


def _one(bench: Workbench, contact_no: str, comment: Any) -> None:
    entry_no, on, text = comment.entry_no, comment.commented_on, comment.comment
    said, gone = st.columns([12, 1], vertical_alignment="top")
    with said:
        st.caption(_("No day") if pd.isna(on) else day(on))
        st.markdown(plain(str(text)).replace("\n", "  \n"))

    gone.button(
        "", key=f"contact_comment_delete:{entry_no}", icon=":material/delete:", type="tertiary",
        help=_("Delete this comment"),
        on_click=clicks.doing(lambda: bench.contacts.delete_comment(contact_no, int(entry_no))),
    )  # fmt: skip
