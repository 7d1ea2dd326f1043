"""How old the opportunities in progress are, and which are the oldest."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached
from workbench.app.language import _, number
from workbench.app.widgets import charts, grids
from workbench.app.widgets.pipeline_filter import Only
from workbench.bench import Workbench

_ROWS = 200


def draw(bench: Workbench, as_of: dt.date, only: Only) -> None:
    """Draw ages as a plot and the oldest opportunities as a table.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.
    only : dict of str to str
        Which opportunities.
    """
    about = as_of, tuple(only.items())
    ages = cached.by_revision(bench, lambda: bench.pipeline.ageing(as_of, only=only), "pipeline ages", *about)
    rows = cached.by_revision(bench, lambda: bench.pipeline.open(as_of, only=only), "pipeline open", *about)
    currency = bench.setup.settings().currency_code
    _draw_plot(ages.rows, currency)
    _draw_oldest(rows.rows, currency)


def _draw_plot(ages: pd.DataFrame, currency: str) -> None:
    shown = ages.assign(
        band=[_band(first, last) for first, last in zip(ages["from_days"], ages["to_days"], strict=True)]
    )
    on_time = shown["opportunity_count"] - shown["overdue_count"]
    plot = charts.figure(
        go.Bar(x=shown["band"], y=on_time, name=_("not overdue")),
        go.Bar(x=shown["band"], y=shown["overdue_count"], name=_("overdue")),
        x_title=_("Days since creation"), y_title=_("In progress"),
    )  # fmt: skip
    plot.update_layout(barmode="stack")
    plot.update_xaxes(type="category")
    base = _("Opportunities in progress by age; overdue are those past their estimated closing date.")
    heads = {
        "band": _("Days since creation"), "opportunity_count": _("In progress"), "overdue_count": _("Overdue"),
        "estimated_amount": _("Estimated"), "calculated_amount": _("Calculated"),
    }  # fmt: skip
    alt = _("How many opportunities in progress are how old.")
    charts.draw(plot, base, shown, heads, key="pipeline_ages", alt=alt, currency=currency)


def _band(first: float, last: float) -> str:
    if pd.isna(first):
        return _("not known")
    return _("over {days}").format(days=number(first - 1)) if pd.isna(last) else f"{number(first)}–{number(last)}"


def _draw_oldest(rows: pd.DataFrame, currency: str) -> None:
    st.subheader(_("The oldest in progress"))
    heads = {
        "opportunity_no": _("Opportunity"), "description": _("Description"), "contact_name": _("Contact"),
        "salesperson_code": _("Salesperson"), "stage": _("Stage"), "age_days": _("Age in days"),
        "stage_days": _("Days in the stage"), "estimated_close_on": _("Estimated closing date"),
        "is_overdue": _("Overdue"), "push_count": _("Times put off"), "slip_days": _("Days slipped"),
        "estimated_amount": _("Estimated"), "calculated_amount": _("Calculated"),
    }  # fmt: skip
    shown = rows.head(_ROWS)
    stages = ["" if stage < 0 else f"{stage:g}" for stage in shown["stage_no"]]
    named = shown["stage"].fillna(pd.Series(stages, index=shown.index, dtype="str"))
    grids.draw(shown.assign(stage=named), heads, key="pipeline_oldest", currency=currency)
    if len(rows) > len(shown):
        st.caption(_("The first {shown} of {total}.").format(shown=number(len(shown)), total=number(len(rows))))
