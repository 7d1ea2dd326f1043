"""How the texts of each column are written: decided from all its values, then from the file's other columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pyarrow as pa

from pipelines.schema import FieldType
from workbench.sources.converting import Dialect
from workbench.sources.date_orders import DateOrder, date_format, order_of
from workbench.sources.field_types import distinct
from workbench.sources.mapping import Match
from workbench.sources.numbers import NumberEvidence, evidence
from workbench.sources.options import Options

_NUMBERS = (FieldType.NUMBER, FieldType.AMOUNT)
_DATES = (FieldType.DATE, FieldType.TIMESTAMP)


@dataclass(frozen=True)
class ColumnDialect:
    """How one column is written, in words and for the machine.

    Attributes
    ----------
    header : str
        The column.
    dialect : Dialect
        For reading it.
    label : str
        ``"dd-mm-yyyy"`` or ``"1.234,56"``; empty where there is nothing to say.
    question : str
        What the data do not tell and a person must; empty when they tell.
    note : str
        What was decided on weak grounds; empty when the grounds are good.
    """

    header: str
    dialect: Dialect
    label: str = ""
    question: str = ""
    note: str = ""


def decided(
    columns: Iterable[tuple[Match, pa.ChunkedArray]], options: Options, delimiter: str, zone: ZoneInfo
) -> dict[str, ColumnDialect]:
    """Decide how every column is written.

    Parameters
    ----------
    columns : iterable of (Match, pyarrow.ChunkedArray)
        The fields and their values as read.
    options : Options
        What a person said about it, which wins.
    delimiter : str
        Of the file; a semicolon speaks for the decimal comma when nothing else speaks.
    zone : zoneinfo.ZoneInfo
        Of times without an offset.

    Returns
    -------
    dict of str to ColumnDialect
        By header.
    """
    read = [(m, v) for m, v in columns if pa.types.is_string(v.type) and m.field.type in (*_NUMBERS, *_DATES)]
    texts = {m.header: (m.field.type, distinct(v)) for m, v in read}
    numbers = {header: evidence(values) for header, (type_, values) in texts.items() if type_ in _NUMBERS}
    orders = {header: order_of(values) for header, (type_, values) in texts.items() if type_ in _DATES}
    decimal = options.decimal or _of_file(numbers.values()) or ("," if delimiter == ";" else ".")
    plain = Dialect(decimal, options.date_order or "dmy", zone)
    found = {match.header: ColumnDialect(match.header, plain) for match, _ in columns}
    found |= {header: _number(header, seen, options, plain) for header, seen in numbers.items()}
    found |= {header: _date(header, texts[header][1], orders, options, plain) for header in orders}
    return found


def _of_file(numbers: Iterable[NumberEvidence]) -> str:
    return sum(numbers, NumberEvidence()).decimal


def _number(header: str, seen: NumberEvidence, options: Options, plain: Dialect) -> ColumnDialect:
    decimal = options.decimal or seen.decimal or plain.decimal
    told = options.decimal or seen.point or seen.comma
    other = "," if decimal == "." else "."
    note = (
        f'"{seen.example}" in column "{header}" was read with "{decimal}" as decimal sign; say decimal="{other}" '
        "if that is wrong."
        if seen.open and not told
        else ""
    )
    label = ("1,234.56" if decimal == "." else "1.234,56") if seen.point or seen.comma or seen.open else ""
    return ColumnDialect(header, Dialect(decimal, plain.date_order, plain.zone), label, note=note)


def _date(
    header: str, texts: pa.StringArray, orders: dict[str, DateOrder], options: Options, plain: Dialect
) -> ColumnDialect:
    seen = orders[header]
    others = {order.order for order in orders.values()} & {"dmy", "mdy"}
    from_others = others.pop() if len(others) == 1 else ""
    order = options.date_order or seen.order or from_others
    example = seen.example or (texts[0].as_py() if len(texts) else "")
    question = "" if order else _question(header, seen.example)
    note = (
        f'Column "{header}" does not tell day from month; read like the other dates of the file.'
        if from_others and not seen.order and not options.date_order
        else ""
    )
    label = date_format(example, order or "dmy") if order else "ambiguous"
    return ColumnDialect(header, Dialect(plain.decimal, order or "dmy", plain.zone), label, question, note)


def _question(header: str, example: str) -> str:
    return f'Column "{header}" does not tell day from month: "{example}" is a date either way.'
