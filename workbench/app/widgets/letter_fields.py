"""The merge fields that letters may have, and those that a Word template uses."""

from __future__ import annotations

import streamlit as st

from workbench.app.failures import plain
from workbench.app.language import _
from workbench.app.widgets import grids
from workbench.bench import Workbench


def draw(bench: Workbench) -> None:
    """Draw the fields.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    with st.expander(_("Merge fields")):
        codes = [str(code) for code in bench.templates.word_templates().frame()["code"]]
        code = st.selectbox(_("Word template"), codes, index=None, key="letter_template") if codes else None
        listed = bench.letters.fields(code)
        if listed.unknown:
            text = _("Fields of the template that do not exist: {fields}")
            st.warning(text.format(fields=plain(", ".join(listed.unknown))))
        heads = {"field": _("Field"), "meaning": _("Meaning")}
        if code is not None:
            heads["is_used"] = _("Used")
        grids.draw(listed.frame(), heads, formats={"meaning": _})
