"""The lines of a worksheet, and how to add, change or delete one by hand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import clicks, labels, state, worksheet_session
from workbench.app.language import _, number
from workbench.app.widgets import grids
from workbench.bench import Workbench

ROWS = 500
_CONTACT, _RESET = "worksheet_contact", "worksheet_line_reset"


def draw(bench: Workbench, worksheet_no: str) -> None:
    """Draw the lines and the fields below them.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which worksheet.
    """
    frame = bench.worksheets.lines(worksheet_no, ROWS)
    if len(frame):
        _draw_lines(frame, worksheet_no)
    else:
        st.caption(_("There are no lines yet."))
    if len(frame) == ROWS:
        st.caption(_("The first {count} lines.").format(count=number(ROWS)))
    _draw_work(bench, worksheet_no, [int(line_no) for line_no in frame["line_no"]])


def _draw_lines(frame: pd.DataFrame, worksheet_no: str) -> None:
    heads = {
        "line_no": _("Line"), "contact_no": _("No."), "name": _("Name"), "type": _("Type"),
        "company_name": _("Company"), "salesperson_code": _("Salesperson"), "campaign_no": _("Campaign"),
        "interaction_template_code": _("Interaction template"), "correspondence_type": _("Correspondence"),
    }  # fmt: skip
    shown = frame.assign(
        line_no=frame["line_no"].astype(str),
        type=frame["type"].map(labels.choice),
        correspondence_type=frame["correspondence_type"].map(labels.choice, na_action="ignore"),
    )
    line_nos = [int(line_no) for line_no in frame["line_no"]]
    grids.draw(
        shown, heads, key=f"worksheet_lines:{worksheet_no}",
        on_select=lambda row: state.put(state.WORKSHEET_LINE, line_nos[row]),
    )  # fmt: skip


def _draw_work(bench: Workbench, worksheet_no: str, line_nos: list[int]) -> None:
    chosen = state.get(state.WORKSHEET_LINE)
    line_no = chosen if chosen in line_nos else None
    contact, add, change, delete = st.columns([3, 1, 1.5, 1.5], vertical_alignment="bottom")
    contact.text_input(_("Contact No."), key=_CONTACT)

    def add_line() -> None:
        worksheet_session.attempt(lambda: bench.worksheets.add_line(worksheet_no, _contact_no(), state.as_of()))

    def change_line() -> None:
        worksheet_session.attempt(
            lambda: bench.worksheets.change_line(worksheet_no, int(line_no or 0), _contact_no(), state.as_of())
        )

    def delete_line() -> None:
        reset = bool(clicks.value(_RESET))
        worksheet_session.attempt(
            lambda: bench.worksheets.delete_line(worksheet_no, int(line_no or 0), state.as_of(), reset_criteria=reset)
        )

    add.button(_("Add line"), key="worksheet_add_line", on_click=add_line, width="stretch")
    at = {"line": str(line_no or "…")}
    change.button(
        _("Put on line {line}").format(**at), key="worksheet_change_line", on_click=change_line,
        disabled=line_no is None, help=_("Select a line above."), width="stretch",
    )  # fmt: skip
    delete.button(
        _("Delete line {line}").format(**at), key="worksheet_delete_line", on_click=delete_line,
        disabled=line_no is None, help=_("Select a line above."), width="stretch",
    )  # fmt: skip
    if line_nos and len(line_nos) == 1:
        st.checkbox(_("Where no line is left, reset the criteria"), key=_RESET)


def _contact_no() -> str:
    return str(clicks.value(_CONTACT) or "").strip()
