"""Make a segment of this: what a run suggests becomes a segment like any other."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, draft_session, state
from workbench.app.failures import plain
from workbench.app.language import _, core
from workbench.bench import Workbench
from workbench.scoring import ScoreReport
from workbench.segments.definition import Segment

_OFFER, _NAME, _REPLACE = "score_offer:", "score_offer_name:", "score_offer_replace"


def draw(bench: Workbench, report: ScoreReport) -> None:
    """Draw the choice of what is suggested, and the button.

    Parameters
    ----------
    bench : Workbench
        Where segments are saved.
    report : ScoreReport
        What suggests them.
    """
    offers = {offer.name: offer for offer in report.offers}
    if not offers:
        return
    st.subheader(_("Make a segment of this"))
    about = f"{report.name}:{report.scored_on}"
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    chosen = left.selectbox(_("Suggested"), list(offers), key=_OFFER + about)
    named = middle.text_input(_("Name of the segment"), chosen, key=f"{_NAME}{about}:{chosen}")
    right.button(
        _("Make the segment"), key="score_make_segment", disabled=not report.is_written, width="stretch",
        on_click=_make, args=(bench, report, chosen, named),
        help=None if report.is_written else _("Keep the run first."),
    )  # fmt: skip
    st.caption(plain(core(offers[chosen].description)))
    st.checkbox(_("Replace a segment of that name"), key=_REPLACE)
    clicks.show_failure()
    _draw_link(bench)


def _make(bench: Workbench, report: ScoreReport, offer: str, name: str) -> None:
    made = clicks.attempt(
        lambda: bench.scores.segment(
            report.name, offer, scored_on=report.scored_on, save_as=name.strip() or None,
            replace=bool(clicks.value(_REPLACE)),
        ),
        lambda done: _("Saved the segment {name}.").format(name=done.name),
    )  # fmt: skip
    if made is not None:
        state.put(state.SCORE_SEGMENT, made)
        draft_session.open_saved(bench, made.name)


def _draw_link(bench: Workbench) -> None:
    made = state.get(state.SCORE_SEGMENT)
    if isinstance(made, Segment) and made.name in (bench.segments.catalogue().segments or ()):
        st.page_link(
            state.pages()["segments"], label=_("Open the segment {name}").format(name=plain(made.name)),
            icon=":material/filter_alt:", query_params={"segment": made.name},
        )  # fmt: skip
