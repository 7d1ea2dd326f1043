"""What type the values of a column have: words for yes and no, numbers, dates, or just text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import FieldType
from workbench.sources.blanks import trimmed
from workbench.sources.date_orders import order_of
from workbench.sources.moments import moments
from workbench.sources.numbers import canonical, evidence

TRUE_WORDS = ("true", "t", "yes", "y", "1", "on", "ja", "si", "sí")
FALSE_WORDS = ("false", "f", "no", "n", "0", "off", "nein")

# Digits of these columns name something; nobody adds them up.
_NAMING = frozenset({
    "id", "ids", "no", "nr", "num", "number", "code", "key", "sku", "ean", "upc", "isbn", "gtin", "phone",
    "telephone", "mobile", "fax", "zip", "postcode", "iban", "account",
})  # fmt: skip
# Names that the store and the loader need for themselves.
_RESERVED = frozenset({"contact_id", "contact_no", "entry_no", "row_no", "rowid"})
_LONGEST = 50
_FEW, _SHORTEST_DATE = 20, 6
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+")
_NOT_A_QUANTITY = r"^[-+]?0\d|^\+|^\d+[eE]\d+$|^\d{16,}$"


@dataclass(frozen=True)
class Detected:
    """The type that all values of a column have.

    Attributes
    ----------
    type : FieldType
        Text when they have no other in common.
    is_ambiguous : bool
        Whether they are dates of which the day and the month cannot be told apart.
    """

    type: FieldType
    is_ambiguous: bool = False


def distinct(column: pa.ChunkedArray) -> pa.StringArray:
    """List the different texts of a column.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        Of strings.

    Returns
    -------
    pyarrow.StringArray
        Without blanks around them, without blank ones, in the order of their first appearance.
    """
    texts = trimmed(pc.unique(column))
    return texts.filter(pc.fill_null(pc.not_equal(texts, ""), False))


def detected(header: str, column: pa.ChunkedArray, decimal: str = "") -> Detected:
    """Find the type of a column that no field of the table takes.

    Parameters
    ----------
    header : str
        The column's header; digits under a header such as ``store_id`` stay text.
    column : pyarrow.ChunkedArray
        Its values.
    decimal : str, optional
        The decimal sign of the file, when one was given or found.

    Returns
    -------
    Detected
        Boolean, number, date, timestamp, many-valued or text. Never amount: that is for a person to say.

    Notes
    -----
    All values must agree. Digits with leading zeros, with more than 15 digits, or like ``1e5`` are text; 0 and 1
    alone are numbers.
    """
    if not pa.types.is_string(column.type):
        return Detected(_of_typed(header, column))
    texts = distinct(column)
    if not len(texts):
        return Detected(FieldType.TEXT)
    if _all(pc.is_in(pc.utf8_lower(texts), pa.array([*TRUE_WORDS, *FALSE_WORDS]))) and not _any(
        pc.match_substring_regex(texts, r"^\d$")
    ):
        return Detected(FieldType.BOOLEAN)
    if (day := _of_dates(texts)) is not None:
        return day
    return Detected(FieldType.NUMBER if _are_numbers(header, texts, decimal) else FieldType.TEXT)


def _of_typed(header: str, column: pa.ChunkedArray) -> FieldType:
    kind = column.type
    if pa.types.is_boolean(kind):
        return FieldType.BOOLEAN
    if pa.types.is_integer(kind):
        return FieldType.TEXT if names_something(header) else FieldType.NUMBER
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return FieldType.NUMBER
    if pa.types.is_date(kind):
        return FieldType.DATE
    if pa.types.is_timestamp(kind):
        return FieldType.TIMESTAMP if kind.tz or not _all_midnight(column) else FieldType.DATE
    return FieldType.MANY


def _all_midnight(column: pa.ChunkedArray) -> bool:
    return _all(pc.equal(column, pc.floor_temporal(column, unit="day")))


def _of_dates(texts: pa.StringArray) -> Detected | None:
    if not all(map(_may_be_a_date, texts[:_FEW].to_pylist())):
        return None
    order = order_of(texts)
    found = moments(texts, order.order or "dmy")
    if not order.order and not found.valid.all():
        found = moments(texts, "mdy")
    if not found.valid.all():
        return None
    type_ = FieldType.TIMESTAMP if found.has_time.any() else FieldType.DATE
    return Detected(type_, is_ambiguous=not order.order)


def _may_be_a_date(text: str) -> bool:
    """A look that costs nothing, for files with very many columns."""
    return len(text) >= _SHORTEST_DATE and any(map(str.isdigit, text))


def _are_numbers(header: str, texts: pa.StringArray, decimal: str) -> bool:
    if _any(pc.match_substring_regex(texts, _NOT_A_QUANTITY)):
        return False
    if names_something(header) and _all(pc.match_substring_regex(texts, r"^\d+$")):
        return False
    sign = evidence(texts).decimal or decimal or "."
    return _all(pc.is_valid(canonical(texts, sign)))


def names_something(header: str) -> bool:
    """Tell whether the digits of a column are names rather than quantities, by its header.

    Parameters
    ----------
    header : str
        As written.

    Returns
    -------
    bool
        Whether its last word is id, no, number, code or their like.

    Examples
    --------
    >>> names_something("store_id"), names_something("productId"), names_something("paid")
    (True, True, False)
    """
    words = _WORD.findall(header)
    return bool(words) and words[-1].casefold() in _NAMING


def _all(mask: pa.BooleanArray) -> bool:
    return bool(pc.all(mask, min_count=0).as_py())


def _any(mask: pa.BooleanArray) -> bool:
    return bool(pc.any(mask, min_count=0).as_py())


def field_name(header: str) -> str:
    """Make the name of a field of a header.

    Parameters
    ----------
    header : str
        As written.

    Returns
    -------
    str
        Snake case of plain letters and digits, beginning with a letter.

    Examples
    --------
    >>> field_name("Größe (cm)"), field_name("2024 visits"), field_name("ZIPCode")
    ('grosse_cm', 'field_2024_visits', 'zip_code')
    """
    plain = unicodedata.normalize("NFKD", header.replace("ß", "ss")).encode("ascii", "ignore").decode()
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", plain)
    name = re.sub(r"[^a-z0-9]+", "_", parted.casefold()).strip("_")[:_LONGEST].rstrip("_")
    if not name:
        return "field"
    return name if name[0].isalpha() and name not in _RESERVED else f"field_{name}"
