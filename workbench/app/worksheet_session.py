"""Which worksheet a visitor works on, and what became of the last click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from workbench.app import failures, state
from workbench.errors import WorkbenchError
from workbench.worksheets import ActionReceipt

Result = TypeVar("Result")
ADDRESS = "worksheet"


def number() -> str | None:
    """Tell which worksheet is open.

    Returns
    -------
    str or None
        Its number.
    """
    chosen = state.get(state.WORKSHEET_NO)
    return str(chosen) if chosen else None


def open_worksheet(worksheet_no: str | None) -> None:
    """Open a worksheet, or none.

    Parameters
    ----------
    worksheet_no : str or None
        Its number.
    """
    state.put(state.WORKSHEET_NO, worksheet_no)
    state.forget(state.WORKSHEET_RECEIPT, state.WORKSHEET_LINE)
    for key in [key for key in st.session_state if str(key).startswith(state.WORKSHEET_HEADER)]:
        del st.session_state[key]


def attempt(work: Callable[[], Result], say: Callable[[Result], str] | None = None) -> Result | None:
    """Do what a click asks for, before the page is drawn again.

    Parameters
    ----------
    work : callable
        Calls one use case.
    say : callable, optional
        Tells from its result what to announce.

    Returns
    -------
    object or None
        The result; None where it was refused, which the page then shows.
    """
    state.forget(state.WORKSHEET_FAILURE, state.WORKSHEET_RECEIPT)
    try:
        result = work()
    except WorkbenchError as error:
        state.put(state.WORKSHEET_FAILURE, error)
        return None
    if isinstance(result, ActionReceipt):
        state.put(state.WORKSHEET_RECEIPT, result)
    if say is not None:
        state.put(state.NOTICE, say(result))
    return result


def show_failure() -> None:
    """Show once why the last click was refused."""
    error = state.get(state.WORKSHEET_FAILURE)
    if error is not None:
        failures.show(error)
        state.forget(state.WORKSHEET_FAILURE)


def value(key: str) -> Any:
    """Read what stands in a field of the page.

    Parameters
    ----------
    key : str
        The key of the field.

    Returns
    -------
    object
        None where the field has not been drawn.
    """
    return st.session_state.get(key)
