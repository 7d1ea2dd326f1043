"""What is to be known about figures of the pipeline, in words that front ends show."""

from __future__ import annotations

import datetime as dt


def in_several_teams(count: int) -> str:
    """Tell that opportunities count in several rows.

    Parameters
    ----------
    count : int
        Opportunities whose salesperson is in several teams.

    Returns
    -------
    str
        Empty where there are none.
    """
    if not count:
        return ""
    return f"Opportunities that count in several teams, because their salesperson is in several: {count:,}."


def closed_since(count: int, as_of: dt.date) -> str:
    """Tell what is not known of a day in the past.

    Parameters
    ----------
    count : int
        Opportunities without entries that were closed after the day.
    as_of : datetime.date
        The day.

    Returns
    -------
    str
        Empty where there are none.
    """
    if not count:
        return ""
    return f"Closed after {as_of} without recorded steps, so they count as in progress at an unknown value: {count:,}."


def without_creation_date(count: int) -> str:
    """Tell that opportunities are left out of a forecast.

    Parameters
    ----------
    count : int
        Those in progress of which it is not known since when.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Left out, because it is not known since when they are in progress: {count:,}." if count else ""


def not_begun(count: int) -> str:
    """Tell that opportunities are left out of a forecast because they were not begun.

    Parameters
    ----------
    count : int
        Those not started.

    Returns
    -------
    str
        Empty where there are none.
    """
    return f"Left out, because they were not started: {count:,}." if count else ""


def beyond_history(count: int) -> str:
    """Tell that opportunities stay where they are in a forecast.

    Parameters
    ----------
    count : int
        Those in their stage longer than any before them.

    Returns
    -------
    str
        Empty where there are none.
    """
    if not count:
        return ""
    return f"Longer in their stage than any that left it before, so nothing is forecast of them: {count:,}."


def no_estimates() -> str:
    """Tell that a forecast goes by averages.

    Returns
    -------
    str
        A sentence.
    """
    return (
        "No opportunity in progress has an estimated value: each counts with the average of what is won with its item."
    )


def nothing_tested() -> str:
    """Tell that no forecast could be compared.

    Returns
    -------
    str
        A sentence.
    """
    return "No month is over for which a forecast could have been made, so how well forecasts do is not known."


def nearer_by_mean() -> str:
    """Tell that a plain mean would have been nearer than the forecasts.

    Returns
    -------
    str
        A sentence.
    """
    return "The mean of the three months before would have come nearer than these forecasts."
