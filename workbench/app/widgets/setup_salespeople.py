"""Salespeople and what became of their work, teams and who is in them, and which salesperson a user is."""

from __future__ import annotations

import streamlit as st

from workbench.app.language import _
from workbench.app.widgets import grids, setup_codes
from workbench.bench import Workbench


def draw(bench: Workbench) -> None:
    """Draw the tables.

    Parameters
    ----------
    bench : Workbench
        Whose salespeople.
    """
    tables = {table.name: table for table in bench.codes.tables()}
    st.subheader(_("Salespeople"))
    setup_codes.draw_table(bench, tables["salesperson"])
    _draw_statistics(bench)
    left, right = st.columns(2)
    with left:
        st.subheader(_("Teams"))
        setup_codes.draw_table(bench, tables["team"])
    with right:
        st.subheader(_("Who is in a team"))
        setup_codes.draw_table(bench, tables["team_salesperson"])
    st.subheader(_("Users"))
    setup_codes.draw_table(bench, tables["user_setup"])


def _draw_statistics(bench: Workbench) -> None:
    rows = bench.codes.list("salesperson").rows
    if rows.empty:
        return
    st.subheader(_("Their work"))
    heads = {
        "code": _("Salesperson"),
        "opportunity_count": _("Opportunities"),
        "estimated_amount": _("Estimated"),
        "calculated_amount": _("Calculated"),
        "average_estimated_amount": _("Estimated on average"),
        "average_calculated_amount": _("Calculated on average"),
        "interaction_count": _("Interactions"),
        "cost_amount": _("Cost"),
        "duration_minutes": _("Minutes"),
        "next_task_on": _("Next task"),
    }
    grids.draw(rows, heads, height="content", currency=bench.setup.settings().currency_code)
