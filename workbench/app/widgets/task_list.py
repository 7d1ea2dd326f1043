"""Tasks by their day: whose, which, and what is due."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, labels, state, task_session
from workbench.app.labels import N_
from workbench.app.language import _, number
from workbench.app.widgets import grids, task_fields
from workbench.bench import Workbench
from workbench.tasks import TaskList

_ASKED = "task_list:"
_STATES = {"open": N_("Open"), "completed": N_("Completed"), "canceled": N_("Canceled"), "all": N_("All")}
_ROWS, _FEW = 200, 12


def draw(bench: Workbench) -> None:
    """Draw the list.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    _ask(bench)
    listed = bench.tasks.list(
        state.as_of(), state=str(clicks.value(f"{_ASKED}state") or "open"),
        salesperson_code=clicks.value(f"{_ASKED}salesperson"), team_code=clicks.value(f"{_ASKED}team"),
        text=str(clicks.value(f"{_ASKED}text") or ""), rows=_ROWS,
    )  # fmt: skip
    _draw_figures(listed)
    if listed.tasks.empty:
        st.info(_("No such task."), icon=":material/task_alt:")
        return
    _draw_grid(listed)


def _ask(bench: Workbench) -> None:
    st.segmented_control(
        _("Which"), list(_STATES), default="open", required=True, key=f"{_ASKED}state", label_visibility="collapsed",
        format_func=lambda one: _(_STATES[one]),
    )  # fmt: skip
    find, salesperson, team = st.columns([2, 1, 1])
    find.text_input(_("Find"), key=f"{_ASKED}text", placeholder=_("Number, description or contact"))
    task_fields.choose_code(salesperson, bench, "salesperson", _("Salesperson"), f"{_ASKED}salesperson", _("All"))
    task_fields.choose_code(team, bench, "team", _("Team"), f"{_ASKED}team", _("All"))


def _draw_figures(listed: TaskList) -> None:
    total, overdue, due = st.columns(3)
    total.metric(_("Tasks"), number(listed.total))
    overdue.metric(_("Overdue"), number(listed.overdue_count))
    due.metric(_("Due today"), number(listed.due_today_count))


def _draw_grid(listed: TaskList) -> None:
    tasks = listed.tasks

    def chosen(at: int) -> None:
        task_session.open_task(str(tasks.iloc[at]["task_no"]))

    heads = {
        "dated_on": _("Day"), "type": _("Kind"), "description": _("Description"), "contact_name": _("Contact"),
        "salesperson_code": _("Salesperson"), "team_code": _("Team"), "status": _("Status"),
        "priority": _("Priority"), "campaign_no": _("Campaign"), "task_no": _("Number"),
    }  # fmt: skip
    words = {name: lambda value: labels.capital(labels.choice(value)) for name in ("type", "status", "priority")}
    height = 460 if len(tasks) > _FEW else "content"
    grids.draw(tasks, heads, key="task_grid", on_select=chosen, height=height, formats=words)
    if listed.total > len(tasks):
        text = _("The first {shown} of {total}.")
        st.caption(text.format(shown=number(len(tasks)), total=number(listed.total)))
