"""What is held about a contact as a file to hand over, where it went, and erasing it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.app import clicks, contact_session, labels, state
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.privacy import Erasure

_REASONS = {
    "request": N_("the person asks for it"),
    "consent_withdrawn": N_("consent was withdrawn"),
    "no_longer_needed": N_("no longer needed"),
    "unlawful": N_("held unlawfully"),
    "legal_obligation": N_("the law demands it"),
}


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw access and erasure.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    st.markdown("**" + _("Access") + "**")
    _access(bench, card)
    _exports(bench, card.contact_no)
    st.divider()
    st.markdown("**" + _("Erasure") + "**")
    _erase(bench, card)


def _access(bench: Workbench, card: ContactCard) -> None:
    st.caption(_("Everything that is held about the contact, as a file to hand over: pages to read, and JSON."))
    ready = state.get(state.CONTACT_ACCESS)
    if ready is not None and ready[0] == (card.contact_no, bench.database.revision()):
        st.download_button(
            _("Take the file"), ready[1], f"{card.contact_no}.zip", "application/zip", icon=":material/download:",
            on_click="ignore", key="contact_access_take", type="primary",
        )  # fmt: skip
        return

    def prepare() -> None:
        content = clicks.attempt(lambda: _written(bench, card.contact_no))
        if content is not None:
            state.put(state.CONTACT_ACCESS, ((card.contact_no, bench.database.revision()), content))

    st.button(_("Prepare the file"), key="contact_access", icon=":material/folder_zip:", on_click=prepare)


def _written(bench: Workbench, contact_no: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return bench.privacy.write_access(contact_no, Path(folder) / "held.zip", state.as_of()).path.read_bytes()


def _exports(bench: Workbench, contact_no: str) -> None:
    held = bench.privacy.exports(contact_no).exports
    if held.empty:
        st.caption(_("No file that left the workbench held it."))
        return
    said = ngettext("{count} file that left held it", "{count} files that left held it", len(held))
    st.caption(said.format(count=number(len(held))))
    heads = {"place": _("Place"), "segment_name": _("Segment"), "exported_at": _("When"), "exported_by": _("By whom")}
    grids.draw(held, heads, height="content")


def _erase(bench: Workbench, card: ContactCard) -> None:
    st.caption(_("Removes the contact and everything that identifies it. Figures still add up. There is no way back."))
    key = f"{state.CONTACT_FORM}{card.contact_no}:erase:"
    reason = st.selectbox(_("Reason"), list(_REASONS), format_func=lambda name: _(_REASONS[name]), key=f"{key}reason")
    options: dict[str, Any] = {"reason": reason, "include_people": False, "force": False}
    if card.fields["type"] == "company":
        options["include_people"] = st.checkbox(_("The people of the company as well"), key=f"{key}people")
    options["force"] = st.checkbox(_("End open tasks and opportunities"), key=f"{key}force")

    def preview() -> None:
        found = clicks.attempt(
            lambda: bench.privacy.erase(card.contact_no, as_of=state.as_of(), dry_run=True, **options)
        )
        state.put(state.CONTACT_ERASURE, found)

    st.button(_("What would go"), key="contact_erase_preview", icon=":material/visibility:", on_click=preview)
    found = state.get(state.CONTACT_ERASURE)
    if isinstance(found, Erasure) and card.contact_no in found.contact_nos:
        _preview(found)
        _confirm(bench, card.contact_no, key, options)


def _preview(found: Erasure) -> None:
    rows = found.rows.assign(table=found.rows["table"].map(labels.table))
    heads = {
        "table": _("Rows"), "row_count": _("Number"), "removed_count": _("Removed"),
        "kept_count": _("Kept without identity"),
    }  # fmt: skip
    grids.draw(rows, heads, height="content")
    for note in found.notes:
        st.caption(plain(core(note)))


def _confirm(bench: Workbench, contact_no: str, key: str, options: dict[str, Any]) -> None:
    typed = st.text_input(_("Type {number} to confirm").format(number=plain(contact_no)), key=f"{key}typed")

    def erase() -> None:
        done = clicks.attempt(
            lambda: bench.privacy.erase(contact_no, as_of=state.as_of(), **options),
            lambda _done: _("Erased {number}").format(number=contact_no),
        )
        if done is not None:
            state.forget(state.CONTACT_ERASURE, state.CONTACT_ACCESS)
            contact_session.close_card()

    st.button(
        _("Erase"), key="contact_erase", icon=":material/delete_forever:", on_click=erase,
        disabled=(typed or "").strip() != contact_no,
    )  # fmt: skip
