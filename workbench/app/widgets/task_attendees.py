"""Who attends a meeting, and who of a team has a copy of a task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.app import clicks, labels, state, task_session
from workbench.app.failures import plain
from workbench.app.language import _
from workbench.app.widgets import contact_chooser, grids, task_fields
from workbench.bench import Workbench
from workbench.tasks import TaskCard

_WHO = "task_attendee:"
_ANSWERS = ("none", "accepted", "declined", "tentative")


def draw(bench: Workbench, card: TaskCard) -> None:
    """Draw the attendees.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : TaskCard
        Of which task.
    """
    if card.attendees.empty:
        st.caption(_("Nobody else has this task."))
    else:
        _draw_grid(card)
    if card.task.is_meeting and not card.task.is_copy:
        _draw_adding(bench, card.task.task_no)
        for one in card.attendees.itertuples(index=False):
            if one.attendance != "organizer":
                _draw_one(bench, card.task.task_no, one)


def _draw_grid(card: TaskCard) -> None:
    people = card.attendees

    def chosen(at: int) -> None:
        task_session.open_task(str(people.iloc[at]["task_no"]))

    heads = {
        "no": _("Number"), "name": _("Name"), "email": _("E-mail"), "attendance": _("Attendance"),
        "invitation_status": _("Answer"), "is_closed": _("Closed"), "task_no": _("Copy"),
    }  # fmt: skip
    if not card.task.is_meeting:
        heads = {name: text for name, text in heads.items() if name not in ("attendance", "invitation_status")}
    words: dict[str, Callable[[Any], str]] = {
        name: labels.choice for name in ("attendance", "invitation_status") if name in heads
    }
    grids.draw(people, heads, key="task_attendee_grid", on_select=chosen, height="content", formats=words)


def _draw_adding(bench: Workbench, task_no: str) -> None:
    left, middle, right, last = st.columns([3, 3, 2, 2], vertical_alignment="bottom")
    with left:
        contact_chooser.choose(bench, _("Contact"), f"{_WHO}contact")
    task_fields.choose_code(middle, bench, "salesperson", _("Or salesperson"), f"{_WHO}salesperson")
    right.checkbox(_("Optional"), key=f"{_WHO}optional")

    def add() -> None:
        done = clicks.attempt(
            lambda: bench.tasks.attend(
                task_no, state.as_of(), contact_no=clicks.value(f"{_WHO}contact"),
                salesperson_code=clicks.value(f"{_WHO}salesperson"),
                is_optional=bool(clicks.value(f"{_WHO}optional")),
            )
        )  # fmt: skip
        if done is not None:
            clicks.forget_fields(_WHO)

    last.button(_("Add attendee"), key="task_attend", type="primary", on_click=add, width="stretch")


def _draw_one(bench: Workbench, task_no: str, one: Any) -> None:
    """Draw the answer of an attendee, and the button that takes them away."""
    key = f"{_WHO}{one.type}:{one.no}"
    who: dict[str, Any] = {"contact_no" if one.type == "contact" else "salesperson_code": str(one.no)}

    def answer() -> None:
        clicks.attempt(
            lambda: bench.tasks.attend(task_no, state.as_of(), answer=str(clicks.value(f"{key}:answer")), **who)
        )

    name, said, gone = st.columns([5, 3, 1], vertical_alignment="center")
    name.markdown(plain(f"{one.no} · {one.name}" if isinstance(one.name, str) else str(one.no)))
    said.selectbox(
        _("Answer"), _ANSWERS, _ANSWERS.index(str(one.invitation_status)), key=f"{key}:answer",
        label_visibility="collapsed", format_func=labels.choice, on_change=answer,
    )  # fmt: skip
    gone.button(
        "", key=f"{key}:leave", icon=":material/person_remove:", type="tertiary", help=_("Take from the meeting"),
        on_click=clicks.doing(lambda: bench.tasks.leave(task_no, **who)),
    )  # fmt: skip
