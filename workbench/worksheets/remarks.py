"""What there is to know about an action: why the product's figure is another, what a write did beside the lines."""

from __future__ import annotations


def emptied(*, is_reset: bool) -> str:
    """Tell that no line is left.

    Parameters
    ----------
    is_reset : bool
        Whether the criteria were forgotten.

    Returns
    -------
    str
        One sentence.
    """
    if is_reset:
        return "The worksheet is empty now, and its criteria were reset."
    return "The worksheet is empty now, and its criteria are still there; reset them to begin anew."


def people_not_named() -> str:
    """Tell how the product's Reduce and Refine look at sales (report 5186).

    Returns
    -------
    str
        One sentence.
    """
    return "Business Central does not ask here whether a sale names the person: a sale to the company is enough for it."


def companies_lost() -> str:
    """Tell how the product does a saved refinement again (table 5076, ReuseCriteria).

    Returns
    -------
    str
        One sentence.
    """
    return "Business Central loses Entire Companies when a saved refinement is done again."


def one_of_several() -> str:
    """Tell how the product logs that one of several lines of a contact was deleted by hand.

    Returns
    -------
    str
        One sentence.
    """
    return (
        "The contact has another line and stays; in Business Central's log it is removed, so that doing the criteria "
        "again leaves it out."
    )


def all_lines_deleted() -> str:
    """Tell how the product goes back over an addition (codeunit 5061).

    Returns
    -------
    str
        One sentence.
    """
    return "Business Central deletes every line of a contact that the action added, lines of earlier actions as well."


def rebuilt(lines: int) -> str:
    """Tell that lines were made anew.

    Parameters
    ----------
    lines : int
        How many.

    Returns
    -------
    str
        One sentence.
    """
    return (
        f"Lines that came back at the end: {lines:,}; they were made anew from the header and the contact, and what "
        "was changed on them is lost."
    )


def without_correspondence(lines: int) -> str:
    """Tell that e-mails have nowhere to go.

    Parameters
    ----------
    lines : int
        How many.

    Returns
    -------
    str
        One sentence.
    """
    return f"E-mails to contacts without an address, logged without correspondence: {lines:,}."
