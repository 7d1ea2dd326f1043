"""The form for a question or an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pipelines.classification import METHODS, SORTING
from pipelines.profile_tables import (
    ANSWER_PRIORITIES,
    CONTACT_CLASS_FIELDS,
    CUSTOMER_CLASS_FIELDS,
    VENDOR_CLASS_FIELDS,
)
from workbench.app import clicks, labels, questionnaire_session, state
from workbench.app.language import _
from workbench.app.questionnaire_session import key, value
from workbench.app.widgets.questionnaire_lines import opened
from workbench.bench import Workbench
from workbench.questionnaires import ChangeReceipt, Line, Questionnaire

_CLASS_FIELDS = {
    "customer_class_field": CUSTOMER_CLASS_FIELDS,
    "vendor_class_field": VENDOR_CLASS_FIELDS,
    "contact_class_field": CONTACT_CLASS_FIELDS,
}
_RATING = ("contact_class_field", "rating")
_FIGURES = [None, *((field, figure) for field, figures in _CLASS_FIELDS.items() for figure in figures)]
_FORMULAS = ("starting_date_formula", "ending_date_formula")
_OF_QUESTIONS = (
    "description", "has_multiple_answers", "is_auto_classified", *_FORMULAS, "classification_method",
    "sorting_method", "decimal_count", "min_answered_rate",
)  # fmt: skip
_OF_ANSWERS = ("description", "from_value", "to_value", "priority")
Figure = tuple[str, str] | None


def draw(bench: Workbench, code: str) -> None:
    """Draw the form for the selected line, or for a new one.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.
    """
    one = opened(bench, code)
    line = _selected(one)
    with st.container(border=True):
        if line is None:
            st.markdown("**" + _("New line") + "**")
            line = _new(one)
        else:
            st.markdown("**" + _("Line {number}").format(number=line.line_no) + "**")
        (_question if line.is_question else _answer)(line)
        _buttons(bench, one, line)


def _selected(one: Questionnaire) -> Line | None:
    chosen = state.get(state.QUESTIONNAIRE_LINE)
    return next((line for line in one.lines if line.line_no == chosen), None)


def _new(one: Questionnaire) -> Line:
    """Ask what the new line is; it follows the last one, or the line that is named."""
    left, right = st.columns(2)
    kinds = ["question", "answer"] if one.lines else ["question"]
    kind = left.segmented_control(
        _("Type"), kinds, default=kinds[-1], required=True, key=key("type"), format_func=_kind,
    )  # fmt: skip
    after = {line.line_no: line.text for line in one.lines}
    right.selectbox(
        _("After the line"), list(after), index=len(after) - 1 if after else None, key=key("after"),
        format_func=lambda line_no: f"{line_no} · {after[line_no]}", disabled=not after,
    )  # fmt: skip
    return Line(0, str(kind or kinds[-1]))


def _kind(kind: str) -> str:
    return _("Question") if kind == "question" else _("Answer")


def _question(line: Line) -> None:
    _text(_("Question"), "description", line)
    left, right = st.columns(2)
    _flag(left, _("Several answers can be given"), "has_multiple_answers", line)
    _flag(right, _("Answered automatically"), "is_auto_classified", line)
    if _value(line, "is_auto_classified"):
        _automatic(line)


def _automatic(line: Line) -> None:
    first, second, third = st.columns(3)
    state.start(_key(line, "figure"), _figure(line))
    chosen: Figure = first.selectbox(_("Figure"), _FIGURES, key=_key(line, "figure"), format_func=_figure_name)
    if chosen == _RATING:
        help_ = _("Share of the rated questions that a contact must have answered, 0 to 1")
        _number(second, _("Least share answered"), "min_answered_rate", line, help=help_, min_value=0.0, max_value=1.0)
        _decimals(third, line)
        return
    _choice(second, _("Compared as"), "classification_method", [None, *METHODS], line)
    if _value(line, "classification_method") not in (None, METHODS[0]):
        _choice(third, _("Sorting"), "sorting_method", [None, *SORTING], line)
    *places, last = st.columns(3)
    help_ = _("A date formula from the day of the run, such as -1Y, -CM or t")
    for place, name, label in zip(places, _FORMULAS, (_("First day"), _("Last day")), strict=True):
        _text(label, name, line, place, help=help_)
    _decimals(last, line)


def _decimals(place: Any, line: Line) -> None:
    _number(place, _("Decimals"), "decimal_count", line, step=1.0, min_value=-25.0, max_value=25.0)


def _answer(line: Line) -> None:
    _text(_("Answer"), "description", line)
    columns = st.columns(3)
    help_ = _("Of automatic questions; blank or 0 is no bound, and without any bound nobody gets the answer")
    _number(columns[0], _("From"), "from_value", line, help=help_)
    _number(columns[1], _("To"), "to_value", line, help=help_)
    _choice(columns[2], _("Priority"), "priority", list(ANSWER_PRIORITIES), line, default="normal")


def _buttons(bench: Workbench, one: Questionnaire, line: Line) -> None:
    code, is_new = one.questionnaire_code, line.line_no == 0

    def save() -> None:
        given = _given(line)
        if is_new:
            after = value("after") if one.lines else None
            work = lambda: bench.questionnaires.save_line(code, after=after, type=line.type, **given)  # noqa: E731
        else:
            work = lambda: bench.questionnaires.save_line(code, line.line_no, **given)  # noqa: E731
        if clicks.attempt(work, _saved) is not None:
            questionnaire_session.forget_fields()

    def delete() -> None:
        done = clicks.attempt(
            lambda: bench.questionnaires.delete_line(code, line.line_no),
            lambda gone: _("Deleted line {number}").format(number=gone.line_no),
        )
        if done is not None:
            _leave()

    buttons = st.container(horizontal=True)
    buttons.button(_("Save line"), key="questionnaire_save_line", type="primary", on_click=save)
    if not is_new:
        buttons.button(_("Delete line"), key="questionnaire_delete_line", on_click=delete)
        buttons.button(_("New line"), key="questionnaire_new_line", on_click=_leave, icon=":material/add:")


def _leave() -> None:
    state.forget(state.QUESTIONNAIRE_LINE)
    questionnaire_session.forget_fields()


def _saved(receipt: ChangeReceipt) -> str:
    return _("Saved line {number}").format(number=receipt.line_no)


def _given(line: Line) -> dict[str, Any]:
    """Give the fields that differ from what is stored; the figure stands for the three of which it is one."""
    names = _OF_QUESTIONS if line.is_question else _OF_ANSWERS
    drawn = {name: _value(line, name) for name in names if _key(line, name) in st.session_state}
    given = {name: new for name, new in drawn.items() if (new or None) != (getattr(line, name) or None)}
    if line.is_question:
        given |= _changed_figure(line)
    return given


def _changed_figure(line: Line) -> Mapping[str, Any]:
    before: Figure = _figure(line)
    chosen: Figure = _value(line, "figure") if _value(line, "is_auto_classified") else None
    if chosen == before:
        return {}
    if chosen is not None:
        return {chosen[0]: chosen[1]}
    return {before[0]: None} if before is not None else {}


def _figure(line: Line) -> Figure:
    return next(((name, figure) for name in _CLASS_FIELDS if (figure := getattr(line, name))), None)


def _figure_name(figure: Figure) -> str:
    if figure is None:
        return "–"
    of = {"customer_class_field": _("Customers"), "vendor_class_field": _("Vendors"),
          "contact_class_field": _("Contacts")}[figure[0]]  # fmt: skip
    return f"{of}: {labels.choice(figure[1])}"


def _key(line: Line, name: str) -> str:
    return key(f"{line.line_no}:{name}")


def _value(line: Line, name: str) -> Any:
    return value(f"{line.line_no}:{name}")


def _text(label: str, name: str, line: Line, place: Any = st, **more: Any) -> None:
    state.start(_key(line, name), getattr(line, name) or "")
    place.text_input(label, key=_key(line, name), **more)


def _flag(place: Any, label: str, name: str, line: Line) -> None:
    state.start(_key(line, name), getattr(line, name))
    place.checkbox(label, key=_key(line, name))


def _number(place: Any, label: str, name: str, line: Line, **more: Any) -> None:
    state.start(_key(line, name), getattr(line, name))
    place.number_input(label, key=_key(line, name), format="%g", **more)


def _choice(place: Any, label: str, name: str, options: list[Any], line: Line, default: str | None = None) -> None:
    state.start(_key(line, name), getattr(line, name) or default)
    place.selectbox(
        label, options, key=_key(line, name), format_func=lambda one: labels.capital(labels.choice(one)) if one else "–"
    )
