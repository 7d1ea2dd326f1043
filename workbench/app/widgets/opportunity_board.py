"""The open opportunities of a sales cycle by stage, side by side, each with buttons to the stages beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, opportunity_session, state
from workbench.app.failures import plain
from workbench.app.language import _, amount, day, number
from workbench.app.widgets import opportunity_words, task_fields
from workbench.bench import Workbench

_ASKED = "opportunity_board:"
_ACROSS, _MOST, _ROWS = 5, 20, 500


@dataclass(frozen=True)
class _Column:
    """A stage, or where an opportunity is that is at none."""

    title: str
    rows: pd.DataFrame
    before: str | None = None
    after: str | None = None
    is_start: bool = False


def draw(bench: Workbench) -> None:
    """Draw the board.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    cycles = opportunity_words.cycles(bench)
    if not cycles:
        st.info(_("No sales cycles yet. Set one up, or look at the list."), icon=":material/handshake:")
        return
    asked, find, whose = st.columns([2, 2, 1])
    asked.selectbox(
        _("Sales cycle"), list(cycles), key=f"{_ASKED}cycle", format_func=cycles.__getitem__, persist_state="session"
    )
    find.text_input(_("Find"), key=f"{_ASKED}text", placeholder=_("Number, description or contact"))
    task_fields.choose_code(whose, bench, "salesperson", _("Salesperson"), f"{_ASKED}salesperson", _("All"))
    code = str(clicks.value(f"{_ASKED}cycle") or next(iter(cycles)))
    found = bench.opportunities.list(
        state.as_of(), sales_cycle_code=code, salesperson_code=clicks.value(f"{_ASKED}salesperson"),
        text=str(clicks.value(f"{_ASKED}text") or ""), rows=_ROWS,
    )  # fmt: skip
    if found.total > len(found.opportunities):
        text = _("The {shown} expected to close first, of {total}; find the others above.")
        st.caption(text.format(shown=number(len(found.opportunities)), total=number(found.total)))
    currency = bench.setup.settings().currency_code
    columns = _columns(bench.sales_cycles.get(code).stages, found.opportunities)
    for first in range(0, len(columns), _ACROSS):
        for place, column in zip(st.columns(_ACROSS), columns[first : first + _ACROSS], strict=False):
            with place:
                _draw_column(bench, column, currency)


def _columns(stages: pd.DataFrame, rows: pd.DataFrame) -> list[_Column]:
    """Those not started come first, then each stage, then those that a file brought without a stage."""
    names = [
        str(no) if pd.isna(said) else str(said)
        for no, said in zip(stages["stage_no"], stages["description"], strict=True)
    ]
    beside = [None, *names, None]
    begun = rows[rows["status"] != "not_started"]
    columns = [_Column(_("Not started"), rows[rows["status"] == "not_started"], None, beside[1], is_start=True)]
    for place, (no, name) in enumerate(zip(stages["stage_no"], names, strict=True), 1):
        columns.append(_Column(name, begun[begun["stage_no"] == no], beside[place - 1], beside[place + 1]))
    rest = begun[~begun["stage_no"].isin(stages["stage_no"])]
    return columns if rest.empty else [*columns, _Column(_("Without stage"), rest)]


def _draw_column(bench: Workbench, column: _Column, currency: str) -> None:
    st.markdown(f"**{plain(column.title)}** ({number(len(column.rows))})")
    st.caption(amount(float(column.rows["estimated_amount"].sum()), currency))
    for row in column.rows.head(_MOST).itertuples(index=False):
        with st.container(border=True):
            _draw_card(bench, column, row, currency)
    if len(column.rows) > _MOST:
        st.caption(_("The first {count}; find the others above.").format(count=number(_MOST)))


def _draw_card(bench: Workbench, column: _Column, row: Any, currency: str) -> None:
    no = str(row.opportunity_no)
    label = no if pd.isna(row.description) else f"{no} · {row.description}"
    st.button(
        plain(label), key=f"opportunity_open:{no}", type="tertiary", on_click=opportunity_session.open_opportunity,
        args=(no,),
    )  # fmt: skip
    st.caption(plain(_about(row, currency)))
    with st.container(horizontal=True):
        if column.before:
            _move_button(bench, no, "previous", ":material/arrow_back:", column.before)
        if column.after:
            action = "start" if column.is_start else "next"
            _move_button(bench, no, action, ":material/arrow_forward:", column.after)


def _about(row: Any, currency: str) -> str:
    """Say with whom it is, what it is worth, and when it is expected to close."""
    whom = row.contact_name if pd.notna(row.contact_name) else row.contact_no
    parts = ["" if pd.isna(whom) else str(whom)]
    parts.append("" if pd.isna(row.estimated_amount) else amount(float(row.estimated_amount), currency))
    parts.append("" if pd.isna(row.estimated_close_on) else day(row.estimated_close_on.date()))
    return " · ".join(part for part in parts if part)


def _move_button(bench: Workbench, no: str, action: str, icon: str, stage: str) -> None:
    def move() -> None:
        clicks.attempt(
            lambda: (
                bench.opportunities.activate(no, state.as_of())
                if action == "start"
                else bench.opportunities.move(no, action, state.as_of())
            ),
            opportunity_words.said,
        )

    st.button(
        "", key=f"opportunity_{action}:{no}", icon=icon, on_click=move, help=_("To {stage}").format(stage=plain(stage))
    )
