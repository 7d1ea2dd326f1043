"""A form to load a run of a score that was computed elsewhere."""

from __future__ import annotations

import streamlit as st

from workbench.app import failures, state, uploads
from workbench.app.language import _, date_input_format, day, ngettext, number
from workbench.app.widgets import load_outcome
from workbench.bench import Workbench
from workbench.scores import ScoreReceipt

_ENDINGS = ["csv", "tsv", "txt", "xlsx", "parquet"]
_RECEIPT = "score_receipt"


def draw(bench: Workbench) -> None:
    """Draw the form, and what the last load did.

    Parameters
    ----------
    bench : Workbench
        Where to.
    """
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
