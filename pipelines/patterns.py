"""Patterns in the syntax of RE2, the only one that runs in time linear in the text."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

_NAMED_GROUP = re.compile(r"(?<!\\)(?:\\\\)*\(\?<\w")


def problem(pattern: str) -> str:
    """Tell what is wrong with a pattern.

    Parameters
    ----------
    pattern : str
        What a user wrote behind `matches`.

    Returns
    -------
    str
        RE2's own words, or ``""`` for a good pattern.

    Examples
    --------
    >>> problem("^CT[0-9]+$"), problem("(Prague"), problem("a(?!b)")
    ('', 'missing ): (Prague', 'invalid perl operator: (?!')
    """
    if _NAMED_GROUP.search(pattern):
        return "invalid perl operator: (?<"  # newer releases of RE2 know it, the one in DuckDB does not
    try:
        found_in("", pattern)
    except pa.ArrowInvalid as error:
        return str(error).partition(": ")[2]
    return ""


def found_in(text: str, pattern: str, ignore_case: bool = False) -> bool:
    """Tell whether a pattern occurs anywhere in a text.

    Parameters
    ----------
    text : str
        Where to look.
    pattern : str
        A good pattern.
    ignore_case : bool, default False
        Whether letters match in either case.

    Returns
    -------
    bool
        True where it occurs; a full match needs ``^`` and ``$`` in the pattern.
    """
    return bool(pc.match_substring_regex(pa.scalar(text), pattern, ignore_case=ignore_case).as_py())
