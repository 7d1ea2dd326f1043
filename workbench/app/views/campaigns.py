"""The page Campaigns: a board by status, and the card of one campaign with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, campaign_session, clicks, failures, state
from workbench.app.failures import plain
from workbench.app.language import _
from workbench.app.widgets import (
    campaign_board,
    campaign_card,
    campaign_entries,
    campaign_letters,
    campaign_offers,
    campaign_plan,
    campaign_responses,
    campaign_results,
    campaign_targets,
)
from workbench.bench import Workbench


def page() -> None:
    """Draw the page; an address with ``?campaign=NO`` opens that campaign."""
    bench = cached.bench()
    campaign_session.follow_address()
    number = campaign_session.number()
    if number is None:
        st.title(_("Campaigns"))
        clicks.show_failure()
        with failures.shown():
            campaign_board.draw(bench)
        return
    with failures.shown():
        _draw(bench, number)


def _draw(bench: Workbench, number: str) -> None:
    st.button(
        _("All campaigns"), key="campaign_back", icon=":material/arrow_back:", type="tertiary",
        on_click=campaign_session.open_campaign, args=(None,),
    )  # fmt: skip
    campaign = bench.campaigns.get(number)
    st.title(plain(f"{number} · {campaign.description}" if campaign.description else number))
    clicks.show_failure()
    panels: dict[str, Callable[[], None]] = {
        _("Card"): lambda: campaign_card.draw(bench, campaign),
        _("Plan"): lambda: campaign_plan.show(bench, number, state.as_of()),
        _("Targets"): lambda: campaign_targets.show(bench, number, state.as_of()),
        _("Letters"): lambda: campaign_letters.show(bench, number, state.as_of()),
        _("Responses"): lambda: campaign_responses.show(bench, number, state.as_of()),
        _("Results"): lambda: campaign_results.show(bench, number, state.as_of()),
        _("Entries"): lambda: campaign_entries.draw(bench, campaign),
        _("Prices"): lambda: campaign_offers.draw(bench, campaign),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.CAMPAIGN_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
