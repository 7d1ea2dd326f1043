"""What is missing in a questionnaire, and the questionnaire as it is handed out."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, failures
from workbench.app.language import _, core
from workbench.app.questionnaire_session import key
from workbench.app.widgets import grids
from workbench.bench import Workbench


def draw(bench: Workbench, code: str) -> None:
    """Draw both.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.
    """
    _warnings(bench, code)
    st.divider()
    _handout(bench, code)


def _warnings(bench: Workbench, code: str) -> None:
    result = cached.by_revision(bench, lambda: bench.questionnaires.test(code), "questionnaire test", code)
    if not result.warnings:
        st.success(_("Nothing is missing."), icon=":material/check_circle:")
        return
    frame = result.frame()
    frame = frame.assign(line=frame["line_no"].astype("str"), warning=[core(text) for text in frame["warning"]])
    heads = {"line": _("Line"), "description": _("Question or answer"), "warning": _("Warning")}
    grids.draw(frame, heads, height="content")


def _handout(bench: Workbench, code: str) -> None:
    with_classification = st.checkbox(_("Also questions that are answered automatically"), key=key("handout_all"))
    paper = bench.questionnaires.handout(code, with_classification=with_classification)
    st.markdown(f"#### {failures.plain(paper.description)}")
    if paper.lines.empty:
        st.caption(_("Nothing is asked by hand."))
        return
    said = {"multiple": _("several answers"), "one_only": _("one answer")}
    text = [
        f"\n**{failures.plain(str(row.text))}** ({said[str(row.number_of_answers)]})\n"
        if row.type == "question"
        else f"☐ {failures.plain(str(row.text))}  "
        for row in paper.lines.itertuples()
    ]
    st.markdown("\n".join(text))
