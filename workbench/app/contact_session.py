"""Which list of contacts a visitor looks at, and whose card is open."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from workbench.app import clicks, labels, state
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.contacts import ContactQuery

ADDRESS = "contact"
COLUMNS = ("contact_no", "name", "company.name", "type", "city", "country_code", "email", "phone_no")
BESIDE_A_CARD = 3  # columns of the list; the rest is on the card
_SHORT = {
    "contact_no": N_("No."), "name": N_("Name"), "company.name": N_("Company"), "type": N_("Type"),
    "country_code": N_("Country"), "email": N_("E-mail"),
}  # fmt: skip


def query() -> ContactQuery:
    """Tell what the list shows.

    Returns
    -------
    ContactQuery
        Words, filters, order and columns as the visitor left them.
    """
    return ContactQuery(
        str(state.get(state.CONTACT_SEARCH) or "").strip(),
        dict(state.get(state.CONTACT_FILTERS, {})),
        str(state.get(state.CONTACT_SORT, "")),
        tuple(state.get(state.CONTACT_COLUMNS) or COLUMNS),
    )


def show(wanted: ContactQuery, view: str | None) -> None:
    """Let the list show something else.

    Parameters
    ----------
    wanted : ContactQuery
        Words, filters, order and columns.
    view : str or None
        The saved view they are of.
    """
    state.put(state.CONTACT_SEARCH, wanted.text)
    state.put(state.CONTACT_FILTERS, dict(wanted.filters))
    state.put(state.CONTACT_SORT, wanted.sort)
    state.put(state.CONTACT_COLUMNS, list(wanted.columns))
    state.put(state.CONTACT_VIEW, view)
    clicks.forget_fields(state.CONTACT_PAGE)


def put_filter(name: str, expression: str | None) -> None:
    """Set a filter of the list, or take it away.

    Parameters
    ----------
    name : str
        The field.
    expression : str or None
        The filter expression; None takes the filter away.
    """
    filters = {**query().filters, name: expression}
    show(replace(query(), filters={key: held for key, held in filters.items() if held}), state.get(state.CONTACT_VIEW))


def open_card(contact_no: str) -> None:
    """Open the card of a contact, and say so in the address.

    Parameters
    ----------
    contact_no : str
        Its number.
    """
    if contact_no != state.contact_no():
        clicks.forget_fields(state.CONTACT_FORM)
        state.forget(state.TIMELINE_ROWS, state.CONTACT_RECEIPT)
    state.put(state.CONTACT_NO, contact_no)
    st.query_params[ADDRESS] = contact_no


def close_card() -> None:
    """Close the card, so that the list has all the room."""
    clicks.forget_fields(state.CONTACT_FORM)
    state.forget(state.CONTACT_NO, state.TIMELINE_ROWS, state.CONTACT_RECEIPT)
    st.query_params.pop(ADDRESS, None)


def follow_link() -> None:
    """Keep the address and the open card the same, so that the address can be passed on."""
    asked, opened = st.query_params.get(ADDRESS), state.contact_no()
    number = asked or opened
    if number and asked != opened:
        open_card(number)


def field_label(bench: Workbench, name: str) -> str:
    """Name a field of the list, in few words.

    Parameters
    ----------
    bench : Workbench
        Whose fields.
    name : str
        A contact's field, a computed one, or ``company.`` and a field.

    Returns
    -------
    str
        In the visitor's language; the name itself where there is no such field any more.
    """
    if name in _SHORT:
        return _(_SHORT[name])
    bare = name.removeprefix("company.")
    column = bench.segments.catalogue().contact_fields().get(bare)
    if column is None:
        return name
    said = labels.field(column)
    return said if bare == name else _("Company: {field}").format(field=said)
