"""A run of lifetime value: who is worth how much, how right that was on days the model did not know, and the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached, theme
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, amount, day, number, percent
from workbench.app.widgets import charts, grids
from workbench.scoring import ScoreReport

_UNITS = {"day": N_("days"), "week": N_("weeks"), "month": N_("months")}
_UNIT = {"day": N_("Day"), "week": N_("Week"), "month": N_("Month")}


def show(report: ScoreReport) -> None:
    """Draw a run.

    Parameters
    ----------
    report : ScoreReport
        Of the method lifetime_value.
    """
    currency = cached.bench().setup.settings().currency_code
    st.markdown(plain(_sentence(report, currency)))
    _draw_values(report, currency)
    if "holdout" in report.tables:
        st.subheader(_("What came of what was expected"))
        st.markdown(plain(_tested(report.quality)))
        _draw_repeats(report)
        _draw_tracking(report)
        _draw_tenths(report, currency)
    _draw_fitted(report.tables["fitted"])
    _draw_parameters(report)


def _sentence(report: ScoreReport, currency: str) -> str:
    quality = report.quality
    text = _(
        "Of {contacts} contacts that bought, {repeats} came back, and about {alive} are still customers. In the "
        "{horizon} {units} after {day} they are expected to buy {purchases} times."
    ).format(
        contacts=number(quality["contact_count"]), repeats=number(quality["repeat_contact_count"]),
        alive=number(quality["expected_alive_count"]), horizon=number(report.parameters["horizon"]),
        units=_(_UNITS[report.parameters["unit"]]), day=day(report.scored_on),
        purchases=number(quality["expected_purchases_sum"]),
    )  # fmt: skip
    if "expected_value_sum" not in quality:
        return text
    worth = _("That is worth {value} on the day, {discount} taken off with each of the {units}.").format(
        value=amount(quality["expected_value_sum"], currency), units=_(_UNITS[report.parameters["unit"]]),
        discount=percent(report.parameters["discount_rate"], 2),
    )  # fmt: skip
    return f"{text} {worth}"


def _draw_values(report: ScoreReport, currency: str) -> None:
    rows = report.tables["values"]
    column = "expected_value" if "expected_value" in rows else "expected_purchases"
    written = rows.assign(
        share=(rows[column] / rows[column].sum()).map(percent),
        expected_purchases=rows["expected_purchases"].map(lambda value: number(value, 1)),
        **{name: rows[name].map(lambda value: amount(value, currency)) for name in rows if name == "expected_value"},
    )
    heads = {
        "value_decile": _("Tenth"), "contact_count": _("Contacts"), "expected_purchases": _("Expected purchases"),
        "expected_value": _("Expected value"), "share": _("Share"),
    }  # fmt: skip
    bars = go.Bar(
        x=rows["value_decile"].tolist(), y=rows[column].tolist(), text=written["share"].tolist(),
        textposition="auto", hovertext=written[column].tolist(), hoverinfo="text",
    )  # fmt: skip
    plot = charts.figure(bars, x_title=_("Tenth of the contacts, the most valuable first"), y_title=heads[column])
    plot.update_xaxes(type="category")
    base = _(
        "What is expected of each tenth of the contacts scored, and its share of all; equal contacts stay together."
    )
    alt = _("What is expected of each tenth of the contacts, the most valuable first.")
    shown = {name: head for name, head in heads.items() if name in written}
    charts.draw(plot, base, written, shown, key="score_lifetime_value_values", alt=alt)


def _tested(quality: Mapping[str, Any]) -> str:
    text = _(
        "A model that knew nothing after {end} expected {expected} purchases of {contacts} contacts until {until}; "
        "{actual} came. For each contact it was off by {error}, going on as before by {naive}."
    )
    begin = dt.date.fromisoformat(quality["holdout_from"])
    return text.format(
        end=day(begin - dt.timedelta(days=1)), until=day(dt.date.fromisoformat(quality["holdout_until"])),
        expected=number(quality["holdout_expected_purchases"]), contacts=number(quality["holdout_contact_count"]),
        actual=number(quality["holdout_actual_purchases"]), error=number(quality["holdout_mean_absolute_error"], 2),
        naive=number(quality["holdout_naive_absolute_error"], 2),
    )  # fmt: skip


def _draw_repeats(report: ScoreReport) -> None:
    rows = report.tables["holdout"]
    away = (rows["actual_high"] - rows["actual_mean"]).fillna(0).tolist()
    hover = [
        _("{actual} came, {expected} expected, {contacts} contacts").format(
            actual=number(row["actual_mean"], 2), expected=number(row["expected_mean"], 2),
            contacts=number(row["customer_count"]),
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
    labels = rows["repeat_purchases"].tolist()
    came = go.Bar(
        x=labels, y=rows["actual_mean"].tolist(), name=_("came"), hovertext=hover, hoverinfo="text",
        error_y={"type": "data", "array": away, "thickness": 2, "width": 6},
    )  # fmt: skip
    plot = charts.figure(
        came, _marks(labels, rows["expected_mean"].tolist(), _("expected")),
        x_title=_("Repeat purchases until then"), y_title=_("Purchases afterwards per contact"),
    )  # fmt: skip
    plot.update_xaxes(type="category")
    base = _("Mean purchases of contacts after the model's day, by how often they had come back, with 95% intervals.")
    heads = {
        "repeat_purchases": _("Repeat purchases"), "customer_count": _("Contacts"), "actual": _("Came"),
        "low": _("from"), "high": _("to"), "expected": _("Expected"),
    }  # fmt: skip
    columns = {"actual": "actual_mean", "low": "actual_low", "high": "actual_high", "expected": "expected_mean"}
    written = rows.assign(**{name: rows[column].map(_mean) for name, column in columns.items()})
    alt = _("Purchases that came and that were expected, by repeat purchases before.")
    charts.draw(plot, base, written, heads, key="score_lifetime_value_repeats", alt=alt)


def _marks(x: list[str], y: list[float], name: str) -> go.Scatter:
    return go.Scatter(
        x=x, y=y, name=name, mode="markers", hoverinfo="skip",
        marker={"symbol": "diamond", "size": 11, "color": theme.COLOURS[1]},
    )  # fmt: skip


def _draw_tracking(report: ScoreReport) -> None:
    rows, unit = report.tables["tracking"], report.parameters["unit"]
    days = [dt.date.fromisoformat(text) for text in rows["ends_on"]]
    plot = charts.figure(
        _line(days, rows["actual_total"].tolist(), _("came"), "solid", 0),
        _line(days, rows["expected_total"].tolist(), _("expected")),
        y_title=_("Repeat purchases so far"),
    )
    begin = report.quality["holdout_from"]
    plot.add_vline(x=begin, line={"color": theme.COLOURS[-1], "dash": "dot", "width": 1.5})
    plot.update_xaxes(type="date", tickformat="%Y-%m-%d")
    base = _(
        "Purchases after the first of all contacts, those that came later included, beside what the model expected; "
        "from the dotted line on it knew nothing."
    )
    heads = {
        "unit": _(_UNIT[unit]), "ends": _("Ends on"), "actual_count": _("Came"), "expected": _("Expected"),
        "actual_total": _("Came so far"), "expected_so_far": _("Expected so far"), "is_held_out": _("Unknown to it"),
    }  # fmt: skip
    written = rows.assign(
        ends=list(map(day, days)), expected=rows["expected_count"].map(lambda value: number(value, 1)),
        expected_so_far=rows["expected_total"].map(lambda value: number(value, 1)),
        is_held_out=rows["is_held_out"].astype("bool"),
    )  # fmt: skip
    alt = _("Repeat purchases over time, as they came and as they were expected.")
    charts.draw(plot, base, written, heads, key="score_lifetime_value_tracking", alt=alt)


def _line(x: list[Any], y: list[float], name: str, dash: str = "dash", colour: int = 1) -> go.Scatter:
    hover = [f"{name}: {number(value, 1)}" for value in y]
    return go.Scatter(
        x=x, y=y, name=name, mode="lines", hovertext=hover, hoverinfo="text",
        line={"width": 2.5, "dash": dash, "color": theme.COLOURS[colour]},
    )  # fmt: skip


def _draw_tenths(report: ScoreReport, currency: str) -> None:
    rows, with_amounts = report.tables["holdout_deciles"], report.parameters["with_spend"]
    heads = {
        "decile": _("Tenth"), "customer_count": _("Contacts"), "actual": _("Came"), "expected": _("Expected"),
    }  # fmt: skip
    written = rows.assign(**{
        name: rows[f"{name}_sum"].map(lambda value: amount(value, currency) if with_amounts else number(value, 1))
        for name in ("actual", "expected")
    })  # fmt: skip
    with st.expander(_("Tenths by what was expected of them"), type="compact"):
        grids.draw(written, heads, key="score_lifetime_value_tenths")
        st.caption(
            _("Amounts of the days that the model did not know, not discounted, the highest expected first.")
            if with_amounts else _("Purchases on the days that the model did not know, the most expected first.")
        )  # fmt: skip


def _draw_fitted(rows: pd.DataFrame) -> None:
    heads = {"repeat_purchases": _("Repeat purchases"), "actual_count": _("Contacts"), "expected": _("By the model")}
    with st.expander(_("How often contacts came back, and what the model makes of it"), type="compact"):
        grids.draw(
            rows.assign(expected=rows["expected_count"].map(lambda value: number(value, 1))), heads,
            key="score_lifetime_value_fitted",
        )  # fmt: skip
        st.caption(_("Contacts scored, by purchases after the first until the day."))


def _draw_parameters(report: ScoreReport) -> None:
    rows = report.tables["parameters"]
    figures = ("value", "standard_error", "low", "high")
    heads = {
        "model": _("Model"), "parameter": _("Parameter"), "value": _("Value"), "standard_error": _("Standard error"),
        "low": _("from"), "high": _("to"),
    }  # fmt: skip
    with st.expander(_("Parameters"), type="compact"):
        grids.draw(
            rows.assign(**{name: rows[name].map(_figure) for name in figures}), heads,
            key="score_lifetime_value_parameters",
        )  # fmt: skip
        st.caption(
            _("Maximum likelihood, with 95% intervals; alpha and beta are in {units}.").format(
                units=_(_UNITS[report.parameters["unit"]])
            )
        )


def _mean(value: float) -> str:
    return "–" if pd.isna(value) else number(value, 2)


def _figure(value: float) -> str:
    return "–" if pd.isna(value) else number(value, 4)
