"""What the theme file cannot say: the product's name and mark, and the colours of plots."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

PRODUCT = "Segmentation Workbench"
MARK = Path(__file__).parent / "mark.svg"

# Okabe and Ito (2008), told apart by everybody, on light and on dark ground; the order puts the most different first.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C8C")

# A picture knows no web fonts: whichever font the machine has is drawn as wide as the room.
_WORDMARK = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 330 40" width="330" height="40">
  <circle cx="14" cy="16" r="11" fill="#0072B2" fill-opacity="0.85"/>
  <circle cx="26" cy="16" r="11" fill="#56B4E9" fill-opacity="0.75"/>
  <circle cx="20" cy="26" r="11" fill="#E69F00" fill-opacity="0.75"/>
  <text x="48" y="28" font-family="'Source Sans', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
    font-size="23" font-weight="600" fill="{ink}" textLength="276" lengthAdjust="spacingAndGlyphs">{name}</text>
</svg>
"""


def is_dark() -> bool:
    """Tell which ground the visitor's browser shows.

    Returns
    -------
    bool
        False as well when it has not said.
    """
    return st.context.theme.type == "dark"


def draw_logo() -> None:
    """Draw mark and name above the navigation."""
    st.logo(
        _WORDMARK.format(ink="#E4EAEF" if is_dark() else "#1B2733", name=PRODUCT), size="large", icon_image=str(MARK)
    )
