"""Which questionnaire a visitor works on, and what stands in the fields of its page."""

from __future__ import annotations

from typing import Any

from workbench.app import clicks, state

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
    clicks.forget_fields(state.QUESTIONNAIRE_FIELD)


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
    return clicks.value(key(name))
