"""A run of clusters: how many and how sure, what they are like, their rules, and what is special about each."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import labels, theme
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, number, percent
from workbench.app.widgets import charts, grids, over_index_plot
from workbench.scoring import ScoreReport
from workbench.segments import Segment
from workbench.segments.wording import sentence

_STRUCTURES = {
    "none": N_("no structure to speak of"), "weak": N_("a weak structure"),
    "reasonable": N_("a reasonable structure"), "strong": N_("a strong structure"),
}  # fmt: skip
_CELL, _EDGE = 44, 130


def show(report: ScoreReport) -> None:
    """Draw a run.

    Parameters
    ----------
    report : ScoreReport
        Of the method clusters.
    """
    st.markdown(plain(_sentence(report)))
    _draw_centres(report.tables["centres"])
    _draw_rules(report)
    _draw_special(report.tables["profile"])
    if len(report.tables["compared"]) > 1:
        _draw_compared(report.tables["compared"])


def _sentence(report: ScoreReport) -> str:
    quality = report.quality
    text = _(
        "{count} clusters of {contacts} contacts. Resamples give the same clusters with an adjusted Rand index of "
        "{stability} (1 is the same, 0 is chance). Silhouette {silhouette}: {structure}. The rules say the cluster of "
        "{fidelity} of the contacts."
    )
    return text.format(
        count=number(quality["cluster_count"]), contacts=number(len(report.rows)),
        stability=number(quality["stability"], 2), silhouette=number(quality["silhouette"], 2),
        structure=_(_STRUCTURES[quality["structure"]]), fidelity=percent(quality["fidelity"]),
    )  # fmt: skip


def _draw_centres(centres: pd.DataFrame) -> None:
    names = [name for name in centres.columns if name not in ("cluster", "contacts", "share")]
    means = centres[names].to_numpy(dtype="float64")
    clusters = [_cluster(value) for value in centres["cluster"]]
    heat = go.Heatmap(
        x=clusters, y=list(map(labels.feature, names)), z=means.T, zmin=-2, zmax=2, colorscale="RdBu_r",
        text=[[number(value, 1) for value in row] for row in means.T], texttemplate="%{text}", hoverinfo="skip",
        showscale=False, xgap=2, ygap=2,
    )  # fmt: skip
    plot = charts.figure(heat, height=_EDGE + _CELL * len(names))
    plot.update_xaxes(type="category", side="top")
    plot.update_yaxes(type="category", autorange="reversed", tickformat="", dtick=1)
    base = _(
        "Mean of each feature in each cluster, in standard deviations from the mean of all these contacts, after the "
        "feature was scaled."
    )
    heads = {"cluster": _("Cluster"), "contacts": _("Contacts"), "share": _("Share"),
             **{name: labels.feature(name) for name in names}}  # fmt: skip
    rounded = centres.assign(**{name: [number(value, 2) for value in centres[name]] for name in names})
    alt = _("Mean of each feature in each cluster.")
    charts.draw(plot, base, rounded.assign(share=centres["share"].map(percent)), heads, key="score_clusters_centres",
                alt=alt)  # fmt: skip


def _cluster(value: float) -> str:
    return _("Cluster {number}").format(number=number(value))


def _draw_rules(report: ScoreReport) -> None:
    said = {offer.name: sentence(Segment.from_dict(dict(offer.definition)), _) for offer in report.offers}
    rows = report.tables["rules"]
    names = [f"Cluster {row['cluster']:.0f}" for row in rows.to_dict("records")]
    words = [
        said.get(f"{name}, rule {rule:.0f}", said.get(name, ""))
        for name, rule in zip(names, rows["rule"], strict=True)
    ]  # fmt: skip
    heads = {
        "cluster": _("Cluster"), "words": _("Rule"), "members": _("Contacts"), "precision": _("In the cluster"),
        "recall": _("Of the cluster"),
    }  # fmt: skip
    st.subheader(_("Rules"))
    grids.draw(
        rows.assign(words=words), heads, key="score_clusters_rules", formats={"precision": percent, "recall": percent}
    )
    st.caption(
        _("In the cluster: of the contacts that satisfy the rule. Of the cluster: how many of it the rule finds.")
    )


def _draw_special(profile: pd.DataFrame) -> None:
    clusters = sorted(profile["cluster"].unique().tolist())
    chosen = st.selectbox(
        _("What is special about"), clusters, format_func=_cluster, key="score_clusters_special"
    )  # fmt: skip
    base = _(
        "Share of the contacts of {cluster} that have the value, divided by the share of all contacts of the run, with "
        "its 95% Wilson interval."
    ).format(cluster=_cluster(chosen))
    over_index_plot.draw(profile[profile["cluster"] == chosen], base, key="score_clusters_over_index")


def _draw_compared(compared: pd.DataFrame) -> None:
    plot = charts.figure(
        _line(compared, "stability", _("Stability"), 0), _line(compared, "silhouette", _("Silhouette"), 1),
        x_title=_("Number of clusters"), y_title=_("Stability and silhouette"),
    )  # fmt: skip
    chosen = compared.loc[compared["is_chosen"].astype("bool"), "cluster_count"].iloc[0]
    plot.add_vline(x=float(chosen), line={"color": theme.COLOURS[-1], "dash": "dot", "width": 1.5})
    plot.update_xaxes(dtick=1)
    base = _(
        "Stability: mean adjusted Rand index between the clusters and those of bootstrap samples; 0.8 and more counts "
        "as stable. Chosen, at the dotted line: of the stable numbers the smallest whose silhouette is within 0.01 of "
        "the highest."
    )
    heads = {
        "cluster_count": _("Clusters"), "stability": _("Stability"), "stability_low": _("lower quartile"),
        "stability_high": _("upper quartile"), "silhouette": _("Silhouette"), "is_stable": _("Stable"),
        "is_chosen": _("Chosen"),
    }  # fmt: skip
    figures = ["stability", "stability_low", "stability_high", "silhouette"]
    rows = compared.assign(**{name: compared[name].map(lambda value: number(value, 2)) for name in figures})
    alt = _("Stability and silhouette by number of clusters.")
    charts.draw(plot, base, rows, heads, key="score_clusters_compared", alt=alt)


def _line(compared: pd.DataFrame, column: str, name: str, colour: int) -> go.Scatter:
    hover = [f"{name} {number(value, 2)}" for value in compared[column]]
    return go.Scatter(
        x=compared["cluster_count"].tolist(), y=compared[column].tolist(), name=name, mode="lines+markers",
        line={"width": 2.5, "color": theme.COLOURS[colour]}, hovertext=hover, hoverinfo="text",
    )  # fmt: skip
