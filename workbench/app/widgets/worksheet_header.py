"""The header of a worksheet: its figures, and its fields with what follows for the lines."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.app import clicks, labels, state, worksheet_session
from workbench.app.labels import N_
from workbench.app.language import _, amount, date_input_format, day, number
from workbench.app.widgets import tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.worksheets import Header, HeaderReceipt

_TEXTS = {
    "description": N_("Description"),
    "subject": N_("Subject"),
    "campaign_no": N_("Campaign"),
    "salesperson_code": N_("Salesperson"),
    "interaction_template_code": N_("Interaction template"),
    "interaction_group_code": N_("Interaction group"),
    "language_code": N_("Language code"),
    "unit_cost_amount": N_("Cost of each"),
    "unit_duration_minutes": N_("Duration of each in minutes"),
    "word_template_code": N_("Word template"),
    "attachment_no": N_("File to send"),
}
_CHOICES = {
    "correspondence_type": (N_("Correspondence"), ("hard_copy", "email")),
    "information_flow": (N_("Information flow"), ("outbound", "inbound")),
    "initiated_by": (N_("Initiated by"), ("us", "them")),
}
_FLAGS = {
    "is_campaign_target": N_("Campaign target"),
    "is_campaign_response": N_("Campaign response"),
    "ignores_contact_correspondence": N_("Ignore the contact's correspondence"),
    "sends_word_documents_as_attachments": N_("E-mails bring Word documents as files"),
}
_FOLLOW = "worksheet_lines_follow"


def draw_figures(bench: Workbench, worksheet_no: str) -> None:
    """Draw how large the worksheet is.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which worksheet.
    """
    worksheet = bench.worksheets.get(worksheet_no)
    currency = bench.setup.settings().currency_code
    minutes = _("{minutes} minutes").format(minutes=number(worksheet.duration_minutes))
    tiles.draw(
        [
            Tile(_("Lines"), number(worksheet.line_count), _("dated {day}").format(day=day(worksheet.header.dated_on))),
            Tile(_("Contacts"), number(worksheet.contact_count), _("each counted once")),
            Tile(_("Cost"), amount(float(worksheet.cost_amount), currency), minutes),
        ]
    )


def draw(bench: Workbench, worksheet_no: str) -> None:
    """Draw the fields.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which worksheet.
    """
    header = bench.worksheets.get(worksheet_no).header
    _draw_fields(header)
    st.checkbox(_("Lines whose template is the header's follow"), value=True, key=_FOLLOW)
    st.caption(_("A new template goes on to all lines and brings its own values to the header."))

    def change() -> None:
        fields = {name: new for name, new in _values(header).items() if new != getattr(header, name)}
        follow = bool(clicks.value(_FOLLOW))
        worksheet_session.attempt(
            lambda: bench.worksheets.change(worksheet_no, update_lines=follow, **fields), _changed
        )
        for name in fields:
            state.forget(_key(name))

    st.button(_("Save header"), key="worksheet_change", type="primary", on_click=change)


def _changed(receipt: HeaderReceipt) -> str:
    text = _("Lines that followed: {lines}, that kept what they had: {others}")
    return text.format(lines=number(receipt.updated_lines), others=number(receipt.other_lines))


def _draw_fields(header: Header) -> None:
    columns = st.columns(3)
    for place, (name, label) in enumerate(_TEXTS.items()):
        value = getattr(header, name)
        state.start(_key(name), "" if value is None else f"{value:f}" if name == "unit_cost_amount" else f"{value}")
        columns[place % 3].text_input(_(label), key=_key(name))
    for column, (name, (label, choices)) in zip(columns, _CHOICES.items(), strict=True):
        state.start(_key(name), getattr(header, name))
        column.selectbox(_(label), [None, *choices], key=_key(name), format_func=_choice)
    for place, (name, label) in enumerate(_FLAGS.items()):
        state.start(_key(name), getattr(header, name))
        columns[place % 3].checkbox(_(label), key=_key(name))
    state.start(_key("dated_on"), header.dated_on)
    columns[0].date_input(_("Date"), key=_key("dated_on"), format=date_input_format())


def _choice(value: str | None) -> str:
    return labels.capital(labels.choice(value)) if value else "–"


def _values(header: Header) -> dict[str, Any]:
    """Read the fields; a text that says what is there already counts as that."""
    values = {name: clicks.value(_key(name)) for name in (*_CHOICES, *_FLAGS, "dated_on")}
    for name in _TEXTS:
        text = str(clicks.value(_key(name)) or "").strip()
        was = getattr(header, name)
        is_same = text == ("" if was is None else f"{was:f}" if name == "unit_cost_amount" else f"{was}")
        values[name] = was if is_same else text
    return values


def _key(name: str) -> str:
    return f"{state.WORKSHEET_HEADER}{name}"
