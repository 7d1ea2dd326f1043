"""Other addresses of a contact, and the days on which they are the ones to use."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from pipelines.contact_tables import ALTERNATIVE_ADDRESS
from pipelines.schema import Column
from workbench.app import clicks, contact_session, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, date_input_format, day
from workbench.app.widgets import facts
from workbench.bench import Workbench
from workbench.contacts import ContactCard

_NEW = "contact_address_new"


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the addresses.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    chosen = bench.contacts.address_on(card.contact_no, card.as_of)
    used = _("The contact's own address") if chosen.address_code is None else chosen.address_code
    st.caption(_("To be used on {day}: {address}").format(day=day(card.as_of), address=plain(used)))
    for address in card.around.addresses.to_dict("records"):
        _address(bench, card, address)
    with st.popover(_("Another address"), icon=":material/add_home:", key=_NEW):
        _form(bench, card.contact_no, None)


def _columns() -> list[Column]:
    return [column for column in ALTERNATIVE_ADDRESS.columns if column.name not in ("contact_no", "address_code")]


def _address(bench: Workbench, card: ContactCard, address: dict[Hashable, Any]) -> None:
    code = str(address["address_code"])
    with st.container(border=True, key=f"contact_address:{code}"):
        st.markdown(f"**{plain(code)}**" + (" · " + _("used today") if address["is_active"] else ""))
        held = [(column, address[column.name]) for column in _columns()]
        facts.draw([("", [(labels.field(column), str(value)) for column, value in held if pd.notna(value)])])
        ranges = card.around.address_ranges
        for row in ranges[ranges["address_code"] == code].itertuples(index=False):
            _range(bench, card.contact_no, code, row)
        with st.container(horizontal=True):
            with st.popover(_("Days"), icon=":material/date_range:", key=f"contact_address_days:{code}"):
                _days(bench, card.contact_no, code)
            with st.popover(_("Change"), icon=":material/edit:", key=f"contact_address_change:{code}"):
                _form(bench, card.contact_no, address)
            st.button(
                _("Delete"), key=f"contact_address_delete:{code}", icon=":material/delete:",
                on_click=clicks.doing(lambda: bench.contacts.delete_address(card.contact_no, code)),
            )  # fmt: skip


def _range(bench: Workbench, contact_no: str, code: str, row: Any) -> None:
    first, last = row.starting_on, row.ending_on
    until = _("open end") if pd.isna(last) else day(last)
    said, gone = st.columns([12, 1], vertical_alignment="center")
    said.markdown(f"{day(first)} – {until}")
    start = pd.Timestamp(first).date()
    gone.button(
        "", key=f"contact_address_range:{code}:{start}", icon=":material/delete:", type="tertiary",
        help=_("Delete these days"),
        on_click=clicks.doing(lambda: bench.contacts.delete_address_range(contact_no, code, start)),
    )  # fmt: skip


def _days(bench: Workbench, contact_no: str, code: str) -> None:
    key = f"{state.CONTACT_FORM}{contact_no}:address:{code}:"
    st.date_input(_("First day"), state.as_of(), key=f"{key}first", format=date_input_format())
    st.date_input(_("Last day"), None, key=f"{key}last", format=date_input_format())

    def save() -> None:
        first, last = clicks.value(f"{key}first"), clicks.value(f"{key}last")
        clicks.attempt(lambda: bench.contacts.save_address_range(contact_no, code, first, last))

    st.button(_("Save days"), key=f"{key}save_days", type="primary", on_click=save)


def _form(bench: Workbench, contact_no: str, address: dict[Hashable, Any] | None) -> None:
    code = str(address["address_code"]) if address else ""
    key = f"{state.CONTACT_FORM}{contact_no}:address:{code}:"
    if address is None:
        st.text_input(_("Code of the address"), key=f"{key}code")
    left, right = st.columns(2)
    for place, column in enumerate(_columns()):
        held = address[column.name] if address else None
        label = contact_session.field_label(bench, column.name)
        (left, right)[place % 2].text_input(label, str(held) if held and pd.notna(held) else "", key=key + column.name)

    def save() -> None:
        values = {column.name: clicks.value(key + column.name) for column in _columns()}
        named = code or str(clicks.value(f"{key}code") or "").strip()
        saved = clicks.attempt(lambda: bench.contacts.save_address(contact_no, named, values))
        if saved is not None:
            clicks.forget_fields(key)

    st.button(_("Save address"), key=f"{key}save", type="primary", on_click=save)
