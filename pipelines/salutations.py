"""How contacts are addressed: the text of a salutation formula with names in the place of its tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def rendered(text: str, parts: Sequence[str | None], names: Mapping[str, str | None]) -> str:
    """Put names into a salutation.

    Parameters
    ----------
    text : str
        With ``%1`` to ``%5``.
    parts : sequence of str or None
        What ``%1``, ``%2``, … stand for: job_title, first_name, middle_name, surname, initials, company_name.
    names : mapping of str to str or None
        The contact's.

    Returns
    -------
    str
        A token without a name is cut together with one blank behind it, so that no gap is left.

    Notes
    -----
    Business Central cuts three characters, whatever the third is; only a blank is cut here, so that ``"Dear %1,"``
    without a name keeps its comma.

    References
    ----------
    Business Central, table 5050, GetSalutation.

    Examples
    --------
    >>> rendered("Dear %1 %2 %3,", ["first_name", "middle_name", "surname"], {"first_name": "Ann", "surname": "Lee"})
    'Dear Ann Lee,'
    """
    for place, part in enumerate(parts, start=1):
        name = (names.get(part) or "").strip() if part else ""
        token = f"%{place}"
        text = text.replace(token, name) if name else text.replace(token + " ", "").replace(token, "")
    return text.strip()
