"""What will be won each month, and how well such forecasts would have done."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached, theme
from workbench.app.failures import plain
from workbench.app.language import _, amount, core, day, month, number, percent
from workbench.app.widgets import charts
from workbench.app.widgets.pipeline_filter import Only
from workbench.bench import Workbench
from workbench.pipeline_figures import BackTest, PipelineForecast

_MONTHS = (3, 6, 12)
_CONFIDENCES = (0.5, 0.8, 0.95)


def draw(bench: Workbench, as_of: dt.date, only: Only) -> None:
    """Draw the forecast and, where the visitor asks for it, its back-test.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.
    only : dict of str to str
        Which opportunities.
    """
    months, confidence, with_new = _asked()
    about = as_of, tuple(only.items()), confidence
    with st.spinner(_("Forecasting"), show_time=True):
        found = cached.by_revision(
            bench,
            lambda: bench.pipeline.forecast(as_of, months, with_new=with_new, only=only, confidence=confidence),
            "pipeline forecast", months, with_new, *about,
        )  # fmt: skip
    currency = bench.setup.settings().currency_code
    _draw_months(found, currency)
    for note in found.notes:
        st.caption(plain(core(note)))
    if st.toggle(_("Compare forecasts with months that are over"), key="pipeline_back_test"):
        with st.spinner(_("Forecasting months that are over"), show_time=True):
            tested = cached.by_revision(
                bench, lambda: bench.pipeline.back_test(as_of, only=only, confidence=confidence),
                "pipeline back-test", *about,
            )  # fmt: skip
        _draw_tested(tested, currency)


def _asked() -> tuple[int, float, bool]:
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    months = left.selectbox(_("Months"), _MONTHS, index=1, key="pipeline_months")
    confidence = middle.selectbox(
        _("Interval"), _CONFIDENCES, index=1, format_func=lambda one: percent(one, 0), key="pipeline_confidence"
    )
    with_new = right.toggle(_("With opportunities that are not there yet"), value=True, key="pipeline_with_new")
    return int(months), float(confidence), bool(with_new)


def _draw_months(found: PipelineForecast, currency: str) -> None:
    rows = found.months
    total = rows["amount"].sum()
    st.markdown(
        plain(_("Forecast on {day}: {amount} in {count} months, {open} of it from opportunities in progress.").format(
            day=day(found.as_of), amount=amount(total, currency), count=number(len(rows)),
            open=amount(rows["open_amount"].sum(), currency),
        ))
    )  # fmt: skip
    parts = {"already_amount": _("won already"), "open_amount": _("in progress"), "new_amount": _("not there yet")}
    bars = [go.Bar(x=rows["month"], y=rows[name], name=head) for name, head in parts.items() if rows[name].any()]
    marks = [_interval(rows), *([_weighted(rows)] if rows["weighted_amount"].any() else [])]
    plot = charts.figure(*bars, *marks, y_title=_("Won value"))
    plot.update_layout(barmode="stack")
    charts.months_axis(plot, [value.date() for value in rows["month"]])
    base = _(
        "Mean of {draws} simulated futures with their {confidence} interval. Each opportunity stays in its stage as "
        "long as earlier ones that were there that long, goes where they went, and wins what they won of their "
        "estimates; the calculated current value by estimated closing date stands beside it."
    ).format(draws=number(found.draws), confidence=percent(found.confidence, 0))
    heads = {
        "name": _("Month"), "amount": _("Forecast"), "amount_low": _("from"), "amount_high": _("to"),
        "won_count": _("Won opportunities"), **{name: f"{head[:1].upper()}{head[1:]}" for name, head in parts.items()},
        "weighted_amount": _("Calculated current value"),
    }  # fmt: skip
    shown = _written(rows, ("amount_low", "amount_high"), currency).assign(name=rows["month"].map(month))
    shown["won_count"] = [number(value, 1) for value in rows["won_count"]]
    alt = _("Value won each month: won already, forecast of opportunities in progress and of new ones, with interval.")
    charts.draw(plot, base, shown, heads, key="pipeline_forecast", alt=alt, currency=currency)


def _interval(rows: pd.DataFrame) -> go.Scatter:
    bars = {
        "type": "data", "symmetric": False, "thickness": 2, "width": 6,
        "array": rows["amount_high"] - rows["amount"], "arrayminus": rows["amount"] - rows["amount_low"],
    }  # fmt: skip
    return go.Scatter(
        x=rows["month"], y=rows["amount"], error_y=bars, mode="markers", name=_("forecast"),
        marker={"color": theme.COLOURS[-1], "size": 8},
    )  # fmt: skip


def _weighted(rows: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=rows["month"], y=rows["weighted_amount"], mode="markers", name=_("calculated current value"),
        marker={"symbol": "diamond-open", "size": 10, "color": theme.COLOURS[5]},
    )  # fmt: skip


def _draw_tested(tested: BackTest, currency: str) -> None:
    if not tested.rows.empty:
        st.markdown(plain(_told(tested)))
        _draw_comparison(tested, currency)
    for note in tested.notes:
        st.info(plain(core(note)), icon=":material/info:")


def _told(tested: BackTest) -> str:
    told = tested.accuracy
    return _(
        "{within} of {count} months lay within the {confidence} interval forecast before them. The forecast was off by "
        "{error} of what was won, the mean of the three months before by {naive}."
    ).format(
        within=percent(told.within_rate, 0), count=number(told.forecast_count), confidence=percent(told.confidence, 0),
        error=percent(told.error_rate, 0), naive=percent(told.naive_error_rate, 0),
    )  # fmt: skip


def _draw_comparison(tested: BackTest, currency: str) -> None:
    first = tested.rows[tested.rows["months_ahead"].eq(1)]
    actual = go.Bar(x=first["month"], y=first["actual_amount"], name=_("won"))
    plot = charts.figure(actual, _interval(first), y_title=_("Won value"))
    charts.months_axis(plot, [value.date() for value in first["month"]])
    base = _(
        "What was won in months that are over, and what would have been forecast on the day before each began, from "
        "nothing but what was known then. The table has forecasts further ahead as well."
    )
    heads = {
        "made_on": _("Made on"), "name": _("Month"), "months_ahead": _("Months ahead"), "actual_amount": _("Won"),
        "amount": _("Forecast"), "amount_low": _("from"), "amount_high": _("to"), "is_within": _("Within"),
        "naive_amount": _("Mean of three months before"),
    }  # fmt: skip
    shown = _written(tested.rows, ("amount_low", "amount_high"), currency)
    shown = shown.assign(name=tested.rows["month"].map(month), is_within=tested.rows["is_within"].astype("bool"))
    alt = _("Won value of months that are over beside their forecast with its interval.")
    charts.draw(plot, base, shown, heads, key="pipeline_tested", alt=alt, currency=currency)


def _written(rows: pd.DataFrame, names: tuple[str, ...], currency: str) -> pd.DataFrame:
    """Write amounts whose names look like those of rates."""
    return rows.assign(**{name: [amount(value, currency) for value in rows[name]] for name in names})
