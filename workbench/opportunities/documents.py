"""Quotes and orders: what is known of them."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class DocumentLine:
    """A line of a quote or an order.

    Attributes
    ----------
    item_no : str or None
        What is sold; None for what is no item.
    description : str or None
        What it says.
    quantity : float
        How many.
    unit_price_amount : float
        The price of one, in the store's currency.
    line_discount_rate : float
        From 0 to 1.
    """

    item_no: str | None
    description: str | None
    quantity: float
    unit_price_amount: float
    line_discount_rate: float = 0.0

    @property
    def amount(self) -> float:
        """The value of the line after its discount."""
        return self.quantity * self.unit_price_amount * (1 - self.line_discount_rate)


@dataclass(frozen=True)
class SalesDocument:
    """A quote or an order of an opportunity.

    Attributes
    ----------
    document_no : str
        Its number.
    document_type : str
        ``"quote"`` or ``"order"``.
    opportunity_no : str
        Whose it is.
    contact_no : str or None
        For whom.
    customer_no : str or None
        The customer who ordered.
    quote_no : str or None
        The quote an order was made from.
    dated_on : datetime.date
        Its day.
    is_closed : bool
        Whether an order was made from a quote.
    lines : tuple of DocumentLine
        In their order.
    """

    document_no: str
    document_type: str
    opportunity_no: str
    contact_no: str | None
    customer_no: str | None
    quote_no: str | None
    dated_on: dt.date
    is_closed: bool = False
    lines: tuple[DocumentLine, ...] = field(default=(), repr=False)

    @property
    def amount(self) -> float:
        """The value of its lines after their discounts, without VAT."""
        return sum(line.amount for line in self.lines)

    def frame(self) -> pd.DataFrame:
        """Show the lines as a table.

        Returns
        -------
        pandas.DataFrame
            Columns item_no, description, quantity, unit_price_amount, line_discount_rate, amount.
        """
        held = [[*vars(line).values(), line.amount] for line in self.lines]
        names = ["item_no", "description", "quantity", "unit_price_amount", "line_discount_rate", "amount"]
        texts = dict.fromkeys(names[:2], "str") | dict.fromkeys(names[2:], "float64")
        return pd.DataFrame(held, columns=names).astype(texts)

    def to_dict(self) -> dict[str, Any]:
        """Give the document as plain values.

        Returns
        -------
        dict
            By attribute, with the amount; lines as a list of dicts.
        """
        lines = [{**vars(line), "amount": line.amount} for line in self.lines]
        return {**vars(self), "lines": lines, "amount": self.amount}

    def _repr_html_(self) -> str:
        head = f"{self.document_type} {self.document_no} of {self.opportunity_no}: {self.amount:,.2f}"
        return f"<b>{html.escape(head)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class DocumentList:
    """Quotes and orders.

    Attributes
    ----------
    documents : tuple of SalesDocument
        By number.
    """

    documents: tuple[SalesDocument, ...]

    def frame(self) -> pd.DataFrame:
        """Show them as a table.

        Returns
        -------
        pandas.DataFrame
            Columns document_no, document_type, opportunity_no, contact_no, customer_no, quote_no, dated_on, is_closed,
            line_count, amount.
        """
        told = [[*list(vars(one).values())[:-1], len(one.lines), one.amount] for one in self.documents]
        names = [*list(SalesDocument.__dataclass_fields__)[:-1], "line_count", "amount"]
        texts = dict.fromkeys(names[:6], "str")
        types = {**texts, "dated_on": "datetime64[us]", "is_closed": "bool", "line_count": "int64", "amount": "float64"}
        return pd.DataFrame(told, columns=names).astype(types)

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class DocumentReceipt:
    """What was done with a quote or an order, or would be.

    Attributes
    ----------
    document : SalesDocument
        As it is now; as it was, of one that is deleted.
    action : str
        ``"created"``, ``"changed"`` or ``"deleted"``.
    closed : str or None
        ``"won"`` or ``"lost"`` where making an order closed the opportunity.
    canceled_task_nos : tuple of str
        Open tasks of the opportunity that were called off.
    created_customer_no : str or None
        The customer that was created.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    document: SalesDocument
    action: str
    closed: str | None = None
    canceled_task_nos: tuple[str, ...] = ()
    created_customer_no: str | None = None
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the lines of the document.

        Returns
        -------
        pandas.DataFrame
            As `SalesDocument.frame`.
        """
        return self.document.frame()

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.action)}</p>{self.document._repr_html_()}"
