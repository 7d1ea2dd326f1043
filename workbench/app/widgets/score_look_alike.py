"""A run of look-alikes: how many held-out members of the seed it finds, and what is special about the seed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import labels
from workbench.app.failures import plain
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts, gain_curve, grids, over_index_plot
from workbench.scoring import ScoreReport


def show(report: ScoreReport) -> None:
    """Draw a run.

    Parameters
    ----------
    report : ScoreReport
        Of the method look_alike.
    """
    st.markdown(plain(_sentence(report)))
    _draw_recall(report.tables["recall"])
    base = _(
        "Share of the members of {segment} that have the value, divided by the share of all contacts of the run and "
        "these members, with its 95% Wilson interval."
    ).format(segment=plain(str(report.parameters["segment"])))
    over_index_plot.draw(report.tables["profile"], base, key="score_look_alike_over_index")
    _draw_alone(report.tables["alone"])


def _sentence(report: ScoreReport) -> str:
    quality = report.quality
    text = _(
        "{contacts} contacts by how like they are to the {seed} members of {segment}. Of members held out, {recall} "
        "(95% interval {low} to {high}) are among the most like tenth; by chance it would be a tenth. A held-out "
        "member is more like the others than somebody else is in {auc} of all pairs ({auc_low} to {auc_high}); by "
        "chance in half."
    )
    return text.format(
        contacts=number(len(report.rows)), seed=number(quality["seed_count"]), segment=report.parameters["segment"],
        recall=percent(quality["recall_at_10_percent"]), low=percent(quality["recall_at_10_percent_low"]),
        high=percent(quality["recall_at_10_percent_high"]), auc=percent(quality["auc"]),
        auc_low=percent(quality["auc_low"]), auc_high=percent(quality["auc_high"]),
    )  # fmt: skip


def _draw_recall(recall: pd.DataFrame) -> None:
    shares = [0.0, *recall["base_share"]]
    band = go.Scatter(
        x=[*shares, *reversed(shares)], y=[0.0, *recall["recall_high"], *reversed([0.0, *recall["recall_low"]])],
        fill="toself", mode="lines", line={"width": 0}, fillcolor="rgba(0, 114, 178, 0.2)", hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip
    plot = gain_curve.figure(
        shares, [0.0, *recall["recall"]], _("By likeness"), band,
        x_title=_("Share of contacts, the most like first"), y_title=_("Share of held-out members found"),
    )  # fmt: skip
    base = _(
        "The segment is dealt into five parts; each is ranked among the other contacts by its likeness to the other "
        "four, so that nobody is found by himself. The band is the 95% Wilson interval."
    )
    heads = {
        "base_share": _("Share of contacts"), "found": _("Held-out members found"), "recall_low": _("from"),
        "recall_high": _("to"), "times": _("Times chance"),
    }  # fmt: skip
    rows = recall.assign(found=recall["recall"].map(percent), times=recall["lift"].map(lambda value: number(value, 1)))
    alt = _("Share of held-out members found by share of contacts, by likeness and at random.")
    charts.draw(plot, base, rows, heads, key="score_look_alike_recall", alt=alt)


def _draw_alone(alone: pd.DataFrame) -> None:
    heads = {"feature": _("Feature"), "auc": _("Tells alone")}
    with st.expander(_("What each feature tells alone"), type="compact"):
        rows = alone.assign(feature=alone["feature"].map(labels.feature))
        grids.draw(rows, heads, key="score_look_alike_alone", formats={"auc": percent})
        st.caption(
            _("How often the values of one feature put a member of the segment before somebody else: half is chance. "
              "Near all, the feature may be what makes somebody a member.")
        )  # fmt: skip
