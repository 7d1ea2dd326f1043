"""Estimates with their intervals, one beneath the other: rates of arms, lifts of parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from workbench.app import theme
from workbench.app.language import percent
from workbench.app.widgets import charts
from workbench.app.widgets.lift_words import points

_ROW, _EDGE = 46, 110
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True)
class Estimate:
    """One line of the plot.

    Attributes
    ----------
    label : str
        What it is of.
    value, low, high : float
        The rate, or difference of rates, with its interval.
    words : str
        What stands behind it.
    """

    label: str
    value: float
    low: float
    high: float
    words: str


def figure(estimates: Sequence[Estimate], x_title: str, *, are_lifts: bool = False) -> go.Figure:
    """Make a plot of estimates.

    Parameters
    ----------
    estimates : sequence of Estimate
        At least one, from top to bottom.
    x_title : str
        What is measured.
    are_lifts : bool, optional
        Whether they are differences of rates: in percentage points, with a line where there is none.

    Returns
    -------
    plotly.graph_objects.Figure
        To be given to `charts.draw`.
    """
    plot = charts.figure(_points(estimates), _words(estimates), x_title=x_title, height=_EDGE + _ROW * len(estimates))
    low, high = min(0.0, *(one.low for one in estimates)), max(0.0, *(one.high for one in estimates))
    room = (high - low) * 0.05
    ticks = _ticks(low, high)
    plot.update_xaxes(
        range=[low - room, high + (high - low) * 0.4], showgrid=True,
        tickvals=ticks, ticktext=[_written(tick, are_lifts) for tick in ticks],
    )  # fmt: skip
    plot.update_yaxes(type="category", autorange="reversed", showgrid=False, tickformat="", dtick=1)
    if are_lifts:
        plot.add_vline(x=0, line={"color": theme.COLOURS[-1], "dash": "dot", "width": 1.5})
    return plot


def _points(estimates: Sequence[Estimate]) -> go.Scatter:
    interval = {
        "type": "data", "symmetric": False, "thickness": 2, "width": 6,
        "array": [one.high - one.value for one in estimates],
        "arrayminus": [one.value - one.low for one in estimates],
    }  # fmt: skip
    return go.Scatter(
        x=[one.value for one in estimates], y=[one.label for one in estimates], mode="markers", marker={"size": 11},
        error_x=interval, hovertext=[one.words for one in estimates], hoverinfo="text", showlegend=False,
    )  # fmt: skip


def _words(estimates: Sequence[Estimate]) -> go.Scatter:
    return go.Scatter(
        x=[one.high for one in estimates], y=[one.label for one in estimates], mode="text",
        text=[f"   {one.words}" for one in estimates], textposition="middle right", hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _ticks(low: float, high: float) -> list[float]:
    """Choose round places, about six of them."""
    step = next((step for step in _STEPS if (high - low) / step <= 7), 1.0)
    return [step * place for place in range(round(low / step), round(high / step) + 1)]


def _written(tick: float, is_lift: bool) -> str:
    value = round(100 * tick, 1)
    share = percent(tick, 0 if value == int(value) else 1)
    return points(tick) if is_lift else share
