"""What a file is: the program that wrote it, its first rows, and which of its contacts may be there already."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import labels, state
from workbench.app.failures import plain
from workbench.app.language import _, ngettext, number, percent
from workbench.app.widgets import grids
from workbench.sources import LoadPlan

_MOST_SHOWN = 1000
_MOST_OPEN = 10


def draw(plan: LoadPlan, go_to: Callable[[str], None]) -> None:
    """Draw where the file comes from, as far as its headers tell.

    Parameters
    ----------
    plan : LoadPlan
        The plan.
    go_to : callable
        Takes the file for another table.
    """
    if plan.source_kind and plan.source_table != plan.table:
        with st.container(horizontal=True, vertical_alignment="center"):
            table = labels.table(plan.source_table)
            st.badge(plain(plan.source_kind), icon=":material/lightbulb:")
            st.button(
                _("Load it into {table}").format(table=table), on_click=go_to, args=[plan.source_table], type="tertiary"
            )
    elif plan.source_kind:
        st.badge(plain(plan.source_kind), icon=":material/verified:", color="green")
    if plan.is_remembered:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(_("Columns go where those of the last such file went"), icon=":material/history:")
            st.button(_("Do not use that"), on_click=state.put, args=[state.LOAD_FORGET, True], type="tertiary")


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
    rows = found["row"].nunique()
    st.caption(
        ngettext("{count} new row looks like a contact", "{count} new rows look like contacts", rows).format(
            count=number(rows)
        )
        + ". "
        + _("To load them all the same changes nothing about the contacts that are there; they can be merged later.")
    )
    heads = {"row": _("Row"), "contact_no": _("Contact"), "score": _("Likeness"), "reasons": _("Reason")}
    shown = found.head(_MOST_SHOWN)
    height = "content" if len(shown) <= _MOST_OPEN else 380
    grids.draw(shown, heads, height=height, formats={"score": percent})
