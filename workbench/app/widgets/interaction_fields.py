"""The fields of the wizard, each with its default, and what was made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench import clock
from workbench.app import clicks, labels, state
from workbench.app.language import _, date_input_format
from workbench.app.widgets import task_fields
from workbench.bench import Workbench
from workbench.interactions import EVALUATIONS, Draft

_CORRESPONDENCE = ("hard_copy", "email")
_FLOWS, _BEGINNERS = ("outbound", "inbound"), ("us", "them")
_TEXTS = ("description", "subject", "salesperson_code", "campaign_no", "opportunity_no", "task_no", "document_no")
_CHOICES = ("correspondence_type", "information_flow", "initiated_by", "evaluation")
_FLAGS = ("is_campaign_target", "is_campaign_response")
_NUMBERS = ("cost_amount", "duration_minutes")


def draw(bench: Workbench, prefix: str, draft: Draft) -> None:
    """Draw the fields.

    Parameters
    ----------
    bench : Workbench
        On the store.
    prefix : str
        What their keys begin with.
    draft : Draft
        What they begin with.
    """
    _begin(prefix, draft)
    left, middle, right = st.columns([2, 1, 1])
    left.text_input(_("Description"), key=f"{prefix}description")
    middle.date_input(_("Day"), key=f"{prefix}day", format=date_input_format())
    right.time_input(_("Time"), None, key=f"{prefix}time", step=60, help=_("Now, where it is empty."))
    left.text_input(_("Subject"), key=f"{prefix}subject")
    task_fields.choose_code(middle, bench, "salesperson", _("Salesperson"), f"{prefix}salesperson_code")
    _choose(right, _("Correspondence"), prefix, "correspondence_type", _CORRESPONDENCE)
    _choose(left, _("Evaluation"), prefix, "evaluation", EVALUATIONS)
    middle.number_input(_("Cost"), min_value=0.0, value=None, key=f"{prefix}cost_amount")
    right.number_input(_("Minutes"), min_value=0.0, value=None, step=5.0, key=f"{prefix}duration_minutes")
    st.checkbox(_("It was successful"), key=f"{prefix}is_successful")
    with st.expander(_("Direction, campaign, belongs to")):
        _draw_rest(prefix)


def given(bench: Workbench, prefix: str, draft: Draft) -> dict[str, object]:
    """Read what was made other than its default.

    Parameters
    ----------
    bench : Workbench
        On the store.
    prefix : str
        What the keys of the fields begin with.
    draft : Draft
        What they began with.

    Returns
    -------
    dict of str to object
        By field, as the use case takes it.
    """
    found: dict[str, object] = {}
    for name in (*_TEXTS, *_CHOICES, *_FLAGS, *_NUMBERS):
        value = clicks.value(f"{prefix}{name}")
        if not _is_same(value, draft.values.get(name)):
            found[name] = value
    if clicks.value(f"{prefix}is_successful") == draft.values["is_attempt_failed"]:
        found["is_attempt_failed"] = not draft.values["is_attempt_failed"]
    moment = _moment(clicks.value(f"{prefix}day"), clicks.value(f"{prefix}time"), bench.setup.settings().time_zone)
    return found if moment is None else {**found, "occurred_at": moment}


def _begin(prefix: str, draft: Draft) -> None:
    for name in (*_CHOICES, "salesperson_code"):
        state.start(f"{prefix}{name}", draft.values.get(name))
    for name in _TEXTS:
        state.start(f"{prefix}{name}", draft.values.get(name) or "")
    for name in _FLAGS:
        state.start(f"{prefix}{name}", bool(draft.values.get(name)))
    for name in _NUMBERS:
        held = draft.values.get(name)
        state.start(f"{prefix}{name}", None if held is None else float(held))
    state.start(f"{prefix}is_successful", not draft.values["is_attempt_failed"])
    state.start(f"{prefix}day", state.as_of())


def _draw_rest(prefix: str) -> None:
    left, middle, right = st.columns(3)
    _choose(left, _("Direction"), prefix, "information_flow", _FLOWS)
    _choose(middle, _("Begun by"), prefix, "initiated_by", _BEGINNERS)
    right.text_input(_("Document"), key=f"{prefix}document_no")
    left.text_input(_("Campaign"), key=f"{prefix}campaign_no")
    middle.text_input(_("Opportunity"), key=f"{prefix}opportunity_no")
    right.text_input(_("Task"), key=f"{prefix}task_no")
    left.checkbox(_("Sent to a target of the campaign"), key=f"{prefix}is_campaign_target")
    middle.checkbox(_("A response to the campaign"), key=f"{prefix}is_campaign_response")


def _choose(place: DeltaGenerator, text: str, prefix: str, name: str, options: tuple[str, ...]) -> None:
    say: Callable[[str | None], str] = lambda one: labels.capital(labels.choice(one)) if one else _("None")  # noqa: E731
    place.selectbox(text, [None, *options], key=f"{prefix}{name}", format_func=say)


def _is_same(value: Any, default: Any) -> bool:
    if isinstance(default, float | Decimal):
        return value is not None and float(value) == float(default)
    return (value or None) == (default or None)


def _moment(on: dt.date | None, at: dt.time | None, time_zone: str) -> str | None:
    """Write the moment that was chosen; None where it is the work date, now."""
    if on is None or (on == state.as_of() and at is None):
        return None
    at = at or clock.now().astimezone(ZoneInfo(time_zone)).time()
    return f"{on.isoformat()} {at:%H:%M}"
