"""How much of what is looked for is found in the first part of a rank, beside a rank by chance."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from workbench.app import theme
from workbench.app.language import _, percent
from workbench.app.widgets import charts


def figure(
    shares: Sequence[float], found: Sequence[float], name: str, *under: go.Scatter, x_title: str, y_title: str
) -> go.Figure:
    """Begin a plot.

    Parameters
    ----------
    shares : sequence of float
        Parts of the rank, ascending from 0 to 1.
    found : sequence of float
        The share of what is looked for that each part has.
    name : str
        What the rank is by.
    *under : plotly.graph_objects.Scatter
        What is drawn below the curve, such as its interval.
    x_title, y_title : str
        What the axes measure.

    Returns
    -------
    plotly.graph_objects.Figure
        To be given to `charts.draw`.
    """
    rank = _line(shares, found, name, "solid", 0)
    chance = _line([0.0, 1.0], [0.0, 1.0], _("By a random rank"), "dot", -1)
    plot = charts.figure(*under, rank, chance, x_title=x_title, y_title=y_title)
    plot.update_xaxes(tickformat=".0%")
    plot.update_yaxes(tickformat=".0%")
    return plot


def _line(shares: Sequence[float], found: Sequence[float], name: str, dash: str, colour: int) -> go.Scatter:
    hover = [f"{name}: {percent(share, 0)}, {percent(value)}" for share, value in zip(shares, found, strict=True)]
    return go.Scatter(
        x=shares, y=found, name=name, mode="lines", hovertext=hover, hoverinfo="text",
        line={"width": 2.5, "dash": dash, "color": theme.COLOURS[colour]},
    )  # fmt: skip
