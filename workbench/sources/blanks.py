"""What counts as nothing around a text: blanks of every kind, and marks that nobody sees."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Zero-width blanks, marks of the direction of writing, and marks of byte order."""


def trimmed(texts: pa.StringArray) -> pa.StringArray:
    """Cut what counts as nothing at both ends.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Any texts.

    Returns
    -------
    pyarrow.StringArray
        Without blanks (no-break ones among them) and invisible marks around them.
    """
    inner = pc.utf8_trim(pc.utf8_trim_whitespace(texts), characters=INVISIBLE)
    return pc.utf8_trim_whitespace(inner)


def bare(text: str) -> str:
    """Cut what counts as nothing at both ends of one text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        As `trimmed` gives it.

    Examples
    --------
    >>> bare("\u200f No.\u00a0")
    'No.'
    """
    return text.strip().strip(INVISIBLE).strip()
