"""New tasks: one, those for a worksheet, those of an activity, seen before they are created; and canceled ones gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.app import clicks, labels, state, task_session
from workbench.app.language import _, core, date_input_format, number
from workbench.app.widgets import contact_chooser, grids, task_fields
from workbench.bench import Workbench
from workbench.tasks import CreationReceipt, TaskDeletion

_NEW, _ACTIVITY = "task_new:", "task_activity:"
_FOR = ("salesperson_code", "team_code", "contact_no", "campaign_no", "segment_no")


def draw(bench: Workbench) -> None:
    """Draw the buttons above the list.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    new, activity, gone = st.columns(3)
    with new.popover(_("New task"), icon=":material/add:", type="primary", width="stretch"):
        _draw_new(bench)
    with activity.popover(_("Assign an activity"), icon=":material/checklist:", width="stretch"):
        _draw_activity(bench)
    with gone.popover(_("Delete canceled tasks"), icon=":material/delete:", width="stretch"):
        _draw_deletion(bench)
    plan: CreationReceipt | None = state.get(state.TASK_PLAN)
    if plan is not None:
        _draw_plan(plan)


def _draw_new(bench: Workbench) -> None:
    task_fields.draw(bench, _NEW)
    st.text_area(_("Comment"), key=f"{_NEW}comment", height=68)

    def create(dry_run: bool) -> CreationReceipt:
        fields = {name: value for name, value in task_fields.values(_NEW).items() if value not in (None, "")}
        guests = [fields.pop("contact_no")] if fields.get("type") == "meeting" and "contact_no" in fields else []
        comments = [str(clicks.value(f"{_NEW}comment") or "")]
        return bench.tasks.create(state.as_of(), attendees=guests, comments=comments, dry_run=dry_run, **fields)

    _draw_buttons("task_create", create, _NEW)


def _draw_activity(bench: Workbench) -> None:
    known = task_fields.codes(bench, "activity")
    if not known:
        st.caption(_("No activity is set up yet."))
        return
    st.selectbox(
        _("Activity"), list(known), key=f"{_ACTIVITY}code",
        format_func=lambda code: f"{code} · {known[code]}" if known[code] else code,
    )  # fmt: skip
    left, right = st.columns(2)
    left.date_input(_("Counted from"), value=None, key=f"{_ACTIVITY}day", format=date_input_format())
    task_fields.choose_code(right, bench, "team", _("Team"), f"{_ACTIVITY}team_code")
    task_fields.choose_code(left, bench, "salesperson", _("Salesperson, or organizer"), f"{_ACTIVITY}salesperson_code")
    with right:
        contact_chooser.choose(bench, _("Contact"), f"{_ACTIVITY}contact_no")
    left.text_input(_("Campaign"), key=f"{_ACTIVITY}campaign_no")
    right.text_input(_("Worksheet"), key=f"{_ACTIVITY}segment_no")

    def assign(dry_run: bool) -> CreationReceipt:
        whom: dict[str, Any] = {name: clicks.value(f"{_ACTIVITY}{name}") for name in _FOR}
        return bench.tasks.assign_activity(
            str(clicks.value(f"{_ACTIVITY}code")), state.as_of(), dry_run=dry_run,
            starting_on=task_fields.day_or_none(clicks.value(f"{_ACTIVITY}day")),
            **{name: value for name, value in whom.items() if value},
        )  # fmt: skip

    _draw_buttons("task_assign", assign, _ACTIVITY)


def _draw_buttons(key: str, work: Callable[[bool], CreationReceipt], prefix: str) -> None:
    """Draw the preview and the button that writes, over the same work."""

    def preview() -> None:
        state.put(state.TASK_PLAN, clicks.attempt(lambda: work(True)))

    def create() -> None:
        state.forget(state.TASK_PLAN)
        made = clicks.attempt(lambda: work(False), _created)
        if made is None:
            return
        clicks.forget_fields(prefix)
        if len(made.tasks) == 1:
            task_session.open_task(made.task_no)
        else:
            state.put(state.TASK_PLAN, made)

    with st.container(horizontal=True):
        st.button(_("Preview"), key=f"{key}_preview", on_click=preview)
        st.button(_("Create"), key=key, type="primary", on_click=create)


def _created(receipt: CreationReceipt) -> str:
    text = _("Tasks created: {count}, with copies: {copies}")
    return text.format(count=number(len(receipt.tasks)), copies=number(receipt.copy_count))


def _draw_plan(plan: CreationReceipt) -> None:
    """Show which tasks were created, or would be."""
    with st.container(border=True):
        st.caption(_created(plan) if plan.is_written else _("A preview; nothing was written."))
        for note in plan.notes:
            st.caption(core(note))
        heads = {
            "dated_on": _("Day"), "type": _("Kind"), "description": _("Description"), "priority": _("Priority"),
            "contact_no": _("Contact"), "salesperson_code": _("Salesperson"), "team_code": _("Team"),
            "copy_count": _("Copies"),
        }  # fmt: skip
        words = {name: lambda value: labels.capital(labels.choice(value)) for name in ("type", "priority")}
        grids.draw(plan.tasks, heads, formats=words)
        st.button(_("Close"), key="task_plan_close", on_click=lambda: state.forget(state.TASK_PLAN))


def _draw_deletion(bench: Workbench) -> None:
    going = bench.tasks.delete(dry_run=True)
    text = _("Canceled tasks: {count}, with copies: {copies}, comments: {comments}. Interactions stay.")
    st.caption(_told(text, going))
    st.button(
        _("Delete them"), key="task_delete_canceled", disabled=not going.task_nos,
        on_click=clicks.doing(bench.tasks.delete, lambda gone: _told(_("Deleted tasks: {count}"), gone)),
    )  # fmt: skip


def _told(text: str, deletion: TaskDeletion) -> str:
    return text.format(
        count=number(len(deletion.task_nos)),
        copies=number(deletion.copy_count),
        comments=number(deletion.comment_count),
    )
