"""Customers, vendors, bank accounts and employees together: contacts made of them, and both kept the same."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pipelines.linked_tables import LINKED
from workbench.app import clicks, labels, state
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.relations import CreationReceipt, SynchronizationReceipt

_KINDS = {
    "customer": N_("Customers"),
    "vendor": N_("Vendors"),
    "bank_account": N_("Bank accounts"),
    "employee": N_("Employees"),
}
_WINNERS = {"record": N_("the records'"), "contact": N_("the contacts'")}
_ROWS = 200
_KIND, _WINS = "linked_records_kind", "linked_records_wins"


def draw(bench: Workbench) -> None:
    """Draw the two actions, and what the last one did or would do.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    clicks.show_failure()
    kind = str(
        st.segmented_control(_("Records"), list(_KINDS), key=_KIND, default="customer", required=True,
                             format_func=lambda name: _(_KINDS[name]))
    )  # fmt: skip
    found = bench.relations.records(kind, limit=1)
    said = _("{unlinked} of {total} have no contact yet.")
    st.caption(said.format(unlinked=number(found.unlinked_count), total=number(found.total)))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**" + _("Contacts of records") + "**")
        st.caption(_("Each record without a contact gets one; where it names somebody to ask for, a person as well."))
        _buttons("create", lambda dry_run: bench.relations.create_from(kind, as_of=state.as_of(), dry_run=dry_run))
    with right:
        st.markdown("**" + _("Keep both the same") + "**")
        wins = st.segmented_control(
            _("Where they differ, whose values stay?"), list(_WINNERS), key=_WINS, default="record", required=True,
            format_func=lambda name: _(_WINNERS[name]),
        )  # fmt: skip
        as_of = state.as_of()
        _buttons(
            "synchronize",
            lambda dry_run: bench.relations.synchronize(kind, as_of=as_of, wins=str(wins), dry_run=dry_run),
        )
    _receipt(kind)


def _buttons(name: str, work: Callable[[bool], CreationReceipt | SynchronizationReceipt]) -> None:
    def click(dry_run: bool) -> None:
        state.forget(state.LINKED_RECORDS)
        receipt = clicks.attempt(lambda: work(dry_run))
        if receipt is not None:
            state.put(state.LINKED_RECORDS, receipt)

    with st.container(horizontal=True):
        st.button(_("Preview"), key=f"linked_{name}_preview", on_click=click, args=(True,))
        st.button(_("Do it"), key=f"linked_{name}", type="primary", on_click=click, args=(False,))


def _receipt(kind: str) -> None:
    receipt = state.get(state.LINKED_RECORDS)
    if getattr(receipt, "kind", None) != kind:
        return
    st.divider()
    st.markdown("**" + (_("Done") if receipt.is_written else _("Preview")) + "**")
    if isinstance(receipt, CreationReceipt):
        _created(receipt)
    elif isinstance(receipt, SynchronizationReceipt):
        _synchronized(receipt)


def _created(receipt: CreationReceipt) -> None:
    count = len(receipt.contacts)
    parts = [ngettext("{count} contact", "{count} contacts", count).format(count=number(count))]
    people = receipt.person_count
    parts.append(
        ngettext("{count} person to ask for", "{count} people to ask for", people).format(count=number(people))
    )
    if receipt.duplicate_count:
        parts.append(_("possible duplicates: {count}").format(count=number(receipt.duplicate_count)))
    st.caption(", ".join(parts))
    heads = {
        "record_no": _("Record"), "contact_no": _("Contact"), "name": _("Name"), "person_no": _("Person no."),
        "person_name": _("Person"),
    }  # fmt: skip
    _rows(receipt.contacts, heads)


def _synchronized(receipt: SynchronizationReceipt) -> None:
    said = ngettext("{count} of {total} differs", "{count} of {total} differ", receipt.changed_count)
    st.caption(said.format(count=number(receipt.changed_count), total=number(receipt.compared_count)))
    columns = {**LINKED[receipt.kind].by_name}
    named = receipt.changes.assign(
        field=[labels.field(columns[name]) if name in columns else name for name in receipt.changes["field"]],
        kind=receipt.changes["kind"].map(labels.choice),
    )
    heads = {"kind": _("Of"), "no": _("No."), "field": _("Field"), "before": _("Before"), "after": _("Now")}
    _rows(named, heads)
    if len(receipt.rejected):
        st.caption(_("Refused by the rules for contacts"))
        refused = receipt.rejected.assign(reason=[plain(core(str(text))) for text in receipt.rejected["reason"]])
        _rows(refused, {"record_no": _("Record"), "contact_no": _("Contact"), "reason": _("Reason")})


def _rows(frame: pd.DataFrame, heads: dict[str, str]) -> None:
    if len(frame):
        shown = frame.head(_ROWS)
        grids.draw(shown.astype("object").where(shown.notna(), ""), heads)
