"""The page Contacts: search on the left, the card of one contact on the right."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, failures, state
from workbench.app.language import _
from workbench.app.widgets import contact_card, contact_list


def page() -> None:
    """Draw the page; an address with ``?contact=NO`` opens that contact's card."""
    bench, as_of = cached.bench(), state.as_of()
    _follow_link()
    st.title(_("Contacts"))
    found, card = st.columns([5, 7], gap="large")
    with found, failures.shown():
        contact_list.draw(bench)
    with card, failures.shown():
        number = state.contact_no()
        if number:
            contact_card.draw(bench, number, as_of)
        else:
            st.info(_("Select a contact to see its card."), icon=":material/person:")


def _follow_link() -> None:
    """Keep the address and the open card the same, so that the address can be passed on."""
    asked, opened = st.query_params.get(contact_list.ADDRESS), state.contact_no()
    number = asked or opened
    if number and (asked != opened):
        contact_list.open_card(number)
