"""How a contact is addressed: the formula of a salutation, filled with the contact's names (tables 5068, 5069)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_NAMES = 5


def render(text: str, names: Sequence[str | None], parts: Mapping[str, str | None]) -> str:
    """Fill a salutation.

    Parameters
    ----------
    text : str
        With %1 to %5 in the place of names.
    names : sequence of str or None
        What %1 to %5 stand for: ``job_title``, ``first_name``, ``middle_name``, ``surname``, ``initials`` or
        ``company_name``; None for nothing.
    parts : mapping of str to str or None
        The contact's values by those names.

    Returns
    -------
    str
        The salutation. A token whose part is empty goes with the blank behind it, as in Business Central; an empty
        token without a blank behind it becomes nothing.

    Examples
    --------
    >>> render("Dear %1 %2,", ["job_title", "surname"], {"surname": "Byron"})
    'Dear Byron,'
    """
    values = [parts.get(name) or "" if name else "" for name in [*names, *[None] * MOST_NAMES][:MOST_NAMES]]
    for place, value in enumerate(values, start=1):
        if not value:
            text = text.replace(f"%{place} ", "", 1)
    return _substituted(text, values)


def _substituted(text: str, values: Sequence[str]) -> str:
    """Put the names in at once, so that a name with a token in it stays what it is."""
    pieces = text.split("%")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        is_token = piece[:1] in tuple("12345")
        filled.append(values[int(piece[0]) - 1] + piece[1:] if is_token else f"%{piece}")
    return "".join(filled)
