"""A contact chosen by a part of its name or number."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, clicks, state
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.contacts import ContactQuery

_AT_ONCE, _MATCHES = 300, 30


def choose(bench: Workbench, label: str, key: str, chosen: str | None = None, type_: str | None = None) -> str | None:
    """Draw the choice: at once where there are few contacts, else after a part of the name.

    Parameters
    ----------
    bench : Workbench
        Whose contacts.
    label : str
        What is chosen.
    key : str
        Its name on the page.
    chosen : str, optional
        The number of the contact it begins with.
    type_ : {"company", "person"}, optional
        Only contacts of this type.

    Returns
    -------
    str or None
        The number of the contact; None where none is chosen.
    """
    found, total = _matching(bench, "", type_, _AT_ONCE)
    if total > _AT_ONCE:
        text = st.text_input(
            label, key=f"{key}:search", live="300ms", placeholder=_("Part of a name or number"), persist_state="session"
        )
        found, total = _matching(bench, text or "", type_, _MATCHES)
    if chosen is not None and chosen not in found:
        found = {chosen: name_of(bench, chosen), **found}
    numbers = list(found)
    st.selectbox(
        label, numbers, numbers.index(chosen) if chosen else None, key=key, placeholder=_("None"),
        format_func=lambda number: f"{number} · {found.get(number) or '–'}",
        label_visibility="collapsed" if total > _AT_ONCE else "visible",
    )  # fmt: skip
    value = clicks.value(key)
    return str(value) if value else None


def _matching(bench: Workbench, text: str, type_: str | None, rows: int) -> tuple[dict[str, str], int]:
    asked = ContactQuery(text, {"type": type_} if type_ else {}, columns=("contact_no", "name"))
    as_of = state.as_of()
    found = cached.by_revision(
        bench, lambda: bench.contacts.search(asked, rows, as_of=as_of), "contact_chooser", asked.to_json(), rows
    )
    names = found.contacts.fillna("")
    return dict(zip(names["contact_no"], names["name"], strict=True)), found.total


def name_of(bench: Workbench, contact_no: str) -> str:
    """Tell the name of a contact.

    Parameters
    ----------
    bench : Workbench
        Whose contacts.
    contact_no : str
        Its number.

    Returns
    -------
    str
        Empty where it has none, or there is no such contact.
    """
    return _matching(bench, contact_no, None, 1)[0].get(contact_no, "")
