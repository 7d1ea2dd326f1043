"""Quotes and orders of an opportunity: a quote with its lines, and the order that is made from it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, amount, core
from workbench.app.widgets import grids, opportunity_words
from workbench.bench import Workbench
from workbench.errors import WorkbenchError
from workbench.opportunities import OpportunityCard
from workbench.opportunities.documents import SalesDocument

_ORDER = "opportunity_order:"


def draw(bench: Workbench, card: OpportunityCard) -> None:
    """Draw the documents.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : OpportunityCard
        The opportunity.
    """
    no, currency = card.opportunity.opportunity_no, bench.setup.settings().currency_code
    documents = bench.opportunities.documents(no).documents
    quote = next((one for one in documents if one.document_type == "quote" and not one.is_closed), None)
    for document in documents:
        if document is not quote:
            _draw_document(document, currency)
    if quote is not None:
        _draw_quote(bench, card, quote, currency)
    elif not documents:
        _draw_first(bench, no)


def _title(document: SalesDocument, currency: str) -> str:
    kind = _("Quote") if document.document_type == "quote" else _("Order")
    return plain(f"{kind} {document.document_no} · {amount(document.amount, currency)}")


def _draw_document(document: SalesDocument, currency: str) -> None:
    st.subheader(_title(document, currency))
    heads = {
        "item_no": _("Item"), "description": _("Description"), "quantity": _("Quantity"),
        "unit_price_amount": _("Unit price"), "line_discount_rate": _("Line discount"), "amount": _("Amount"),
    }  # fmt: skip
    grids.draw(document.frame(), heads, height="content", currency=currency)


def _draw_first(bench: Workbench, no: str) -> None:
    """Offer the quote that would be made; its lines are changed afterwards."""
    try:
        would = bench.opportunities.quote(no, state.as_of(), dry_run=True)
    except WorkbenchError as error:
        st.caption(plain(core(error.message)))
        return
    _draw_lines(would.document, "opportunity_quote_lines:new")
    lines = _lines(would.document, "opportunity_quote_lines:new")
    st.button(
        _("Make a quote"), key="opportunity_quote", type="primary", icon=":material/request_quote:",
        on_click=clicks.doing(
            lambda: bench.opportunities.quote(no, state.as_of(), lines),
            lambda made: _("Created {number}").format(number=made.document.document_no),
        ),
    )  # fmt: skip


def _draw_lines(document: SalesDocument, key: str) -> None:
    state.put(f"{key}:edited", st.data_editor(
        document.frame().drop(columns="amount"), num_rows="dynamic", hide_index=True, placeholder="",
        key=f"{key}:{hash(document)}",
        column_config={
            "item_no": st.column_config.TextColumn(_("Item")),
            "description": st.column_config.TextColumn(_("Description")),
            "quantity": st.column_config.NumberColumn(_("Quantity"), default=1.0, min_value=0.0),
            "unit_price_amount": st.column_config.NumberColumn(_("Unit price"), min_value=0.0),
            "line_discount_rate": st.column_config.NumberColumn(
                _("Line discount"), default=0.0, min_value=0.0, max_value=1.0, format="percent"
            ),
        },
    ))  # fmt: skip


def _lines(document: SalesDocument, key: str) -> list[dict[str, Any]]:
    """Read the lines as they were edited."""
    rows: pd.DataFrame = state.get(f"{key}:edited", document.frame())
    kept = rows.astype(object).where(rows.notna(), None)
    return [{str(name): value for name, value in line.items()} for line in kept.to_dict("records")]


def _draw_quote(bench: Workbench, card: OpportunityCard, quote: SalesDocument, currency: str) -> None:
    st.subheader(_title(quote, currency))
    key = f"opportunity_quote_lines:{quote.document_no}"
    _draw_lines(quote, key)
    lines = _lines(quote, key)
    with st.container(horizontal=True):
        st.button(
            _("Save the quote"), key="opportunity_quote_save", type="primary",
            on_click=clicks.doing(
                lambda: bench.opportunities.change_quote(quote.document_no, lines),
                lambda done: _("Saved {number}").format(number=done.document.document_no),
            ),
        )  # fmt: skip
        st.button(
            _("Delete the quote"), key="opportunity_quote_delete", icon=":material/delete:",
            on_click=clicks.doing(
                lambda: bench.opportunities.delete_quote(quote.document_no),
                lambda done: _("Deleted {number}").format(number=done.document.document_no),
            ),
        )  # fmt: skip
        with st.popover(_("Make an order"), icon=":material/shopping_cart:"):
            _draw_order(bench, card)


def _draw_order(bench: Workbench, card: OpportunityCard) -> None:
    is_open = not card.opportunity.is_closed
    if is_open:
        st.caption(_("The opportunity is closed with it."))
        st.selectbox(_("It is"), ["won", "lost"], key=f"{_ORDER}closes", format_func=opportunity_words.word)
        status = str(clicks.value(f"{_ORDER}closes") or "won")
        reasons = opportunity_words.reasons(bench, status)
        st.selectbox(
            _("Why"), list(reasons), 0 if len(reasons) == 1 else None, key=f"{_ORDER}code:{status}",
            format_func=reasons.__getitem__, placeholder=_("Choose a code"),
        )  # fmt: skip

    def make() -> None:
        closes = str(clicks.value(f"{_ORDER}closes") or "won") if is_open else None
        clicks.attempt(
            lambda: bench.opportunities.make_order(
                card.opportunity.opportunity_no, state.as_of(), closes=closes,
                code=clicks.value(f"{_ORDER}code:{closes}"),
            ),
            lambda made: _("Created {number}").format(number=made.document.document_no),
        )  # fmt: skip

    st.button(_("Make the order"), key="opportunity_order", type="primary", on_click=make)
