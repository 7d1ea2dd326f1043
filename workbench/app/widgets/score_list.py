"""The scores of a store with method, age and quality; the runs of one of them, and reading a run."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from workbench.app import cached, clicks, labels, state
from workbench.app.language import _, day, ngettext, number
from workbench.app.widgets import grids, score_migration, score_report, score_words
from workbench.bench import Workbench
from workbench.scores import ScoreEntry, ScoreRun

_ADDRESS = "score"


def draw(bench: Workbench) -> None:
    """Draw the scores, and the run that is chosen.

    Parameters
    ----------
    bench : Workbench
        Whose scores.
    """
    scores = cached.by_revision(bench, bench.scores.list, "scores")
    if not len(scores):
        st.caption(_("None yet."))
        return
    as_of = state.as_of()
    heads = {
        "score": _("Score"), "method": _("Method"), "scored_on": _("Computed on"), "age_days": _("Age in days"),
        "contacts": _("Contacts"), "quality": _("Quality"), "run_count": _("Runs"), "fields": _("Fields"),
    }  # fmt: skip
    frame = scores.frame(as_of).assign(
        method=[_made_by(one.run_on(as_of)) for one in scores],
        quality=[_quality(one.run_on(as_of)) for one in scores],
        fields=[_fields(one) for one in scores],
    )
    grids.draw(_with_days(frame, "scored_on"), heads, height="content")
    st.caption(
        _("Of each score the run that counts on {day}: the newest of that day or before.").format(day=day(as_of))
    )
    _draw_one(bench, {one.name: one for one in scores})


def follow_address() -> None:
    """Choose the score that the address names, once; later the address follows the choice."""
    asked = st.query_params.get(_ADDRESS)
    if asked and asked != state.get(state.SCORE_LINK):
        state.put(state.SCORE_NAME, asked)
        state.put(state.SCORE_LINK, asked)


def _draw_one(bench: Workbench, entries: dict[str, ScoreEntry]) -> None:
    if state.get(state.SCORE_NAME) not in entries:
        state.forget(state.SCORE_NAME)
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    name = left.selectbox(_("Score"), list(entries), key=state.SCORE_NAME, persist_state="session")
    st.query_params[_ADDRESS] = name
    state.put(state.SCORE_LINK, name)
    runs = {run.scored_on: run for run in entries[name].runs}
    if not runs:
        st.caption(_("None yet."))
        return
    chosen = middle.selectbox(_("Run"), list(runs), format_func=day, key=f"{state.SCORE_RUN}:{name}")
    right.button(
        _("Delete the run"), on_click=_delete, args=(bench, name, chosen), icon=":material/delete:", width="stretch"
    )
    clicks.show_failure()
    _draw_run(bench, name, runs[chosen])
    score_migration.draw(bench, name, chosen, list(runs), list(entries[name].fields))


def _draw_run(bench: Workbench, name: str, run: ScoreRun) -> None:
    if run.method is None:
        said = ngettext("{count} contact, from {source}.", "{count} contacts, from {source}.", run.row_count)
        st.caption(said.format(count=number(run.row_count), source=run.source))
        return
    about = ("score report", name, run.scored_on)
    score_report.draw(bench, cached.by_revision(bench, lambda: bench.scores.show(name, run.scored_on), *about))


def _delete(bench: Workbench, name: str, run: dt.date) -> None:
    clicks.attempt(
        lambda: bench.scores.delete(name, run),
        lambda _none: _("The run of {day} of {score} was deleted.").format(day=day(run), score=name),
    )


def _made_by(run: ScoreRun | None) -> str:
    if run is None:
        return _("no run yet on that day")
    return _("from a file") if run.method is None else score_words.method(run.method)


def _quality(run: ScoreRun | None) -> str:
    return "" if run is None else score_words.first_figures(run.quality)


def _fields(entry: ScoreEntry) -> str:
    return ", ".join(f"{name} ({labels.type_name(type_)})" for name, type_ in entry.fields.items())


def _with_days(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Let a column of dates be shown as the visitor writes days."""
    return frame.assign(**{name: pd.to_datetime(frame[name])})
