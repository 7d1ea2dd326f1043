"""One task: its fields, what can be done with it, its comments, and what was recorded of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, failures, labels, state, task_session
from workbench.app.failures import plain
from workbench.app.language import _, day
from workbench.app.widgets import grids, task_attendees, task_closing, task_fields
from workbench.bench import Workbench
from workbench.tasks import Task, TaskCard

_COMMENT = "task_comment"


def draw(bench: Workbench, task_no: str) -> None:
    """Draw the card.

    Parameters
    ----------
    bench : Workbench
        On the store.
    task_no : str
        Which task.
    """
    card = bench.tasks.get(task_no)
    _draw_head(card.task)
    task_closing.draw(bench, card.task)
    panels: dict[str, Callable[[], None]] = {
        _("Task"): lambda: _draw_fields(bench, card.task),
        _("Attendees and copies"): lambda: task_attendees.draw(bench, card),
        _("Comments"): lambda: _draw_comments(bench, card),
        _("Recorded"): lambda: _draw_interactions(card),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.TASK_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()


def _draw_head(task: Task) -> None:
    st.button(
        _("All tasks"), key="task_back", icon=":material/arrow_back:", type="tertiary",
        on_click=task_session.open_task, args=(None,),
    )  # fmt: skip
    st.title(plain(f"{task.task_no} · {task.description}" if task.description else task.task_no))
    said = [task_fields.kind(task.type), day(task.dated_on), labels.capital(labels.choice(task.status))]
    said.append(_("canceled") if task.is_canceled else "")
    said.append(_("closed on {day}").format(day=day(task.closed_on)) if task.closed_on else "")
    st.caption(plain(" · ".join(part for part in said if part)))


def _draw_fields(bench: Workbench, task: Task) -> None:
    if task.organizer_task_no is not None:
        st.info(_("A copy, which follows its task."), icon=":material/content_copy:")
        st.button(
            _("Open {number}").format(number=task.organizer_task_no), key="task_original",
            on_click=task_session.open_task, args=(task.organizer_task_no,),
        )  # fmt: skip
        return
    task_fields.draw(bench, state.TASK_FIELD, task)

    def save() -> None:
        done = clicks.attempt(
            lambda: bench.tasks.change(task.task_no, state.as_of(), **_changed(task)),
            lambda done: _("Saved {number}").format(number=done.task_no),
        )
        if done is not None:
            clicks.forget_fields(state.TASK_FIELD)

    st.button(_("Save"), key="task_save", type="primary", on_click=save)


def _changed(task: Task) -> dict[str, Any]:
    """Give the fields that say another thing than what is stored."""
    given = {name: value if value != "" else None for name, value in task_fields.values(state.TASK_FIELD).items()}
    return {name: value for name, value in given.items() if value != getattr(task, name)}


def _draw_comments(bench: Workbench, card: TaskCard) -> None:
    task_no = card.task.task_no
    with st.form("task_comment_form", border=False, clear_on_submit=True):
        st.text_area(_("New comment"), key=_COMMENT, height=80)

        def add() -> None:
            text = str(clicks.value(_COMMENT) or "")
            clicks.attempt(lambda: bench.tasks.comment(task_no, text, state.as_of()))

        st.form_submit_button(_("Add comment"), key="task_comment_add", type="primary", on_click=add)
    for comment in card.comments.itertuples(index=False):
        _draw_comment(bench, task_no, comment)


def _draw_comment(bench: Workbench, task_no: str, comment: Any) -> None:
    line_no = int(comment.line_no)
    said, gone = st.columns([12, 1], vertical_alignment="top")
    with said:
        st.caption(_("No day") if pd.isna(comment.commented_on) else day(comment.commented_on))
        st.markdown(plain(str(comment.comment)).replace("\n", "  \n"))
    gone.button(
        "", key=f"task_comment_delete:{line_no}", icon=":material/delete:", type="tertiary",
        help=_("Delete this comment"),
        on_click=clicks.doing(lambda: bench.tasks.delete_comment(task_no, line_no)),
    )  # fmt: skip


def _draw_interactions(card: TaskCard) -> None:
    if card.interactions.empty:
        st.caption(_("Nothing was recorded yet. Completing a call or a meeting records it for its contacts."))
        return
    heads = {
        "contact_no": _("Contact"), "occurred_at": _("When"), "interaction_template_code": _("Template"),
        "description": _("Description"),
    }  # fmt: skip
    grids.draw(card.interactions, heads)
