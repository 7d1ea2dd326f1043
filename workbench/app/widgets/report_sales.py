"""Which tasks, opportunities or sales cycles a report is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from workbench.app import labels, state
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.reports import Report

_TASK_STATES = ("all", "open", "completed", "canceled")
_STATES = ("all", "open", "closed", "not_started", "in_progress", "won", "lost")
Make = Callable[[], Report]


def kinds() -> dict[str, str]:
    """Name these reports.

    Returns
    -------
    dict of str to str
        By their key in `OPTIONS`.
    """
    return {
        "salesperson_tasks": _("Salesperson tasks"),
        "team_tasks": _("Team tasks"),
        "salesperson_opportunities": _("Salesperson opportunities"),
        "opportunity_list": _("Opportunity list"),
        "opportunity_details": _("Opportunity details"),
        "sales_cycle_analysis": _("Sales cycle analysis"),
    }


def _salesperson_tasks(bench: Workbench, _whom: Any) -> Make:
    codes = _several(_("Salespeople"), _codes(bench, "salesperson"), "report_salespeople")
    asked = _tasks(bench)
    return lambda: bench.reports.salesperson_tasks(state.as_of(), codes, **asked)


def _team_tasks(bench: Workbench, _whom: Any) -> Make:
    codes = _several(_("Teams"), _codes(bench, "team"), "report_teams")
    asked = _tasks(bench)
    return lambda: bench.reports.team_tasks(state.as_of(), codes, **asked)


def _salesperson_opportunities(bench: Workbench, _whom: Any) -> Make:
    codes = _several(_("Salespeople"), _codes(bench, "salesperson"), "report_salespeople")
    wanted = _state(_STATES)
    return lambda: bench.reports.salesperson_opportunities(state.as_of(), codes, state=wanted)


def _opportunity_list(bench: Workbench, _whom: Any) -> Make:
    wanted = _state(_STATES)
    left, middle, right = st.columns(3)
    with left:
        salesperson = _one(_("Salesperson"), _codes(bench, "salesperson"), "report_salesperson")
    with middle:
        campaign = _one(_("Campaign"), _campaigns(bench), "report_campaign")
    with right:
        cycle = _one(_("Sales cycle"), _cycles(bench), "report_cycle")
    return lambda: bench.reports.opportunity_list(
        state.as_of(), state=wanted, salesperson_code=salesperson, campaign_no=campaign, sales_cycle_code=cycle
    )


def _opportunity_details(bench: Workbench, _whom: Any) -> Make:
    text = st.text_area(
        _("Numbers of opportunities, apart by blanks, commas or line ends; none for all"), key="report_opportunities"
    )
    numbers = text.replace(",", " ").replace(";", " ").split()
    return lambda: bench.reports.opportunity_details(state.as_of(), numbers)


def _sales_cycle_analysis(bench: Workbench, _whom: Any) -> Make:
    codes = _several(_("Sales cycles"), _cycles(bench), "report_cycles")
    return lambda: bench.reports.sales_cycle_analysis(state.as_of(), codes)


def _tasks(bench: Workbench) -> dict[str, Any]:
    wanted = _state(_TASK_STATES)
    left, middle, right = st.columns(3)
    with left:
        campaign = _one(_("Campaign"), _campaigns(bench), "report_campaign")
    since = middle.date_input(_("First day"), value=None, key="report_since")
    until = right.date_input(_("Last day"), value=None, key="report_until")
    return {"state": wanted, "campaign_no": campaign, "since": since, "until": until}


def _state(states: Sequence[str]) -> str:
    names = {one: _("all") if one == "all" else labels.choice(one) for one in states}
    return str(st.selectbox(_("Which"), states, format_func=names.__getitem__, key="report_state"))


def _several(label: str, codes: Sequence[str], key: str) -> list[str]:
    return st.multiselect(label, codes, placeholder=_("all"), key=key)


def _one(label: str, codes: Sequence[str], key: str) -> str | None:
    return st.selectbox(label, ["", *codes], format_func=lambda one: one or _("all"), key=key) or None


def _codes(bench: Workbench, table: str) -> list[str]:
    return [str(code) for code in bench.codes.list(table).rows["code"]]


def _campaigns(bench: Workbench) -> list[str]:
    return [one.campaign_no for one in bench.campaigns.list()]


def _cycles(bench: Workbench) -> list[str]:
    return [str(code) for code in bench.reports.sales_cycle_analysis(state.as_of()).cycles["sales_cycle_code"]]


OPTIONS: Mapping[str, Callable[[Workbench, Any], Make]] = {
    "salesperson_tasks": _salesperson_tasks,
    "team_tasks": _team_tasks,
    "salesperson_opportunities": _salesperson_opportunities,
    "opportunity_list": _opportunity_list,
    "opportunity_details": _opportunity_details,
    "sales_cycle_analysis": _sales_cycle_analysis,
}
"""What asks for the choices of each report and gives what makes it."""
