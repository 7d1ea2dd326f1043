"""Text that a spreadsheet would run as a formula, made inert in delimited files, and back.

A spreadsheet that opens a CSV file takes a cell that starts with one of ``= + - @``, a tab or a line break
for a formula. A leading apostrophe makes it text. XLSX and Parquet need none of this: their cells say that
they are text, so nothing in them is evaluated.

The apostrophe can be taken off again without knowing the original: a text that looks neutralised already
(``'=1``) gets one more, so exactly one leading apostrophe before a dangerous start is always ours.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType

# Blanks of any script and width, and marks without width, that may stand before the sign.
_BLANK = (
    "[\\x00-\\x20\\x7f\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}"
    "\\x{205f}-\\x{206f}\\x{3000}\\x{feff}]*"
)
# The signs themselves, then their full-width (FF..) and small (FE..) forms.
_SIGN = "[=+\\-@\\x{ff1d}\\x{ff0b}\\x{ff0d}\\x{ff20}\\x{fe66}\\x{fe62}\\x{fe63}\\x{fe6b}]"
_DANGEROUS = f"(?:[\\t\\r\\n]|{_BLANK}{_SIGN})"
_NEEDS_APOSTROPHE = f"^'*{_DANGEROUS}"
_HAS_APOSTROPHE = f"^'+{_DANGEROUS}"
_PLAIN_NUMBER = r"^ *[+-][0-9]+(?:[.,][0-9]+)* *$"
_PHONE = r"^ *\+?[0-9 \x{a0}\x{202f}()./-]*[0-9][0-9 \x{a0}\x{202f}()./-]*$"
_PHONE_COLUMN = re.compile(r"(^|_)(phone|telephone|mobile|fax)(_|$)")


def is_phone_column(column: Column) -> bool:
    """Tell whether a column holds telephone numbers, by its name.

    Parameters
    ----------
    column : Column
        A built-in or custom column.

    Returns
    -------
    bool
        Whether one word of the name is phone, telephone, mobile or fax.

    Examples
    --------
    >>> from pipelines.schema import CONTACT
    >>> [is_phone_column(CONTACT.column(name)) for name in ("phone_no", "mobile_phone_no", "name")]
    [True, True, False]
    """
    return column.type is FieldType.TEXT and bool(_PHONE_COLUMN.search(column.name))


def neutralised(texts: pa.Array, column: Column) -> pa.Array:
    """Put an apostrophe before every text that a spreadsheet would evaluate.

    Parameters
    ----------
    texts : pyarrow.Array
        The cells of one column as text; null is unknown.
    column : Column
        Only text and many-valued columns are touched. In a telephone column, digits, blanks and
        ``( ) . / -`` with at most one leading ``+`` stay as they are; in any text column so does a plain
        number such as -12.50 or +3.

    Returns
    -------
    pyarrow.Array
        As many texts; `restored` gives the originals.

    Examples
    --------
    >>> from pipelines.schema import CONTACT
    >>> neutralised(pa.array(["=1+1", "-12.50", "Ann"]), CONTACT.column("name")).to_pylist()
    ["'=1+1", '-12.50', 'Ann']
    """
    if column.type not in (FieldType.TEXT, FieldType.MANY):
        return texts
    dangerous = pc.match_substring_regex(texts, _NEEDS_APOSTROPHE)
    harmless = pc.match_substring_regex(texts, _PLAIN_NUMBER)
    if is_phone_column(column):
        harmless = pc.or_(harmless, pc.match_substring_regex(texts, _PHONE))
    return pc.if_else(pc.and_not(dangerous, harmless), _with_apostrophe(texts), texts)


def restored(texts: pa.Array, column: Column) -> pa.Array:
    """Take off the apostrophes that `neutralised` put on.

    Parameters
    ----------
    texts : pyarrow.Array
        Cells as they stand in the file.
    column : Column
        The column they are in.

    Returns
    -------
    pyarrow.Array
        The original texts.

    Examples
    --------
    >>> from pipelines.schema import CONTACT
    >>> restored(pa.array(["'=1+1", "'Tis"]), CONTACT.column("name")).to_pylist()
    ['=1+1', "'Tis"]
    """
    if column.type not in (FieldType.TEXT, FieldType.MANY):
        return texts
    ours = pc.match_substring_regex(texts, _HAS_APOSTROPHE)
    return pc.if_else(ours, pc.utf8_slice_codeunits(texts, 1), texts)


def neutralised_header(name: str) -> str:
    """Make the name of a column inert.

    Parameters
    ----------
    name : str
        As the schema has it.

    Returns
    -------
    str
        With an apostrophe in front when a spreadsheet would evaluate it.

    Examples
    --------
    >>> neutralised_header("name"), neutralised_header("=name")
    ('name', "'=name")
    """
    return str(neutralised(pa.array([name]), _HEADER)[0].as_py())


def restored_header(text: str) -> str:
    """Read the name of a column from a header cell.

    Parameters
    ----------
    text : str
        The header cell.

    Returns
    -------
    str
        The name as the schema has it.

    Examples
    --------
    >>> restored_header("'=name")
    '=name'
    """
    return str(restored(pa.array([text]), _HEADER)[0].as_py())


def _with_apostrophe(texts: pa.Array) -> pa.Array:
    quote = pa.scalar("'", texts.type)
    return pc.binary_join_element_wise(quote, texts, pa.scalar("", texts.type))


_HEADER = Column("header", FieldType.TEXT, "the name of a column")
