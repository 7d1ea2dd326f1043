"""How large the draft would have been on earlier days, and whether it is often empty."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipelines import dates
from workbench.app import failures, state, theme
from workbench.app.drafts import Plain
from workbench.app.language import _, core, day, number
from workbench.app.widgets import charts, tiles
from workbench.bench import Workbench
from workbench.segments import SegmentSizes

_PERIODS: dict[dates.Unit, int] = {"day": 90, "week": 52, "month": 24, "quarter": 12, "year": 5}
_MOST = 520
_FILL = "rgba(0,114,178,0.12)"


def draw(bench: Workbench, definition: Plain, as_of: dt.date) -> None:
    """Draw the sizes with a step of the visitor's choice.

    Parameters
    ----------
    bench : Workbench
        On the store.
    definition : dict
        The segment.
    as_of : datetime.date
        The last day.
    """
    every, periods = _asked()
    sizes = _counted(bench, definition, as_of, every, periods)
    st.markdown(f"**{failures.plain(core(sizes.check))}**")
    _tiles(sizes)
    labels = {"day": _("Day"), "total": _("Contacts")}
    alt = _("The size of the segment on earlier days.")
    charts.draw(_plot(sizes), core(sizes.note), sizes.frame(), labels, key="segment_over_time", alt=alt)


def _asked() -> tuple[dates.Unit, int]:
    names: dict[dates.Unit, str] = {
        "day": _("Every day"), "week": _("Every week"), "month": _("Every month"), "quarter": _("Every quarter"),
        "year": _("Every year"),
    }  # fmt: skip
    left, right, _rest = st.columns([1, 1, 2])
    state.start(state.SEGMENT_STEP, "week")
    every = left.selectbox(_("Step"), list(names), format_func=names.__getitem__, key=state.SEGMENT_STEP)
    key = f"{state.SEGMENT_PERIODS}:{every}"
    state.start(key, _PERIODS[every])
    return every, int(right.number_input(_("Earlier days"), 1, _MOST, key=key))


def _counted(bench: Workbench, definition: Plain, as_of: dt.date, every: dates.Unit, periods: int) -> SegmentSizes:
    """Count once for each definition and revision; another click cancels the counting."""
    about = (bench.database.revision(), json.dumps(definition, sort_keys=True), as_of, every, periods)
    known = state.get(state.SEGMENT_SIZES)
    if known is None or known[0] != about:
        shown = st.empty()
        sizes = bench.segments.over_time(definition, as_of, every, periods, _progress(shown.progress(0.0)))
        shown.empty()
        known = about, sizes
        state.put(state.SEGMENT_SIZES, known)
    found: SegmentSizes = known[1]
    return found


def _progress(bar: DeltaGenerator) -> Callable[[int, int], None]:
    def advance(done: int, of: int) -> None:
        bar.progress(done / of, _("{done} of {of} days").format(done=number(done), of=number(of)))

    return advance


def _tiles(sizes: SegmentSizes) -> None:
    smallest, largest = sizes.smallest, sizes.largest
    sign = "+" if sizes.change > 0 else ""
    tiles.draw(
        [
            tiles.Tile(_("Smallest"), number(smallest.total), day(smallest.day)),
            tiles.Tile(_("Largest"), number(largest.total), day(largest.day)),
            tiles.Tile(_("Change"), sign + number(sizes.change), _("since {day}").format(day=day(sizes.sizes[0].day))),
        ]
    )


def _plot(sizes: SegmentSizes) -> go.Figure:
    days, totals = [size.day for size in sizes.sizes], [size.total for size in sizes.sizes]
    marks = {
        "size": [5 if total else 9 for total in totals],
        "color": [theme.COLOURS[0 if total else 5] for total in totals],
    }
    plot = charts.figure(
        go.Scatter(
            x=days, y=totals, mode="lines+markers", marker=marks, line={"width": 2, "color": theme.COLOURS[0]},
            fill="tozeroy", fillcolor=_FILL, cliponaxis=False, hoverinfo="text",
            hovertext=[f"<b>{number(size.total)}</b><br>{day(size.day)}" for size in sizes.sizes],
        ),
        y_title=_("Contacts"),
    )  # fmt: skip
    first, last = days[0].replace(day=1), days[-1]
    months = (last.year - first.year) * 12 + last.month - first.month
    charts.months_axis(plot, [dates.shift(first, later, "month") for later in range(1, months + 1)])
    return plot
