"""Lines of quotes as somebody gives them, checked and filled in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.opportunities.documents import DocumentLine
from workbench.opportunities.results import Opportunity
from workbench.store import Connection
from workbench.store.connection import first_row

FIELDS = ("item_no", "description", "quantity", "unit_price_amount", "line_discount_rate")
"""What somebody may say of a line."""


def checked(con: Connection, lines: Sequence[Mapping[str, object]]) -> tuple[DocumentLine, ...]:
    """Check lines, and give each what follows from its item.

    Parameters
    ----------
    con : connection
        An open unit of work.
    lines : sequence of mapping
        By field of `FIELDS`. An item gives its description and its price; the quantity is 1 where nobody says it.

    Returns
    -------
    tuple of DocumentLine
        In their order.

    Raises
    ------
    NotFoundError
        When there is no such item.
    ConfigError
        When there is no such field, a value does not suit it, or nothing tells the price.
    """
    return tuple(_line(con, line) for line in lines)


def proposed(con: Connection, opportunity: Opportunity) -> tuple[DocumentLine, ...]:
    """Propose what a quote offers where nobody says it.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity : Opportunity
        Whose it is.

    Returns
    -------
    tuple of DocumentLine
        One of its item, at the price of that. Without an item, or a price, what it is about, at the estimated value.
    """
    if opportunity.item_no and _item(con, opportunity.item_no)[1] is not None:
        return checked(con, [{"item_no": opportunity.item_no}])
    about = opportunity.description or opportunity.opportunity_no
    return (DocumentLine(opportunity.item_no, about, 1.0, opportunity.estimated_amount or 0.0),)


def _line(con: Connection, given: Mapping[str, object]) -> DocumentLine:
    for name in given:
        if name not in FIELDS:
            raise ConfigError(f'A line of a quote has no field "{name}".', nearest(name, FIELDS))
    texts = {name: "" if value is None else str(value).strip() for name, value in given.items()}
    item_no = texts.get("item_no") or None
    description, price = _item(con, item_no) if item_no else (None, None)
    description = texts.get("description") or description
    price = _number("unit_price_amount", texts, price)
    if description is None and item_no is None:
        raise ConfigError("A line of a quote needs an item or a description.", "Give item_no or description.")
    if price is None:
        raise ConfigError(f"Nothing tells the price of {item_no or description}.", "Give unit_price_amount.")
    quantity, discount = _number("quantity", texts, 1.0), _number("line_discount_rate", texts, 0.0)
    if (discount or 0) > 1:
        raise ConfigError(f"A discount of {discount:g} is more than everything.", "Write 0.1 for ten percent.")
    return DocumentLine(item_no, description, quantity or 0.0, price, discount or 0.0)


def _number(name: str, texts: Mapping[str, str], default: float | None) -> float | None:
    text = texts.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a number, 0 or more.")
    return number


def _item(con: Connection, item_no: str) -> tuple[str | None, float | None]:
    row = first_row(con, "SELECT description, unit_price_amount::DOUBLE FROM item WHERE item_no = ?", [item_no])
    if row is None:
        known = [no for (no,) in con.execute("SELECT item_no FROM item ORDER BY 1").fetchall()]
        raise NotFoundError(f'There is no item "{item_no}".', nearest(item_no, known) or "Load items first.")
    description, price = row
    return description or item_no, price
