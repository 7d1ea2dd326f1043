"""Which opportunity a visitor looks at."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state

ADDRESS = "opportunity"


def number() -> str | None:
    """Tell which opportunity is open.

    Returns
    -------
    str or None
        Its number; None while the board is shown.
    """
    chosen = state.get(state.OPPORTUNITY_NO)
    return str(chosen) if chosen else None


def open_opportunity(opportunity_no: str | None) -> None:
    """Open an opportunity, or go back to the board.

    Parameters
    ----------
    opportunity_no : str or None
        Its number.
    """
    state.put(state.OPPORTUNITY_NO, opportunity_no)
    clicks.forget_fields(state.OPPORTUNITY_FIELD)
    clicks.forget_fields(state.OPPORTUNITY_STEP)


def follow_address() -> None:
    """Keep the address and the open opportunity the same, so that the address can be passed on."""
    asked = st.query_params.get(ADDRESS)
    if asked and asked != state.get(state.OPPORTUNITY_LINK):
        open_opportunity(asked)
    opened = number()
    if opened:
        st.query_params[ADDRESS] = opened
    else:
        st.query_params.pop(ADDRESS, None)
    state.put(state.OPPORTUNITY_LINK, opened)
