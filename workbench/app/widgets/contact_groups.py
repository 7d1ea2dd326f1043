"""Groups a contact is in: mailing groups, and industries of a company or responsibilities of a person."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _
from workbench.app.widgets import contact_details, contact_fields
from workbench.bench import Workbench
from workbench.contacts import ContactCard


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the groups.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    own = "industry_codes" if card.fields["type"] == "company" else "job_responsibility_codes"
    table = bench.setup.table("contact").by_name
    columns = [table["mailing_group_codes"], table[own]]
    prefix = f"{contact_fields.prefix_of(card.contact_no)}groups:"
    for column in columns:
        contact_fields.many(bench, st.container(), column, card.fields.get(column.name), prefix)

    def save() -> None:
        values = contact_fields.given(columns, card.fields, prefix)
        contact_details.apply(bench, card.contact_no, values)
        state.forget(*(prefix + column.name for column in columns))

    st.button(_("Save groups"), key="contact_groups_save", type="primary", on_click=save)
    if card.fields["type"] == "company":
        _web_sources(bench, card)


def _web_sources(bench: Workbench, card: ContactCard) -> None:
    st.divider()
    st.markdown("**" + _("Web sources") + "**")
    for row in card.around.web_sources.fillna("").itertuples(index=False):
        _web_source(bench, card.contact_no, str(row.web_source_code), str(row.search_word))
    key = f"{contact_fields.prefix_of(card.contact_no)}web:"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        known = contact_fields.codes(bench, "web_source_code")
        st.selectbox(
            _("Web source"), list(known), None, key=f"{key}code", accept_new_options=True, placeholder=_("None"),
            format_func=lambda code: contact_fields.described(code, known), width=220,
        )  # fmt: skip
        st.text_input(_("Word to search for"), key=f"{key}word", width=220)

        def save() -> None:
            code, word = str(clicks.value(f"{key}code") or ""), str(clicks.value(f"{key}word") or "")
            clicks.attempt(lambda: bench.contacts.save_web_source(card.contact_no, code, word))

        st.button(_("Add web source"), key="contact_web_source_add", on_click=save)


def _web_source(bench: Workbench, contact_no: str, code: str, word: str) -> None:
    said, gone = st.columns([12, 1], vertical_alignment="center")
    said.markdown(plain(f"{code} · {word}" if word else code))
    gone.button(
        "", key=f"contact_web_source_delete:{code}", icon=":material/delete:", type="tertiary",
        help=_("Delete this web source"),
        on_click=clicks.doing(lambda: bench.contacts.delete_web_source(contact_no, code)),
    )  # fmt: skip
