"""The page Contacts: the list on the left, the card of one contact on the right."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, clicks, contact_session, failures, state
from workbench.app.language import _
from workbench.app.widgets import contact_card, contact_list

# On a narrow screen the open card stands above the list.
_STYLE = """
<style>
@media (max-width: 640px) {
  .st-key-contact_beside [data-testid="stHorizontalBlock"]:has(.st-key-contact_list) { flex-direction: column-reverse; }
}
.st-key-contact_beside [role="tablist"] { gap: 0.6rem; }
.st-key-contact_beside [role="tab"] p { font-size: 0.86rem; }
.st-key-contact_chips button { border: 1px solid rgba(128, 128, 128, 0.35); border-radius: 1rem;
  padding: 0 0.7rem; min-height: 1.9rem; }
</style>
"""


def page() -> None:
    """Draw the page; an address with ``?contact=NO`` opens that contact's card."""
    bench, as_of = cached.bench(), state.as_of()
    contact_session.follow_link()
    st.title(_("Contacts"))
    st.html(_STYLE)
    clicks.show_failure()
    number = state.contact_no()
    if number is None:
        with failures.shown():
            contact_list.draw(bench)
        return
    with st.container(key="contact_beside"):
        found, card = st.columns([5, 8], gap="medium")
        with found, st.container(key="contact_list"), failures.shown():
            contact_list.draw(bench)
        with card, failures.shown():
            contact_card.draw(bench, number, as_of)
