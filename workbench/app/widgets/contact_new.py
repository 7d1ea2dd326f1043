"""Making a contact: the few fields it begins with; the card has the rest."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, contact_session, labels, state
from workbench.app.language import _
from workbench.app.widgets import contact_chooser
from workbench.bench import Workbench

_KEY = "contact_new:"
_TYPES = ("person", "company")


def draw(bench: Workbench) -> None:
    """Draw the popover of the list.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    with st.popover(
        _("Create"), help=_("New contact"), icon=":material/person_add:", type="primary", key="contact_new"
    ):
        kind = st.segmented_control(
            _("Type"), _TYPES, key=f"{_KEY}type", default="person", required=True,
            format_func=lambda value: labels.capital(labels.choice(value)),
        )  # fmt: skip
        company = None
        if kind == "person":
            company = contact_chooser.choose(bench, _("Company"), f"{_KEY}company_no", type_="company")
        fields(bench, _KEY, str(kind), company)


def fields(bench: Workbench, key: str, kind: str, company_no: str | None) -> None:
    """Draw the fields and the button.

    Parameters
    ----------
    bench : Workbench
        On the store.
    key : str
        What the keys of the fields begin with.
    kind : {"person", "company"}
        What is made.
    company_no : str or None
        The company of a person.
    """
    st.text_input(_("Name"), key=f"{key}name")
    left, right = st.columns(2)
    left.text_input(_("E-mail address"), key=f"{key}email")
    right.text_input(_("Telephone"), key=f"{key}phone_no")
    if kind == "person":
        left.text_input(_("Job title"), key=f"{key}job_title")
    else:
        left.text_input(_("City"), key=f"{key}city")
    right.text_input(_("Number"), key=f"{key}contact_no", placeholder=_("The next of the series"))
    st.button(_("Create"), key=f"{key}create", type="primary", on_click=_create, args=(bench, key, kind, company_no))


def _create(bench: Workbench, key: str, kind: str, company_no: str | None) -> None:
    names = ("name", "email", "phone_no", "job_title" if kind == "person" else "city")
    values = {name: text for name in names if (text := str(clicks.value(f"{key}{name}") or "").strip())}
    if company_no and kind == "person":
        values["company_no"] = company_no
    number = str(clicks.value(f"{key}contact_no") or "").strip() or None
    made = clicks.attempt(
        lambda: bench.contacts.create({"type": kind, **values}, contact_no=number, as_of=state.as_of()),
        lambda receipt: _("Created {number}").format(number=receipt.contact_no),
    )
    if made is not None:
        for name in (*names, "contact_no"):
            state.forget(f"{key}{name}")
        contact_session.open_card(made.contact_no)
        state.put(state.CONTACT_RECEIPT, made)
