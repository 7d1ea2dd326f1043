"""What a visitor sees when the app was started on a store that does not exist."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench.app import failures, state
from workbench.app.language import _
from workbench.bench import open_workbench
from workbench.config import store_path


def draw() -> None:
    """Say which store is missing, how one is made, and offer to make an empty one."""
    path = str(Path(store_path()).absolute())
    st.title(_("No store yet"))
    st.markdown(_("There is no store at {path}.").format(path=f"`{path}`"))
    st.markdown(_("Make an empty one here and load your files on the page Data, or load a year of retail data to try:"))
    st.code(f'workbench demo complete-journey --db "{path}"\nworkbench app --db "{path}"', language="shell")
    if st.button(_("Create an empty store"), type="primary", icon=":material/add:"):
        with failures.shown():
            open_workbench(path)
            state.put(state.NOTICE, _("An empty store was created."))
            st.rerun()
