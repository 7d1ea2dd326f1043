"""Opportunities as a list: which, whose, and what they are worth."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, opportunity_session, state
from workbench.app.labels import N_
from workbench.app.language import _, amount, number
from workbench.app.widgets import grids, opportunity_words, task_fields
from workbench.bench import Workbench
from workbench.opportunities import OpportunityList

_ASKED = "opportunity_list:"
_STATES = {
    "open": N_("Open"), "due": N_("Due within seven days"), "overdue": N_("Overdue"), "won": N_("Won"),
    "lost": N_("Lost"), "all": N_("All"),
}  # fmt: skip
_ROWS, _FEW = 500, 12


def draw(bench: Workbench) -> None:
    """Draw the list.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    st.segmented_control(
        _("Which"), list(_STATES), default="open", required=True, key=f"{_ASKED}state", label_visibility="collapsed",
        format_func=lambda one: _(_STATES[one]),
    )  # fmt: skip
    find, whose = st.columns([3, 1])
    find.text_input(_("Find"), key=f"{_ASKED}text", placeholder=_("Number, description or contact"))
    task_fields.choose_code(whose, bench, "salesperson", _("Salesperson"), f"{_ASKED}salesperson", _("All"))
    found = bench.opportunities.list(
        state.as_of(), state=str(clicks.value(f"{_ASKED}state") or "open"),
        salesperson_code=clicks.value(f"{_ASKED}salesperson"), text=str(clicks.value(f"{_ASKED}text") or ""),
        rows=_ROWS,
    )  # fmt: skip
    currency = bench.setup.settings().currency_code
    _draw_figures(found, currency)
    if found.opportunities.empty:
        st.info(_("No such opportunity."), icon=":material/search_off:")
        return
    _draw_grid(found, currency)


def _draw_figures(found: OpportunityList, currency: str) -> None:
    total, overdue, estimated, calculated = st.columns(4)
    total.metric(_("Opportunities"), number(found.total))
    overdue.metric(_("Overdue"), number(found.overdue_count))
    estimated.metric(_("Estimated, of open ones"), amount(found.estimated_amount, currency))
    calculated.metric(_("Calculated current value, of open ones"), amount(found.calculated_amount, currency))


def _draw_grid(found: OpportunityList, currency: str) -> None:
    rows = found.opportunities

    def chosen(at: int) -> None:
        opportunity_session.open_opportunity(str(rows.iloc[at]["opportunity_no"]))

    heads = {
        "opportunity_no": _("Number"), "description": _("Description"), "contact_name": _("Contact"),
        "company_name": _("Company"), "salesperson_code": _("Salesperson"), "status": _("Status"), "stage": _("Stage"),
        "estimated_amount": _("Estimated"), "calculated_amount": _("Calculated current value"),
        "probability_rate": _("Probability"), "created_on": _("Created"), "estimated_close_on": _("Expected"),
        "closed_on": _("Closed"), "item_no": _("Item"),
    }  # fmt: skip
    grids.draw(
        rows, heads, key="opportunity_grid", on_select=chosen, height=460 if len(rows) > _FEW else "content",
        currency=currency, formats={"status": opportunity_words.word},
    )  # fmt: skip
    if found.total > len(rows):
        text = _("The first {shown} of {total}.")
        st.caption(text.format(shown=number(len(rows)), total=number(found.total)))
