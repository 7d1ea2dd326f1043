"""Whom a campaign moves: fields to tell targets apart by, what the model found, and keeping it as a score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from pipelines.catalogue import COMPUTED
from workbench.app import cached, clicks, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, core, day
from workbench.app.widgets import uplift_figures
from workbench.bench import Workbench
from workbench.campaigns import Measurement, Uplift

_FIELDS, _ARM = "campaign_uplift_fields", "campaign_uplift_arm"
Choice = tuple[str, dt.date, tuple[str, ...], str, float]
"""Campaign, day, fields, arm and confidence."""


def show(bench: Workbench, measured: Measurement, names: Mapping[str, str]) -> None:
    """Draw the part of the tab Results that says whom the campaign moves.

    Parameters
    ----------
    bench : Workbench
        On the store.
    measured : Measurement
        Of the campaign; nothing is drawn where nothing was held out.
    names : mapping of str to str
        What fields that part contacts are called.
    """
    if measured.against is None:
        return
    st.subheader(_("Whom it moves"))
    st.caption(
        _("How much more often each contact responds when written to, by models that are tested on targets they have "
          "not seen. Choose fields that the campaign did not change; figures such as sales are taken as of the day "
          "before it began.")
    )  # fmt: skip
    offered = {**names, **{name: labels.field(item.column) for name, item in COMPUTED.items()}}
    choice = _asked(measured, {name: label for name, label in offered.items() if name != "stratum"})
    if state.get(state.CAMPAIGN_UPLIFT) != choice:
        st.button(
            _("Model whom it moves"), key="campaign_uplift_ask", disabled=not choice[2],
            on_click=state.put, args=(state.CAMPAIGN_UPLIFT, choice),
        )  # fmt: skip
        return
    with st.spinner(_("Modelling"), show_time=True):
        found = cached.by_revision(bench, lambda: _modelled(bench, choice), "uplift", choice)
    uplift_figures.draw(found, offered)
    for note in found.notes:
        st.info(plain(core(note)), icon=":material/info:")
    _draw_keeping(bench, choice, found)


def _asked(measured: Measurement, offered: Mapping[str, str]) -> Choice:
    left, right = st.columns([3, 1])
    fields = left.multiselect(
        _("Tell targets apart by"), list(offered), format_func=lambda name: offered[name], key=_FIELDS
    )
    arm = right.selectbox(_("Arm"), measured.lifts["arm"].tolist(), key=_ARM)
    return measured.campaign_no, measured.as_of, tuple(fields), str(arm), measured.confidence


def _modelled(bench: Workbench, choice: Choice) -> Uplift:
    number, as_of, fields, arm, confidence = choice
    return bench.campaigns.uplift(number, as_of, fields, arm=arm, confidence=confidence, dry_run=True)


def _draw_keeping(bench: Workbench, choice: Choice, found: Uplift) -> None:
    """Offer the scores shown to segments; the learners beside them need not be fitted once more."""
    number, as_of, fields, arm, confidence = choice
    first = found.learners["learner"].iloc[:1].tolist()

    def keep() -> None:
        clicks.attempt(
            lambda: bench.campaigns.uplift(number, as_of, fields, arm=arm, learners=first, confidence=confidence),
            lambda done: _("Stored the score {score} of {day}.").format(score=done.score, day=day(done.as_of)),
        )

    st.button(
        _("Keep as the score {score}").format(score=plain(found.score)), key="campaign_uplift_keep", on_click=keep,
        help=_("Segments can then use its uplift, decile and is_target."),
    )  # fmt: skip
