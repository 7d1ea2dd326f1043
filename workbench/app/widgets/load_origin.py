"""What a file is: what its headers tell, its first rows, and which of its contacts may be there already."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import labels, state
from workbench.app.language import _, percent
from workbench.app.widgets import grids
from workbench.sources import LoadPlan

_MOST_SHOWN = 1000
_MOST_OPEN = 10


def draw_choices(plan: LoadPlan, go_to: Callable[[str], None]) -> None:
    """Draw what a person may want instead of what was taken from the headers.

    Parameters
    ----------
    plan : LoadPlan
        The plan; its notes say where the file comes from.
    go_to : callable
        Takes the file for another table.
    """
    if plan.source_table not in ("", plan.table):
        label = _("Load it into {table}").format(table=labels.table(plan.source_table))
        st.button(label, on_click=go_to, args=[plan.source_table], icon=":material/lightbulb:")
    if plan.is_remembered:
        st.button(
            _("Do not use what is remembered"), on_click=state.put, args=[state.LOAD_FORGET, True],
            icon=":material/history:",
        )  # fmt: skip


def draw_first_rows(plan: LoadPlan) -> None:
    """Draw the first rows of the file, as they were written.

    Parameters
    ----------
    plan : LoadPlan
        The plan.
    """
    if plan.first_rows.empty:
        return
    with st.expander(_("The first rows of the file")):
        heads = {str(header): str(header) for header in plan.first_rows.columns}
        grids.draw(plan.first_rows, heads)


def draw_duplicates(plan: LoadPlan) -> None:
    """Draw the new contacts that look like contacts that are there.

    Parameters
    ----------
    plan : LoadPlan
        The plan.
    """
    if plan.table != "contact":
        return
    st.subheader(_("Perhaps there already"))
    state.start(state.LOAD_DUPLICATES, True)
    st.toggle(_("Compare new contacts with those of the store"), key=state.LOAD_DUPLICATES, persist_state="session")
    found = plan.duplicates
    if found is None:
        return
    if found.empty:
        st.caption(_("No new row looks like a contact of the store."))
        return
    st.caption(_("Loading them changes nothing about the contacts that are there; duplicates can be merged later."))
    heads = {"row": _("Row"), "contact_no": _("Contact"), "score": _("Likeness"), "reasons": _("Reason")}
    shown = found.head(_MOST_SHOWN)
    height = "content" if len(shown) <= _MOST_OPEN else 380
    grids.draw(shown, heads, height=height, formats={"score": percent})
