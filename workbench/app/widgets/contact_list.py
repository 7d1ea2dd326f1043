"""Contacts found as one types, page by page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import cached, contact_session, state, written
from workbench.app.failures import plain
from workbench.app.language import _, ngettext, number
from workbench.app.widgets import contact_file, contact_filters, contact_new, contact_views, grids
from workbench.bench import Workbench
from workbench.compiling.values import column_of
from workbench.contacts import ContactPage, ContactQuery

ROWS = 25


def draw(bench: Workbench) -> None:
    """Draw search, filters, what they found, and the pages.

    Parameters
    ----------
    bench : Workbench
        Whose contacts.
    """
    _search_box(bench)
    asked = contact_session.query()
    with st.container(horizontal=True, gap="xsmall", key="contact_tools"):
        contact_filters.draw(bench)
        contact_views.draw(bench, asked)
        contact_file.draw(bench, asked)
        contact_new.draw(bench)
    contact_filters.draw_active(bench, asked)
    total = _searched(bench, ContactQuery(columns=("contact_no",)), 1).total
    if not total:
        st.caption(_("There are no contacts yet; load some on the page Data."))
        return
    found = _found(bench, asked)
    _draw_base(found, total)
    if found.total:
        _draw_rows(bench, found)
        _draw_one(found)
    _draw_pages(found)


def _search_box(bench: Workbench) -> None:
    searched, viewed = st.columns([7, 4], vertical_alignment="bottom") if len(bench.contacts.views()) else (st, None)
    searched.text_input(
        _("Search contacts"),
        key=state.CONTACT_SEARCH,
        type="search",
        live="300ms",
        persist_state="session",
        placeholder=_("Number, name, e-mail, telephone or city"),
        help=_("Each word has to occur somewhere; upper and lower case are the same."),
    )
    if viewed is not None:
        with viewed:
            contact_views.choose(bench)


def _found(bench: Workbench, asked: ContactQuery) -> ContactPage:
    place = int(state.get(_page_key(asked)) or 1)
    found = _searched(bench, asked, place)
    if place > 1 and found.contacts.empty:  # the store has fewer contacts than when this page was chosen
        state.forget(_page_key(asked))
        found = _searched(bench, asked, 1)
    return found


def _searched(bench: Workbench, asked: ContactQuery, place: int) -> ContactPage:
    as_of = state.as_of()

    def search() -> ContactPage:
        return bench.contacts.search(asked, ROWS, (place - 1) * ROWS, as_of=as_of)

    return cached.by_revision(bench, search, "contacts", asked.to_json(), place, as_of)


def _draw_base(found: ContactPage, total: int) -> None:
    if found.query.text or found.query.filters:
        said = ngettext("{count} found, of {total} contacts", "{count} found, of {total} contacts", found.total)
        st.caption(said.format(count=number(found.total), total=number(total)))
    else:
        st.caption(ngettext("{count} contact", "{count} contacts", total).format(count=number(total)))


def _draw_rows(bench: Workbench, found: ContactPage) -> None:
    """Draw the rows as texts; beside a card only the first columns have room."""
    names = list(found.query.columns)
    if state.contact_no():
        names = names[: contact_session.BESIDE_A_CARD]
    numbers = _numbers(bench, found)
    key = f"contact_rows:{found.query.to_json()}:{state.get(_page_key(found.query)) or 1}"
    grids.draw(
        _shown(bench, found.contacts[names]),
        {name: contact_session.field_label(bench, name) for name in names},
        key=key,
        on_select=lambda row: contact_session.open_card(numbers[row]),
        height="content",
    )


def _numbers(bench: Workbench, found: ContactPage) -> list[str]:
    """Tell whom each row is of, also where the list does not show it."""
    if "contact_no" in found.contacts:
        return list(found.contacts["contact_no"])
    asked = ContactQuery(found.query.text, found.query.filters, found.query.sort, ("contact_no",))
    place = int(state.get(_page_key(found.query)) or 1)
    return list(_searched(bench, asked, place).contacts["contact_no"])


def _shown(bench: Workbench, contacts: pd.DataFrame) -> pd.DataFrame:
    catalogue, settings = bench.segments.catalogue(), bench.setup.settings()
    shown = {}
    for name in contacts:
        column = column_of(str(name), catalogue)
        texts = [written.value(column, held, settings) for held in contacts[name]]
        shown[name] = pd.Series(["" if text == "–" else text for text in texts], dtype="str", index=contacts.index)
    return pd.DataFrame(shown)


def _draw_one(found: ContactPage) -> None:
    """Let the keyboard open the only contact that was found."""
    if found.total != 1 or "contact_no" not in found.contacts:
        return
    row = found.contacts.iloc[0]
    if row["contact_no"] != state.contact_no():
        name = row["name"] if "name" in row and pd.notna(row["name"]) else row["contact_no"]
        st.button(
            _("Open {name}").format(name=plain(str(name))), key="contact_open_only", icon=":material/person:",
            on_click=contact_session.open_card, args=(row["contact_no"],),
        )  # fmt: skip


def _draw_pages(found: ContactPage) -> None:
    pages = -(-found.total // ROWS)
    if pages > 1:
        st.pagination(pages, key=_page_key(found.query), max_visible_pages=5, persist_state="session")


def _page_key(asked: ContactQuery) -> str:
    """Each list has pages of its own, beginning with the first."""
    return f"{state.CONTACT_PAGE}:{asked.text}:{sorted(asked.filters.items())}:{asked.sort}"
