"""Opportunities crossed with periods of their estimated closing date."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached
from workbench.app.language import _, amount, month, number
from workbench.app.widgets import charts, pipeline_filter
from workbench.app.widgets.pipeline_filter import Only
from workbench.bench import Workbench

_LINES = ("salesperson", "campaign", "contact", "team", "cycle", "item")
_CELL, _EDGE, _MOST_LINES = 34, 90, 40


def draw(bench: Workbench, as_of: dt.date, only: Only) -> None:
    """Draw the matrix.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.
    only : dict of str to str
        Which opportunities.
    """
    line, period, figure, status = _asked()
    found = cached.by_revision(
        bench,
        lambda: bench.pipeline.matrix(line, as_of, period=period, figure=figure, status=status, only=only),
        "pipeline matrix", line, period, figure, status, as_of, tuple(only.items()),
    )  # fmt: skip
    if found.rows.empty:
        st.info(_("No opportunity has this status."))
        return
    _draw_cells(found.rows, pipeline_filter.words()[line], figure, bench.setup.settings().currency_code)


def _asked() -> tuple[str, str, str, str]:
    words = pipeline_filter.words()
    lines = {line: words[line] for line in _LINES}
    periods = {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}
    figures = {
        "opportunity_count": _("Number"), "estimated_amount": _("Estimated value"),
        "calculated_amount": _("Calculated current value"), "average_estimated_amount": _("Average estimated value"),
        "average_calculated_amount": _("Average calculated current value"),
    }  # fmt: skip
    statuses = {
        "in_progress": _("In progress"), "won": _("Won"), "lost": _("Lost"), "not_started": _("Not started")
    }  # fmt: skip
    asked = {"line": (_("Lines"), lines), "period": (_("Periods"), periods), "figure": (_("Figure"), figures),
             "status": (_("Status"), statuses)}  # fmt: skip
    chosen = [
        column.selectbox(head, list(options), format_func=options.__getitem__, key=f"pipeline_matrix:{name}")
        for column, (name, (head, options)) in zip(st.columns(4), asked.items(), strict=True)
    ]
    return chosen[0], chosen[1], chosen[2], chosen[3]


def _draw_cells(rows: pd.DataFrame, head: str, figure: str, currency: str) -> None:
    periods = [name for name in rows.columns[1:] if name != "total"]
    names = {name: _("no date") if name == "unknown" else month(dt.date.fromisoformat(name)) for name in periods}

    def write(value: float) -> str:
        if pd.isna(value):
            return ""
        return number(value) if figure == "opportunity_count" else amount(value, currency)

    line = rows.columns[0]
    shown = rows.assign(line=rows[line].astype("object").where(rows[line].notna(), _("none")))
    texts = shown.assign(**{name: [write(value) for value in shown[name]] for name in [*periods, "total"]})
    drawn = shown.head(_MOST_LINES)
    heat = go.Heatmap(
        x=list(names.values()), y=drawn["line"].astype(str), z=drawn[periods], text=texts.head(_MOST_LINES)[periods],
        texttemplate="%{text}", hoverinfo="skip", showscale=False, colorscale="Blues", xgap=2, ygap=2,
    )  # fmt: skip
    plot = charts.figure(heat, height=_EDGE + _CELL * len(drawn))
    plot.update_xaxes(type="category", tickangle=-40)
    plot.update_yaxes(type="category", autorange="reversed", tickformat="", dtick=1)
    base = _(
        "By the first month of each period: of the estimated closing date, which is the closing date of those closed. "
        "An opportunity of a salesperson in several teams counts in each."
    )
    heads = {"line": head, **names, "total": _("Total")}
    alt = _("Opportunities by line and period of their estimated closing date.")
    charts.draw(plot, base, texts, heads, key="pipeline_matrix_plot", alt=alt)
