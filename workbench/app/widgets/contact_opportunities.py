"""The opportunities of a contact."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, labels
from workbench.app.language import _, amount, ngettext, number
from workbench.app.widgets import grids, opportunity_start
from workbench.bench import Workbench
from workbench.contacts import ContactCard


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the opportunities.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    opportunity_start.of_contact(bench, card.contact_no)
    found = cached.by_revision(
        bench, lambda: bench.contacts.opportunities(card.contact_no).frame(), "opportunities", card.contact_no
    )
    if found.empty:
        st.caption(_("No opportunities."))
        return
    currency = bench.setup.settings().currency_code
    is_open = found["status"].isin(["not_started", "in_progress"])
    said = ngettext("{open} of {count} opportunity open", "{open} of {count} opportunities open", len(found))
    worth = _("estimated {amount}").format(amount=amount(float(found.loc[is_open, "estimated_amount"].sum()), currency))
    st.caption(said.format(open=number(int(is_open.sum())), count=number(len(found))) + ", " + worth)
    heads = {
        "opportunity_no": _("No."), "description": _("Description"), "status": _("Status"), "stage": _("Stage"),
        "estimated_amount": _("Estimated"), "probability_rate": _("Chance"), "created_on": _("Created"),
        "estimated_close_on": _("Expected"), "contact_no": _("Contact"),
    }  # fmt: skip
    texts = {"status": found["status"].map(labels.choice, na_action="ignore")}
    grids.draw(found.assign(**texts), heads, height="content", currency=currency)
