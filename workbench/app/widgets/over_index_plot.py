"""What is special about some contacts: how much more often they have something than all do, with its interval."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.app import labels, theme
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts

_MOST = 10
_ROW, _EDGE = 34, 90


def draw(profile: pd.DataFrame, base: str, *, key: str) -> None:
    """Draw the values that are furthest from as usual, of those that chance does not explain.

    Parameters
    ----------
    profile : pandas.DataFrame
        As from `clusters_profile.over_indices`, of one group of contacts.
    base : str
        What the group is compared with.
    key : str
        The plot's name on the page.
    """
    words = {"other": _("other"), "not recorded": _("not recorded"), "yes": _("yes"), "no": _("no")}
    rows = profile.assign(
        feature=profile["feature"].map(labels.feature), category=profile["category"].replace(words)
    )  # fmt: skip
    heads = {
        "feature": _("Feature"), "category": _("Value"), "members": _("Contacts"), "base": _("Of all"),
        "member_share": _("Share"), "base_share": _("Share of all"), "over_index": _("Over-index"),
        "low": _("from"), "high": _("to"),
    }  # fmt: skip
    written = rows.assign(
        low=rows["over_index_low"].map(lambda value: number(value, 2)),
        high=rows["over_index_high"].map(lambda value: number(value, 2)),
    )
    alt = _("Over-index of values of features, each with its interval.")
    charts.draw(_plot(_special(rows)), base, written, heads, key=key, alt=alt)


def _special(rows: pd.DataFrame) -> pd.DataFrame:
    told = rows[(rows["over_index_low"] > 1) | (rows["over_index_high"] < 1)]
    far = (told["member_share"] - told["base_share"]).abs()
    return told.loc[far.sort_values(ascending=False, kind="stable").index[:_MOST]].sort_values(
        "over_index", ascending=False, kind="stable"
    )


def _plot(rows: pd.DataFrame) -> go.Figure:
    names = [f"{row.feature} {row.category}" for row in rows.itertuples()]
    said = _("{index} times as frequent: {share} against {all}")
    hover = [
        said.format(index=number(index, 2), share=percent(share), all=percent(base))
        for index, share, base in zip(rows["over_index"], rows["member_share"], rows["base_share"], strict=True)
    ]
    interval = {
        "type": "data", "symmetric": False, "thickness": 2, "width": 6,
        "array": (rows["over_index_high"] - rows["over_index"]).tolist(),
        "arrayminus": (rows["over_index"] - rows["over_index_low"]).tolist(),
    }  # fmt: skip
    points = go.Scatter(
        x=rows["over_index"].tolist(), y=names, mode="markers", marker={"size": 10}, error_x=interval, hovertext=hover,
        hoverinfo="text", showlegend=False,
    )  # fmt: skip
    plot = charts.figure(points, x_title=_("Over-index (1 is as usual)"), height=_EDGE + _ROW * max(1, len(rows)))
    plot.update_xaxes(rangemode="tozero", showgrid=True)
    plot.update_yaxes(type="category", autorange="reversed", tickformat="", dtick=1)
    plot.add_vline(x=1, line={"color": theme.COLOURS[-1], "dash": "dot", "width": 1.5})
    return plot
