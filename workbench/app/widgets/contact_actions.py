"""What can be done with a contact as a whole: another type, how it is addressed, deletion with its preview."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, contact_session, failures, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, ngettext, number
from workbench.app.widgets import contact_details
from workbench.bench import Workbench
from workbench.contacts import ContactCard, DeletionReceipt


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the actions.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    with st.popover(_("Actions"), icon=":material/more_horiz:", key="contact_actions", on_change="rerun") as menu:
        if menu.open:
            with failures.shown():
                _salutations(bench, card)
                _change_type(bench, card)
                _delete(bench, card)


def _salutations(bench: Workbench, card: ContactCard) -> None:
    st.markdown(f"**{_('How it is addressed')}**")
    for kind, label in (("formal", _("Formally")), ("informal", _("Informally"))):
        with failures.shown():
            st.markdown(f"{label}: {plain(bench.contacts.salutation(card.contact_no, kind).text)}")


def _change_type(bench: Workbench, card: ContactCard) -> None:
    other = "person" if card.fields["type"] == "company" else "company"
    label = _("Make it a person") if other == "person" else _("Make it a company")
    st.divider()
    with st.container(horizontal=True):
        st.button(
            label, key="contact_type", icon=":material/swap_horiz:", on_click=contact_details.apply,
            args=(bench, card.contact_no, {"type": other}),
        )  # fmt: skip
        st.button(
            _("Preview"), key="contact_type_preview", on_click=contact_details.apply,
            args=(bench, card.contact_no, {"type": other}), kwargs={"dry_run": True},
        )  # fmt: skip


def _delete(bench: Workbench, card: ContactCard) -> None:
    st.divider()
    receipt = bench.contacts.delete(card.contact_no, as_of=state.as_of(), dry_run=True)
    st.markdown(f"**{_('Delete')}**")
    st.caption(_said(receipt))

    def delete() -> None:
        gone = clicks.attempt(
            lambda: bench.contacts.delete(card.contact_no, as_of=state.as_of()),
            lambda gone: ngettext("Deleted {count} contact", "Deleted {count} contacts", len(gone.contact_nos)).format(
                count=number(len(gone.contact_nos))
            ),
        )
        if gone is not None:
            contact_session.close_card()

    st.button(
        _("Delete {number}").format(number=plain(card.contact_no)), key="contact_delete", icon=":material/delete:",
        on_click=delete,
    )  # fmt: skip


def _said(receipt: DeletionReceipt) -> str:
    """Say what would become of it, its people and the rows about them."""
    people = len(receipt.contact_nos) - 1
    parts = []
    if people:
        said = ngettext(
            "{count} person of the company goes as well.", "{count} people of the company go as well.", people
        )
        parts.append(said.format(count=number(people)))
    if receipt.removed:
        parts.append(_("Rows that go: {rows}.").format(rows=_rows(receipt.removed)))
    if receipt.moved:
        if receipt.moved_to:
            said = _("Rows that are {number}'s then: {rows}.")
            parts.append(said.format(number=receipt.moved_to, rows=_rows(receipt.moved)))
        else:
            parts.append(_("Rows that stay and are nobody's: {rows}.").format(rows=_rows(receipt.moved)))
    return plain(" ".join(parts) or _("Nothing but the contact itself goes."))


def _rows(counts: object) -> str:
    return ", ".join(f"{labels.table(name)} {number(count)}" for name, count in dict(counts).items() if count)  # type: ignore[call-overload]
