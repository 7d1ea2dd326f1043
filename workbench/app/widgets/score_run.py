"""Computing a score: which, how, and with which options; how far it is, and what it came to."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.app import attended, failures, state
from workbench.app.failures import plain
from workbench.app.language import _, core, day
from workbench.app.widgets import progress, score_options, score_report, score_words
from workbench.bench import Workbench
from workbench.scoring import Method, ScoreReport
from workbench.store import Cancellation

_NAME = f"{state.SCORE_OPTION}name:"


def draw(bench: Workbench) -> None:
    """Draw the form, and what came of the last click.

    Parameters
    ----------
    bench : Workbench
        Whose contacts are scored.
    """
    methods = {method.name: method for method in bench.scores.methods()}
    chosen = st.selectbox(
        _("What to compute"), list(methods), format_func=score_words.method, key=state.SCORE_METHOD,
        persist_state="session",
    )  # fmt: skip
    method = methods[chosen]
    st.caption(core(method.description))
    with st.form("score_compute", border=True):
        name = st.text_input(
            _("Name of the score"), method.name, key=_NAME + method.name, width=300,
            help=_("How conditions name it. Lower-case letters, digits and _"),
        )  # fmt: skip
        score_options.draw(bench, method)
        st.caption(
            _("It is computed as of {day}: nothing later is looked at. A run of that day is replaced.").format(
                day=f"**{day(state.as_of())}**"
            )
        )
        with st.container(horizontal=True):
            is_keeping = st.form_submit_button(_("Compute and keep"), type="primary", icon=":material/calculate:")
            is_looking = st.form_submit_button(_("Preview"), help=_("Computes the same, and keeps nothing."))
    if is_keeping or is_looking:
        _compute(bench, name.strip(), method, dry_run=not is_keeping)
    _draw_outcome(bench)


def _compute(bench: Workbench, name: str, method: Method, *, dry_run: bool) -> None:
    """Compute while the visitor watches, and draw the page anew: the sidebar names another revision then."""
    state.forget(state.SCORE_REPORT)
    with failures.shown():
        as_of, told = state.as_of(), score_options.told(method)
        cancellation = Cancellation()

        def work(tell: attended.Progress) -> ScoreReport:
            with bench.database.cancellable(cancellation):
                return bench.scores.run(
                    name, as_of, method=method.name, progress=tell, cancellation=cancellation, dry_run=dry_run, **told
                )

        with progress.Bar(_("Computing"), _say_cancelled) as bar:
            attended.result(work, _watching(bar, cancellation), _keep)
        st.rerun()


def _watching(bar: progress.Bar, cancellation: Cancellation) -> attended.Progress:
    """Show how far it is; where that raises, the visitor has gone on, and queries and models are to end."""

    def show(done: int, total: int) -> None:
        try:
            bar.show(done, total)
        except BaseException:
            cancellation.cancel()
            raise

    return show


def _keep(report: ScoreReport) -> None:
    state.put(state.SCORE_REPORT, report)


def _say_cancelled() -> None:
    """A run that was done before it noticed is shown; any other has left nothing."""
    if state.get(state.SCORE_REPORT) is None:
        state.put(state.NOTICE, _("Computing was cancelled; nothing was written."))


def _draw_outcome(bench: Workbench) -> None:
    report: Any = state.get(state.SCORE_REPORT)
    if not isinstance(report, ScoreReport):
        return
    told = {"score": plain(report.name), "day": day(report.scored_on)}
    if report.is_written:
        st.success(_("Kept as the run of {day} of the score {score}.").format(**told), icon=":material/check_circle:")
    else:
        st.info(_("A preview of the score {score} as of {day}; nothing is kept.").format(**told))
    score_report.draw(bench, report)
