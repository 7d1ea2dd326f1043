"""What there is to know about an interaction that is no error."""

from __future__ import annotations


def without_address(contact_no: str) -> str:
    """Tell that an e-mail has nowhere to go.

    Parameters
    ----------
    contact_no : str
        The contact.

    Returns
    -------
    str
        One sentence.
    """
    return f"{contact_no} has no e-mail address, so the correspondence type is blank."
