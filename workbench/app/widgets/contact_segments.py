"""Which saved segments a contact is in, and why."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.app import cached, state
from workbench.app.failures import plain
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import why
from workbench.bench import Workbench
from workbench.segments import telling
from workbench.segments.belonging import Belonging, ContactSegments


def draw(bench: Workbench, contact_no: str, as_of: dt.date) -> None:
    """Draw the segments.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        The contact.
    as_of : datetime.date
        The day they are evaluated on.
    """
    found: ContactSegments = cached.by_revision(
        bench, lambda: bench.segments.of_contact(contact_no, as_of), "of_contact", contact_no, as_of
    )
    if not len(found):
        st.caption(_("No segment is saved yet."))
        return
    said = ngettext("In {in_} of {count} segment", "In {in_} of {count} segments", len(found))
    st.caption(said.format(in_=number(len(found.names)), count=number(len(found))))
    for entry in found:
        _draw_entry(bench, entry)


def _draw_entry(bench: Workbench, entry: Belonging) -> None:
    icons = {True: ":material/check_circle:", False: ":material/cancel:", None: ":material/help:"}
    said = plain(_said(bench, entry))
    label = f"**{plain(entry.name)}**  \n{said}"
    shown = st.expander(label, icon=icons[entry.is_member], key=f"contact_in:{entry.name}", on_change="rerun")
    if shown.open:
        with shown:
            _why(bench, entry)


def _said(bench: Workbench, entry: Belonging) -> str:
    if entry.explanation is None:
        return core(entry.problem)
    return telling.sentence(entry.explanation, _, why.reader(bench))


def _why(bench: Workbench, entry: Belonging) -> None:
    if entry.description:
        st.caption(plain(entry.description))
    if entry.explanation is not None:
        why.draw_explanation(bench, entry.explanation)
    segments = state.pages().get("segments")
    if segments is not None:
        st.page_link(
            segments, label=_("Open the segment"), icon=":material/filter_alt:", query_params={"segment": entry.name}
        )
