"""Duplicate companies as Business Central finds them: search strings, hits, and how many hits make a duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import pandas as pd

Part = Literal["first", "last"]

DELETED = ' +"&/,.;:-_(){}#!£$\\'
"""The characters that search strings are without."""

LONGEST = 10
SHORTEST = 2

_WITHOUT_DELETED = str.maketrans("", "", DELETED)


@dataclass(frozen=True)
class SearchStringRule:
    """One row of the setup of search strings (Business Central, table 5095).

    Attributes
    ----------
    field_name : str
        The field of contacts whose text is taken.
    part : str
        ``"first"`` or ``"last"``: which end of the text.
    length : int
        How many characters, 2 to 10.
    """

    field_name: str
    part: Part
    length: int


def search_string(text: str | None, part: Part, length: int) -> str:
    """Make the search string of a text.

    Parameters
    ----------
    text : str or None
        The text of a field.
    part : str
        ``"first"`` or ``"last"``.
    length : int
        How many characters, fewer where the text is shorter.

    Returns
    -------
    str
        Upper case, without blanks and the signs in `DELETED`; empty where nothing is left.

    Notes
    -----
    Letters become upper case one by one, so that no string grows by it: ß becomes ẞ and not SS.

    Examples
    --------
    >>> search_string("John Haddock Insurance Co.", "first", 5), search_string("John Haddock Co.", "last", 5)
    ('JOHNH', 'OCKCO')
    """
    kept = (text or "").translate(_WITHOUT_DELETED)
    taken = kept[:length] if part == "first" else kept[-length:]
    return "".join(_upper(letter) for letter in taken)[:LONGEST]


def _upper(letter: str) -> str:
    if letter == "ß":
        return "ẞ"
    upper = letter.upper()
    return upper if len(upper) == 1 else next((t for t in (letter.title(),) if len(t) == 1), letter)


def threshold(rule_count: int, hit_percent: int) -> int:
    """Tell how many search strings two companies must have in common.

    Parameters
    ----------
    rule_count : int
        Rows of the setup, whether or not the companies have such strings.
    hit_percent : int
        The search hit percentage, 1 to 100.

    Returns
    -------
    int
        Rounded up.

    Examples
    --------
    >>> [threshold(16, percent) for percent in (10, 60, 90)]
    [2, 10, 15]
    """
    return -(-rule_count * hit_percent // 100)


def search_strings(companies: pd.DataFrame, rules: Sequence[SearchStringRule]) -> pd.DataFrame:
    """Make the search strings of companies.

    Parameters
    ----------
    companies : pandas.DataFrame
        `contact_no` and the fields of the rules.
    rules : sequence of SearchStringRule
        The setup.

    Returns
    -------
    pandas.DataFrame
        Columns contact_no, field_name, part, search_string, in the order of companies and rules; no row for an empty
        string.
    """
    rows = [
        (row["contact_no"], rule.field_name, rule.part, made)
        for row in companies.to_dict(orient="records")
        for rule in rules
        if (made := search_string(_text(row[rule.field_name]), rule.part, rule.length))
    ]
    return pd.DataFrame(rows, columns=["contact_no", "field_name", "part", "search_string"], dtype="str")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def pairs(companies: pd.DataFrame, rules: Sequence[SearchStringRule], hit_percent: int) -> pd.DataFrame:
    """Find the pairs of companies that are duplicates of each other.

    Parameters
    ----------
    companies : pandas.DataFrame
        `contact_no`, each once, and the fields of the rules.
    rules : sequence of SearchStringRule
        The setup; without rules there are no pairs.
    hit_percent : int
        The search hit percentage, 1 to 100.

    Returns
    -------
    pandas.DataFrame
        Columns contact_no, duplicate_no, match_count; each pair once, the lower number first, in order.

    Notes
    -----
    Every company is compared with every other: this is the meaning. The store finds the same pairs without that.
    """
    needed = threshold(len(rules), hit_percent)
    strings = search_strings(companies, rules)
    own = {number: set() for number in companies["contact_no"]}  # type: dict[str, set[tuple[str, str, str]]]
    for number, *string in strings.itertuples(index=False):
        own[number].add((string[0], string[1], string[2]))
    hits = ((first, second, len(own[first] & own[second])) for first, second in combinations(sorted(own), 2))
    found = [hit for hit in hits if hit[2] >= max(needed, 1)]
    return pd.DataFrame(found, columns=["contact_no", "duplicate_no", "match_count"])
