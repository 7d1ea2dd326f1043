"""What a contact is for us: business relations, and the customer, vendor, bank account or employee it is linked to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pipelines.linked_tables import LINKED
from pipelines.schema import Column
from workbench.app import clicks, labels, state, written
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import contact_fields, facts, grids
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.relations import LinkReceipt

_KINDS = {
    "customer": N_("Customer"),
    "vendor": N_("Vendor"),
    "bank_account": N_("Bank account"),
    "employee": N_("Employee"),
}
_WINNERS = {"contact": N_("the contact's"), "record": N_("the record's")}
_DONE = {"created": N_("Created"), "linked": N_("Linked"), "unlinked": N_("Unlinked"), "changed": N_("Changed")}
_MATCHES = 30


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the relations.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    _receipt(bench, card.contact_no)
    found = bench.relations.list(card.contact_no)
    if found.relations.empty:
        st.caption(_("It is nothing for us yet."))
    for row in found.relations.itertuples(index=False):
        _relation(bench, card, row)
    linked = set(found.relations.loc[~found.relations["is_of_company"], "link_to_table"].dropna())
    open_ = [kind for kind in _KINDS if kind not in linked and _suits(kind, card)]
    with st.container(horizontal=True):
        with st.popover(_("Create or link"), icon=":material/add_link:", key="contact_link"):
            _link(bench, card.contact_no, open_)
        with st.popover(_("Another relation"), icon=":material/handshake:", key="contact_relation"):
            _add(bench, card.contact_no)


def _suits(kind: str, card: ContactCard) -> bool:
    return kind != "employee" or card.fields["type"] == "person"


def _relation(bench: Workbench, card: ContactCard, row: Any) -> None:
    is_linked = isinstance(row.link_to_table, str) and isinstance(row.linked_no, str)
    said, gone = st.columns([8, 3], vertical_alignment="center")
    with said:
        description = row.description if isinstance(row.description, str) else ""
        st.markdown(f"**{plain(row.business_relation_code)}** {plain(description)}")
        parts = [f"{_(_KINDS[row.link_to_table])} {row.linked_no}"] if is_linked else []
        parts += [_("of its company")] if row.is_of_company else []
        if parts:
            st.caption(plain(", ".join(parts)))
        if is_linked:
            _record(bench, row.link_to_table, row.linked_no)
    if row.is_of_company:
        return
    work: Callable[[], object]
    if is_linked:
        work = lambda: _unlink(bench, card.contact_no, row.link_to_table)  # noqa: E731
    else:
        work = lambda: bench.relations.remove(card.contact_no, row.business_relation_code)  # noqa: E731
    gone.button(
        _("Unlink") if is_linked else _("Remove"), key=f"contact_relation_off:{row.business_relation_code}",
        icon=":material/link_off:" if is_linked else ":material/delete:", on_click=clicks.doing(work),
    )  # fmt: skip


def _record(bench: Workbench, kind: str, record_no: str) -> None:
    """Show the linked record, once somebody opens it."""
    label = _("What the record says")
    with st.expander(label, key=f"contact_record:{kind}:{record_no}", on_change="rerun") as shown:
        if shown.open:
            columns, settings = LINKED[kind].by_name, bench.setup.settings()
            values = bench.relations.record(kind, record_no).values
            known = [(columns[name], value) for name, value in values.items() if value is not None]
            facts.draw(
                [("", [(labels.field(column), written.value(column, value, settings)) for column, value in known])]
            )


def _unlink(bench: Workbench, contact_no: str, kind: str) -> None:
    state.put(state.CONTACT_LINK, (contact_no, bench.relations.unlink(contact_no, kind, as_of=state.as_of())))


def _add(bench: Workbench, contact_no: str) -> None:
    known = contact_fields.codes(bench, "business_relation_code")
    key = f"{state.CONTACT_FORM}{contact_no}:relation"
    st.selectbox(
        _("Business relation"), list(known), None, key=key, placeholder=_("None"),
        format_func=lambda code: contact_fields.described(code, known),
    )  # fmt: skip

    def add() -> None:
        clicks.attempt(lambda: bench.relations.add(contact_no, str(clicks.value(key) or "")))

    st.button(_("Add"), key="contact_relation_add", type="primary", on_click=add)


def _link(bench: Workbench, contact_no: str, kinds: list[str]) -> None:
    key = f"{state.CONTACT_FORM}{contact_no}:link:"
    if not kinds:
        st.caption(_("It is linked to one of each kind already."))
        return
    kind = st.segmented_control(
        _("Kind"), kinds, key=f"{key}kind", default=kinds[0], required=True, format_func=lambda name: _(_KINDS[name])
    )
    st.text_input(_("Number"), key=f"{key}record_no", placeholder=_("As the contact's"))

    def create() -> None:
        record_no = str(clicks.value(f"{key}record_no") or "").strip() or None
        as_of = state.as_of()
        _keep(contact_no, lambda: bench.relations.create_as(contact_no, str(kind), as_of=as_of, record_no=record_no))

    st.button(_("Create it"), key="contact_create_as", type="primary", on_click=create)
    st.divider()
    chosen = _choose(bench, str(kind), key)
    st.segmented_control(
        _("Where both have a value, whose stays?"), list(_WINNERS), key=f"{key}wins", default="contact", required=True,
        format_func=lambda name: _(_WINNERS[name]),
    )  # fmt: skip
    with st.container(horizontal=True):
        for label, name, dry_run in ((_("Link"), "link", False), (_("Preview"), "preview", True)):
            st.button(
                label, key=f"contact_link_{name}", on_click=_link_with, disabled=chosen is None,
                args=(bench, contact_no, str(kind), chosen, key, dry_run),
            )  # fmt: skip


def _choose(bench: Workbench, kind: str, key: str) -> str | None:
    """Draw the choice among records that no contact is linked to."""
    text = st.text_input(
        _("One that there is already"), key=f"{key}search:{kind}", live="300ms", placeholder=_("Number, name or city")
    )
    found = bench.relations.records(kind, text or "", only_unlinked=True, limit=_MATCHES)
    names = dict(zip(found.records["record_no"], found.records["name"].fillna("–"), strict=True))
    chosen = st.selectbox(
        _("One that there is already"), list(names), None, key=f"{key}chosen:{kind}", label_visibility="collapsed",
        format_func=lambda no: f"{no} · {names.get(no, '')}", placeholder=_("None"),
    )  # fmt: skip
    return str(chosen) if chosen else None


def _link_with(bench: Workbench, contact_no: str, kind: str, record_no: str, key: str, dry_run: bool) -> None:
    wins = str(clicks.value(f"{key}wins") or "contact")
    as_of = state.as_of()
    _keep(
        contact_no,
        lambda: bench.relations.link(contact_no, kind, record_no, as_of=as_of, wins=wins, dry_run=dry_run),
    )


def _keep(contact_no: str, work: Callable[[], LinkReceipt]) -> None:
    """Keep what was done, for a person's card as well where the record is its company's."""
    receipt = clicks.attempt(work)
    if receipt is not None:
        state.put(state.CONTACT_LINK, (contact_no, receipt))


def _receipt(bench: Workbench, contact_no: str) -> None:
    """Draw what the last click did, or would do, to contact and record."""
    whose, receipt = state.get(state.CONTACT_LINK) or (None, None)
    if whose != contact_no or not isinstance(receipt, LinkReceipt):
        return
    with st.container(border=True, key="contact_link_receipt"):
        name = f"{_(_KINDS[receipt.kind])} {receipt.record_no}"
        count = len(receipt.record_changes) + len(receipt.contact_changes)
        fields = ngettext("{count} field changes", "{count} fields change", count).format(count=number(count))
        head = _("Preview") if not receipt.is_written else _(_DONE[receipt.action])
        st.markdown(f"**{head}** · {plain(name)} · {fields}")
        for note in receipt.notes:
            st.caption(plain(core(note)))
        if count:
            _changes(bench, receipt)


def _changes(bench: Workbench, receipt: LinkReceipt) -> None:
    settings, own = bench.setup.settings(), bench.setup.table("contact").by_name

    def row(place: str, columns: dict[str, Column], change: Any) -> list[str]:
        column = columns[change.field]
        values = [written.value(column, value, settings) for value in (change.before, change.after)]
        return [place, labels.field(column), *values]

    record = LINKED[receipt.kind].by_name
    rows = [row(_(_KINDS[receipt.kind]), record, change) for change in receipt.record_changes]
    rows += [row(change.contact_no, own, change) for change in receipt.contact_changes]
    heads = {"place": _("Of"), "field": _("Field"), "before": _("Before"), "after": _("Now")}
    grids.draw(pd.DataFrame(rows, columns=list(heads), dtype="str"), heads, height=260 if len(rows) > 8 else "content")
