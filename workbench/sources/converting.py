"""Values brought to the type of their field; what cannot be brought is named with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType, folded
from workbench.sources.blanks import trimmed
from workbench.sources.field_types import FALSE_WORDS, TRUE_WORDS
from workbench.sources.frames import text_of
from workbench.sources.instants import instants, local_days
from workbench.sources.moments import moments
from workbench.sources.numbers import as_amounts, as_doubles, canonical
from workbench.sources.typed_values import TOO_LARGE, conversion, from_numpy, without_empty_lists

ARROW_TYPES = {
    FieldType.TEXT: pa.string(),
    FieldType.NUMBER: pa.float64(),
    FieldType.AMOUNT: pa.decimal128(18, 4),
    FieldType.DATE: pa.date32(),
    FieldType.TIMESTAMP: pa.timestamp("us"),
    FieldType.BOOLEAN: pa.bool_(),
    FieldType.MANY: pa.list_(pa.string()),
    FieldType.INTEGER: pa.int64(),
}
_NO_REASON = pa.scalar(None, pa.string())


@dataclass(frozen=True)
class Dialect:
    """How the texts of one column are written.

    Attributes
    ----------
    decimal : str
        ``"."`` or ``","``.
    date_order : str
        ``"dmy"``, ``"mdy"`` or ``"ymd"``.
    zone : zoneinfo.ZoneInfo
        Zone of times without an offset, and of days without a time.
    """

    decimal: str
    date_order: str
    zone: ZoneInfo


_LOSES_DIGITS = 1e15


@dataclass(frozen=True)
class Converted:
    """A column in the type of its field.

    Attributes
    ----------
    values : pyarrow.Array
        In the store's type; null where unknown or bad.
    reasons : pyarrow.StringArray or None
        Why a value is bad, null where it is not; None when none is.
    """

    values: pa.Array
    reasons: pa.StringArray | None = None


def converted(values: pa.ChunkedArray, field: Column, dialect: Dialect) -> Converted:
    """Bring a column to the type of its field.

    Parameters
    ----------
    values : pyarrow.ChunkedArray
        As read.
    field : Column
        The field; its choices are the only texts admitted.
    dialect : Dialect
        How the texts are written.

    Returns
    -------
    Converted
        One value per row.

    Notes
    -----
    Texts that stand for something else are read once per distinct value. Blanks around a text are cut; a blank text
    is unknown.
    """
    if pa.types.is_string(values.type):
        is_plain = field.type is FieldType.TEXT and not field.choices
        return _texts(values) if is_plain else _per_distinct(values, field, dialect)
    direct = conversion(values.type, field.type)
    if direct is not None:
        return Converted(*direct(_one(values), dialect.zone))
    # What was typed and is written out here has a point for its decimals.
    read = _per_distinct(as_texts(values), field, Dialect(".", dialect.date_order, dialect.zone))
    return _with_lost_digits(read, values) if pa.types.is_floating(values.type) else read


def _with_lost_digits(read: Converted, values: pa.ChunkedArray) -> Converted:
    """A number that stands for a name must have all its digits; a workbook keeps fifteen."""
    lost = pc.fill_null(pc.greater_equal(pc.abs(_one(values)), _LOSES_DIGITS), False)
    if not pc.any(lost, min_count=0).as_py():
        return read
    reasons = pc.if_else(lost, "has more than 15 digits, and was kept as a number that loses the others", _NO_REASON)
    return Converted(read.values, reasons if read.reasons is None else pc.coalesce(read.reasons, reasons))


def _one(values: pa.ChunkedArray) -> pa.Array:
    combined = values.combine_chunks()
    return combined if isinstance(combined, pa.Array) else pa.concat_arrays(combined.chunks)


def as_texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write typed values out as a person would.

    Parameters
    ----------
    values : pyarrow.ChunkedArray
        Any type.

    Returns
    -------
    pyarrow.ChunkedArray
        Of strings; ``"123"`` for 123.0.
    """
    if pa.types.is_string(values.type):
        return values
    if pa.types.is_integer(values.type) or pa.types.is_boolean(values.type):
        return values.cast(pa.string())
    if pa.types.is_list(values.type):
        return pa.chunked_array([pa.array([text_of(value) for value in values.to_pylist()], pa.string())])
    different = pc.unique(values)
    texts = pa.array([text_of(value) for value in different.to_pylist()], pa.string())
    return pa.chunked_array([texts.take(_one(pc.index_in(values, different)))])


def _texts(values: pa.ChunkedArray) -> Converted:
    """Most texts are there once, so looking for equal ones would only cost."""
    texts = _known(_one(values))
    bad = pc.fill_null(pc.match_substring(texts, "\0"), False)
    if not pc.any(bad, min_count=0).as_py():
        return Converted(texts)
    return Converted(pc.if_else(bad, _NO_REASON, texts), pc.if_else(bad, "contains a NUL character", _NO_REASON))


def _known(texts: pa.StringArray) -> pa.StringArray:
    inner = trimmed(texts)
    return pc.if_else(pc.equal(inner, ""), _NO_REASON, inner)


def _per_distinct(values: pa.ChunkedArray, field: Column, dialect: Dialect) -> Converted:
    coded = _one(values).dictionary_encode()
    places, texts = coded.indices, _known(coded.dictionary)
    read, reason = _read(texts, field, dialect)
    bad = pc.and_(pc.is_valid(texts), pc.is_null(read))
    if field.type is FieldType.MANY:
        read = without_empty_lists(read)
    if not pc.any(bad, min_count=0).as_py():
        return Converted(read.take(places))
    reasons = pc.if_else(bad, reason, _NO_REASON)
    return Converted(read.take(places), reasons.take(places))


def _read(texts: pa.StringArray, field: Column, dialect: Dialect) -> tuple[pa.Array, str | pa.Array]:
    """The values, null where the text cannot be read, and the reason for that."""
    if field.choices:
        return _choices(texts, field.choices), f"is none of {', '.join(field.choices)}"
    if field.type is FieldType.TEXT:
        return pc.if_else(pc.match_substring(texts, "\0"), _NO_REASON, texts), "contains a NUL character"
    if field.type is FieldType.NUMBER:
        return as_doubles(canonical(texts, dialect.decimal)), _no_number(dialect)
    if field.type is FieldType.AMOUNT:
        numbers = canonical(texts, dialect.decimal)
        return as_amounts(numbers), pc.if_else(pc.is_valid(numbers), TOO_LARGE, _no_number(dialect))
    if field.type is FieldType.DATE:
        days = local_days(moments(texts, dialect.date_order), dialect.zone)
        return from_numpy(days, pa.date32()), _no_date(dialect)
    if field.type is FieldType.TIMESTAMP:
        at = instants(moments(texts, dialect.date_order), dialect.zone)
        return from_numpy(at, pa.timestamp("us")), _no_date(dialect)
    if field.type is FieldType.BOOLEAN:
        return _booleans(texts), "is neither yes nor no"
    return pa.array([_listed(text) for text in texts.to_pylist()], pa.list_(pa.string())), "is no list of texts"


def _no_number(dialect: Dialect) -> str:
    return f'is not a number (decimal sign "{dialect.decimal}")'


def _no_date(dialect: Dialect) -> str:
    words = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
    return f"is not a date ({words[dialect.date_order]})"


def _choices(texts: pa.StringArray, choices: tuple[str, ...]) -> pa.StringArray:
    known = {folded(choice): choice for choice in choices}
    return pa.array([None if t is None else known.get(folded(t)) for t in texts.to_pylist()], pa.string())


def _booleans(texts: pa.StringArray) -> pa.BooleanArray:
    words = pc.utf8_lower(texts)
    yes, no = (pc.is_in(words, pa.array(known)) for known in (TRUE_WORDS, FALSE_WORDS))
    return pc.if_else(pc.or_(yes, no), yes, pa.scalar(None, pa.bool_()))


def _listed(text: str | None) -> list[str] | None:
    """Split at ; or |, or read a JSON array; each entry once, in its order."""
    if text is None or "\0" in text:
        return None
    entries = _json_array(text) if text.startswith("[") else text.replace("|", ";").split(";")
    if entries is None:
        return None
    return list(dict.fromkeys(entry.strip() for entry in entries if entry.strip()))


def _json_array(text: str) -> list[str] | None:
    try:
        entries = json.loads(text)
    except ValueError:
        return None
    if not isinstance(entries, list) or any(isinstance(entry, list | dict) for entry in entries):
        return None
    return [text_of(entry) or "" for entry in entries]
