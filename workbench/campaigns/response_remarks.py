"""The sentences about responses and lifts that are no errors, one function for each."""

from __future__ import annotations

import datetime as dt


def no_targets() -> str:
    """Say that nobody is to be counted.

    Returns
    -------
    str
        The sentence.
    """
    return "The campaign has no targets by this day."


def no_holdout() -> str:
    """Say why there is no lift.

    Returns
    -------
    str
        The sentence.
    """
    return (
        "No contact was held out, so nobody knows how many would have responded without the campaign. "
        "Rates are responses to what was sent or happened anyway; no lift is told."
    )


def tied_to_campaign() -> str:
    """Say that the arms cannot respond alike.

    Returns
    -------
    str
        The sentence.
    """
    return (
        "Responses are those marked for this campaign, which held-out contacts were never told of. "
        "A lift is only fair with a response that both can give, such as a purchase."
    )


def undated(count: int) -> str:
    """Say for whom any time counts.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        The sentence.
    """
    return f"Targets without a day: {count:,}; a response at any time counts for them."


def open_windows(count: int, as_of: dt.date) -> str:
    """Say who may still respond.

    Parameters
    ----------
    count : int
        How many.
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    str
        The sentence.
    """
    return f"Targets whose window ends after {as_of}: {count:,}; they may still respond."


def late_only(count: int) -> str:
    """Say who came too late.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        The sentence.
    """
    return f"Targets that responded only after their window: {count:,}; they do not count."


def not_loaded(known_until: dt.date, counted_until: dt.date) -> str:
    """Say that data may be missing.

    Parameters
    ----------
    known_until : datetime.date
        The last day that is known of.
    counted_until : datetime.date
        The last day on which responses count.

    Returns
    -------
    str
        The sentence.
    """
    return (
        f"Nothing is known of days after {known_until}, though responses count until {counted_until}: "
        "later ones may not have been loaded yet."
    )


def gone(count: int) -> str:
    """Say that the arms may have been left unevenly.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        The sentence.
    """
    return f"Contacts that were launched and have been deleted or merged since: {count:,}; they are in no figure."


def contaminated(count: int) -> str:
    """Say that the arms were mixed.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        The sentence.
    """
    return (
        f"Held-out contacts that the campaign contacted all the same: {count:,}. "
        "They stay in the arm they were drawn into, which makes the lift look smaller than it is."
    )


def sizes_off(sizes: str, p_value: float) -> str:
    """Say that the arms were not drawn, or not kept, as planned.

    Parameters
    ----------
    sizes : str
        Each arm, counted / planned.
    p_value : float
        How often chance gives sizes at least so far off.

    Returns
    -------
    str
        The sentence.
    """
    return (
        f"The arms do not have the sizes they were drawn to have, counted / planned: {sizes} (p = {p_value:.1e}). "
        "Find the reason before reading any lift."
    )


def corrected(count: int) -> str:
    """Say that several arms were compared.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        The sentence.
    """
    return f"Arms compared: {count:,}; verdicts are corrected for that (Holm)."
