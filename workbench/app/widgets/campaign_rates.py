"""The response rate of each arm of a campaign, and how responses came in."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import theme
from workbench.app.language import _, day, number, percent
from workbench.app.widgets import charts, interval_plot
from workbench.app.widgets.interval_plot import Estimate
from workbench.campaigns import Measurement

_LINES = ("solid", "dash", "dot", "dashdot")
_MANY_DAYS = 400


def draw_rates(measured: Measurement) -> None:
    """Draw the rate of each arm with its interval.

    Parameters
    ----------
    measured : Measurement
        With targets.
    """
    of = _("{part} of {whole}")
    estimates = [
        Estimate(
            str(row["arm"]), row["response_rate"], row["rate_low"], row["rate_high"],
            f"<b>{percent(row['response_rate'], 2)}</b>  "
            + of.format(part=number(row["responder_count"]), whole=number(row["target_count"])),
        )
        for row in measured.arms.to_dict("records")
    ]  # fmt: skip
    base = _(
        "Targets that responded, of all targets of the arm as they were drawn, delivered or not, up to {day}. "
        "Bars are {confidence} Wilson intervals."
    ).format(day=day(measured.as_of), confidence=percent(measured.confidence, 0))
    labels = {
        "arm": _("Arm"), "target_count": _("Targets"), "contacted_count": _("Contacted"),
        "delivered_count": _("Delivered"), "responder_count": _("Responded"), "response_count": _("Entries"),
        "response_rate": _("Response rate"), "rate_low": _("from"), "rate_high": _("to"),
    }  # fmt: skip
    plot = interval_plot.figure(estimates, _("Response rate"))
    alt = _("Response rate of each arm with its interval.")
    charts.draw(plot, base, measured.arms, labels, key="campaign_rates", alt=alt)


def draw_curve(measured: Measurement) -> None:
    """Draw the share of each arm that has responded by each day.

    Parameters
    ----------
    measured : Measurement
        Nothing is drawn where no day is known.
    """
    curve = measured.curve
    if curve.empty or not curve["response_rate"].gt(0).any():
        return
    st.subheader(_("How responses came in"))
    plot = charts.figure(
        *(_line(arm, own, place) for place, (arm, own) in enumerate(_arms(curve))),
        x_title=_("Days after targeting"), y_title=_("Responded"),
    )  # fmt: skip
    plot.update_yaxes(tickformat=".1~%")
    base = _(
        "Share of the targets of each arm that had responded by each day. Targets whose window is open count for as "
        "long as they were watched (Kaplan-Meier)."
    )
    labels = {
        "arm": _("Arm"), "day": _("Day"), "watched_count": _("Watched"), "responder_count": _("Responded on the day"),
        "response_rate": _("Responded until then"), "rate_low": _("from"), "rate_high": _("to"),
    }  # fmt: skip
    alt = _("Share of each arm that had responded by each day after targeting.")
    charts.draw(plot, base, curve, labels, key="campaign_curve", alt=alt)


def _arms(curve: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(arm), own[own["day"] <= _MANY_DAYS]) for arm, own in curve.groupby("arm", observed=True)]


def _line(arm: str, own: pd.DataFrame, place: int) -> go.Scatter:
    """Lines differ by their dashes as well as by their colours."""
    colour = theme.COLOURS[place % len(theme.COLOURS)]
    hover = [
        _("{arm}, day {day}: {rate}").format(arm=arm, day=number(row["day"]), rate=percent(row["response_rate"], 2))
        for row in own.to_dict("records")
    ]
    return go.Scatter(
        x=own["day"], y=own["response_rate"], name=arm, mode="lines", hovertext=hover, hoverinfo="text",
        line={"shape": "hv", "width": 2.5, "color": colour, "dash": _LINES[place % len(_LINES)]},
    )  # fmt: skip
