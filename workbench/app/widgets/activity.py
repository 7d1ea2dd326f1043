"""Sales and interactions month by month."""

from __future__ import annotations

import calendar
import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app.language import _, amount, day, month, number
from workbench.app.widgets import charts
from workbench.bench import Workbench
from workbench.overview import StoreFigures


def draw(bench: Workbench, figures: StoreFigures) -> None:
    """Draw both plots side by side; one that has nothing to show is left out.

    Parameters
    ----------
    bench : Workbench
        Whose currency the amounts are in.
    figures : StoreFigures
        What happened in each month.
    """
    plots = [name for name in ("sales", "interactions") if len(getattr(figures, name))]
    columns = st.columns(len(plots), gap="large") if plots else []
    for name, column in zip(plots, columns, strict=True):
        with column:
            if name == "sales":
                _sales(figures, bench.setup.settings().currency_code)
            else:
                _interactions(figures)


def _sales(figures: StoreFigures, currency: str) -> None:
    st.subheader(_("Sales per month"))
    sales = figures.sales
    hover = [
        f"{month(m)}<br><b>{amount(a, currency)}</b>"
        for m, a in zip(sales["month"], sales["sales_amount"], strict=True)
    ]
    title = _("Sales value, {currency}").format(currency=currency) if currency else _("Sales value")
    plot = charts.figure(
        go.Bar(x=sales["month"], y=sales["sales_amount"], hovertext=hover, hoverinfo="text"), y_title=title
    )
    charts.months_axis(plot, list(sales["month"]))
    labels = {"month": _("Month"), "sales_entry_count": _("Sales entries"), "sales_amount": _("Sales value")}
    count = number(figures.row_count("sales_entry"))
    base = _("Sum of {count} sales entries.").format(count=count) + _last_month(figures.as_of, sales["month"])
    alt = _("Bars of the sales value of each month.")
    charts.draw(plot, base, sales, labels, key="sales_per_month", alt=alt, currency=currency)


def _interactions(figures: StoreFigures) -> None:
    st.subheader(_("Interactions per month"))
    counts = figures.interactions
    flows = {"outbound": _("from us (outbound)"), "inbound": _("from them (inbound)"), "": _("not recorded")}
    bars = [_flow(counts[counts["information_flow"] == flow], label) for flow, label in flows.items()]
    plot = charts.figure(*[bar for bar in bars if len(bar.x)], y_title=_("Interactions"))
    plot.update_layout(barmode="stack")
    charts.months_axis(plot, sorted(set(counts["month"])))
    labels = {"month": _("Month"), "information_flow": _("Flow"), "interaction_count": _("Interactions")}
    named = counts.assign(information_flow=counts["information_flow"].map(flows))
    total = number(int(counts["interaction_count"].sum()))
    base = _("{count} interactions, canceled ones left out.").format(count=total) + _last_month(
        figures.as_of, counts["month"]
    )
    alt = _("Bars of the interactions of each month, by flow.")
    charts.draw(plot, base, named, labels, key="interactions_per_month", alt=alt)


def _flow(counts: pd.DataFrame, label: str) -> go.Bar:
    rows = zip(counts["month"], counts["interaction_count"], strict=True)
    hover = [f"{month(m)}, {label}<br><b>{number(n)}</b>" for m, n in rows]
    return go.Bar(name=label, x=counts["month"], y=counts["interaction_count"], hovertext=hover, hoverinfo="text")


def _last_month(as_of: dt.date, months: pd.Series[pd.Timestamp]) -> str:
    """Say so when the last bar is that of a month cut short by the day."""
    is_shown = (months.dt.to_period("M") == pd.Period(as_of, "M")).any()
    if not is_shown or as_of.day == calendar.monthrange(as_of.year, as_of.month)[1]:
        return ""
    return " " + _("The last month ends with {day}.").format(day=day(as_of))
