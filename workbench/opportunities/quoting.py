"""Quotes made from opportunities, and orders made from quotes.

References
----------
Business Central, table 5092, Opportunity: `CreateQuote`; codeunit 86, Sales-Quote to Order:
`CheckInProgressOpportunities`, `MoveWonLostOpportunites`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.errors import RuleError
from workbench.opportunities import customers, document_lines, document_rows, rows, steps
from workbench.opportunities.closing import closing
from workbench.opportunities.documents import DocumentList, DocumentReceipt, SalesDocument
from workbench.opportunities.receipts import StepReceipt
from workbench.opportunities.results import Opportunity
from workbench.setup.work import Work
from workbench.store import Connection


class Quoting(Work):
    """Quotes and orders of opportunities."""

    def documents(self, opportunity_no: str | None = None) -> DocumentList:
        """List quotes and orders.

        Parameters
        ----------
        opportunity_no : str, optional
            Only those of an opportunity.

        Returns
        -------
        DocumentList
            By number.

        Raises
        ------
        NotFoundError
            When no opportunity has the number.
        """
        with self._database.reading() as con:
            if opportunity_no is not None:
                rows.found(con, opportunity_no)
            return DocumentList(document_rows.every(con, opportunity_no))

    def document(self, document_no: str) -> SalesDocument:
        """Fetch a quote or an order.

        Parameters
        ----------
        document_no : str
            Its number.

        Returns
        -------
        SalesDocument
            With its lines.

        Raises
        ------
        NotFoundError
            When none has the number.
        """
        with self._database.reading() as con:
            return document_rows.found(con, document_no)

    def quote(
        self,
        opportunity_no: str,
        as_of: dt.date,
        lines: Sequence[Mapping[str, object]] = (),
        *,
        document_no: str | None = None,
        dry_run: bool = False,
    ) -> DocumentReceipt:
        """Make a sales quote from an opportunity, and link them.

        Parameters
        ----------
        opportunity_no : str
            The opportunity.
        as_of : datetime.date
            The day of the quote, which chooses the line of the number series.
        lines : sequence of mapping, optional
            What it offers: item_no, description, quantity, unit_price_amount, line_discount_rate. Where absent it is
            the item of the opportunity at its price, else what the opportunity is about at the estimated value.
        document_no : str, optional
            Its number; the next one, such as SQ000001, where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DocumentReceipt
            The quote.

        Raises
        ------
        NotFoundError
            When there is no such opportunity or item.
        ConfigError
            When a line or the number cannot be used.
        ConflictError
            When the number is taken.
        RuleError
            When the opportunity has a quote already, is not in progress, or its contact is privacy blocked.
        """
        with self._unit(dry_run) as con:
            opportunity = rows.found(con, opportunity_no)
            _check_quotable(con, opportunity)
            offered = document_lines.checked(con, lines) if lines else document_lines.proposed(con, opportunity)
            document = SalesDocument(
                document_rows.new_number(con, "quote", document_no, as_of, dry_run), "quote", opportunity_no,
                opportunity.contact_no, customers.found(con, opportunity.contact_no), None, as_of, lines=offered,
            )  # fmt: skip
            if not dry_run:
                document_rows.insert(con, document)
                steps.update(con, opportunity_no, {"document_type": "quote", "document_no": document.document_no})
        return DocumentReceipt(document, "created", is_written=not dry_run)

    def change_quote(
        self, document_no: str, lines: Sequence[Mapping[str, object]], *, dry_run: bool = False
    ) -> DocumentReceipt:
        """Give a quote other lines.

        Parameters
        ----------
        document_no : str
            The quote.
        lines : sequence of mapping
            As for `quote`; they take the place of all it had.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DocumentReceipt
            The quote as it is now.

        Raises
        ------
        NotFoundError
            When there is no such quote or item.
        ConfigError
            When a line cannot be used.
        RuleError
            When it is an order, or an order was made from it.
        """
        with self._unit(dry_run) as con:
            before = _open_quote(con, document_no)
            document = replace(before, lines=document_lines.checked(con, lines))
            if not dry_run:
                document_rows.write_lines(con, document)
        return DocumentReceipt(document, "changed", is_written=not dry_run)

    def delete_quote(self, document_no: str, *, dry_run: bool = False) -> DocumentReceipt:
        """Delete a quote, so that its opportunity may have another one.

        Parameters
        ----------
        document_no : str
            The quote.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DocumentReceipt
            The quote as it was.

        Raises
        ------
        NotFoundError
            When there is no such quote.
        RuleError
            When it is an order, or an order was made from it.
        """
        with self._unit(dry_run) as con:
            document = _open_quote(con, document_no)
            opportunity = rows.found(con, document.opportunity_no)
            if not dry_run:
                document_rows.remove(con, document_no)
                if opportunity.document_no == document_no:
                    _unlink(con, opportunity)
        return DocumentReceipt(document, "deleted", is_written=not dry_run)

    def make_order(
        self,
        opportunity_no: str,
        as_of: dt.date,
        *,
        closes: str | None = None,
        code: str | None = None,
        cancels_tasks: bool = True,
        document_no: str | None = None,
        dry_run: bool = False,
    ) -> DocumentReceipt:
        """Make an order from the quote of an opportunity.

        Parameters
        ----------
        opportunity_no : str
            The opportunity.
        as_of : datetime.date
            The day of the order, and of the end of the opportunity.
        closes : {"won", "lost"}, optional
            How an opportunity that is in progress ends: it has to be closed before.
        code : str, optional
            Why, as for `close`.
        cancels_tasks : bool, optional
            Whether closing calls the open tasks of the opportunity off.
        document_no : str, optional
            The number of the order; the next one, such as SO000001, where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DocumentReceipt
            The order, with the lines of the quote, and the customer that was created for it.

        Raises
        ------
        NotFoundError
            When there is no such opportunity or close opportunity code.
        ConfigError
            When the number or the ending cannot be used.
        ConflictError
            When the number is taken.
        RuleError
            When no quote is linked with the opportunity, it is open and is not to be closed, or cannot be closed.

        Notes
        -----
        As in Business Central an opportunity that was won points to the order then, which says what it is worth; one
        that was lost points to nothing any more.
        """
        with self._unit(dry_run) as con:
            opportunity = rows.found(con, opportunity_no)
            quote = _linked(con, opportunity)
            step = _closed(con, opportunity, as_of, closes, code, cancels_tasks, dry_run)
            created = _customer(con, opportunity, step, dry_run)
            number = document_rows.new_number(con, "order", document_no, as_of, dry_run)
            order = replace(
                quote, document_no=number, document_type="order", quote_no=quote.document_no, dated_on=as_of,
                customer_no=created or customers.found(con, opportunity.contact_no),
            )  # fmt: skip
            if not dry_run:
                document_rows.insert(con, order)
                document_rows.close(con, quote.document_no, order.customer_no)
                _point(con, opportunity, order, closes or opportunity.status)
        canceled, notes = ((), ()) if step is None else (step.canceled_task_nos, step.notes)
        return DocumentReceipt(order, "created", closes, canceled, created, notes, is_written=not dry_run)


def _check_quotable(con: Connection, opportunity: Opportunity) -> None:
    if opportunity.has_quote:
        raise RuleError(
            "A sales quote has already been assigned to this opportunity.",
            f"It is {opportunity.document_no}: change its lines, or delete it first.",
        )
    if opportunity.status != "in_progress":
        spoken, hint = opportunity.status.replace("_", " "), "A closed opportunity gets no quote."
        if not opportunity.is_closed:
            hint = f"Activate it first: workbench opportunity activate {opportunity.opportunity_no}."
        raise RuleError(f"Status must be in progress: {opportunity.opportunity_no} is {spoken}.", hint)
    if opportunity.contact_no is not None:
        require_not_blocked(con, id_of(con, opportunity.contact_no), "quotes")


def _open_quote(con: Connection, document_no: str) -> SalesDocument:
    document = document_rows.found(con, document_no)
    if document.document_type != "quote":
        raise RuleError(f"{document_no} is an order.", "Only quotes are changed or deleted.")
    if document.is_closed:
        raise RuleError(f"An order was made from {document_no}.", "Such a quote stays as it is.")
    return document


def _linked(con: Connection, opportunity: Opportunity) -> SalesDocument:
    if not opportunity.has_quote:
        raise RuleError(
            "There is no sales quote that is assigned to this opportunity.",
            f"Make one: workbench opportunity quote {opportunity.opportunity_no}.",
        )
    return document_rows.found(con, str(opportunity.document_no))


def _closed(
    con: Connection,
    opportunity: Opportunity,
    as_of: dt.date,
    closes: str | None,
    code: str | None,
    cancels_tasks: bool,
    dry_run: bool,
) -> StepReceipt | None:
    """Close an opportunity that is in progress; give nothing for one that is closed already."""
    if closes is not None:
        return closing(
            con, opportunity, closes, as_of, code=code, cancels_tasks=cancels_tasks, dry_run=dry_run
        )  # fmt: skip
    if not opportunity.is_closed:
        raise RuleError(
            f"An open opportunity, {opportunity.opportunity_no}, is linked to the quote {opportunity.document_no}. "
            "It has to be closed before an order is made.",
            "Say how it ended: won or lost.",
        )
    return None


def _customer(con: Connection, opportunity: Opportunity, step: StepReceipt | None, dry_run: bool) -> str | None:
    """Give the customer that is created: by closing, or because the order needs one."""
    if step is not None and step.customer_no:
        return step.customer_no
    if opportunity.contact_no is None or (step is not None and step.status == "won"):
        return None
    return customers.ensure(con, opportunity.contact_no, dry_run=dry_run)


def _point(con: Connection, opportunity: Opportunity, order: SalesDocument, status: str) -> None:
    """Let an opportunity that was won point to its order, and one that was lost to nothing."""
    if status != "won":
        _unlink(con, opportunity)
        return
    steps.update(con, opportunity.opportunity_no, {
        "document_type": "order", "document_no": order.document_no, "calculated_amount": order.amount,
    })  # fmt: skip
    con.execute(
        "UPDATE opportunity_entry SET calculated_amount = ? WHERE opportunity_no = ? AND is_active",
        [order.amount, opportunity.opportunity_no],
    )


def _unlink(con: Connection, opportunity: Opportunity) -> None:
    steps.update(con, opportunity.opportunity_no, {"document_type": None, "document_no": None})
