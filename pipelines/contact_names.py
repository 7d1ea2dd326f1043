"""Names of people in parts and as a whole, and the names that contacts are searched by.

Business Central, table 5050: NameBreakdown, CalculatedName and the validation of Name.
"""

from __future__ import annotations

from typing import NamedTuple

PART_LENGTH = 30
JOINED_LENGTH = 92


class NameParts(NamedTuple):
    """The parts of a person's name, empty where there are none.

    Attributes
    ----------
    first_name, middle_name, surname : str
        30 characters each at most.
    """

    first_name: str
    middle_name: str
    surname: str


def split(name: str) -> NameParts:
    """Split the name of a person.

    Parameters
    ----------
    name : str
        The whole name.

    Returns
    -------
    NameParts
        The last of several words is the surname, the one before it the middle name where there are more than two, the
        rest is the first name; a single word is the first name. Each part is cut after 30 characters.

    Examples
    --------
    >>> split("Anna Maria Luisa Rossi")
    NameParts(first_name='Anna Maria', middle_name='Luisa', surname='Rossi')
    >>> split("Cher")
    NameParts(first_name='Cher', middle_name='', surname='')
    """
    words = [word for word in name.split(" ") if word]
    surname = words.pop() if len(words) > 1 else ""
    middle_name = words.pop() if surname and len(words) > 1 else ""
    return NameParts(*(part[:PART_LENGTH] for part in (" ".join(words), middle_name, surname)))


def joined(parts: NameParts) -> str:
    """Put the name of a person together.

    Parameters
    ----------
    parts : NameParts
        First name, middle name and surname; each may be empty.

    Returns
    -------
    str
        The parts with a blank between them, without blanks in front, cut after 92 characters.

    Examples
    --------
    >>> joined(NameParts("Anna", "", "Rossi"))
    'Anna Rossi'
    """
    return " ".join(part for part in parts if part).lstrip(" ")[:JOINED_LENGTH]


def search_name(search_name: str, old_name: str, new_name: str) -> str:
    """Tell what a contact is searched by after its name was set.

    Parameters
    ----------
    search_name : str
        What it was searched by, perhaps nothing.
    old_name, new_name : str
        Its name before and now.

    Returns
    -------
    str
        The new name in upper case where nothing, or the old name, was searched by; else what it was.

    Examples
    --------
    >>> search_name("ANNA ROSSI", "Anna Rossi", "Anna Bianchi")
    'ANNA BIANCHI'
    >>> search_name("ROSSI", "Anna Rossi", "Anna Bianchi")
    'ROSSI'
    """
    follows = search_name in ("", old_name.upper())
    return new_name.upper() if follows else search_name
