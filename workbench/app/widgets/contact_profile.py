"""The profile of a contact: what it can be asked, what it answered, and what its figures answer."""

from __future__ import annotations

import itertools

import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, day
from workbench.bench import Workbench
from workbench.questionnaires.profile_results import OfferedQuestion


def draw(bench: Workbench, contact_no: str) -> None:
    """Draw the questions with their answers.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        The contact.
    """
    offer = bench.questionnaires.questions_for(contact_no)
    if offer.is_minor:
        st.info(_("No answers are taken for minors."), icon=":material/child_care:")
    if not len(offer):
        st.caption(_("No questionnaire asks this contact anything."))
        return
    for code, questions in itertools.groupby(offer, lambda question: question.questionnaire_code):
        asked = list(questions)
        st.markdown(f"**{plain(asked[0].questionnaire)}**")
        for question in asked:
            _question(bench, contact_no, question, closed=offer.is_minor)
        _updated(bench, contact_no, code)


def _question(bench: Workbench, contact_no: str, question: OfferedQuestion, *, closed: bool) -> None:
    texts = {choice.line_no: choice.answer for choice in question.choices}
    given = [choice.line_no for choice in question.choices if choice.is_given]
    key = f"contact_answer:{contact_no}:{question.questionnaire_code}:{question.line_no}:{given}"

    def answer() -> None:
        chosen = clicks.value(key)
        now = chosen if question.has_multiple_answers else [chosen] if chosen is not None else []
        clicks.attempt(lambda: _set(bench, contact_no, question.questionnaire_code, given, list(now or [])))

    st.pills(
        plain(question.question), list(texts), key=key, disabled=closed or question.is_auto, on_change=answer,
        selection_mode="multi" if question.has_multiple_answers else "single",
        default=given if question.has_multiple_answers else next(iter(given), None),
        format_func=lambda line_no: plain(texts[line_no]),
        help=_("Answered by figures or points when the questionnaire is run.") if question.is_auto else None,
    )  # fmt: skip


def _set(bench: Workbench, contact_no: str, code: str, before: list[int], now: list[int]) -> None:
    """Take away what is not meant any more before giving what is: a question may allow one answer only."""
    with bench.database.writing():
        for line_no in [line_no for line_no in before if line_no not in now]:
            bench.questionnaires.unanswer(contact_no, code, line_no, state.as_of())
        for line_no in [line_no for line_no in now if line_no not in before]:
            bench.questionnaires.answer(contact_no, code, line_no, state.as_of())


def _updated(bench: Workbench, contact_no: str, code: str) -> None:
    """Say when the contact last answered."""
    days = [one.updated_on for one in bench.questionnaires.answers(contact_no) if one.questionnaire_code == code]
    known = [on for on in days if on is not None]
    if known:
        st.caption(_("Last answered on {day}").format(day=day(max(known))))
