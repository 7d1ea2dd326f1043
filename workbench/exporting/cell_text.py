"""Cells as text that loses nothing, and back: dates, instants, amounts, numbers, lists."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType
from workbench.exporting.typed_cells import ARROW_TYPE


def texts_of(cells: pa.Array, column: Column) -> pa.Array:
    """Write typed cells as text.

    Parameters
    ----------
    cells : pyarrow.Array
        Of the type the schema gives the column.
    column : Column
        The column.

    Returns
    -------
    pyarrow.Array
        Text; unknown is null. Dates are ``2024-01-31``, instants ``2024-01-31T10:00:00Z`` with as many
        decimals of a second as they need, booleans true and false, amounts have no trailing zeros,
        numbers are the shortest text that reads back to the same number, lists are joined by ``;`` or,
        where that would not read back, written as a JSON array.

    Examples
    --------
    >>> amounts = pa.array([12.5, None]).cast(pa.decimal128(18, 4))
    >>> texts_of(amounts, Column("cost_amount", FieldType.AMOUNT, "cost")).to_pylist()
    ['12.5', None]
    """
    if column.type is FieldType.MANY:
        return pa.array([_joined(items) for items in cells.to_pylist()], pa.large_string())
    if column.type is FieldType.AMOUNT:
        return _without_zeros(cells.cast(pa.large_string()))
    if column.type is FieldType.TIMESTAMP:
        return _iso(cells)
    if column.type is FieldType.NUMBER:
        return pa.array([_shortest(number) for number in cells.to_pylist()], pa.large_string())
    return cells.cast(pa.large_string())


def cells_of(texts: pa.Array, column: Column) -> pa.Array:
    """Read typed cells from text, the other way round.

    Parameters
    ----------
    texts : pyarrow.Array
        As `texts_of` writes them; null is unknown.
    column : Column
        The column.

    Returns
    -------
    pyarrow.Array
        Of the type the schema gives the column.

    Raises
    ------
    ValueError
        When a text is not a value of the column.

    Examples
    --------
    >>> cells_of(pa.array(["3.50"]), Column("cost_amount", FieldType.AMOUNT, "cost")).to_pylist()
    [Decimal('3.5000')]
    """
    if column.type is FieldType.MANY:
        return pa.array([_items(text) for text in texts.to_pylist()], ARROW_TYPE[FieldType.MANY])
    return texts.cast(ARROW_TYPE[column.type])


def _joined(items: list[str | None]) -> str | None:
    if not items:
        return None
    plain = [item for item in items if item and ";" not in item]
    if len(plain) < len(items) or plain[0].startswith("["):
        return json.dumps(items, ensure_ascii=False)
    return ";".join(plain)


def _items(text: str | None) -> list[str | None]:
    if text is None:
        return []
    return list(json.loads(text)) if text.startswith("[") else list(text.split(";"))


def _shortest(number: float | None) -> str | None:
    return None if number is None else repr(number).removesuffix(".0")


def _without_zeros(texts: pa.Array) -> pa.Array:
    """Cut the zeros that four decimals leave behind: 12.5000, 3.0000."""
    return pc.utf8_rtrim(pc.utf8_rtrim(texts, "0"), ".")


def _iso(cells: pa.Array) -> pa.Array:
    """Write instants with a T, without needless decimals, and with the Z that says UTC."""
    naive = cells.cast(pa.timestamp("us")).cast(pa.large_string())
    separated = pc.replace_substring(naive, " ", "T")
    end = pa.scalar("Z", pa.large_string())
    return pc.binary_join_element_wise(_without_zeros(separated), end, pa.scalar("", pa.large_string()))
