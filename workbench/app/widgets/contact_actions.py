"""What can be done with a contact as a whole: another type, how it is addressed, deletion with its preview."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from workbench.app import clicks, contact_session, failures, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import contact_details, contact_print
from workbench.bench import Workbench
from workbench.contacts import ContactCard, DeletionReceipt
from workbench.errors import WorkbenchError


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
                contact_print.draw(bench, card.contact_no)
                _elsewhere()
                st.divider()
                _change_type(bench, card)
                st.divider()
                _delete(bench, card)


def _salutations(bench: Workbench, card: ContactCard) -> None:
    st.markdown("**" + _("How it is addressed") + "**")
    for kind, label in (("formal", _("Formally")), ("informal", _("Informally"))):
        with _said_softly():
            st.markdown(f"{label}: {plain(bench.contacts.salutation(card.contact_no, kind).text)}")


@contextmanager
def _said_softly() -> Iterator[None]:
    """Say what cannot be done as a remark: nobody has asked for it yet."""
    try:
        yield
    except WorkbenchError as error:
        st.caption(" ".join(plain(core(text)) for text in (error.message, error.hint) if text))


def _elsewhere() -> None:
    """Lead to the page where contacts that are the same are merged."""
    page = state.pages().get("duplicates")
    if page is not None:
        st.page_link(page, label=_("Duplicates and merging"), icon=":material/merge:")


def _change_type(bench: Workbench, card: ContactCard) -> None:
    other = "person" if card.fields["type"] == "company" else "company"
    label = _("Make it a person") if other == "person" else _("Make it a company")
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
    st.markdown("**" + _("Delete") + "**")
    with _said_softly():
        receipt = bench.contacts.delete(card.contact_no, as_of=state.as_of(), dry_run=True)
        st.caption(_said(receipt))
        _delete_button(bench, card)


def _delete_button(bench: Workbench, card: ContactCard) -> None:

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
