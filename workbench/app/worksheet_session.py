"""Which worksheet a visitor works on, and what became of its last action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from workbench.app import clicks, state
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
    clicks.forget_fields(state.WORKSHEET_HEADER)


def attempt(work: Callable[[], Result], say: Callable[[Result], str] | None = None) -> Result | None:
    """Do what a click asks for, and keep the receipt of an action on lines for the page to show.

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
    state.forget(state.WORKSHEET_RECEIPT)
    result = clicks.attempt(work, say)
    if isinstance(result, ActionReceipt):
        state.put(state.WORKSHEET_RECEIPT, result)
    return result
