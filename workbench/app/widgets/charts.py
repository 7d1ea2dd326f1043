"""Plots in one look: quiet axes, words and signs of the visitor's language, the figures as a table beneath."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import theme
from workbench.app.language import _, month, separators
from workbench.app.widgets import grids

HEIGHT = 300
_MOST_TICKS = 13
_CONFIG = {"displayModeBar": False, "responsive": True}


def figure(
    *traces: go.Bar | go.Heatmap | go.Sankey | go.Scatter, x_title: str = "", y_title: str = "", height: int = HEIGHT
) -> go.Figure:
    """Begin a plot.

    Parameters
    ----------
    *traces : plotly trace
        Its marks; colours are left to the theme.
    x_title, y_title : str, optional
        What the axes measure, with the unit.
    height : int, optional
        In pixels.

    Returns
    -------
    plotly.graph_objects.Figure
        To be given to `draw`.
    """
    plot = go.Figure(list(traces))
    plot.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        separators=separators(),
        colorway=theme.COLOURS,
        bargap=0.25,
        hovermode="closest",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": None},
        xaxis={"title": x_title or None, "automargin": True, "showgrid": False},
        yaxis={"title": y_title or None, "automargin": True, "rangemode": "tozero", "nticks": 6, "tickformat": ",.2~f"},
    )
    return plot


def months_axis(plot: go.Figure, months: Sequence[dt.date]) -> None:
    """Write months under a plot in the visitor's language.

    Parameters
    ----------
    plot : plotly.graph_objects.Figure
        Whose horizontal axis holds first days of months.
    months : sequence of datetime.date
        Those it shows, in order.
    """
    step = -(-len(months) // _MOST_TICKS) or 1
    shown = list(months)[::step]
    plot.update_xaxes(type="date", tickvals=shown, ticktext=[month(value) for value in shown], tickangle=-40)


def draw(
    plot: go.Figure,
    base: str,
    figures: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    key: str,
    alt: str,
    currency: str = "",
) -> None:
    """Draw a plot, with its figures to be opened as a table.

    Parameters
    ----------
    plot : plotly.graph_objects.Figure
        Made by `figure`.
    base : str
        What its figures are of.
    figures : pandas.DataFrame
        What it shows.
    labels : mapping of str to str
        Heads of the table's columns, in their order.
    key : str
        Its name on the page.
    alt : str
        What it shows, for those who do not see it.
    currency : str, optional
        ISO 4217 code of the amounts.
    """
    st.plotly_chart(plot, config=_CONFIG, key=key, alt=alt)
    st.caption(base)
    with st.expander(_("Figures of this plot"), type="compact"):
        grids.draw(figures, labels, currency=currency)
