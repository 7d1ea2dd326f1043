"""What is said about an opportunity."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, day
from workbench.bench import Workbench
from workbench.opportunities import OpportunityCard

_COMMENT = "opportunity_comment"


def draw(bench: Workbench, card: OpportunityCard) -> None:
    """Draw the comments, and the field for another.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : OpportunityCard
        The opportunity.
    """
    no = card.opportunity.opportunity_no
    with st.form("opportunity_comment_form", border=False, clear_on_submit=True):
        st.text_area(_("New comment"), key=_COMMENT, height=80)

        def add() -> None:
            text = str(clicks.value(_COMMENT) or "")
            clicks.attempt(lambda: bench.opportunities.comment(no, text, state.as_of()))

        st.form_submit_button(_("Add comment"), key="opportunity_comment_add", on_click=add)
    for comment in card.comments.itertuples(index=False):
        _draw_comment(bench, no, comment)


def _draw_comment(bench: Workbench, no: str, comment: Any) -> None:
    line_no = int(comment.line_no)
    said, gone = st.columns([12, 1], vertical_alignment="top")
    with said:
        st.caption(_("No day") if pd.isna(comment.commented_on) else day(comment.commented_on))
        st.markdown(plain(str(comment.comment)).replace("\n", "  \n"))
    gone.button(
        "", key=f"opportunity_comment_delete:{line_no}", icon=":material/delete:", type="tertiary",
        help=_("Delete this comment"),
        on_click=clicks.doing(lambda: bench.opportunities.delete_comment(no, line_no)),
    )  # fmt: skip
