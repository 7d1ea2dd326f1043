"""The fields of a task, those of a new one and those of the card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.app import clicks, labels, state
from workbench.app.labels import N_
from workbench.app.language import _, date_input_format
from workbench.app.widgets import contact_chooser
from workbench.bench import Workbench
from workbench.tasks import Task

_TYPES = ("phone_call", "meeting")
_PRIORITIES = ("low", "normal", "high")
_STATUSES = ("not_started", "in_progress", "waiting", "postponed")
_RECURS_FROM = ("due_date", "closing_date")
_LABELS = {
    "description": N_("Description"), "type": N_("Kind"), "dated_on": N_("Day"), "start_time": N_("Time"),
    "duration_minutes": N_("Minutes"), "location": N_("Place"), "status": N_("Status"), "priority": N_("Priority"),
    "salesperson_code": N_("Salesperson"), "team_code": N_("Team"), "contact_no": N_("Contact"),
    "campaign_no": N_("Campaign"), "segment_no": N_("Worksheet"), "opportunity_no": N_("Opportunity"),
    "interaction_template_code": N_("Recorded as"), "recurring_formula": N_("Again after"),
    "recurs_from": N_("Counted from"),
}  # fmt: skip


def draw(bench: Workbench, prefix: str, task: Task | None = None) -> None:
    """Draw the fields.

    Parameters
    ----------
    bench : Workbench
        On the store.
    prefix : str
        What their keys begin with.
    task : Task, optional
        What they begin with; a new task where absent.
    """
    _begin(prefix, task)
    st.text_input(_(_LABELS["description"]), key=f"{prefix}description", max_chars=100)
    left, middle, right = st.columns(3)
    choose_type(left, f"{prefix}type", disabled=task is not None and task.is_meeting)
    middle.date_input(
        _(_LABELS["dated_on"]), value=None, key=f"{prefix}dated_on", format=date_input_format(),
        help=None if task else _("Without one, the task is due when setup says, else today."),
    )  # fmt: skip
    _choose(right, prefix, "priority", _PRIORITIES)
    is_meeting = clicks.value(f"{prefix}type") == "meeting"
    left.text_input(_(_LABELS["start_time"]), key=f"{prefix}start_time", placeholder="14:30", help=_meeting_hint())
    middle.number_input(
        _(_LABELS["duration_minutes"]), min_value=1, value=None, step=15, key=f"{prefix}duration_minutes"
    )
    if is_meeting:
        right.text_input(_(_LABELS["location"]), key=f"{prefix}location", max_chars=100)
    elif task is not None:
        _choose(right, prefix, "status", _STATUSES)
    _draw_people(bench, prefix, task, is_meeting)
    with st.expander(_("Belongs to, recorded as, recurring")):
        _draw_rest(bench, prefix, task)


def values(prefix: str, names: Sequence[str] | None = None) -> dict[str, Any]:
    """Read the fields.

    Parameters
    ----------
    prefix : str
        What their keys begin with.
    names : sequence of str, optional
        Which; all of them where absent.

    Returns
    -------
    dict
        By field, those only that have been drawn.
    """
    wanted = _LABELS if names is None else names
    return {name: st.session_state[f"{prefix}{name}"] for name in wanted if f"{prefix}{name}" in st.session_state}


def kind(type_: str | None) -> str:
    """Name a kind of task.

    Parameters
    ----------
    type_ : str or None
        ``"meeting"``, ``"phone_call"``, or None.

    Returns
    -------
    str
        In the visitor's language.
    """
    return labels.capital(labels.choice(type_)) if type_ else _("Task")


def codes(bench: Workbench, table: str) -> Mapping[str, str]:
    """List the codes of a table.

    Parameters
    ----------
    bench : Workbench
        On the store.
    table : str
        A code table.

    Returns
    -------
    mapping of str to str
        What they are called, by code.
    """
    rows = bench.codes.list(table).rows
    named = rows["name" if "name" in rows else "description"].fillna("")
    return dict(zip(rows["code"], named, strict=True))


def choose_code(
    place: DeltaGenerator, bench: Workbench, table: str, text: str, key: str, nothing: str | None = None
) -> None:
    """Draw the choice of a code.

    Parameters
    ----------
    place : DeltaGenerator
        Where.
    bench : Workbench
        On the store.
    table : str
        A code table.
    text : str
        What is chosen.
    key : str
        Its name on the page.
    nothing : str, optional
        What is said where nothing is chosen.
    """
    known = codes(bench, table)
    held = clicks.value(key)
    options = [*known, *([held] if held and held not in known else [])]
    place.selectbox(
        text, options, None, key=key, placeholder=nothing or _("None"),
        format_func=lambda code: f"{code} · {known[code]}" if known.get(code) else code,
    )  # fmt: skip


def choose_type(place: DeltaGenerator, key: str, disabled: bool = False) -> None:
    """Draw the choice of a kind of task.

    Parameters
    ----------
    place : DeltaGenerator
        Where.
    key : str
        Its name on the page.
    disabled : bool, optional
        Whether it cannot be changed.
    """
    place.selectbox(
        _(_LABELS["type"]), _TYPES, None, key=key, disabled=disabled, placeholder=_("None"), format_func=kind
    )


def _begin(prefix: str, task: Task | None) -> None:
    """Let the fields begin with what is stored."""
    if task is None:
        state.start(f"{prefix}priority", "normal")
        state.start(f"{prefix}dated_on", None)
        return
    for name in _LABELS:
        held = getattr(task, name)
        if name == "duration_minutes":
            held = None if held is None else int(held)
        elif held is None and name not in ("type", "dated_on", "recurs_from", "salesperson_code", "team_code"):
            held = ""
        state.start(f"{prefix}{name}", held)


def _draw_people(bench: Workbench, prefix: str, task: Task | None, is_meeting: bool) -> None:
    left, middle, right = st.columns(3)
    organizes = _("Salesperson who organizes it") if is_meeting else _(_LABELS["salesperson_code"])
    choose_code(left, bench, "salesperson", organizes, f"{prefix}salesperson_code")
    choose_code(middle, bench, "team", _(_LABELS["team_code"]), f"{prefix}team_code")
    with right:
        if task is None and is_meeting:
            contact_chooser.choose(bench, _("First attendee"), f"{prefix}contact_no")
        elif not is_meeting:
            contact_chooser.choose(
                bench, _(_LABELS["contact_no"]), f"{prefix}contact_no", task.contact_no if task else None
            )


def _draw_rest(bench: Workbench, prefix: str, task: Task | None) -> None:
    left, middle, right = st.columns(3)
    left.text_input(_(_LABELS["campaign_no"]), key=f"{prefix}campaign_no")
    middle.text_input(
        _(_LABELS["segment_no"]), key=f"{prefix}segment_no", disabled=task is not None,
        help=_("One task for each contact on it; of a meeting, all of them attend."),
    )  # fmt: skip
    right.text_input(_(_LABELS["opportunity_no"]), key=f"{prefix}opportunity_no")
    templates = ["", *bench.templates.list().rows["interaction_template_code"]]
    left.selectbox(_(_LABELS["interaction_template_code"]), templates, key=f"{prefix}interaction_template_code")
    middle.text_input(_(_LABELS["recurring_formula"]), key=f"{prefix}recurring_formula", placeholder="1W")
    _choose(right, prefix, "recurs_from", _RECURS_FROM)


def _choose(place: DeltaGenerator, prefix: str, name: str, options: Sequence[str]) -> None:
    place.selectbox(
        _(_LABELS[name]), options, None, key=f"{prefix}{name}", placeholder=_("None"),
        format_func=lambda value: labels.capital(labels.choice(value)),
    )  # fmt: skip


def _meeting_hint() -> str:
    return _("A meeting without a time takes all day.")


def day_or_none(value: object) -> dt.date | None:
    """Read a day out of a field.

    Parameters
    ----------
    value : object
        What stands in it.

    Returns
    -------
    datetime.date or None
        None where it is empty.
    """
    return value if isinstance(value, dt.date) else None
