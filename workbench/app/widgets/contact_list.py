"""Contacts found as one types, page by page."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, labels, state
from workbench.app.language import _, ngettext, number
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.contacts import ContactPage

ROWS = 25
ADDRESS = "contact"


def draw(bench: Workbench) -> None:
    """Draw search, what it found, and the pages.

    Parameters
    ----------
    bench : Workbench
        Whose contacts.
    """
    text = st.text_input(
        _("Search contacts"),
        key=state.CONTACT_SEARCH,
        type="search",
        live="300ms",
        persist_state="session",
        placeholder=_("Number, name, e-mail, telephone or city"),
        help=_("Each word has to occur somewhere; upper and lower case are the same."),
    )
    found, total = _found(bench, text or "")
    if not total:
        st.caption(_("There are no contacts yet; load some on the page Data."))
        return
    _draw_base(found, total, text or "")
    if found.total:
        _draw_rows(found, text or "")
    _draw_pages(found, text or "")


def open_card(contact_no: str) -> None:
    """Open the card of a contact, and say so in the address.

    Parameters
    ----------
    contact_no : str
        Its number.
    """
    state.put(state.CONTACT_NO, contact_no)
    st.query_params[ADDRESS] = contact_no
    state.forget(state.TIMELINE_ROWS)


def _found(bench: Workbench, text: str) -> tuple[ContactPage, int]:
    place = int(state.get(_page_key(text)) or 1)
    found = _searched(bench, text, place)
    if place > 1 and found.contacts.empty:  # the store has fewer contacts than when this page was chosen
        state.forget(_page_key(text))
        found = _searched(bench, text, 1)
    return found, _searched(bench, "", 1).total


def _searched(bench: Workbench, text: str, place: int) -> ContactPage:
    def search() -> ContactPage:
        return bench.contacts.search(text, ROWS, (place - 1) * ROWS)

    return cached.by_revision(bench, search, "contacts", text, place)


def _draw_base(found: ContactPage, total: int, text: str) -> None:
    if text.strip():
        said = ngettext("{count} found, of {total} contacts", "{count} found, of {total} contacts", found.total)
        st.caption(said.format(count=number(found.total), total=number(total)))
    else:
        st.caption(ngettext("{count} contact", "{count} contacts", total).format(count=number(total)))


def _draw_rows(found: ContactPage, text: str) -> None:
    shown = found.contacts.assign(type=found.contacts["type"].map(labels.choice))
    heads = {"contact_no": _("No."), "name": _("Name"), "type": _("Type"), "city": _("City")}
    numbers = list(shown["contact_no"])
    key = f"contact_rows:{text}:{state.get(_page_key(text)) or 1}"
    grids.draw(shown, heads, key=key, on_select=lambda row: open_card(numbers[row]), height="content")


def _draw_pages(found: ContactPage, text: str) -> None:
    pages = -(-found.total // ROWS)
    if pages > 1:
        st.pagination(pages, key=_page_key(text), max_visible_pages=5, persist_state="session")


def _page_key(text: str) -> str:
    """Each search has pages of its own, beginning with the first."""
    return f"{state.CONTACT_PAGE}:{text}"
