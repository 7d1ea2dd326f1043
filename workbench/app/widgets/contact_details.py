"""Everything that is recorded of a contact, to read, and to change with what follows from it."""

from __future__ import annotations

import streamlit as st

from pipelines.catalogue import COMPUTED
from workbench.app import clicks, failures, labels, state, written
from workbench.app.language import _, day
from workbench.app.widgets import contact_chooser, contact_fields, contact_head, facts
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.contacts.receipts import ContactReceipt

_EDITING = f"{state.CONTACT_FORM}editing"
_COMPANY = "company_no"


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the details, or the form to change them.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    if clicks.value(_EDITING):
        _form(bench, card)
        return
    st.button(_("Edit"), key="contact_edit", icon=":material/edit:", on_click=state.put, args=(_EDITING, True))
    contact_head.draw_figures(card, bench.setup.settings())
    _read(bench, card)


def _read(bench: Workbench, card: ContactCard) -> None:
    settings = bench.setup.settings()
    columns = bench.setup.table("contact").by_name
    shown = [
        (head, [(labels.field(c), _value(bench, c.name, written.value(c, card.fields[c.name], settings)))
                for c in fields if _is_said(card, c.name)])
        for head, fields in contact_fields.groups(bench, str(card.fields["type"]))
    ]  # fmt: skip
    figures = [
        (labels.field(COMPUTED[name].column), written.value(COMPUTED[name].column, held, settings))
        for name, held in card.figures.items()
    ]
    kept = [columns[name] for name in ("last_modified_at",) if name in card.fields]
    record = [(labels.field(c), written.value(c, card.fields[c.name], settings)) for c in kept]
    facts.draw([*shown, (_("Record"), record), (_("Computed as of {day}").format(day=day(card.as_of)), figures)])
    st.caption(_("Everything that is recorded; what is missing is unknown."))


def _is_said(card: ContactCard, name: str) -> bool:
    """A flag that is not set says nothing."""
    return name in card.fields and card.fields[name] is not False and bool(card.fields[name] != False)  # noqa: E712


def _value(bench: Workbench, name: str, said: str) -> str:
    return contact_fields.described(said, contact_fields.codes(bench, name)) if name.endswith("_code") else said


def _form(bench: Workbench, card: ContactCard) -> None:
    kind, prefix = str(card.fields["type"]), contact_fields.prefix_of(card.contact_no)
    groups = contact_fields.groups(bench, kind)
    if kind == "person":
        chosen = card.fields.get(_COMPANY)
        contact_chooser.choose(bench, _("Company"), prefix + _COMPANY, chosen, "company")
    with st.form("contact_form", border=False):
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Save"), key="contact_save", type="primary", icon=":material/save:", on_click=_save,
                args=(bench, card, False),
            )  # fmt: skip
            st.form_submit_button(
                _("Preview"), key="contact_preview", icon=":material/visibility:", on_click=_save,
                args=(bench, card, True), help=_("What would follow, also for the people of a company"),
            )  # fmt: skip
            st.form_submit_button(_("Leave"), key="contact_leave", on_click=_leave)
        for head, columns in groups:
            st.markdown(f"**{failures.plain(head)}**")
            for start in range(0, len(columns), 3):  # row by row, so that a narrow screen keeps their order
                for place, column in zip(st.columns(3), columns[start : start + 3], strict=False):
                    contact_fields.field(bench, place, column, card.fields.get(column.name), prefix)


def _save(bench: Workbench, card: ContactCard, dry_run: bool) -> None:
    prefix = contact_fields.prefix_of(card.contact_no)
    columns = [c for _head, group in contact_fields.groups(bench, str(card.fields["type"])) for c in group]
    if card.fields["type"] == "person":
        columns.append(bench.setup.table("contact").by_name[_COMPANY])
    values = contact_fields.given(columns, card.fields, prefix)
    apply(bench, card.contact_no, values, dry_run=dry_run)
    if not dry_run and state.get(state.CLICK_FAILURE) is None:
        _leave()


def apply(bench: Workbench, contact_no: str, values: dict[str, object], *, dry_run: bool = False) -> None:
    """Change a contact, and keep what followed for the page to show.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        The contact.
    values : dict of str to object
        New values by field.
    dry_run : bool, optional
        Only tell what would follow.
    """
    receipt: ContactReceipt | None = clicks.attempt(
        lambda: bench.contacts.change(contact_no, values, as_of=state.as_of(), dry_run=dry_run)
    )
    if receipt is not None:
        state.put(state.CONTACT_RECEIPT, receipt)


def _leave() -> None:
    clicks.forget_fields(state.CONTACT_FORM)
