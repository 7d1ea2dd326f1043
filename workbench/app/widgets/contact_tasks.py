"""What is to be done about a contact, and the way to a new task for it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.app import clicks, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, date_input_format, day, number
from workbench.app.widgets import task_fields
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.tasks import CreationReceipt

_NEW = "contact_task:"
_MOST = 30


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the tasks; of a company, those of its people as well.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    with st.popover(_("New task"), icon=":material/add:"):
        _draw_new(bench, card.contact_no)
    closed = st.checkbox(_("Closed ones as well"), key=f"{_NEW}closed")
    asked = "all" if closed else "open"
    listed = bench.tasks.list(state.as_of(), state=asked, contact_no=card.contact_no, rows=_MOST)
    st.caption(
        _("Tasks: {count}, overdue: {overdue}").format(count=number(listed.total), overdue=number(listed.overdue_count))
    )
    for task in listed.tasks.fillna("").itertuples(index=False):
        _draw_task(task)


def _draw_task(task: Any) -> None:
    said = [
        day(task.dated_on) if task.dated_on else "", task_fields.kind(task.type), labels.choice(task.status),
        task.team_code or task.salesperson_code,
    ]  # fmt: skip
    what, link = st.columns([5, 1], vertical_alignment="center")
    what.markdown(f"**{plain(task.description)}**  \n{plain(' · '.join(part for part in said if part))}")
    link.page_link(
        state.pages()["tasks"], label=task.task_no, icon=":material/task_alt:", query_params={"task": task.task_no}
    )


def _draw_new(bench: Workbench, contact_no: str) -> None:
    st.text_input(_("Description"), key=f"{_NEW}description", max_chars=100)
    left, right = st.columns(2)
    task_fields.choose_type(left, f"{_NEW}type")
    right.date_input(_("Day"), value=None, key=f"{_NEW}dated_on", format=date_input_format())
    task_fields.choose_code(left, bench, "salesperson", _("Salesperson"), f"{_NEW}salesperson_code")
    task_fields.choose_code(right, bench, "team", _("Team"), f"{_NEW}team_code")

    def create() -> None:
        names = ("description", "type", "dated_on", "salesperson_code", "team_code")
        fields = {name: clicks.value(f"{_NEW}{name}") for name in names if clicks.value(f"{_NEW}{name}")}
        is_meeting = fields.get("type") == "meeting"
        whom: dict[str, Any] = {"attendees": [contact_no]} if is_meeting else {"contact_no": contact_no}
        made = clicks.attempt(lambda: bench.tasks.create(state.as_of(), **fields, **whom), _said)
        if made is not None:
            clicks.forget_fields(_NEW)

    st.button(_("Create"), key="contact_task_create", type="primary", on_click=create)


def _said(receipt: CreationReceipt) -> str:
    return _("Created {number}").format(number=receipt.task_no)
