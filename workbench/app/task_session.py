"""Which task a visitor looks at, and what stands in the fields of its page."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state

ADDRESS = "task"


def number() -> str | None:
    """Tell which task is open.

    Returns
    -------
    str or None
        Its number; None while the list is shown.
    """
    chosen = state.get(state.TASK_NO)
    return str(chosen) if chosen else None


def open_task(task_no: str | None) -> None:
    """Open a task, or go back to the list.

    Parameters
    ----------
    task_no : str or None
        Its number.
    """
    state.put(state.TASK_NO, task_no)
    state.forget(state.TASK_PLAN)
    clicks.forget_fields(state.TASK_FIELD)


def follow_address() -> None:
    """Keep the address and the open task the same, so that the address can be passed on."""
    asked = st.query_params.get(ADDRESS)
    if asked and asked != state.get(state.TASK_LINK):
        open_task(asked)
    opened = number()
    if opened:
        st.query_params[ADDRESS] = opened
    else:
        st.query_params.pop(ADDRESS, None)
    state.put(state.TASK_LINK, opened)
