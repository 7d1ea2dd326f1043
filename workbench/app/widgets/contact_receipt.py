"""What followed from a change of contacts: every field of every contact, and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pipelines.schema import Column
from workbench.app import failures, labels, state, written
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.contacts.receipts import ContactReceipt, FieldChange


def draw(bench: Workbench, contact_no: str) -> None:
    """Draw what the last change of an open contact did, or would do.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        The open contact.
    """
    receipt = state.get(state.CONTACT_RECEIPT)
    if not isinstance(receipt, ContactReceipt) or receipt.contact_no != contact_no:
        return
    with st.container(border=True, key="contact_receipt"):
        _head(receipt)
        _notes(receipt)
        if receipt.changes:
            _changes(bench, receipt)
        st.button(
            _("Close"), key="contact_receipt_close", type="tertiary", on_click=state.forget,
            args=(state.CONTACT_RECEIPT,),
        )  # fmt: skip


def _head(receipt: ContactReceipt) -> None:
    others = len({*receipt.contact_nos} - {receipt.contact_no})
    own = sum(change.contact_no == receipt.contact_no for change in receipt.changes)
    if not receipt.changes:
        st.markdown(_("Nothing changes: every value is there already."))
        return
    if receipt.is_written:
        said = ngettext("**Saved.** {count} field changed", "**Saved.** {count} fields changed", own)
    else:
        said = ngettext("**Preview.** {count} field would change", "**Preview.** {count} fields would change", own)
    text = said.format(count=number(own))
    if others:
        follow = ngettext("{count} other contact follows", "{count} other contacts follow", others)
        text += ", " + follow.format(count=number(others))
    st.markdown(text + ".")


def _notes(receipt: ContactReceipt) -> None:
    for note in receipt.notes:
        st.caption(failures.plain(core(note)))
    if receipt.moved:
        rows = ", ".join(f"{labels.table(name)} ({number(count)})" for name, count in receipt.moved.items())
        said = _("Rows that stay with {number}: {rows}").format(number=receipt.moved_to, rows=rows)
        st.caption(failures.plain(said))


def _changes(bench: Workbench, receipt: ContactReceipt) -> None:
    columns, settings = bench.setup.table("contact").by_name, bench.setup.settings()

    def shown(column: Column | None, value: object) -> str:
        return str(value or "") if column is None else written.value(column, value, settings)

    rows = []
    for change in receipt.changes:
        column = columns.get(change.field)
        rows.append([
            change.contact_no, labels.field(column) if column else change.field, shown(column, change.before),
            shown(column, change.after), why(change),
        ])  # fmt: skip
    heads = {
        "contact_no": _("Contact"), "field": _("Field"), "before": _("Before"), "after": _("Now"), "why": _("Why"),
    }  # fmt: skip
    height = "content" if len(rows) <= 10 else 300
    grids.draw(pd.DataFrame(rows, columns=list(heads), dtype="str"), heads, height=height)


def why(change: FieldChange) -> str:
    """Say why a field changed.

    Parameters
    ----------
    change : FieldChange
        The change.

    Returns
    -------
    str
        In the visitor's language.
    """
    reasons = {
        "given": _("given"),
        "default": _("default of the marketing setup"),
        "type": _("follows the type"),
        "name": _("follows the name"),
        "minor": _("follows from minor"),
        "parental_consent": _("follows from parental consent"),
        "new_company": _("taken over from the company"),
        "company_changed": _("follows the company"),
    }
    return reasons.get(change.why, change.why.replace("_", " "))
