"""A bar with a button to cancel, there while something runs that takes its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.app import state
from workbench.app.language import _, number


class Bar:
    """The bar and the button.

    Parameters
    ----------
    text : str
        What is going on.
    on_cancel : callable
        Called when the visitor cancels.
    """

    def __init__(self, text: str, on_cancel: Callable[[], None]) -> None:
        self._text = text
        self._on_cancel = on_cancel
        self._bar: Any = None

    def __enter__(self) -> Bar:
        self._place = st.empty()
        return self

    def __exit__(self, *_error: object) -> None:
        self._place.empty()

    def show(self, done: int, total: int) -> None:
        """Show how far it is; Streamlit ends the run here when the visitor has done something.

        Parameters
        ----------
        done, total : int
            Parts; nothing is known yet while `total` is 0.
        """
        if self._bar is None:
            with self._place.container():
                self._bar = st.progress(0.0, text=self._text)
                st.button(_("Cancel"), key=state.LOAD_CANCEL + self._text, on_click=self._on_cancel)
        share = min(1.0, done / total) if total else 0.0
        self._bar.progress(share, text=f"{self._text}: {number(done)} / {number(total)}" if total else self._text)
