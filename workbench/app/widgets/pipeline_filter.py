"""Which opportunities the page Pipeline is about."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.app import cached
from workbench.app.language import _
from workbench.bench import Workbench

Only = dict[str, str]
_MOST = 500


def words() -> dict[str, str]:
    """Name what the pipeline is asked by.

    Returns
    -------
    dict of str to str
        In the visitor's language.
    """
    return {
        "cycle": _("Sales cycle"), "salesperson": _("Salesperson"), "team": _("Team"), "campaign": _("Campaign"),
        "contact": _("Contact"), "company": _("Company"), "item": _("Item"), "status": _("Status"),
        "month": _("Month of closing"), "quarter": _("Quarter of closing"), "year": _("Year of closing"),
    }  # fmt: skip


def draw(bench: Workbench, as_of: dt.date) -> Only | None:
    """Let the visitor pick opportunities.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.

    Returns
    -------
    dict of str to str or None
        As the use cases take it; None where there are no opportunities at all.
    """
    offered = ("cycle", "salesperson", "team", "campaign")
    choices = {word: _values(bench, word, as_of) for word in offered}
    if not any(count for count, _codes in choices.values()):
        return None
    picked = {}
    for column, word in zip(st.columns(len(offered)), offered, strict=True):
        codes = choices[word][1]
        value = column.selectbox(
            words()[word], codes, index=None, placeholder=_("All"), key=f"pipeline_only:{word}", disabled=not codes
        )
        if value is not None:
            picked[word] = str(value)
    return picked


def _values(bench: Workbench, word: str, as_of: dt.date) -> tuple[int, list[str]]:
    rows = cached.by_revision(bench, lambda: bench.pipeline.report(word, as_of).rows, "pipeline", word, as_of, ())
    return len(rows), [str(code) for code in rows.iloc[:, 0].dropna()][:_MOST]
