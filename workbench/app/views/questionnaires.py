"""The page Questionnaires: what contacts are asked, and what figures answer for them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, clicks, failures, questionnaire_session, state
from workbench.app.language import _
from workbench.app.widgets import (
    questionnaire_line,
    questionnaire_lines,
    questionnaire_list,
    questionnaire_ratings,
    questionnaire_run,
    questionnaire_test,
)
from workbench.bench import Workbench


def page() -> None:
    """Draw the page; an address with ``?questionnaire=CODE`` opens that questionnaire."""
    bench = cached.bench()
    _follow_link()
    st.title(_("Questionnaires"))
    clicks.show_failure()
    with failures.shown():
        questionnaire_list.draw(bench)
        code = questionnaire_session.code()
        if code is None:
            st.info(
                _("Make a questionnaire, or load one on the page Data: questionnaire, then questionnaire_line."),
                icon=":material/quiz:",
            )
            return
        _draw(bench, code)


def _draw(bench: Workbench, code: str) -> None:
    questionnaire_lines.draw_figures(bench, code)
    panels: dict[str, Callable[[], None]] = {
        _("Questions and answers"): lambda: _draw_lines(bench, code),
        _("Ratings"): lambda: questionnaire_ratings.draw(bench, code),
        _("Run"): lambda: questionnaire_run.draw(bench, code),
        _("Test and handout"): lambda: questionnaire_test.draw(bench, code),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.QUESTIONNAIRE_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()


def _draw_lines(bench: Workbench, code: str) -> None:
    questionnaire_lines.draw(bench, code)
    questionnaire_line.draw(bench, code)


def _follow_link() -> None:
    """Keep the address and the open questionnaire the same, so that the address can be passed on."""
    asked = st.query_params.get(questionnaire_session.ADDRESS)
    if asked and questionnaire_session.code() is None:
        questionnaire_session.open_questionnaire(asked)
    opened = questionnaire_session.code()
    if opened:
        st.query_params[questionnaire_session.ADDRESS] = opened
    else:
        st.query_params.pop(questionnaire_session.ADDRESS, None)
