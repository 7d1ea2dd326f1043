"""Who is in the segment, against everybody in its base, by one field."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pipelines.schema import Column, FieldType
from workbench.app import labels, state, theme
from workbench.app.drafts import Plain
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts
from workbench.bench import Workbench
from workbench.segments import SegmentProfile

_NAMES = ("contact_no", "external_id", "name", "first_name", "middle_name", "surname", "email", "address", "home_page")


def draw(bench: Workbench, definition: Plain, as_of: dt.date) -> None:
    """Draw the comparison for a field of the visitor's choice.

    Parameters
    ----------
    bench : Workbench
        On the store.
    definition : dict
        The segment.
    as_of : datetime.date
        The day it is evaluated on.
    """
    columns = _columns(bench)
    state.start(state.SEGMENT_PROFILE_FIELD, next(iter(columns)))
    field = st.selectbox(
        _("By field"), list(columns), key=state.SEGMENT_PROFILE_FIELD, width=340,
        format_func=lambda name: labels.field(columns[name]),
    )  # fmt: skip
    profile = bench.segments.profile(definition, as_of, field)
    shown = profile.frame().assign(category=[_category(name) for name in profile.frame()["category"]])
    plot = charts.figure(*_bars(shown), x_title=_("Share"), height=max(200, 60 + 44 * len(shown)))
    plot.update_layout(barmode="group", bargap=0.35, bargroupgap=0.05)
    plot.update_xaxes(tickformat=".0%", showgrid=True, rangemode="tozero")
    plot.update_yaxes(type="category", autorange="reversed", showgrid=False, tickformat="", nticks=0, dtick=1)
    charts.draw(plot, _base(profile), shown, _labels(), key="segment_profile", alt=_("Shares of members and base."))


def _columns(bench: Workbench) -> dict[str, Column]:
    """List the fields worth comparing by: custom ones first, names and numbers of contacts left out."""
    found = bench.segments.catalogue().contact_fields()
    worth = {name: column for name, column in found.items() if name not in _NAMES}
    order = sorted(worth, key=lambda name: (not worth[name].is_custom, worth[name].type is FieldType.TIMESTAMP))
    return {name: worth[name] for name in order}


def _bars(shown: pd.DataFrame) -> list[go.Bar]:
    hover = [
        _("<b>{category}</b><br>{members} members, {base} in the base<br>over-index {index}").format(
            category=row["category"], members=number(row["members"]), base=number(row["base"]),
            index=number(row["over_index"], 2),
        )
        for row in shown.to_dict("records")
    ]  # fmt: skip

    def bar(name: str, share: str, count: str, color: str) -> go.Bar:
        text = [f"{percent(rate)} · {number(size)}" for rate, size in zip(shown[share], shown[count], strict=True)]
        if share == "member_share":
            text = [f"{said} · ×{number(index, 2)}" for said, index in zip(text, shown["over_index"], strict=True)]
        return go.Bar(
            y=shown["category"], x=shown[share], name=name, orientation="h", text=text, textposition="outside",
            marker={"color": color}, hovertext=hover, hoverinfo="text", cliponaxis=False,
        )  # fmt: skip

    return [
        bar(_("Segment"), "member_share", "members", theme.COLOURS[0]),
        bar(_("Base"), "base_share", "base", theme.COLOURS[6]),
    ]


def _category(name: str) -> str:
    return {"other": _("other"), "not recorded": _("not recorded"), "True": _("yes"), "False": _("no")}.get(name, name)


def _base(profile: SegmentProfile) -> str:
    text = _("Share of {members} members and of {base} contacts in the base; over-index 1 is as usual.")
    return text.format(members=number(profile.total), base=number(profile.base))


def _labels() -> dict[str, str]:
    return {
        "category": _("Value"),
        "members": _("Members"),
        "base": _("Base"),
        "member_share": _("Share of members"),
        "base_share": _("Share of base"),
        "over_index": _("Over-index"),
    }
