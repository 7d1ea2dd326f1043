"""How the draft and saved segments overlap."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from pipelines.overlap import MOST
from workbench.app import state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _, day, number
from workbench.app.widgets import charts, upset_plot
from workbench.bench import Workbench
from workbench.segments import SegmentOverlap

_DRAFT = ""
_AT_FIRST = 4


def draw(bench: Workbench, draft: Draft, found: DraftCount, as_of: dt.date) -> None:
    """Draw the overlap of segments of the visitor's choice.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        What of it is counted.
    as_of : datetime.date
        The day everything is evaluated on.
    """
    chosen = _chosen(bench, draft)
    if len(chosen) < 2:
        st.caption(_("Choose at least two segments."))
        return
    asked = [{**found.definition, "name": _draft_name(draft)} if name == _DRAFT else name for name in chosen]
    overlap = bench.segments.overlap(asked, as_of)
    _draw_combinations(overlap)
    _draw_pairs(overlap)


def _chosen(bench: Workbench, draft: Draft) -> list[str]:
    saved = [entry.name for entry in bench.segments.list()]
    others = [name for name in saved if name != draft.saved_as]
    before = state.get(state.SEGMENT_OVERLAP, [_DRAFT, *others[: _AT_FIRST - 1]])
    state.put(state.SEGMENT_OVERLAP, [name for name in before if name in saved or name == _DRAFT])
    found: list[str] = st.multiselect(
        _("Segments"), [_DRAFT, *saved], key=state.SEGMENT_OVERLAP, max_selections=MOST,
        format_func=lambda name: _draft_name(draft) if name == _DRAFT else name,
    )  # fmt: skip
    return found


def _draft_name(draft: Draft) -> str:
    return _("{name} (as it is here)").format(name=draft.name.strip() or _("New segment"))


def _draw_combinations(overlap: SegmentOverlap) -> None:
    base = _("Contacts that are in exactly these segments, as of {day}; {none} of {contacts} contacts are in none.")
    said = base.format(day=day(overlap.as_of), none=number(overlap.in_none), contacts=number(overlap.contacts))
    hidden = overlap.intersections[upset_plot.MOST_BARS :]
    if hidden:
        more = _("{combinations} smaller combinations with {contacts} contacts stand in the figures only.")
        contacts = sum(one.contacts for one in hidden)
        said += " " + more.format(combinations=number(len(hidden)), contacts=number(contacts))
    rows = [(" · ".join(one.segments), len(one.segments), one.contacts) for one in overlap.intersections]
    figures = pd.DataFrame(rows, columns=["segments", "number_of", "contacts"])
    labels = {"segments": _("Only in"), "number_of": _("Number of segments"), "contacts": _("Contacts")}
    alt = _("How many contacts are in each combination of segments.")
    charts.draw(upset_plot.upset(overlap), said, figures, labels, key="segment_upset", alt=alt)


def _draw_pairs(overlap: SegmentOverlap) -> None:
    figures = pd.DataFrame(
        [
            (pair.segment, pair.other, pair.contacts, pair.share, pair.jaccard)
            for pair in overlap.pairs
            if pair.segment != pair.other
        ],
        columns=["segment", "other", "contacts", "row_share", "jaccard_share"],
    ).astype({"row_share": "float64", "jaccard_share": "float64"})
    labels = {
        "segment": _("Segment"), "other": _("Other"), "contacts": _("In both"),
        "row_share": _("Share of the segment"), "jaccard_share": _("Share of those in either"),
    }  # fmt: skip
    base = _("Share of the members of the row's segment that are in the column's segment too.")
    alt = _("Which share of each segment is in each other one.")
    charts.draw(upset_plot.heat_map(overlap), base, figures, labels, key="segment_pairs", alt=alt)
