"""What ends a task, or opens it again: completing with what that records, canceling, deleting."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state, task_session
from workbench.app.language import _, number
from workbench.app.widgets import task_fields
from workbench.bench import Workbench
from workbench.tasks import Task, TaskReceipt

_BY, _RECORD, _TEMPLATE, _STOP = "task_done:by", "task_done:record", "task_done:template", "task_done:stop"


def draw(bench: Workbench, task: Task) -> None:
    """Draw the buttons.

    Parameters
    ----------
    bench : Workbench
        On the store.
    task : Task
        Which task.
    """
    is_attendee = task.is_copy and (task.is_meeting or task.role != "organizer")
    if is_attendee:
        return
    with st.container(horizontal=True):
        if task.is_closed:
            _draw_reopening(bench, task)
        else:
            with st.popover(_("Complete"), icon=":material/check:"):
                _draw_completing(bench, task)
        if not task.is_copy:
            _draw_ending(bench, task)


def _draw_reopening(bench: Workbench, task: Task) -> None:
    st.button(
        _("Reopen"), key="task_reopen", icon=":material/undo:",
        on_click=clicks.doing(lambda: bench.tasks.reopen(task.task_no), _said),
    )  # fmt: skip


def _draw_completing(bench: Workbench, task: Task) -> None:
    if task.team_code and not task.is_copy:
        task_fields.choose_code(st.container(), bench, "salesperson", _("Completed by"), _BY)
    records = st.checkbox(_("Record an interaction for each contact"), value=task.type is not None, key=_RECORD)
    if records:
        templates = [None, *bench.templates.list().rows["interaction_template_code"]]
        st.selectbox(
            _("Interaction template"), templates, key=_TEMPLATE, format_func=lambda code: code or _("that of the task"),
            help=_("Without one, that of the task counts, else that of setup for calls or meetings."),
        )  # fmt: skip

    def complete() -> None:
        done = clicks.attempt(
            lambda: bench.tasks.complete(
                task.task_no, state.as_of(), completed_by=clicks.value(_BY), records=bool(clicks.value(_RECORD)),
                interaction_template_code=clicks.value(_TEMPLATE),
            ),
            _said,
        )  # fmt: skip
        if done is not None:
            clicks.forget_fields("task_done:")
            clicks.forget_fields(state.TASK_FIELD)

    st.button(_("Complete it"), key="task_complete", type="primary", on_click=complete)


def _draw_ending(bench: Workbench, task: Task) -> None:
    if not task.is_closed:
        with st.popover(_("Cancel"), icon=":material/block:"):
            if task.recurring_formula:
                st.checkbox(_("No other task follows"), key=_STOP)

            def cancel() -> None:
                stops = bool(clicks.value(_STOP))
                clicks.attempt(lambda: bench.tasks.cancel(task.task_no, state.as_of(), stops_recurring=stops), _said)

            st.button(_("Cancel it"), key="task_cancel", on_click=cancel)
    with st.popover(_("Delete"), icon=":material/delete:"):
        st.caption(_("Copies and comments go with it; interactions stay."))

        def delete() -> None:
            gone = clicks.attempt(
                lambda: bench.tasks.delete(task.task_no),
                lambda gone: _("Deleted {number}").format(number=gone.task_nos[0]),
            )
            if gone is not None:
                task_session.open_task(None)

        st.button(_("Delete {number}").format(number=task.task_no), key="task_delete", on_click=delete)


def _said(receipt: TaskReceipt) -> str:
    """Say what became of a task."""
    said = {
        "completed": _("Completed {number}; interactions: {count}"), "canceled": _("Canceled {number}"),
        "reopened": _("Reopened {number}"),
    }  # fmt: skip
    text = said[receipt.action].format(number=receipt.task_no, count=number(receipt.interaction_count))
    if receipt.next_task_no:
        text += " · " + _("next: {number}").format(number=receipt.next_task_no)
    return text
