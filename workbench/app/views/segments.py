"""The page Segments."""

from __future__ import annotations

import streamlit as st

from workbench.app.language import _


def page() -> None:
    """Draw the page."""
    st.title(_("Segments"))
