"""The questions and answers of a questionnaire as a table, with how many contacts have each answer."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import cached, labels, questionnaire_session, state
from workbench.app.language import _, number
from workbench.app.widgets import grids, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.questionnaires import Line, Questionnaire


def opened(bench: Workbench, code: str) -> Questionnaire:
    """Give the open questionnaire.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.

    Returns
    -------
    Questionnaire
        With its lines; read once for each revision of the store.
    """
    return cached.by_revision(bench, lambda: bench.questionnaires.get(code), "questionnaire", code)


def draw_figures(bench: Workbench, code: str) -> None:
    """Draw how large the questionnaire is.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.
    """
    one = opened(bench, code)
    automatic = sum(question.is_auto_classified for question in one.questions)
    who = {None: _("for companies and people"), "companies": _("for companies"), "people": _("for people")}
    relation = one.business_relation_code
    tiles.draw(
        [
            Tile(
                _("Questions"), number(len(one.questions)),
                _("answered automatically: {count}").format(count=number(automatic)),
            ),
            Tile(_("Answers"), number(len(one.lines) - len(one.questions)), _("to choose from")),
            Tile(
                _("Contacts"), number(one.contact_count),
                f"{who[one.contact_type]}, {relation}" if relation else who[one.contact_type],
            ),
        ]
    )  # fmt: skip


def draw(bench: Workbench, code: str) -> None:
    """Draw the table; a line that is selected is opened for change.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.
    """
    one = opened(bench, code)
    if not one.lines:
        st.caption(_("No questions yet."))
        return

    def choose(row: int) -> None:
        questionnaire_session.forget_fields()
        state.put(state.QUESTIONNAIRE_LINE, one.lines[row].line_no)

    heads = {
        "line": _("Line"), "text": _("Question or answer"), "how": _("Answered by"), "method": _("Compared as"),
        "range": _("Range"), "contact_count": _("Contacts"), "priority": _("Priority"),
    }  # fmt: skip
    frame = pd.DataFrame([_row(one, line) for line in one.lines])
    st.caption(_("Select a line to change it."))
    grids.draw(frame, heads, key=f"questionnaire_lines:{code}", on_select=choose, height="content")


def _row(one: Questionnaire, line: Line) -> dict[str, object]:
    if line.is_question:
        method = labels.choice(line.classification_method or "")
        return {"line": f"{line.line_no}", "text": line.text, "how": _how(line), "method": method, "range": "",
                "contact_count": None, "priority": ""}  # fmt: skip
    question = one.question_of(line)
    is_automatic = question is not None and question.is_auto_classified
    return {
        "line": f"{line.line_no}", "text": f"    {line.text}", "how": "", "method": "",
        "contact_count": line.contact_count,
        "range": _range(line) if is_automatic else "",
        "priority": labels.capital(labels.choice(line.priority or "normal")),
    }  # fmt: skip


def _how(question: Line) -> str:
    if not question.is_auto_classified:
        return _("hand, several answers") if question.has_multiple_answers else _("hand, one answer")
    return labels.choice(question.class_field or "")


def _range(line: Line) -> str:
    low, high = line.from_value or 0, line.to_value or 0
    if low and high:
        return _("{low} to {high}").format(low=_exact(low), high=_exact(high))
    if low:
        return _("from {low}").format(low=_exact(low))
    return _("up to {high}").format(high=_exact(high)) if high else _("never")


def _exact(bound: float) -> str:
    return number(bound) if bound == int(bound) else number(bound, 2)
