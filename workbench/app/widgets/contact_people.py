"""The people of a company, or the company of a person with the others who are there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import contact_session, state
from workbench.app.failures import plain
from workbench.app.language import _, ngettext, number
from workbench.app.widgets import contact_new, grids
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.contacts.surroundings import MOST_PEOPLE


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw company and people.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    if card.fields["type"] == "company":
        _of_company(bench, card)
    elif card.around.company is None:
        st.caption(_("This person belongs to no company."))
    else:
        number_, name = card.around.company
        st.button(
            plain(name or number_), key="contact_company", icon=":material/apartment:",
            on_click=contact_session.open_card, args=(number_,),
        )  # fmt: skip
        _rows(bench.contacts.card(number_, card.as_of, 1).around.people)


def _of_company(bench: Workbench, card: ContactCard) -> None:
    count = len(card.around.people)
    if count:
        _rows(card.around.people)
    else:
        st.caption(_("Nobody of this company is known yet."))
    with st.popover(_("New person"), icon=":material/person_add:", key="contact_new_person"):
        contact_new.fields(bench, f"{state.CONTACT_FORM}person:", "person", card.contact_no)


def _rows(people: pd.DataFrame) -> None:
    said = ngettext("{count} person at the company", "{count} people at the company", len(people))
    st.caption(said.format(count=number(len(people))))
    heads = {
        "contact_no": _("No."), "name": _("Name"), "job_title": _("Job title"), "email": _("E-mail"),
        "phone_no": _("Telephone"),
    }  # fmt: skip
    numbers = list(people["contact_no"])
    grids.draw(
        people.astype("object").where(people.notna(), ""), heads, key="contact_people", height="content",
        on_select=lambda row: contact_session.open_card(numbers[row]),
    )  # fmt: skip
    if len(people) == MOST_PEOPLE:
        st.caption(_("The first {count} by name.").format(count=number(MOST_PEOPLE)))
