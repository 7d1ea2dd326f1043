"""Who is in the segment, against everybody in its base or another segment, by one field."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipelines.schema import Column, FieldType
from workbench.app import failures, labels, state, theme
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
    by, versus, least = st.columns([2, 2, 1])
    field = by.selectbox(
        _("By field"), list(columns), key=state.SEGMENT_PROFILE_FIELD,
        format_func=lambda name: labels.field(columns[name]),
    )  # fmt: skip
    against, smallest = _against(bench, versus), _smallest(least)
    profile = bench.segments.profile(definition, as_of, field, against=against, smallest_cell=smallest)
    shown = profile.frame().assign(category=[_category(name) for name in profile.frame()["category"]])
    plot = charts.figure(*_bars(shown, against or _("Base")), x_title=_("Share"), height=max(200, 60 + 44 * len(shown)))
    plot.update_layout(barmode="group", bargap=0.35, bargroupgap=0.05)
    plot.update_xaxes(tickformat=".0%", showgrid=True, rangemode="tozero")
    plot.update_yaxes(type="category", autorange="reversed", showgrid=False, tickformat="", nticks=0, dtick=1)
    charts.draw(plot, _base(profile), shown, _labels(), key="segment_profile", alt=_("Shares of members and base."))


def _against(bench: Workbench, place: DeltaGenerator) -> str | None:
    """Ask what to compare with; a saved segment that is gone is no choice any more."""
    saved = [entry.name for entry in bench.segments.list()]
    if state.get(state.SEGMENT_PROFILE_AGAINST) not in saved:
        state.forget(state.SEGMENT_PROFILE_AGAINST)
    found: str | None = place.selectbox(
        _("Against"), saved, index=None, placeholder=_("Everybody in the base"), key=state.SEGMENT_PROFILE_AGAINST
    )
    return found


def _smallest(place: DeltaGenerator) -> int:
    state.start(state.SEGMENT_PROFILE_SMALLEST, 1)
    help_ = _(
        "Categories with fewer contacts are put together, with others where that is needed, so that no smaller "
        "figure can be computed back. 1 shows everything."
    )
    return int(place.number_input(_("Smallest figure"), 1, 1000, key=state.SEGMENT_PROFILE_SMALLEST, help=help_))


def _columns(bench: Workbench) -> dict[str, Column]:
    """List the fields worth comparing by: custom ones first, names and numbers of contacts left out."""
    found = bench.segments.catalogue().contact_fields()
    worth = {name: column for name, column in found.items() if name not in _NAMES}
    order = sorted(worth, key=lambda name: (not worth[name].is_custom, worth[name].type is FieldType.TIMESTAMP))
    return {name: worth[name] for name in order}


def _bars(shown: pd.DataFrame, against: str) -> list[go.Bar]:
    text = _(
        "<b>{category}</b><br>{members} members, {base} of {against}<br>over-index {index}"
        "<br>share of members {low} to {high} (95 %)"
    )
    hover = [
        text.format(
            category=row["category"], members=number(row["members"]), base=number(row["base"]), against=against,
            index=number(row["over_index"], 2), low=percent(row["member_low"]), high=percent(row["member_high"]),
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
        bar(against, "base_share", "base", theme.COLOURS[6]),
    ]


def _category(name: str) -> str:
    known = {
        "other": _("other"), "not recorded": _("not recorded"), "too few to show": _("too few to show"),
        "True": _("yes"), "False": _("no"),
    }  # fmt: skip
    return known.get(name, name)


def _base(profile: SegmentProfile) -> str:
    members, base = number(profile.total), number(profile.base)
    if profile.against is None:
        text = _("Share of {members} members and of {base} contacts in the base; over-index 1 is as usual.")
        return text.format(members=members, base=base)
    text = _("Share of {members} members and of {base} members of {against}; over-index 1 is as usual.")
    said = failures.plain(text.format(members=members, base=base, against=profile.against))
    return f"{said} {_outside(profile)}"


def _outside(profile: SegmentProfile) -> str:
    """Say that not all members are among those they are compared with."""
    if profile.outside is None:
        text = _("Fewer than {count} of the members are in it, or fewer than {count} are not.")
        return text.format(count=number(profile.smallest_cell))
    if profile.outside == 0:
        return _("All members are in it.")
    text = _("{count} of the members are not in it, and count all the same.")
    return text.format(count=number(profile.outside))


def _labels() -> dict[str, str]:
    return {
        "category": _("Value"), "members": _("Members"), "base": _("Base"), "member_share": _("Share of members"),
        "member_low": _("at least (95 %)"), "member_high": _("at most (95 %)"),
        "base_share": _("Share of base"), "over_index": _("Over-index"),
    }  # fmt: skip
