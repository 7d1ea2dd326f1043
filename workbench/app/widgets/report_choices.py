"""Which report, on whom, and how it shall look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.app import state
from workbench.app.language import _
from workbench.app.widgets import report_sales
from workbench.bench import Workbench
from workbench.reports import LABEL_FORMATS, REMARKS, AnyWhom, OnWorksheet, Report, Whom

KIND, WHOM = "report_kind", "report_whom"
_OF_NO_CONTACTS = (
    "campaign_details", "segment_contacts", "questionnaire_handout", "questionnaire_test", *report_sales.OPTIONS,
)  # fmt: skip


def draw(bench: Workbench, show: Callable[[Callable[[], Report]], None]) -> None:
    """Draw the choices.

    Parameters
    ----------
    bench : Workbench
        On the store.
    show : callable
        Given what makes the report, when somebody asks for it.
    """
    kind = st.selectbox(
        _("Report"), list(_kinds()), format_func=_kinds().__getitem__, key=KIND,
        on_change=lambda: state.forget(state.REPORT, state.REPORT_FILE),
    )  # fmt: skip
    whom = None if kind in _OF_NO_CONTACTS else _whom(bench)
    with st.form("report_form", border=False):
        make = _OPTIONS[kind](bench, whom)
        if st.form_submit_button(_("Show report"), type="primary", icon=":material/print:"):
            show(make)


def _kinds() -> dict[str, str]:
    return {
        "labels": _("Labels"),
        "contact_list": _("Contact list"),
        "company_summary": _("Company summary"),
        "person_summary": _("Person summary"),
        "cover_sheet": _("Cover sheet"),
        "segment_contacts": _("Segment contacts"),
        "campaign_details": _("Campaign details"),
        **report_sales.kinds(),
        "questionnaire_handout": _("Questionnaire handout"),
        "questionnaire_test": _("Questionnaire test"),
    }


def _whom(bench: Workbench) -> AnyWhom:
    """Ask for contacts in one of four ways."""
    ways = {
        "filter": _("All, or by a filter"), "segment": _("A saved segment"), "worksheet": _("A worksheet"),
        "numbers": _("Numbers"),
    }  # fmt: skip
    way = st.segmented_control(
        _("Contacts"), list(ways), format_func=ways.__getitem__, default="filter", required=True, key=WHOM
    )
    if way == "segment":
        names = [entry.name for entry in bench.segments.list()]
        return str(st.selectbox(_("Segment"), names, key="report_segment") or "")
    if way == "worksheet":
        return OnWorksheet(_worksheet(bench))
    if way == "numbers":
        text = st.text_area(_("Numbers of contacts, apart by blanks, commas or line ends"), key="report_numbers")
        return text.replace(",", " ").replace(";", " ").split()
    left, right = st.columns(2)
    types = {"": _("People and companies"), "person": _("People"), "company": _("Companies")}
    type_: Any = left.selectbox(_("Type"), list(types), format_func=types.__getitem__, key="report_type") or None
    return Whom(type_, right.text_input(_("A part of number, name or city"), key="report_text"))


def _worksheet(bench: Workbench) -> str:
    names = {one.worksheet_no: one.header.description for one in bench.worksheets.list()}
    chosen = st.selectbox(
        _("Worksheet"), list(names), key="report_worksheet",
        format_func=lambda no: f"{no} · {names[no]}" if names[no] else no,
    )  # fmt: skip
    return str(chosen or "")


def _labels(bench: Workbench, whom: Any) -> Callable[[], Report]:
    left, right = st.columns(2)
    chosen = left.selectbox(_("Format"), list(LABEL_FORMATS), format_func=_format_text, key="report_format")
    per_sheet = max(one.per_sheet for one in LABEL_FORMATS.values())
    skip = right.number_input(
        _("Labels used up on the first sheet"), min_value=0, max_value=per_sheet - 1, step=1, key="report_skip"
    )
    st.caption(_("Print at 100 %, without fitting to the page."))
    return lambda: bench.reports.labels(whom, state.as_of(), str(chosen), skip=int(skip))


def _format_text(name: str) -> str:
    sheet = LABEL_FORMATS[name]
    text = _("{height} × {width} mm, {count} on a sheet")
    return text.format(height=int(sheet.height), width=int(sheet.width), count=sheet.per_sheet)


def _contact_list(bench: Workbench, whom: Any) -> Callable[[], Report]:
    return lambda: bench.reports.contact_list(whom, state.as_of())


def _company_summary(bench: Workbench, whom: Any) -> Callable[[], Report]:
    return lambda: bench.reports.company_summary(whom, state.as_of())


def _person_summary(bench: Workbench, whom: Any) -> Callable[[], Report]:
    return lambda: bench.reports.person_summary(whom, state.as_of())


def _cover_sheet(bench: Workbench, whom: Any) -> Callable[[], Report]:
    head = st.text_area(_("Letter head: our own lines, the first in large letters"), key="report_letter_head")
    remarks = st.pills(
        _("Remarks"), list(REMARKS), format_func=_remarks().__getitem__, selection_mode="multi",
        key="report_remarks",
    )  # fmt: skip
    text = st.text_area(_("Text"), key="report_message")
    left, right = st.columns(2, vertical_alignment="bottom")
    log = left.checkbox(_("Log an interaction for each contact"), key="report_log")
    template = right.text_input(_("Interaction template"), key="report_template")
    return lambda: bench.reports.cover_sheet(
        whom, state.as_of(), letter_head=head, remarks=remarks, text=text, log=log,
        interaction_template_code=template.strip() or None,
    )  # fmt: skip


def _remarks() -> dict[str, str]:
    return {
        "for_your_information": _("For your information"),
        "as_agreed": _("As agreed"),
        "please_call": _("Please call"),
        "please_comment": _("Please comment"),
        "for_approval": _("For your approval"),
        "for_signature": _("Please sign"),
        "please_return": _("Please return"),
        "with_thanks": _("With thanks"),
    }


def _segment_contacts(bench: Workbench, _whom: Any) -> Callable[[], Report]:
    number = _worksheet(bench)
    return lambda: bench.reports.segment_contacts(number, state.as_of())


def _campaign_details(bench: Workbench, _whom: Any) -> Callable[[], Report]:
    numbers = [one.campaign_no for one in bench.campaigns.list()]
    chosen = st.multiselect(_("Campaigns"), numbers, placeholder=_("all"), key="report_campaigns")
    return lambda: bench.reports.campaign_details(state.as_of(), chosen)


def _questionnaire_handout(bench: Workbench, _whom: Any) -> Callable[[], Report]:
    code = st.selectbox(_("Questionnaire"), _codes(bench), key="report_questionnaire")
    everything = st.checkbox(_("Also questions that are answered automatically"), key="report_classification")
    return lambda: bench.reports.questionnaire_handout(
        str(code or ""), state.as_of(), with_classification=everything
    )  # fmt: skip


def _questionnaire_test(bench: Workbench, _whom: Any) -> Callable[[], Report]:
    codes = ["", *_codes(bench)]
    code = st.selectbox(_("Questionnaire"), codes, format_func=lambda one: one or _("all"), key="report_tested")
    return lambda: bench.reports.questionnaire_test(state.as_of(), code or None)


def _codes(bench: Workbench) -> list[str]:
    return [one.questionnaire_code for one in bench.questionnaires.list()]


_OPTIONS: dict[str, Callable[[Workbench, Any], Callable[[], Report]]] = {
    "labels": _labels,
    "contact_list": _contact_list,
    "company_summary": _company_summary,
    "person_summary": _person_summary,
    "cover_sheet": _cover_sheet,
    "segment_contacts": _segment_contacts,
    "campaign_details": _campaign_details,
    "questionnaire_handout": _questionnaire_handout,
    "questionnaire_test": _questionnaire_test,
    **report_sales.OPTIONS,
}
