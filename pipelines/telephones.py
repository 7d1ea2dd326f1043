"""Telephone numbers: what no number may hold, which ones can exist, how they are dialled from abroad."""

from __future__ import annotations

import phonenumbers

from pipelines.errors import shown

FIELDS = ("phone_no", "mobile_phone_no", "fax_no", "pager")
"""Fields of contacts that hold telephone numbers."""
LETTERLESS = ("phone_no", "mobile_phone_no")
"""Fields that Business Central refuses letters in (table 5050)."""


def has_letters(number: str) -> bool:
    """Tell whether a number holds letters.

    Parameters
    ----------
    number : str
        As it was written.

    Returns
    -------
    bool
        True for letters of any script.

    Examples
    --------
    >>> has_letters("+420 601 123 456"), has_letters("1-800-FLOWERS")
    (False, True)
    """
    return any(sign.isalpha() for sign in number)


def international(number: str, country_code: str | None) -> str | None:
    """Write a number as it is dialled from abroad.

    Parameters
    ----------
    number : str
        As it was written.
    country_code : str or None
        The country of a number without a prefix, by its ISO 3166 code of two letters.

    Returns
    -------
    str or None
        Such as ``"+420 601 123 456"``; None where the number cannot exist, or its country is not known.

    Notes
    -----
    A number of the right length counts, whether the plan of its country gives it out or not; nobody is asked.

    Examples
    --------
    >>> international("601 123 456", "CZ")
    '+420 601 123 456'
    """
    try:
        parsed = phonenumbers.parse(number, country_code)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def same(one: str, other: str, one_country: str | None, other_country: str | None) -> bool:
    """Tell whether two numbers reach the same telephone.

    Parameters
    ----------
    one, other : str
        As they were written.
    one_country, other_country : str or None
        The country of each, where it has no prefix.

    Returns
    -------
    bool
        By how they are dialled from abroad; by their digits alone where that is not known of both.

    Examples
    --------
    >>> same("+420 601 123 456", "601123456", None, "CZ"), same("201", "2-01", None, None)
    (True, True)
    """
    both = international(one, one_country), international(other, other_country)
    if None not in both:
        return both[0] == both[1]
    return digits(one) == digits(other) != ""


def digits(number: str) -> str:
    """Give the digits of a number alone.

    Parameters
    ----------
    number : str
        As it was written.

    Returns
    -------
    str
        Those from 0 to 9.

    Examples
    --------
    >>> digits("+420 601-123")
    '420601123'
    """
    return "".join(sign for sign in number if sign in "0123456789")


def doubt(field: str, number: str, country_code: str | None) -> str | None:
    """Say what is doubtful about a number.

    Parameters
    ----------
    field : str
        Where it stands.
    number : str
        As it was written.
    country_code : str or None
        The contact's country; without one only numbers with a prefix can be judged.

    Returns
    -------
    str or None
        A sentence; None where there is nothing to say.
    """
    is_judged = number.lstrip().startswith("+") or (country_code or "") in phonenumbers.SUPPORTED_REGIONS
    if not is_judged or international(number, country_code) is not None:
        return None
    return f"{shown(number)} in {field} cannot be a telephone number."
