"""The points that answers give towards the ratings of a questionnaire."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import cached, clicks
from workbench.app.language import _
from workbench.app.questionnaire_session import key, value
from workbench.app.widgets import grids
from workbench.app.widgets.questionnaire_lines import opened
from workbench.bench import Workbench
from workbench.questionnaires import Line, Questionnaire

Place = tuple[str, int]


def draw(bench: Workbench, code: str) -> None:
    """Draw the points, and a form to give and take them.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.
    """
    one = opened(bench, code)
    ratings = [question for question in one.questions if question.is_rating]
    if not ratings:
        st.caption(_("A question whose figure is the rating adds up points of other answers. There is none yet."))
        return
    names = {question.line_no: question.text for question in ratings}
    line_no = st.selectbox(_("Rating"), list(names), key=key("rating"), format_func=names.__getitem__)
    question = one.line(line_no)
    answers = _answers(bench)
    _draw_points(one, question, answers)
    _form(bench, one, question, answers)


def _answers(bench: Workbench) -> dict[Place, tuple[str, str]]:
    """All answers of the store, with the texts of their questions and their own."""
    known = cached.by_revision(bench, bench.questionnaires.list, "questionnaires")
    return {
        (one.questionnaire_code, line.line_no): (question.text if question else "", line.text)
        for one in known
        for line in one.lines
        if not line.is_question
        for question in [one.question_of(line)]
    }


def _draw_points(one: Questionnaire, question: Line, answers: dict[Place, tuple[str, str]]) -> None:
    rows = [
        (rating.rated_questionnaire_code, *answers[place], rating.points)
        for rating in one.ratings
        if rating.line_no == question.line_no
        for place in [(rating.rated_questionnaire_code, rating.rated_line_no)]
        if place in answers
    ]
    if not rows:
        st.caption(_("No answer gives points yet."))
        return
    frame = pd.DataFrame(rows, columns=["code", "question", "answer", "points"])
    heads = {"code": _("Questionnaire"), "question": _("Question"), "answer": _("Answer"), "points": _("Points")}
    grids.draw(frame, heads, height="content")


def _form(bench: Workbench, one: Questionnaire, question: Line, answers: dict[Place, tuple[str, str]]) -> None:
    code, line_no = one.questionnaire_code, question.line_no
    left, right = st.columns([4, 1])
    left.selectbox(
        _("Answer"), list(answers), key=key("rated"),
        format_func=lambda place: f"{place[0]} · {' · '.join(answers[place])}",
    )  # fmt: skip
    right.number_input(_("Points"), value=1, step=1, key=key("points"))

    def save() -> None:
        rated: Place = value("rated")
        clicks.attempt(
            lambda: bench.questionnaires.save_rating(code, line_no, *rated, value("points")),
            lambda _made: _("Saved the points"),
        )

    def delete() -> None:
        rated: Place = value("rated")
        clicks.attempt(
            lambda: bench.questionnaires.delete_rating(code, line_no, *rated), lambda _gone: _("Took the points away")
        )

    buttons = st.container(horizontal=True)
    buttons.button(_("Save points"), key="questionnaire_save_points", type="primary", on_click=save)
    buttons.button(_("Take points away"), key="questionnaire_delete_points", on_click=delete)
    st.caption(_("Contacts are rated anew with the next run, and with each answer given by hand."))
