"""The stages of the pipeline: how many came how far, who is where, and where they go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached, theme
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts, grids
from workbench.app.widgets.pipeline_filter import Only
from workbench.bench import Workbench
from workbench.pipeline_figures import PipelineStages

_BAR, _EDGE = 44, 60
_FLOW_HEIGHT = 380


def draw(bench: Workbench, as_of: dt.date, only: Only) -> None:
    """Draw funnel, stages and flow of each sales cycle.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.
    only : dict of str to str
        Which opportunities.
    """
    found = cached.by_revision(
        bench, lambda: bench.pipeline.stages(as_of, only=only), "pipeline stages", as_of, tuple(only.items())
    )
    if found.stages.empty:
        st.info(_("No opportunity has been begun by this day."))
        return
    cycles = [str(code) for code in found.stages["sales_cycle_code"].fillna("").unique()]
    cycle = cycles[0]
    if len(cycles) > 1:
        cycle = st.selectbox(
            _("Stages of"), cycles, format_func=lambda code: code or _("no sales cycle"), key="pipeline_cycle"
        )
    one = _of_cycle(found, cycle)
    _draw_funnel(one)
    _draw_table(one.stages, bench.setup.settings().currency_code)
    _draw_flow(one)


def _of_cycle(found: PipelineStages, cycle: str) -> PipelineStages:
    def kept(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["sales_cycle_code"].fillna("").eq(cycle)]

    stages = kept(found.stages)
    stages = stages.assign(name=[_name(*pair) for pair in zip(stages["stage_no"], stages["description"], strict=True)])
    return PipelineStages(found.as_of, stages, kept(found.funnel), kept(found.moves))


def _name(stage: float, description: Any) -> str:
    if stage < 0:
        return _("open")
    return f"{stage:g}" if pd.isna(description) else f"{stage:g} · {description}"


def _draw_funnel(found: PipelineStages) -> None:
    st.subheader(_("How far opportunities come"))
    stages = {f"{stage:g}": name for stage, name in zip(found.stages["stage_no"], found.stages["name"], strict=True)}
    names = [
        {"won": _("won"), "open": _("open")}.get(stage, stages.get(stage, stage)) for stage in found.funnel["stage"]
    ]
    shown = found.funnel.assign(name=names)
    reached = zip(shown["reached_count"], shown["reached_rate"], strict=True)
    words = [f"{number(count)}  {percent(rate)}" for count, rate in reached]
    bars = go.Bar(
        x=shown["reached_count"], y=shown["name"], orientation="h", text=words, textposition="auto", hoverinfo="skip"
    )
    plot = charts.figure(bars, x_title=_("Opportunities"), height=_EDGE + _BAR * len(shown))
    plot.update_yaxes(type="category", autorange="reversed", tickformat="", dtick=1)
    base = _(
        "Opportunities that came to the stage or beyond it, of all that were begun in the cycle; those in progress may "
        "come further yet."
    )
    heads = {"name": _("Stage"), "reached_count": _("Came so far"), "reached_rate": _("Of all begun")}
    charts.draw(plot, base, shown, heads, key="pipeline_funnel", alt=_("How many opportunities came to each stage."))


def _draw_table(stages: pd.DataFrame, currency: str) -> None:
    st.subheader(_("Stages"))
    heads = {
        "name": _("Stage"), "active_count": _("There now"), "estimated_amount": _("Estimated"),
        "calculated_amount": _("Calculated"), "entered_count": _("Came in"), "left_count": _("Left"),
        "advanced_count": _("Went on"), "returned_count": _("Went back"), "lost_count": _("Lost"),
        "advance_rate": _("Went on, of left"), "advance_rate_low": _("from"), "advance_rate_high": _("to"),
        "average_days": _("Days there"), "median_days": _("Half left after days"),
        "average_entry_days": _("Average No. of Days"),
    }  # fmt: skip
    days = ("average_days", "median_days", "average_entry_days")
    grids.draw(
        stages, heads, key="pipeline_stages", currency=currency,
        formats=dict.fromkeys(days, lambda value: number(value, 1)),
    )  # fmt: skip
    st.caption(
        _("Days there are of stays that ended, updates not counted as an end. Half left after days counts those still "
          "there as far as they came (Kaplan-Meier). Average No. of Days is the product's: of all entries that are not "
          "active, updates included.")
    )  # fmt: skip


def _draw_flow(found: PipelineStages) -> None:
    st.subheader(_("Flow between stages"))
    names: dict[Any, str] = dict(zip(found.stages["stage_no"], found.stages["name"], strict=True))
    ends = {"won": _("won"), "lost": _("lost"), "still there": _("still there")}
    moves = found.moves.assign(
        source=[names.get(stage, f"{stage:g}") for stage in found.moves["stage_no"]],
        target=[
            ends[went] if went in ends else names.get(stage, f"{stage:g}")
            for went, stage in zip(found.moves["went_to"], found.moves["to_stage_no"], strict=True)
        ],
    )
    base = _(
        "Each band is as wide as the number of times opportunities left a stage for another, were won or lost, or are "
        "still there. Going back is drawn like going on, so one opportunity may pass several times."
    )
    heads = {
        "source": _("From"), "target": _("To"), "move_count": _("Times"), "share_rate": _("Of all stays in the stage"),
        "average_days": _("Days there before"),
    }  # fmt: skip
    alt = _("How often opportunities went from each stage to which.")
    charts.draw(_sankey(moves), base, moves, heads, key="pipeline_flow", alt=alt)


def _sankey(moves: pd.DataFrame) -> go.Figure:
    nodes = list(dict.fromkeys([*moves["source"], *moves["target"]]))
    links = {
        "source": [nodes.index(name) for name in moves["source"]],
        "target": [nodes.index(name) for name in moves["target"]],
        "value": moves["move_count"].tolist(),
        "color": "rgba(86, 180, 233, 0.45)",
    }
    trace = go.Sankey(node={"label": nodes, "pad": 18, "thickness": 16, "color": theme.COLOURS[0]}, link=links)
    return charts.figure(trace, height=_FLOW_HEIGHT)
