"""A run of RFM: where contacts stand by recency and frequency, what those of each name bought, and what scores mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, amount, number, percent
from workbench.app.widgets import charts, grids
from workbench.scoring import ScoreReport

_FIGURES = {
    "recency": N_("Recency (days)"), "frequency": N_("Frequency (purchases)"), "monetary": N_("Monetary (amount)"),
}  # fmt: skip
_FINDINGS = {
    "unreachable": N_("nobody can have it"), "uncovered": N_("no name"), "overlap": N_("an earlier name has them"),
}  # fmt: skip
_CELL, _EDGE, _BAR = 58, 110, 34


def show(report: ScoreReport) -> None:
    """Draw a run.

    Parameters
    ----------
    report : ScoreReport
        Of the method rfm.
    """
    currency = cached.bench().setup.settings().currency_code
    st.markdown(plain(_sentence(report, currency)))
    _draw_grid(report, currency)
    _draw_names(report.tables["names"], len(report.rows), currency)
    _draw_ranges(report.tables["ranges"], currency)
    if "map" in report.tables:
        _draw_map(report)


def _sentence(report: ScoreReport, currency: str) -> str:
    quality = report.quality
    text = _(
        "{contacts} of {base} contacts bought up to the day, {share}: {purchases} purchases. {named} of those contacts "
        "have a name."
    ).format(
        contacts=number(quality["contact_count"]), base=number(quality["base_count"]),
        share=percent(quality["buyer_share"]), purchases=number(quality["purchase_count"]),
        named=percent(quality["named_share"]),
    )  # fmt: skip
    if quality["amount_sum"] is None:
        return text
    total = _("Together they amount to {amount}.").format(amount=amount(quality["amount_sum"], currency))
    return f"{text} {total}"


def _draw_grid(report: ScoreReport, currency: str) -> None:
    cells = report.tables["grid"]
    highest = {figure: _highest(report.tables["ranges"], figure) for figure in ("recency", "frequency")}
    base = _(
        "Contacts by their scores of recency and frequency, of {contacts} with purchases; the name is that of most of "
        "them."
    ).format(contacts=number(len(report.rows)))  # fmt: skip
    heads = {
        "recency_score": _("Recency score"), "frequency_score": _("Frequency score"), "contacts": _("Contacts"),
        "amount": _("Amount"), "name": _("Name of most"),
    }  # fmt: skip
    alt = _("Contacts by recency and frequency score.")
    rows = cells.assign(amount=cells["amount"].map(lambda value: amount(value, currency)))
    charts.draw(_heat(cells, highest), base, rows, heads, key="score_rfm_grid", alt=alt)


def _highest(ranges: pd.DataFrame, figure: str) -> int:
    return int(ranges.loc[ranges["figure"] == figure, "score"].max())


def _heat(cells: pd.DataFrame, highest: Mapping[str, int]) -> go.Figure:
    shape = (highest["recency"], highest["frequency"])
    counts, words = np.zeros(shape), np.full(shape, "", dtype=object)
    for row in cells.to_dict("records"):
        place = int(row["recency_score"]) - 1, int(row["frequency_score"]) - 1
        counts[place], words[place] = row["contacts"], f"{number(row['contacts'])}<br>{row['name']}"
    heat = go.Heatmap(
        x=list(range(1, shape[1] + 1)), y=list(range(1, shape[0] + 1)), z=counts, text=words, texttemplate="%{text}",
        hoverinfo="skip", colorscale="Blues", zmin=0, showscale=False, xgap=2, ygap=2,
    )  # fmt: skip
    plot = charts.figure(
        heat, x_title=_("Frequency score"), y_title=_("Recency score"), height=_EDGE + _CELL * shape[0]
    )  # fmt: skip
    plot.update_xaxes(dtick=1)
    plot.update_yaxes(dtick=1, rangemode="normal")
    return plot


def _draw_names(names: pd.DataFrame, contacts: int, currency: str) -> None:
    rows = names.assign(name=names["name"].replace("", _("no name")))
    bars = go.Bar(
        x=rows["contacts"].tolist(), y=rows["name"].tolist(), orientation="h",
        text=[f"{number(row['contacts'])} ({percent(row['share'])})" for row in rows.to_dict("records")],
        textposition="auto", hoverinfo="skip",
    )  # fmt: skip
    plot = charts.figure(bars, x_title=_("Contacts"), height=_EDGE + _BAR * len(rows))
    plot.update_yaxes(type="category", autorange="reversed", tickformat="", dtick=1)
    base = _("Contacts by name, of {contacts} with purchases.").format(contacts=number(contacts))
    heads = {
        "name": _("Name"), "contacts": _("Contacts"), "share": _("Share"), "purchases": _("Purchases"),
        "amount": _("Amount"), "amount_per_purchase": _("Amount of a purchase"),
        "recency_median": _("Median of days"), "frequency_median": _("Median of purchases"),
        "monetary_median": _("Median of amounts"),
    }  # fmt: skip
    money = ("amount", "amount_per_purchase", "monetary_median")
    amounts = {name: rows[name].map(lambda value: amount(value, currency)) for name in money}
    written = rows.assign(share=rows["share"].map(percent), **amounts)
    alt = _("How many contacts have each name.")
    charts.draw(plot, base, written, heads, key="score_rfm_names", alt=alt)


def _draw_ranges(ranges: pd.DataFrame, currency: str) -> None:
    rows = ranges.assign(
        figure=[_(_FIGURES[figure]) for figure in ranges["figure"]],
        **{
            end: [
                amount(value, currency) if figure == "monetary" else number(value)
                for figure, value in zip(ranges["figure"], ranges[end], strict=True)
            ]
            for end in ("lowest", "highest")
        },
    )
    heads = {
        "figure": _("Figure"), "score": _("Score"), "lowest": _("from"), "highest": _("to"), "contacts": _("Contacts"),
    }  # fmt: skip
    with st.expander(_("What the scores stand for"), type="compact"):
        grids.draw(rows, heads, key="score_rfm_ranges", height="content")
        st.caption(_("The lowest and the highest figure of the contacts that have each score."))


def _draw_map(report: ScoreReport) -> None:
    bounds, found = report.tables["map"], report.tables.get("findings")
    rows = pd.DataFrame({"name": bounds["name"], **{figure: _bounds(bounds, figure) for figure in _FIGURES}})
    heads = {
        "name": _("Name"), "recency": _("Recency score"), "frequency": _("Frequency score"),
        "monetary": _("Monetary score"),
    }  # fmt: skip
    with st.expander(_("The map of names"), type="compact"):
        grids.draw(rows, heads, key="score_rfm_map", height="content")
        st.caption(_("The first name whose bounds hold is the name of a contact."))
        if found is not None:
            told = {
                "finding": _("Finding"), "name": _("Name"), "other": _("Earlier name"), "cells": _("Combinations"),
                "scores": _("Recency, frequency, monetary"),
            }  # fmt: skip
            grids.draw(
                found.assign(finding=[_(_FINDINGS[one]) for one in found["finding"]]), told, key="score_rfm_found"
            )


def _bounds(rows: pd.DataFrame, figure: str) -> list[str]:
    both = zip(rows[f"{figure}_low"], rows[f"{figure}_high"], strict=True)
    return [str(low) if low == high else f"{low} – {high}" for low, high in both]
