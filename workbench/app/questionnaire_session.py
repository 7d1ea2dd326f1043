"""Which questionnaire a visitor works on, and what became of the last click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from workbench.app import failures, state
from workbench.errors import WorkbenchError

Result = TypeVar("Result")
ADDRESS = "questionnaire"


def code() -> str | None:
    """Tell which questionnaire is open.

    Returns
    -------
    str or None
        Its code.
    """
    chosen = state.get(state.QUESTIONNAIRE_CODE)
    return str(chosen) if chosen else None


def open_questionnaire(questionnaire_code: str | None) -> None:
    """Open a questionnaire, or none.

    Parameters
    ----------
    questionnaire_code : str or None
        Its code.
    """
    state.put(state.QUESTIONNAIRE_CODE, questionnaire_code)
    state.forget(state.QUESTIONNAIRE_LINE, state.QUESTIONNAIRE_RUN)
    forget_fields()


def forget_fields() -> None:
    """Let the fields of the page begin with what is stored."""
    for key in [key for key in st.session_state if str(key).startswith(state.QUESTIONNAIRE_FIELD)]:
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
    state.forget(state.QUESTIONNAIRE_FAILURE)
    try:
        result = work()
    except WorkbenchError as error:
        state.put(state.QUESTIONNAIRE_FAILURE, error)
        return None
    if say is not None:
        state.put(state.NOTICE, say(result))
    return result


def show_failure() -> None:
    """Show once why the last click was refused."""
    error = state.get(state.QUESTIONNAIRE_FAILURE)
    if error is not None:
        failures.show(error)
        state.forget(state.QUESTIONNAIRE_FAILURE)


def key(name: str) -> str:
    """Name a field of the page.

    Parameters
    ----------
    name : str
        The field.

    Returns
    -------
    str
        Its key in the session.
    """
    return f"{state.QUESTIONNAIRE_FIELD}{name}"


def value(name: str) -> Any:
    """Read what stands in a field of the page.

    Parameters
    ----------
    name : str
        The field.

    Returns
    -------
    object
        None where the field has not been drawn.
    """
    return st.session_state.get(key(name))
