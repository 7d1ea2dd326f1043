"""The tasks of an opportunity."""

from __future__ import annotations

import streamlit as st

from workbench.app import state
from workbench.app.language import _
from workbench.app.widgets import grids, opportunity_words
from workbench.bench import Workbench


def draw(bench: Workbench, opportunity_no: str) -> None:
    """Draw the tasks, open or not.

    Parameters
    ----------
    bench : Workbench
        On the store.
    opportunity_no : str
        The opportunity.
    """
    tasks = bench.tasks.list(state.as_of(), state="all", opportunity_no=opportunity_no).tasks
    if tasks.empty:
        st.caption(_("No tasks. Activities of stages bring them."))
        return
    heads = {
        "dated_on": _("Day"), "type": _("Kind"), "description": _("Description"), "salesperson_code": _("Salesperson"),
        "status": _("Status"), "priority": _("Priority"), "is_closed": _("Closed"), "is_canceled": _("Canceled"),
        "task_no": _("Number"),
    }  # fmt: skip
    shown = {name: label for name, label in heads.items() if name in tasks}
    grids.draw(
        tasks, shown, height="content", formats=dict.fromkeys(("type", "status", "priority"), opportunity_words.word)
    )
