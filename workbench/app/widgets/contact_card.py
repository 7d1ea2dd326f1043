"""The card of one contact: its head, and a tab for each thing that is kept about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from workbench.app import cached, failures, state
from workbench.app.language import _
from workbench.app.widgets import (
    contact_addresses,
    contact_comments,
    contact_consents,
    contact_details,
    contact_groups,
    contact_head,
    contact_opportunities,
    contact_people,
    contact_privacy,
    contact_profile,
    contact_receipt,
    contact_relations,
    contact_segments,
    contact_tasks,
    contact_timeline,
)
from workbench.bench import Workbench

ROWS = 200


def draw(bench: Workbench, contact_no: str, as_of: dt.date) -> None:
    """Draw the card; only the open tab is drawn.

    Parameters
    ----------
    bench : Workbench
        Whose contact.
    contact_no : str
        Its number.
    as_of : datetime.date
        The day of the figures.

    Raises
    ------
    NotFoundError
        When no contact has the number.
    """
    rows = int(state.get(state.TIMELINE_ROWS, ROWS))
    card = cached.by_revision(
        bench, lambda: bench.contacts.card(contact_no, as_of, rows), "card", contact_no, as_of, rows
    )
    settings = bench.setup.settings()
    contact_head.draw(bench, card)
    contact_receipt.draw(bench, contact_no)
    panels: dict[str, Callable[[], None]] = {
        _("Details"): lambda: contact_details.draw(bench, card),
        _("Groups"): lambda: contact_groups.draw(bench, card),
        _("Relations"): lambda: contact_relations.draw(bench, card),
        _("People") if card.fields["type"] == "company" else _("Company"): lambda: contact_people.draw(bench, card),
        _("Profile"): lambda: contact_profile.draw(bench, contact_no),
        _("Timeline"): lambda: contact_timeline.draw(card, settings),
        _("Tasks"): lambda: contact_tasks.draw(bench, card),
        _("Opportunities"): lambda: contact_opportunities.draw(bench, card),
        _("Segments"): lambda: contact_segments.draw(bench, contact_no, as_of),
        _("Consents"): lambda: contact_consents.draw(bench, contact_no),
        _("Addresses"): lambda: contact_addresses.draw(bench, card),
        _("Comments"): lambda: contact_comments.draw(bench, card),
        _("Privacy"): lambda: contact_privacy.draw(bench, card),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.CONTACT_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
