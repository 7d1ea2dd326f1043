"""Things to know about target groups that are no errors."""

from __future__ import annotations


def people_alone(count: int) -> str:
    """Say what Business Central does with people who belong to no company.

    Parameters
    ----------
    count : int
        How many of them are in the group.

    Returns
    -------
    str
        One sentence.
    """
    return f"People without company: {count:,}. Business Central puts all of them into one row without number."


def left_over(count: int) -> str:
    """Say which members Business Central keeps.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        One sentence.
    """
    return (
        f"Members that Business Central keeps although their last target line is gone: {count:,}. It looks for the "
        "person where it had put the company."
    )


def without_prices() -> str:
    """Say that there is nothing for the target group to get.

    Returns
    -------
    str
        One sentence.
    """
    return "No price and no line discount is linked to this campaign."
