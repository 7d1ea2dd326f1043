"""The way from the base to the total as a waterfall."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.app import theme
from workbench.app.language import _, day, number
from workbench.app.widgets import charts
from workbench.app.widgets.totals import limit_stage_text, reason_text
from workbench.segments import SegmentCount


def draw(count: SegmentCount) -> None:
    """Draw the waterfall of a count.

    Parameters
    ----------
    count : SegmentCount
        The count.
    """
    frame = count.waterfall()
    shown = frame.assign(stage=[_stage(stage) for stage in frame["stage"]])
    plot = charts.figure(_marks(shown), y_title=_("Contacts"), height=320)
    plot.update_layout(showlegend=False)
    base = _("Contacts after each step, of {base} in the base, as of {day}.").format(
        base=number(count.base), day=day(count.as_of)
    )
    labels = {"stage": _("Stage"), "change": _("Change"), "contacts": _("Contacts")}
    alt = _("How many contacts each step added or took away, from the base to the total.")
    charts.draw(plot, base, shown, labels, key="segment_waterfall", alt=alt)


def _marks(shown: pd.DataFrame) -> go.Waterfall:
    ends = len(shown) - 1
    # The first step starts from nobody: its bar begins at zero, beside the base and not on top of it.
    measures = ["absolute", "absolute", *["relative"] * (ends - 2), "total"]
    return go.Waterfall(
        x=shown["stage"],
        y=[*shown["change"].iloc[:ends], 0],
        measure=measures,
        text=[number(value) for value in shown["contacts"]],
        textposition="outside",
        cliponaxis=False,
        customdata=[number(value) for value in shown["change"]],
        hovertemplate="<b>%{x}</b><br>%{customdata}<br>%{text}<extra></extra>",
        increasing={"marker": {"color": theme.COLOURS[2]}},
        decreasing={"marker": {"color": theme.COLOURS[5]}},
        totals={"marker": {"color": theme.COLOURS[0]}},
        connector={"line": {"width": 1, "dash": "dot"}},
    )


def _stage(stage: str) -> str:
    kind, _colon, rest = stage.partition(": ")
    if kind == "suppressed":
        return reason_text(rest)
    if kind.startswith("step "):
        action = {"add": _("add"), "reduce": _("remove"), "refine": _("keep only")}[rest]
        return _("Step {number}: {action}").format(number=kind.removeprefix("step "), action=action)
    if kind == "limit":
        return limit_stage_text(rest)
    return {"base": _("Base"), "total": _("Total")}[stage]
