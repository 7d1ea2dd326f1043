"""The combinations of segments as an UpSet plot, and their pairs as a heat map.

The plot's form: A. Lex, N. Gehlenborg, H. Strobelt, R. Vuillemot, H. Pfister (2014), UpSet: visualization of
intersecting sets, IEEE Transactions on Visualization and Computer Graphics 20, 1983-1992.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from workbench.app import theme
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts
from workbench.segments import SegmentOverlap
from workbench.segments.overlapping import SegmentPair

MOST_BARS = 30
_WIDE_BARS = 15
_LONGEST_NAME = 40
_ROW = 30
_BARS_HEIGHT = 230
_LEFT, _RIGHT = (0.0, 0.17), (0.22, 1.0)
_FAINT = {False: "#EAF2F8", True: "#1B2A36"}


def upset(found: SegmentOverlap) -> go.Figure:
    """Draw the most frequent combinations.

    Parameters
    ----------
    found : SegmentOverlap
        Of at least two segments.

    Returns
    -------
    plotly.graph_objects.Figure
        Bars for the combinations above a matrix of dots that says of what; beside it the sizes of the segments.
    """
    rows = len(found.segments) * _ROW + 20
    height = rows + _BARS_HEIGHT + 16
    plot = charts.figure(_combinations(found), *_lines(found), _dots(found), _sizes(found), height=height)
    split = rows / height
    largest = max(segment.total for segment in found.segments) or 1
    columns = len(_shown(found))
    plot.update_layout(
        showlegend=False,
        bargap=0.35,
        xaxis={"domain": _RIGHT, "anchor": "y2", "visible": False, "range": [-0.6, max(columns, 8) - 0.4]},
        yaxis={"domain": [split + 0.03, 1], "anchor": "x", "title": _("Contacts")},
        xaxis2={"domain": _LEFT, "anchor": "y2", "visible": False, "range": [0, largest * 1.75]},
        yaxis2={
            "domain": [0, split], "anchor": "x2", "autorange": False, "range": [len(found.segments) - 0.5, -0.5],
            "tickvals": list(range(len(found.segments))), "ticktext": [_short(one.name) for one in found.segments],
            "automargin": True, "showgrid": False, "zeroline": False,
        },
    )  # fmt: skip
    return plot


def heat_map(found: SegmentOverlap) -> go.Figure:
    """Draw the pairs.

    Parameters
    ----------
    found : SegmentOverlap
        Of at least two segments.

    Returns
    -------
    plotly.graph_objects.Figure
        One cell for each pair: the share of the row's segment that is in the column's segment too.
    """
    names = [segment.name for segment in found.segments]
    rows = [found.pairs[first : first + len(names)] for first in range(0, len(found.pairs), len(names))]
    places = list(range(len(names)))
    plot = charts.figure(
        go.Heatmap(
            x=places,
            y=places,
            z=[[None if pair.segment == pair.other else pair.share for pair in row] for row in rows],
            text=[["" if pair.segment == pair.other else percent(pair.share) for pair in row] for row in rows],
            texttemplate="%{text}",
            hovertext=[[_pair_text(pair) for pair in row] for row in rows],
            hoverinfo="text",
            hoverongaps=False,
            zmin=0,
            zmax=1,
            colorscale=[[0, _FAINT[theme.is_dark()]], [1, theme.COLOURS[0]]],
            showscale=False,
            xgap=2,
            ygap=2,
        ),
        height=90 + 40 * len(names),
    )
    short = [_short(name) for name in names]
    plot.update_xaxes(tickvals=places, ticktext=short, side="top", showgrid=False)
    plot.update_yaxes(
        tickvals=places, ticktext=short, range=[len(names) - 0.5, -0.5], autorange=False, showgrid=False, zeroline=False
    )
    return plot


def _shown(found: SegmentOverlap) -> Sequence[tuple[tuple[str, ...], int]]:
    return [(one.segments, one.contacts) for one in found.intersections[:MOST_BARS]]


def _combinations(found: SegmentOverlap) -> go.Bar:
    shown = _shown(found)
    return go.Bar(
        x=list(range(len(shown))),
        y=[contacts for _segments, contacts in shown],
        text=[number(contacts) for _segments, contacts in shown],
        textposition="outside",
        textangle=-90 if len(shown) > _WIDE_BARS else 0,
        constraintext="none",
        cliponaxis=False,
        marker={"color": theme.COLOURS[0]},
        hovertext=[_held_text(segments, contacts) for segments, contacts in shown],
        hoverinfo="text",
    )


def _dots(found: SegmentOverlap) -> go.Scatter:
    shown, names = _shown(found), [segment.name for segment in found.segments]
    cells = [(x, y, names[y] in segments) for x, (segments, _size) in enumerate(shown) for y in range(len(names))]
    return go.Scatter(
        x=[x for x, _y, _in in cells],
        y=[y for _x, y, _in in cells],
        yaxis="y2",
        mode="markers",
        marker={
            "size": 13,
            "color": [theme.COLOURS[0] if inside else theme.COLOURS[6] for _x, _y, inside in cells],
            "opacity": [1.0 if inside else 0.25 for _x, _y, inside in cells],
        },
        hovertext=[_held_text(*shown[x]) for x, _y, _in in cells],
        hoverinfo="text",
    )


def _lines(found: SegmentOverlap) -> list[go.Scatter]:
    """Join the dots of each combination, in one trace with gaps."""
    names = [segment.name for segment in found.segments]
    x: list[int | None] = []
    y: list[int | None] = []
    for place, (segments, _size) in enumerate(_shown(found)):
        held = [names.index(name) for name in segments]
        x += [place, place, None]
        y += [min(held), max(held), None]
    line = {"color": theme.COLOURS[0], "width": 3}
    return [go.Scatter(x=x, y=y, yaxis="y2", mode="lines", line=line, hoverinfo="skip")]


def _sizes(found: SegmentOverlap) -> go.Bar:
    hover = _("<b>{name}</b><br>{total} contacts, {only} only here, {shared} shared")
    return go.Bar(
        x=[segment.total for segment in found.segments],
        y=list(range(len(found.segments))),
        xaxis="x2",
        yaxis="y2",
        orientation="h",
        text=[number(segment.total) for segment in found.segments],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        marker={"color": theme.COLOURS[6]},
        hovertext=[
            hover.format(
                name=segment.name, total=number(segment.total), only=number(segment.only_here),
                shared=number(segment.shared),
            )
            for segment in found.segments
        ],
        hoverinfo="text",
    )  # fmt: skip


def _held_text(segments: Sequence[str], contacts: int) -> str:
    text = _("<b>{contacts} contacts</b> only in<br>{segments}")
    return text.format(contacts=number(contacts), segments="<br>".join(segments))


def _pair_text(pair: SegmentPair) -> str:
    text = _("<b>{contacts} contacts</b> in both<br>{segment}<br>{other}<br>{share} of those in either")
    return text.format(
        contacts=number(pair.contacts), segment=pair.segment, other=pair.other, share=percent(pair.jaccard)
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
