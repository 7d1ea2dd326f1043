"""The scores of a store: which there are, their runs, and a form to load one more."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from workbench.app import cached, failures, labels, state, uploads
from workbench.app.language import _, date_input_format, day, ngettext, number
from workbench.app.widgets import grids, load_outcome
from workbench.bench import Workbench
from workbench.scores import ScoreReceipt

_ENDINGS = ["csv", "tsv", "txt", "xlsx", "parquet"]
_RECEIPT = "score_receipt"
_CHOSEN = "score_chosen"
_RUN = "score_run"


def draw(bench: Workbench) -> None:
    """Draw the scores, the runs of one of them, and the form.

    Parameters
    ----------
    bench : Workbench
        Whose scores.
    """
    st.caption(
        _("What was computed of contacts on a day: groups, probabilities, expected values. "
          "In segments, the latest run on or before the day of evaluation counts.")
    )  # fmt: skip
    scores = cached.by_revision(bench, bench.scores.list, "scores")
    if len(scores):
        heads = {"score": _("Score"), "fields": _("Fields"), "run_count": _("Runs"), "latest": _("Latest run"),
                 "contacts": _("Contacts")}  # fmt: skip
        fields = [", ".join(f"{name} ({labels.type_name(type_)})" for name, type_ in one.fields.items())
                  for one in scores]  # fmt: skip
        grids.draw(_with_days(scores.frame().assign(fields=fields), "latest"), heads, height="content")
        _runs(bench, [score.name for score in scores])
    else:
        st.caption(_("None yet."))
    _form(bench)


def _runs(bench: Workbench, names: list[str]) -> None:
    name = st.selectbox(_("Runs of the score"), names, key=_CHOSEN)
    runs = cached.by_revision(bench, lambda: bench.scores.runs(name), "score runs", name)
    if not len(runs):
        st.caption(_("None yet."))
        return
    heads = {"scored_on": _("Computed on"), "row_count": _("Contacts"), "source": _("File"), "loaded_at": _("When")}
    frame = _with_days(runs.frame(), "scored_on")
    grids.draw(frame.assign(loaded_at=frame["loaded_at"].dt.tz_localize("UTC")), heads, height="content")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    run = left.selectbox(_("Run"), [run.scored_on for run in runs], format_func=day, key=_RUN)
    right.button(_("Delete the run"), on_click=_delete, args=(bench, name, run), icon=":material/delete:")


def _delete(bench: Workbench, name: str, run: dt.date) -> None:
    with failures.shown():
        bench.scores.delete(name, run)
        state.put(state.NOTICE, _("The run of {day} of {score} was deleted.").format(day=day(run), score=name))


def _form(bench: Workbench) -> None:
    st.subheader(_("Load a run"))
    _receipt(state.get(_RECEIPT))
    with st.form("load_score", border=True):
        left, right = st.columns(2)
        name = left.text_input(
            _("Score"), key="score_name", placeholder="rfm", help=_("Lower-case letters, digits and _")
        )
        scored_on = right.date_input(
            _("Computed on"), value=None, key="score_on", format=date_input_format(),
            help=_("Leave it empty where a column scored_on of the file says it."),
        )  # fmt: skip
        file = st.file_uploader(
            _("File (CSV, XLSX or Parquet)"), _ENDINGS, key="score_file",
            help=_("A column contact_no, and a column for each field of the score."),
        )  # fmt: skip
        if not st.form_submit_button(_("Load the run"), type="primary"):
            return
        if file is None:
            st.error(_("Choose a file first."))
            return
        with failures.shown():
            upload = uploads.kept(file)
            state.put(_RECEIPT, bench.scores.load(name.strip(), upload.path, scored_on))
            st.rerun()


def _receipt(receipt: ScoreReceipt | None) -> None:
    if receipt is None:
        return
    if receipt.runs:
        days = ", ".join(map(day, receipt.runs))
        text = _("{source} was loaded into the score {score}: {days}.")
        text = text.format(source=failures.plain(receipt.source), score=receipt.score, days=days)
        replaced = ngettext(
            "{count} row of an earlier run was replaced.", "{count} rows of earlier runs were replaced.",
            receipt.replaced,
        ).format(count=number(receipt.replaced))  # fmt: skip
        st.success(f"{text}\n\n{replaced}" if receipt.replaced else text, icon=":material/check_circle:")
    else:
        st.warning(_("Every row was rejected, so nothing was loaded."))
    load_outcome.draw_counts(receipt)
    load_outcome.draw_problems(receipt)


def _with_days(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Let a column of dates be shown as the visitor writes days."""
    return frame.assign(**{name: pd.to_datetime(frame[name])})
