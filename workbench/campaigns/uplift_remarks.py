"""The sentences about uplift that are no errors, one function for each."""

from __future__ import annotations


def no_rank() -> str:
    """Say that the score is worth nothing.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        "A random rank would do as well: these fields do not tell whom the campaign moves. "
        "Choose the next targets by something else than this score."
    )


def beyond_targets(count: int) -> str:
    """Say for whom the score is a guess.

    Parameters
    ----------
    count : int
        Contacts that were in neither of the arms compared.

    Returns
    -------
    str
        One sentence.
    """
    return (
        f"Contacts scored beside the targets compared: {count:,}; their scores hold as far as they are like those, and "
        "is_target tells them apart."
    )


def kept_as_now(fields: str) -> str:
    """Say which fields may know too much.

    Parameters
    ----------
    fields : str
        Their names.

    Returns
    -------
    str
        One sentence.
    """
    return f"Taken as they are now, so leave out what the campaign changed: {fields}."
