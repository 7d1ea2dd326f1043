"""What a click asks for, done before the page is drawn again, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from workbench.app import failures, state
from workbench.errors import WorkbenchError

Result = TypeVar("Result")


def attempt(work: Callable[[], Result], say: Callable[[Result], str] | None = None) -> Result | None:
    """Do what a click asks for.

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
    state.forget(state.CLICK_FAILURE)
    try:
        result = work()
    except WorkbenchError as error:
        state.put(state.CLICK_FAILURE, error)
        return None
    if say is not None:
        state.put(state.NOTICE, say(result))
    return result


def doing(work: Callable[[], Result], say: Callable[[Result], str] | None = None) -> Callable[[], None]:
    """Give what a button does when it is clicked.

    Parameters
    ----------
    work : callable
        Calls one use case.
    say : callable, optional
        Tells from its result what to announce.

    Returns
    -------
    callable
        Attempts the work.
    """

    def click() -> None:
        attempt(work, say)

    return click


def show_failure() -> None:
    """Show once why the last click was refused."""
    error = state.get(state.CLICK_FAILURE)
    if error is not None:
        failures.show(error)
        state.forget(state.CLICK_FAILURE)


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


def forget_fields(prefix: str) -> None:
    """Let fields be filled in afresh when they are next drawn.

    Parameters
    ----------
    prefix : str
        What their keys begin with.
    """
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]
