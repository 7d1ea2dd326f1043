"""What an erasure cannot do by itself, in words."""

from __future__ import annotations


def notes(exports: int, named: int) -> tuple[str, ...]:
    """Say what is left to do.

    Parameters
    ----------
    exports : int
        Files that held the contact.
    named : int
        Definitions that name it.

    Returns
    -------
    tuple of str
        At least that the file of the store may hold what was removed.
    """
    return tuple(text for text in (files(exports), definitions(named), blocks()) if text)


def files(count: int) -> str:
    """Say that files are out of reach.

    Parameters
    ----------
    count : int
        How many held the contact.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Files that held the contact: {count:,}. Delete them where they are." if count else ""


def definitions(count: int) -> str:
    """Say that definitions are left as they are.

    Parameters
    ----------
    count : int
        How many name the contact.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Places where definitions name the contact: {count:,}. Change them by hand." if count else ""


def blocks() -> str:
    """Say that free blocks of the store's file may hold what was removed.

    Returns
    -------
    str
        One sentence.
    """
    return "The file of the store may hold what was removed in free blocks; `workbench privacy compact` writes it anew."
