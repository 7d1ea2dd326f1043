"""Response to campaigns by type, with its uncertainty."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached
from workbench.app.language import _, day, number, percent
from workbench.app.widgets import charts
from workbench.bench import Workbench


def draw(bench: Workbench, as_of: dt.date) -> None:
    """Draw the response rates; nothing when no campaign has targets.

    Parameters
    ----------
    bench : Workbench
        Whose campaigns.
    as_of : datetime.date
        Later targets and responses are left out.
    """
    rates = cached.by_revision(bench, lambda: bench.campaigns.response(as_of, "type").rates, "response", as_of)
    if rates.empty:
        return
    st.subheader(_("Response by type of campaign"))
    shown = rates.assign(type_code=rates["type_code"].fillna(_("without a type")))
    plot = charts.figure(_points(shown), _words(shown), x_title=_("Response rate"), height=110 + 52 * len(shown))
    top = float(shown["rate_high"].max())
    ticks = _ticks(top)
    plot.update_xaxes(range=[0, top * 1.3], tickvals=ticks, ticktext=[percent(t, 0) for t in ticks], showgrid=True)
    plot.update_yaxes(type="category", autorange="reversed", showgrid=False, tickformat="")
    base = _(
        "Contacts that responded, of the contacts a campaign targeted, up to {day}; a contact targeted by two "
        "campaigns counts once in each. Bars are 95 % Wilson intervals."
    ).format(day=day(as_of))
    alt = _("Response rate of each type of campaign with its interval.")
    charts.draw(plot, base, shown, _labels(), key="response_by_type", alt=alt)


def _points(rates: pd.DataFrame) -> go.Scatter:
    rate = rates["response_rate"]
    interval = {
        "type": "data",
        "symmetric": False,
        "array": rates["rate_high"] - rate,
        "arrayminus": rate - rates["rate_low"],
    }
    hover = [
        f"<b>{percent(row['response_rate'], 2)}</b>, {percent(row['rate_low'], 2)} – {percent(row['rate_high'], 2)}"
        for row in rates.to_dict("records")
    ]
    return go.Scatter(
        x=rate, y=rates["type_code"], mode="markers", marker={"size": 11},
        error_x={**interval, "thickness": 2, "width": 6},
        hovertext=hover, hoverinfo="text", showlegend=False,
    )  # fmt: skip


def _words(rates: pd.DataFrame) -> go.Scatter:
    """The rate and what it is of, behind the end of each interval."""
    texts = [
        f"   <b>{percent(row['response_rate'])}</b>  "
        + _("{part} of {whole}").format(part=number(row["responder_count"]), whole=number(row["target_count"]))
        for row in rates.to_dict("records")
    ]
    return go.Scatter(
        x=rates["rate_high"], y=rates["type_code"], mode="text", text=texts, textposition="middle right",
        hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _ticks(top: float) -> list[float]:
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if top / step <= 6)
    return [step * place for place in range(int(top / step) + 2)]


def _labels() -> dict[str, str]:
    return {
        "type_code": _("Type"),
        "target_count": _("Contacts targeted"),
        "responder_count": _("Responded"),
        "response_rate": _("Response rate"),
        "rate_low": _("from"),
        "rate_high": _("to"),
    }
