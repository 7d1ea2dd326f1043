"""The root of every error the workbench raises on purpose, and those that reasoning can raise."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class WorkbenchError(Exception):
    """Something a user can put right.

    Parameters
    ----------
    message : str
        What happened, with the value in it; one sentence.
    hint : str, optional
        What to do next; one sentence, or empty when there is nothing to add.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class FrameError(WorkbenchError, ValueError):
    """A frame lacks a column, has one too many, or holds a value its column does not admit."""


class ConditionError(WorkbenchError, ValueError):
    """A segment definition says something the language does not.

    Parameters
    ----------
    message : str
        What is wrong, without the place.
    hint : str, optional
        What to write instead.
    where : str, optional
        The place in the definition in words: ``"step 2, condition 1"``.
    """

    def __init__(self, message: str, hint: str = "", where: str = "") -> None:
        super().__init__(f"{where[:1].upper()}{where[1:]}: {message}" if where else message, hint)
        self.where = where


class MeasureError(WorkbenchError, ValueError):
    """A measure cannot be computed from what it was given."""


class RuleError(WorkbenchError):
    """A rule of the business refuses the action."""


def nearest(word: object, known: Iterable[str]) -> str:
    """Suggest the known name nearest to a word.

    Parameters
    ----------
    word : object
        What the user wrote.
    known : iterable of str
        The names that exist.

    Returns
    -------
    str
        ``'Did you mean "x"?'``, or the known names when none is near, or ``""`` when none exist.
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(str(word), names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known: {', '.join(names[:40])}." if names else ""


def shown(value: object) -> str:
    """Write a value as a message names it.

    Parameters
    ----------
    value : object
        As the user wrote it.

    Returns
    -------
    str
        Texts in quotes, lists in brackets; 80 signs at most.

    Examples
    --------
    >>> shown(("Prague", 3))
    "['Prague', 3]"
    """
    return shortened(
        f'"{value}"' if isinstance(value, str) else str(list(value) if isinstance(value, tuple) else value)
    )


def shortened(text: str) -> str:
    """Cut a long text off, so that a message stays readable.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        80 signs at most, the last an ellipsis where more were there.
    """
    return text if len(text) <= 80 else text[:77] + "…"
