"""Quotes and orders in the store."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

from workbench.errors import ConfigError, ConflictError, NotFoundError, nearest
from workbench.opportunities.documents import DocumentLine, SalesDocument
from workbench.setup import numbering
from workbench.store import Connection
from workbench.store.connection import first_row

SERIES = MappingProxyType({"quote": "S-QUO", "order": "S-ORD"})
"""The number series of each kind of document."""

_LONGEST_NUMBER = 20
_SELECT = """
    SELECT d.document_no, d.document_type, d.opportunity_no, c.contact_no, d.customer_no, d.quote_no, d.dated_on,
        d.is_closed
    FROM sales_document d LEFT JOIN opportunity o USING (opportunity_no) LEFT JOIN contact c USING (contact_id)
    WHERE ($document IS NULL OR d.document_no = $document) AND ($opportunity IS NULL OR d.opportunity_no = $opportunity)
    ORDER BY d.document_no
"""
_LINES = """
    SELECT item_no, description, quantity, unit_price_amount::DOUBLE, coalesce(line_discount_rate, 0)
    FROM sales_document_line WHERE document_no = ? ORDER BY line_no
"""


def every(con: Connection, opportunity_no: str | None = None) -> tuple[SalesDocument, ...]:
    """Read quotes and orders.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str, optional
        Only those of an opportunity.

    Returns
    -------
    tuple of SalesDocument
        By number.
    """
    return _read(con, None, opportunity_no)


def found(con: Connection, document_no: str) -> SalesDocument:
    """Find a quote or an order.

    Parameters
    ----------
    con : connection
        An open unit of work.
    document_no : str
        Its number.

    Returns
    -------
    SalesDocument
        With its lines.

    Raises
    ------
    NotFoundError
        When none has the number; suggests the nearest.
    """
    one = _read(con, document_no, None)
    if not one:
        known = [no for (no,) in con.execute("SELECT document_no FROM sales_document ORDER BY 1").fetchall()]
        raise NotFoundError(
            f'There is no quote or order "{document_no}".', nearest(document_no, known) if known else "Make a quote."
        )
    return one[0]


def new_number(con: Connection, kind: str, given: str | None, on: dt.date, dry_run: bool) -> str:
    """Find the number of a new document.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    kind : {"quote", "order"}
        What it is.
    given : str or None
        A number that somebody typed; the next one of the series where absent.
    on : datetime.date
        The day it is for.
    dry_run : bool
        Whether to leave the series as it is.

    Returns
    -------
    str
        The number.

    Raises
    ------
    ConfigError
        When the number cannot be used.
    ConflictError
        When another document has it.
    NotFoundError
        When somebody deleted the series.
    RuleError
        When the series gives no number.
    """
    number = (given or "").strip()
    if not number:
        give = numbering.peek_in if dry_run else numbering.next_in
        return give(con, SERIES[kind], on, lambda no: _is_taken(con, no))
    if len(number) > _LONGEST_NUMBER or not number.isprintable():
        raise ConfigError(f'"{number}" is no number for a {kind}.', f"Write at most {_LONGEST_NUMBER} signs.")
    if _is_taken(con, number):
        raise ConflictError(f'The number "{number}" is taken.', "Give another one, or none for the next free one.")
    return number


def insert(con: Connection, document: SalesDocument) -> None:
    """Write a document with its lines.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    document : SalesDocument
        The document.
    """
    con.execute(
        "INSERT INTO sales_document (document_no, document_type, opportunity_no, customer_no, quote_no, dated_on, "
        "is_closed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            document.document_no, document.document_type, document.opportunity_no, document.customer_no,
            document.quote_no, document.dated_on, document.is_closed,
        ],
    )  # fmt: skip
    write_lines(con, document)


def write_lines(con: Connection, document: SalesDocument) -> None:
    """Write the lines of a document in the place of those it had.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    document : SalesDocument
        The document.
    """
    con.execute("DELETE FROM sales_document_line WHERE document_no = ?", [document.document_no])
    if document.lines:
        con.executemany(
            "INSERT INTO sales_document_line VALUES (?, ?, ?, ?, ?, ?, ?)",
            [[document.document_no, 10000 * at, *vars(line).values()] for at, line in enumerate(document.lines, 1)],
        )


def close(con: Connection, document_no: str, customer_no: str | None) -> None:
    """Note that an order was made from a quote.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    document_no : str
        The quote.
    customer_no : str or None
        Who ordered.
    """
    con.execute(
        "UPDATE sales_document SET is_closed = TRUE, customer_no = ? WHERE document_no = ?", [customer_no, document_no]
    )


def remove(con: Connection, document_no: str) -> None:
    """Delete a document with its lines.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    document_no : str
        Its number.
    """
    for table in ("sales_document_line", "sales_document"):
        con.execute(f"DELETE FROM {table} WHERE document_no = ?", [document_no])  # noqa: S608 - names above


def _read(con: Connection, document_no: str | None, opportunity_no: str | None) -> tuple[SalesDocument, ...]:
    rows = con.execute(_SELECT, {"document": document_no, "opportunity": opportunity_no}).fetchall()
    return tuple(replace(SalesDocument(*row), lines=_lines(con, row[0])) for row in rows)


def _lines(con: Connection, document_no: str) -> tuple[DocumentLine, ...]:
    return tuple(DocumentLine(*row) for row in con.execute(_LINES, [document_no]).fetchall())


def _is_taken(con: Connection, document_no: str) -> bool:
    return first_row(con, "SELECT 1 FROM sales_document WHERE document_no = ?", [document_no]) is not None
