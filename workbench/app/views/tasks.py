"""The page Tasks: what is to be done by whom, and the card of one task."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, clicks, failures, task_session
from workbench.app.language import _
from workbench.app.widgets import task_card, task_list, task_new


def page() -> None:
    """Draw the page; an address with ``?task=NO`` opens that task."""
    bench = cached.bench()
    task_session.follow_address()
    number = task_session.number()
    if number is None:
        st.title(_("Tasks"))
    clicks.show_failure()
    with failures.shown():
        if number is not None:
            task_card.draw(bench, number)
            return
        task_new.draw(bench)
        task_list.draw(bench)
