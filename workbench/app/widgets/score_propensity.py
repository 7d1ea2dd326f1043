"""A run of propensity: how good the rank is, how right the chances are, what moves them, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached, labels
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, core, number, percent
from workbench.app.widgets import charts, gain_curve, grids, interval_plot
from workbench.app.widgets.interval_plot import Estimate
from workbench.scoring import ScoreReport

MODELS = {"boosting": N_("Gradient boosting"), "logistic": N_("Logistic regression")}
_MOST_DRIVERS, _MOST_CONTACTS = 12, 20
_ROW, _EDGE = 30, 90


def show(report: ScoreReport) -> None:
    """Draw a run.

    Parameters
    ----------
    report : ScoreReport
        Of the method propensity.
    """
    st.markdown(plain(_sentence(report.quality)))
    _draw_deciles(report)
    _draw_gains(report.tables["deciles"])
    _draw_drivers(report.tables["drivers"])
    _draw_contacts(report)
    _draw_models(report)


def _sentence(quality: Mapping[str, Any]) -> str:
    """Say how good the rank is; where all or none did it, that nobody knows."""
    base = _(
        "Learned from {learned} examples, tested on {tested} others ({name}), of whom {rate} did it; expected were "
        "{expected}."
    ).format(
        learned=number(quality["learned_count"]), tested=number(quality["tested_count"]), name=quality["tested_on"],
        rate=percent(quality["observed_rate"]), expected=percent(quality["predicted_rate"]),
    )  # fmt: skip
    if quality["auc"] is None:
        return base
    text = _(
        "Somebody who did it had the higher chance in {auc} of all pairs with somebody who did not (95% interval {low} "
        "to {high}); by chance it would be half. The most likely tenth did it {lift} times as often as all."
    ).format(
        auc=percent(quality["auc"]), low=percent(quality["auc_low"]), high=percent(quality["auc_high"]),
        lift=number(quality["lift_of_first_tenth"], 1),
    )  # fmt: skip
    return f"{base} {text}"


def _draw_deciles(report: ScoreReport) -> None:
    """Draw what happened in each tenth, with what was expected behind it: lift and calibration in one."""
    said = _("{rate}, expected {predicted}, {lift} times all")
    rows = report.tables["deciles"]
    estimates = [
        Estimate(
            _("Tenth {place}").format(place=number(row["decile"])), row["rate"], row["rate_low"], row["rate_high"],
            said.format(
                rate=f"<b>{percent(row['rate'])}</b>", predicted=percent(row["predicted_rate"]),
                lift=number(row["lift"], 1),
            ),
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
    heads = {
        "decile": _("Tenth"), "contacts": _("Contacts"), "positives": _("Did it"), "expected": _("Expected"),
        "share": _("Share"), "low": _("from"), "high": _("to"), "times": _("Times all"),
    }  # fmt: skip
    table = rows.assign(
        expected=rows["predicted_rate"].map(percent), share=rows["rate"].map(percent),
        low=rows["rate_low"].map(percent), high=rows["rate_high"].map(percent),
        times=rows["lift"].map(lambda value: number(value, 2)),
    )  # fmt: skip
    plot = interval_plot.figure(estimates, _("Share of each tenth that did it"))
    alt = _("Share that did it within each tenth of the contacts tested, with its interval.")
    charts.draw(plot, _calibration(report.quality), table, heads, key="score_propensity_deciles", alt=alt)


def _calibration(quality: Mapping[str, Any]) -> str:
    base = _("Of the contacts tested, the most likely first, with 95% Wilson intervals; expected is the mean chance.")
    brier = _("Brier score {brier}; {of_rate} if everybody had the same chance.").format(
        brier=number(quality["brier"], 4), of_rate=number(quality["brier_of_rate"], 4)
    )
    if quality["slope"] is None:
        return f"{base} {brier}"
    slope = _("Calibration slope {slope} (95% interval {low} to {high}); 1 is right.").format(
        slope=number(quality["slope"], 2), low=number(quality["slope_low"], 2), high=number(quality["slope_high"], 2)
    )
    return f"{base} {slope} {brier}"


def _draw_gains(deciles: pd.DataFrame) -> None:
    shares, found = [0.0, *deciles["contacts_share"]], [0.0, *deciles["positives_share"].fillna(0.0)]
    plot = gain_curve.figure(
        shares, found, _("By chance of doing it"),
        x_title=_("Share of contacts, the most likely first"), y_title=_("Share of those who did it"),
    )  # fmt: skip
    heads = {"decile": _("Tenth"), "contacts": _("Contacts up to it"), "found": _("Of those who did it")}
    rows = deciles.assign(
        contacts=deciles["contacts_share"].map(percent), found=deciles["positives_share"].map(percent)
    )
    base = _("How many of the contacts tested who did it are among the most likely.")
    alt = _("Share of those who did it by share of contacts, by rank and at random.")
    charts.draw(plot, base, rows, heads, key="score_propensity_gains", alt=alt)


def _draw_drivers(drivers: pd.DataFrame) -> None:
    rows = drivers.assign(
        words=drivers["meaning"].map(lambda meaning: labels.capital(_(meaning))),
        effect=drivers["mean_effect"].map(lambda value: number(value, 3)),
        way=drivers["direction"].map(_direction),
    )
    shown = rows.head(_MOST_DRIVERS)
    bars = go.Bar(
        x=shown["mean_effect"].tolist(), y=shown["words"].tolist(), orientation="h", text=shown["way"].tolist(),
        textposition="auto", hoverinfo="skip",
    )  # fmt: skip
    plot = charts.figure(bars, x_title=_("Mean change of the log odds"), height=_EDGE + _ROW * len(shown))
    plot.update_yaxes(type="category", autorange="reversed", showgrid=False, tickformat="", dtick=1)
    base = _(
        "How far each feature moves the chances of the contacts scored, against somebody typical; it says what goes "
        "with doing it, not what brings it about."
    )
    heads = {"words": _("Feature"), "effect": _("Mean change of the log odds"), "way": _("More of it")}
    alt = _("Features by how far they move the chances.")
    charts.draw(plot, base, rows, heads, key="score_propensity_drivers", alt=alt)


def _direction(correlation: float) -> str:
    if pd.isna(correlation) or abs(correlation) < 0.5:
        return _("depends")
    return _("raises the chance") if correlation > 0 else _("lowers the chance")


def _draw_contacts(report: ScoreReport) -> None:
    """List the likeliest contacts with their reasons; of a preview the store knows none."""
    if not report.is_written:
        return
    fields = [f"score.{report.name}.{name}" for name in ("probability", "reason_1", "reason_2", "reason_3")]
    bench = cached.bench()
    about = ("likeliest", report.name, report.scored_on)
    columns = ["contact_no", "name", *fields]
    found = cached.by_revision(
        bench, lambda: bench.segments.members(_likeliest(report), report.scored_on, columns), *about
    )
    chance, *reasons = fields
    rows = found.sort_values([chance, "contact_no"], ascending=[False, True]).assign(
        **{chance: found[chance].map(percent), **{name: found[name].map(core, na_action="ignore") for name in reasons}}
    )
    heads = {"contact_no": _("No."), "name": _("Name"), chance: _("Chance"), reasons[0]: _("First reason"),
             reasons[1]: _("Second reason"), reasons[2]: _("Third reason")}  # fmt: skip
    st.subheader(_("The likeliest contacts, and why"))
    grids.draw(rows, heads, key="score_propensity_contacts")


def _likeliest(report: ScoreReport) -> dict[str, Any]:
    chance = {"score": report.name, "field": "probability"}
    steps = [{"add": {**chance, "op": "is_known"}}]
    return {"steps": steps, "limit": {"top": _MOST_CONTACTS, "by": [{**chance, "order": "descending"}]}}


def _draw_models(report: ScoreReport) -> None:
    models, tested = (_named(report.tables[name]) for name in ("models", "tested"))
    heads = {
        "model": _("Model"), "setting": _("Setting"), "log_loss": _("Log loss"), "auc": _("AUC"),
        "is_chosen": _("Chosen"),
    }  # fmt: skip
    in_test = {
        "model": _("Model"), "setting": _("Setting"), "auc": _("AUC"), "auc_low": _("from"), "auc_high": _("to"),
        "brier": _("Brier score"), "slope": _("Calibration slope"),
    }  # fmt: skip
    cohorts = {
        "cohort": _("Examples"), "cut": _("Known up to"), "ends_on": _("Counted up to"), "contacts": _("Contacts"),
        "positives": _("Did it"),
    }  # fmt: skip
    with st.expander(_("What was learned from, and models compared"), type="compact"):
        grids.draw(report.tables["cohorts"], cohorts, key="score_propensity_cohorts")
        grids.draw(models, heads, key="score_propensity_models")
        st.caption(_("By cross-validation on what was learned from: the model with the lowest log loss is chosen."))
        grids.draw(tested, in_test, key="score_propensity_tested")
        st.caption(_("The best of each kind in the test; the choice was made before."))


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    figures = [name for name in ("log_loss", "auc", "auc_low", "auc_high", "brier", "slope") if name in rows]
    written = {name: rows[name].map(lambda value: "–" if pd.isna(value) else number(value, 4)) for name in figures}
    return rows.assign(model=rows["model"].map(lambda name: _(MODELS[name])), **written)
