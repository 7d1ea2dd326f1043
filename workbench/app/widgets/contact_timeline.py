"""What happened with one contact: a row of dots for each kind, and a table."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import labels, state
from workbench.app.language import _, day, moment, ngettext, number
from workbench.app.widgets import charts, grids
from workbench.contacts import ContactCard
from workbench.setup import Settings

# These have a day and no time.
_DAYS = ("opportunity", "campaign_target")


def draw(card: ContactCard, settings: Settings) -> None:
    """Draw plot and table of a contact's timeline.

    Parameters
    ----------
    card : ContactCard
        With its timeline.
    settings : Settings
        Zone and currency.
    """
    st.page_link(
        state.pages()["interactions"], label=_("New interaction"), icon=":material/add:",
        query_params={"new": card.contact_no},
    )  # fmt: skip
    if card.timeline.empty:
        st.caption(_("Nothing up to {day}.").format(day=day(card.as_of)))
        return
    rows = card.timeline.assign(at=_local(card.timeline, settings), kind_label=card.timeline["kind"].map(labels.table))
    dated = rows.dropna(subset=["at"])
    if len(dated):
        st.plotly_chart(_plot(dated), config={"displayModeBar": False}, key="timeline", alt=_("Dots in time, by kind."))
    _base(card)
    heads = {
        "at": _("When"),
        "kind_label": _("Kind"),
        "description": _("Description"),
        "amount": _("Amount"),
        "campaign_no": _("Campaign"),
    }
    grids.draw(rows, heads, height=380, currency=settings.currency_code, formats={"at": _when})


def _local(timeline: pd.DataFrame, settings: Settings) -> pd.Series[pd.Timestamp]:
    """Local time without a zone; days stay the days they are."""
    instants = pd.to_datetime(timeline["at"], utc=True)
    local = instants.dt.tz_convert(ZoneInfo(settings.time_zone)).dt.tz_localize(None)
    return local.mask(timeline["kind"].isin(_DAYS), instants.dt.tz_localize(None))


def _when(at: dt.datetime) -> str:
    return day(at) if at.time() == dt.time() else moment(at)


def _plot(rows: pd.DataFrame) -> go.Figure:
    kinds = list(dict.fromkeys(rows["kind_label"].sort_values()))
    plot = charts.figure(
        *[_dots(rows[rows["kind_label"] == kind], kind) for kind in kinds], height=70 + 34 * len(kinds)
    )
    months = pd.date_range(rows["at"].min().to_period("M").start_time, rows["at"].max(), freq="MS")
    charts.months_axis(plot, list(months))
    plot.update_layout(showlegend=False)
    plot.update_yaxes(type="category", rangemode="normal", tickformat="", showgrid=True)
    return plot


def _dots(rows: pd.DataFrame, kind: str) -> go.Scatter:
    texts = [
        f"{_when(at)}<br>{'' if pd.isna(text) else _safe(str(text))}"
        for at, text in zip(rows["at"], rows["description"], strict=True)
    ]
    return go.Scatter(
        x=rows["at"], y=rows["kind_label"], name=kind, mode="markers", hovertext=texts, hoverinfo="text",
        marker={"size": 9, "opacity": 0.75},
    )  # fmt: skip


def _safe(text: str) -> str:
    """Plotly reads some tags; a user's text has none."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _base(card: ContactCard) -> None:
    shown, count = len(card.timeline), card.row_count
    said = ngettext("{count} row up to {day}", "{count} rows up to {day}", count)
    text = said.format(count=number(count), day=day(card.as_of))
    if shown < count:
        text += ", " + _("the latest {shown} shown").format(shown=number(shown))
    st.caption(text + ". " + _("Sales are shown by receipt."))
    if shown < count:
        st.button(_("Show all"), on_click=state.put, args=(state.TIMELINE_ROWS, count), type="tertiary")
