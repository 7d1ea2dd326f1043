"""Which campaign a visitor looks at."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state

ADDRESS = "campaign"


def number() -> str | None:
    """Tell which campaign is open.

    Returns
    -------
    str or None
        Its number; None while the board is shown.
    """
    chosen = state.get(state.CAMPAIGN_NO)
    return str(chosen) if chosen else None


def open_campaign(campaign_no: str | None) -> None:
    """Open a campaign, or go back to the board.

    Parameters
    ----------
    campaign_no : str or None
        Its number.
    """
    state.put(state.CAMPAIGN_NO, campaign_no)
    state.forget(state.CAMPAIGN_ENTRY, state.CAMPAIGN_PRICE)
    clicks.forget_fields(state.CAMPAIGN_FIELD)


def follow_address() -> None:
    """Keep the address and the open campaign the same, so that the address can be passed on."""
    asked = st.query_params.get(ADDRESS)
    if asked and asked != state.get(state.CAMPAIGN_LINK):
        open_campaign(asked)
    opened = number()
    if opened:
        st.query_params[ADDRESS] = opened
    else:
        st.query_params.pop(ADDRESS, None)
    state.put(state.CAMPAIGN_LINK, opened)
