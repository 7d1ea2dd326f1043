"""What is to be known about tasks beside what was done, in words that front ends show."""

from __future__ import annotations


def known(*notes: str) -> tuple[str, ...]:
    """Keep the remarks that say something.

    Parameters
    ----------
    *notes : str
        Remarks; those without a cause are empty.

    Returns
    -------
    tuple of str
        The others.
    """
    return tuple(note for note in notes if note)


def blocked(count: int) -> str:
    """Tell how many contacts got no task because their privacy is blocked.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Left out, because privacy is blocked: {count:,}." if count else ""


def reopened(task_no: str) -> str:
    """Tell that a closed task is open again, because it passed to others.

    Parameters
    ----------
    task_no : str
        The task.

    Returns
    -------
    str
        A sentence.
    """
    return f"{task_no} was closed and is open again."


def nobody_to_record(task_no: str) -> str:
    """Tell that completing a task recorded nothing, because it is about no contact.

    Parameters
    ----------
    task_no : str
        The task.

    Returns
    -------
    str
        A sentence.
    """
    return f"Nothing was recorded: {task_no} is about no contact."
