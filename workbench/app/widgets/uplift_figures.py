"""What a model of uplift found: its verdict, its curve beside a random rank's, tenths, parts and learners."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import theme
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts, grids, interval_plot
from workbench.app.widgets.interval_plot import Estimate
from workbench.app.widgets.lift_words import p_value, points
from workbench.campaigns import Uplift

LEARNERS = {
    "x": N_("X-learner"), "t": N_("T-learner"), "s": N_("S-learner"), "class": N_("Class transformation"),
}  # fmt: skip
_VERDICTS = {
    "ranks": (":material/trending_up:", N_("The score ranks targets by uplift better than chance")),
    "no_better_than_random": (":material/help:", N_("A random rank would do as well")),
}


def draw(found: Uplift, names: Mapping[str, str]) -> None:
    """Draw everything that was found.

    Parameters
    ----------
    found : Uplift
        What was found.
    names : mapping of str to str
        What the fields are called.
    """
    icon, verdict = _VERDICTS[found.verdict]
    st.markdown(f"{icon} **{plain(found.arm)}: {_(verdict)}**")
    st.markdown(plain(_sentence(found)))
    _draw_curve(found)
    _draw_deciles(found)
    _draw_parts(found, names)
    _draw_learners(found)


def _sentence(found: Uplift) -> str:
    shown = found.learners.iloc[0]
    text = _(
        "{learner}, {arm} against {against}: Qini {qini}, {confidence} interval {low} to {high}, in responses per "
        "target written to beyond a random rank. Of random ranks {share} do as well."
    )
    return text.format(
        learner=_(LEARNERS[shown["learner"]]), arm=found.arm, against=found.against, qini=number(shown["qini"], 4),
        confidence=percent(found.confidence, 0), low=number(shown["qini_low"], 4), high=number(shown["qini_high"], 4),
        share=percent(shown["p_value"]),
    )  # fmt: skip


def _draw_curve(found: Uplift) -> None:
    curve = found.curve
    plot = charts.figure(
        _line(curve, "uplift_curve", _("By the score"), "solid", 0),
        _line(curve, "uplift_random", _("By a random rank"), "dot", -1),
        x_title=_("Share of targets written to, the highest scores first"),
        y_title=_("Incremental responses per target"),
    )
    plot.update_xaxes(tickformat=".0%")
    plot.update_yaxes(tickformat=",.3~f")
    base = _(
        "Responses per target that writing to the highest scores first would have brought beyond writing to nobody; "
        "all at the right end. The area between the lines is what the score is worth."
    )
    labels = {
        "targeted_share": _("Targets written to"), "uplift_curve": _("By the score"),
        "uplift_random": _("By a random rank"), "qini_curve": _("Qini curve"), "qini_random": _("Qini, random rank"),
    }  # fmt: skip
    alt = _("Incremental responses by the share of targets written to, by score and at random.")
    charts.draw(plot, base, curve, labels, key="campaign_uplift_curve", alt=alt)


def _line(curve: pd.DataFrame, column: str, name: str, dash: str, colour: int) -> go.Scatter:
    hover = [
        f"{name}: {percent(share, 0)}, {number(value, 4)}"
        for share, value in zip(curve["targeted_share"], curve[column], strict=True)
    ]
    return go.Scatter(
        x=curve["targeted_share"], y=curve[column], name=name, mode="lines", hovertext=hover, hoverinfo="text",
        line={"width": 2.5, "dash": dash, "color": theme.COLOURS[colour]},
    )  # fmt: skip


def _draw_deciles(found: Uplift) -> None:
    """Draw what happened in each tenth, with what the score had said behind it."""
    said = _("{lift}, expected {predicted}")
    estimates = [
        Estimate(
            _("Tenth {place}").format(place=number(row["decile"])), row["absolute_lift"], row["absolute_low"],
            row["absolute_high"],
            said.format(lift=f"<b>{points(row['absolute_lift'])}</b>", predicted=points(row["predicted_uplift"])),
        )
        for row in found.deciles.to_dict("records")
    ]  # fmt: skip
    if not estimates:
        return
    base = _(
        "Lift of the response rate within each tenth of the targets, the highest scores first, against {against}, with "
        "its {confidence} Newcombe interval; expected is the mean score."
    ).format(against=found.against, confidence=percent(found.confidence, 0))
    heads = {
        "decile": _("Tenth"), "target_count": _("Targets"), "responder_count": _("Responded"),
        "against_target_count": _("Held out"), "against_responder_count": _("Held out and responded"),
        "predicted": _("Expected"), "lift": _("Absolute lift"), "low": _("from"), "high": _("to"),
    }  # fmt: skip
    plot = interval_plot.figure(estimates, _("Absolute lift"), are_lifts=True)
    alt = _("Lift within each tenth of the targets by score, with its interval.")
    charts.draw(plot, base, _in_points(found.deciles), heads, key="campaign_uplift_deciles", alt=alt)


def _draw_parts(found: Uplift, names: Mapping[str, str]) -> None:
    heads = {
        "field": _("Field"), "value": _("Part"), "predicted": _("Expected"), "lift": _("Absolute lift"),
        "low": _("from"), "high": _("to"), "p_differs": _("Parts differ by chance"),
    }  # fmt: skip
    rows = _in_points(found.parts).assign(field=found.parts["field"].map(lambda name: names.get(name, name)))
    with st.expander(_("What the score makes of each part of the targets"), type="compact"):
        grids.draw(rows, heads, key="campaign_uplift_parts", formats={"p_differs": p_value})


def _draw_learners(found: Uplift) -> None:
    heads = {
        "learner": _("Learner"), "qini": _("Qini"), "qini_low": _("from"), "qini_high": _("to"),
        "auuc": _("Area under the uplift curve"), "auuc_low": _("from"), "auuc_high": _("to"),
        "auuc_random": _("Of a random rank"), "p_value": _("Random ranks as good"),
        "p_adjusted": _("p value for all learners"),
    }  # fmt: skip
    formats = {name: lambda value: number(value, 4) for name in heads if name.startswith(("qini", "auuc"))}
    formats |= {"p_value": p_value, "p_adjusted": p_value}
    rows = found.learners.assign(learner=found.learners["learner"].map(lambda name: _(LEARNERS[name])))
    with st.expander(_("Learners compared"), type="compact"):
        grids.draw(rows, heads, key="campaign_uplift_learners", formats=formats)
        st.caption(
            _("Scores are those of the first, chosen before looking; taking the best of several afterwards flatters "
              "it, so the verdict is corrected for how many there are (Holm).")
        )  # fmt: skip


def _in_points(rows: pd.DataFrame) -> pd.DataFrame:
    columns = {"predicted": "predicted_uplift", "lift": "absolute_lift", "low": "absolute_low", "high": "absolute_high"}
    return rows.assign(**{name: rows[column].map(points) for name, column in columns.items()})
