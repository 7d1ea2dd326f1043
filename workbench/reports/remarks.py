"""What a report leaves out or cannot print, in words."""

from __future__ import annotations


def blocked(count: int) -> str:
    """Say that contacts are blocked for privacy.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Contacts left out because they are privacy blocked: {count:,}." if count else ""


def without_address(count: int) -> str:
    """Say that contacts have no address that a letter would reach.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Contacts left out because street or city is unknown: {count:,}." if count else ""


def other_type(count: int) -> str:
    """Say that contacts are of a type that the report is not about.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Contacts left out because they are of the other type: {count:,}." if count else ""


def replaced(count: int) -> str:
    """Say that the font lacks characters.

    Parameters
    ----------
    count : int
        How many were replaced.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Characters that the font lacks, printed as question marks: {count:,}." if count else ""


def cut(count: int) -> str:
    """Say that lines are too long.

    Parameters
    ----------
    count : int
        How many were cut.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Lines that were too long and were cut: {count:,}." if count else ""


def without_entries(count: int) -> str:
    """Say that opportunities have no steps in a sales cycle, such as loaded ones.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Opportunities left out because no step through a sales cycle is known: {count:,}." if count else ""
