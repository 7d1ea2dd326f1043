"""Marketing setup: what new contacts begin with, what people take over, how records are numbered and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from workbench.app import clicks, labels, state
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.setup import MarketingChange

_NUMBERS = {
    "contact_nos": N_("Contacts"),
    "campaign_nos": N_("Campaigns"),
    "segment_nos": N_("Worksheets"),
    "task_nos": N_("Tasks"),
    "opportunity_nos": N_("Opportunities"),
}
_INHERITED = {
    "inherit_salesperson_code": N_("Salesperson"),
    "inherit_territory_code": N_("Territory"),
    "inherit_country_code": N_("Country"),
    "inherit_language_code": N_("Language"),
    "inherit_format_region": N_("Format region"),
    "inherit_address_details": N_("Address"),
    "inherit_communication_details": N_("Telephone, e-mail and home page"),
}
_DEFAULTS = {
    "default_salesperson_code": (N_("Salesperson"), "salesperson"),
    "default_territory_code": (N_("Territory"), "territory"),
    "default_country_code": (N_("Country"), "country"),
    "default_language_code": (N_("Language"), "language"),
    "default_company_salutation_code": (N_("Salutation of companies"), "salutation"),
    "default_person_salutation_code": (N_("Salutation of people"), "salutation"),
}
_RELATIONS = {
    "customer_relation_code": N_("Customers"),
    "vendor_relation_code": N_("Vendors"),
    "bank_account_relation_code": N_("Bank accounts"),
    "employee_relation_code": N_("Employees"),
}
_TEXTS = {
    "default_format_region": N_("Format region"),
    "default_sales_cycle_code": N_("Sales cycle"),
    "default_task_date_formula": N_("New tasks are due in"),
}
_SWITCHES = {
    "maintain_duplicates": N_("Keep the duplicates of companies up"),
    "autosearch_duplicates": N_("Search for duplicates when a company changes"),
}
_PERCENT = "search_hit_percent"
# What can be mistyped is tried first: a refusal then leaves the rest as it was. Keeping duplicates up comes before
# searching for them, which follows it.
_FIRST = ("default_task_date_formula", *_SWITCHES)


def draw(bench: Workbench) -> None:
    """Draw the form.

    Parameters
    ----------
    bench : Workbench
        Whose setup.
    """
    now = asdict(bench.setup.marketing())
    for name, value in now.items():
        state.start(_key(name), value)
    with st.form("setup_marketing", border=False):
        _draw_numbers(bench)
        _draw_inherited()
        _draw_defaults(bench)
        _draw_relations(bench)
        _draw_duplicates()
        _draw_attachments()
        st.form_submit_button(_("Save marketing setup"), type="primary", on_click=lambda: _save(bench, now))


def _save(bench: Workbench, now: Mapping[str, Any]) -> None:
    wanted = {name: clicks.value(_key(name)) for name in now}
    changed = {name: wanted[name] for name in _in_order(now) if (wanted[name] or "") != (now[name] or "")}

    def work() -> list[MarketingChange]:
        return [bench.setup.set_marketing(name, value) for name, value in changed.items()]

    if clicks.attempt(work, lambda done: _told(done, changed)) is not None:
        clicks.forget_fields(state.SETUP_FIELD)


def _in_order(names: Mapping[str, Any]) -> list[str]:
    return [*_FIRST, *(name for name in names if name not in _FIRST)]


def _told(done: list[MarketingChange], asked: Mapping[str, Any]) -> str:
    """Say what was saved, what followed from it, and what is left to do."""
    followed = [
        _SWITCHES[name] for change in done for name in change.changed if name in _SWITCHES and name not in asked
    ]
    said = [_("The marketing setup was saved.") if asked else _("Nothing has changed.")]
    said += [_("Switched as well: {name}.").format(name=_(name)) for name in followed]
    if any(change.notes for change in done):
        said.append(_("Duplicates are to be searched for now, on the page Duplicates."))
    return " ".join(said)


def _draw_numbers(bench: Workbench) -> None:
    st.subheader(_("Numbers"), help=_("The number series that gives new records their numbers."))
    named = {one.code: one.description for one in bench.number_series.list().series}
    for column, (name, label) in zip(st.columns(len(_NUMBERS)), _NUMBERS.items(), strict=True):
        _draw_choice(column, name, label, named)


def _draw_inherited() -> None:
    st.subheader(_("People take over from their company"))
    columns = st.columns(4)
    for place, (name, label) in enumerate(_INHERITED.items()):
        columns[place % 4].toggle(_(label), key=_key(name))


def _draw_defaults(bench: Workbench) -> None:
    st.subheader(_("New records begin with"))
    columns = st.columns(3)
    for place, (name, (label, table)) in enumerate(_DEFAULTS.items()):
        _draw_choice(columns[place % 3], name, label, _described(bench, table))
    choices = {"hard_copy": "", "email": ""}
    _draw_choice(columns[0], "default_correspondence_type", N_("Correspondence"), choices, is_coded=True)
    columns[1].text_input(_(_TEXTS["default_format_region"]), key=_key("default_format_region"))
    columns[2].text_input(_(_TEXTS["default_sales_cycle_code"]), key=_key("default_sales_cycle_code"))
    columns[0].text_input(
        _(_TEXTS["default_task_date_formula"]), key=_key("default_task_date_formula"), placeholder="1W",
        help=_("A date formula: 1W is a week later, CM the last day of the month."),
    )  # fmt: skip


def _draw_relations(bench: Workbench) -> None:
    st.subheader(_("Business relations of linked records"))
    described = _described(bench, "business_relation_type")
    for column, (name, label) in zip(st.columns(len(_RELATIONS)), _RELATIONS.items(), strict=True):
        _draw_choice(column, name, label, described)
    if not described:
        st.caption(_("Add business relations among the codes first."))


def _draw_duplicates() -> None:
    st.subheader(_("Duplicates"))
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    for column, (name, label) in zip((left, middle), _SWITCHES.items(), strict=True):
        column.toggle(_(label), key=_key(name))
    right.number_input(
        _("Search hits in percent"), 1, 100, key=_key(_PERCENT),
        help=_("How many of the search strings two companies must have in common."),
    )  # fmt: skip
    st.caption(_("Keeping duplicates up switches the search with it; the search can be off alone."))


def _draw_attachments() -> None:
    st.subheader(_("Attachments"))
    left, right = st.columns(2)
    kept = {"embedded": _("in the store"), "disk_file": _("in a folder")}
    left.selectbox(_("Kept"), list(kept), format_func=kept.__getitem__, key=_key("attachment_storage"))
    right.text_input(_("Folder"), key=_key("attachment_folder"))


def _described(bench: Workbench, table: str) -> dict[str, str]:
    rows = bench.codes.list(table).rows
    words = rows["name" if table == "salesperson" else "description"].fillna("")
    return dict(zip(rows["code"].astype(str), words.astype(str), strict=True))


def _draw_choice(column: Any, name: str, label: str, words: Mapping[str, str], *, is_coded: bool = False) -> None:
    """Offer the codes there are, none, and the one that is set although nobody has described it."""
    held = clicks.value(_key(name))
    options = list(dict.fromkeys(["", *words, *([held] if held else [])]))

    def shown(code: str) -> str:
        if not code:
            return "–"
        if is_coded:
            return labels.capital(labels.choice(code))
        return f"{code} · {words[code]}" if words.get(code) else code

    column.selectbox(_(label), options, format_func=shown, key=_key(name))


def _key(name: str) -> str:
    return f"{state.SETUP_FIELD}{name}"
