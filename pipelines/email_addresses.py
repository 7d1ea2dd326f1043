"""E-mail addresses: whether one is written as one is."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

FIELDS = ("email", "email_2")
"""Fields of contacts that hold e-mail addresses."""


def is_valid(address: str) -> bool:
    """Tell whether a text can be an e-mail address that reaches somebody.

    Parameters
    ----------
    address : str
        One address.

    Returns
    -------
    bool
        By its form alone: nobody is asked whether the domain exists.

    Examples
    --------
    >>> is_valid("ana@example.com"), is_valid("ana at example.com")
    (True, False)
    """
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
