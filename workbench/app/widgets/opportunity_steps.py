"""Where an opportunity may go: the step with its preview, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, amount, core, date_input_format, day, percent
from workbench.app.widgets import grids, opportunity_new, opportunity_words
from workbench.app.widgets.opportunity_words import ACTIONS
from workbench.bench import Workbench
from workbench.errors import WorkbenchError
from workbench.opportunities import OpportunityCard, StepReceipt

_STEP = state.OPPORTUNITY_STEP
_CHOOSES = ("skip", "jump")
_KEEPS_TASKS = ("first", "update")
_FIELDS = {
    "status": N_("Status"), "stage": N_("Stage"), "estimated_amount": N_("Estimated value"),
    "chances_rate": N_("Chances of success"), "completed_rate": N_("Completed"), "probability_rate": N_("Probability"),
    "calculated_amount": N_("Calculated current value"), "estimated_close_on": N_("Estimated closing date"),
    "close_opportunity_code": N_("Why it was closed"),
}  # fmt: skip


def draw(bench: Workbench, card: OpportunityCard) -> None:
    """Draw the steps that may be taken.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : OpportunityCard
        The opportunity.
    """
    if card.opportunity.is_closed:
        st.info(_("It is closed, and stays closed; its history shows why."), icon=":material/lock:")
        return
    if card.offers:
        _draw_step(bench, card)
    else:
        st.info(_("It has no sales cycle with stages; name one on the card."), icon=":material/handshake:")
    with st.container(horizontal=True):
        ends = {"won": (_("Close as won"), ":material/trophy:"), "lost": (_("Close as lost"), ":material/close:")}
        for status, (label, icon) in ends.items():
            with st.popover(label, icon=icon):
                _draw_closing(bench, card.opportunity.opportunity_no, status)


def _draw_step(bench: Workbench, card: OpportunityCard) -> None:
    actions = list(card.offers)
    chosen = st.segmented_control(
        _("Step"), actions, default=card.default_action, required=True, key=f"{_STEP}action",
        format_func=lambda one: _(ACTIONS[one]),
    )  # fmt: skip
    action = str(chosen or card.default_action)
    stages = {stage.stage_no: stage.name for stage in card.offers[action].stages}
    if action in _CHOOSES and len(stages) > 1:
        st.selectbox(_("Stage"), list(stages), key=f"{_STEP}stage:{action}", format_func=stages.__getitem__)
    else:
        st.caption(_("To {stage}").format(stage=plain(next(iter(stages.values())))))
    opportunity_new.draw_estimates(_STEP)
    on, cancels = st.columns(2, vertical_alignment="bottom")
    on.date_input(_("Day of the step"), value=None, key=f"{_STEP}on", format=date_input_format())
    if action not in _KEEPS_TASKS:
        cancels.checkbox(_("Cancel its open tasks"), key=f"{_STEP}cancels")
    take = _taking(bench, card, action)
    _draw_preview(lambda: take(True), bench.setup.settings().currency_code)

    def click() -> None:
        if clicks.attempt(lambda: take(False), opportunity_words.said) is not None:
            clicks.forget_fields(_STEP)

    st.button(_("Take the step"), key="opportunity_step", type="primary", on_click=click)


def _taking(bench: Workbench, card: OpportunityCard, action: str) -> Callable[[bool], StepReceipt]:
    no = card.opportunity.opportunity_no

    def take(dry_run: bool) -> StepReceipt:
        given: dict[str, Any] = opportunity_new.estimates(_STEP)
        if action == "first" and card.opportunity.status == "not_started":
            return bench.opportunities.activate(
                no, clicks.value(f"{_STEP}on") or state.as_of(), dry_run=dry_run, **given
            )
        if action == "update":
            on = clicks.value(f"{_STEP}on")
            return bench.opportunities.update(no, state.as_of(), on=on, dry_run=dry_run, **given)
        return bench.opportunities.move(
            no, action, state.as_of(), stage=clicks.value(f"{_STEP}stage:{action}"), on=clicks.value(f"{_STEP}on"),
            cancels_tasks=bool(clicks.value(f"{_STEP}cancels")), dry_run=dry_run, **given,
        )  # fmt: skip

    return take


def _draw_preview(look: Callable[[], StepReceipt], currency: str) -> None:
    try:
        would = look()
    except WorkbenchError as error:
        st.warning(plain(core(error.message)), icon=":material/block:")
        return
    if would.changed:
        lines = [
            (_(_FIELDS.get(name, name)), *(_written(name, value, currency) for value in pair))
            for name, pair in would.changed.items()
        ]
        heads = {"field": _("Field"), "before": _("Before"), "after": _("After")}
        grids.draw(pd.DataFrame(lines, columns=list(heads)), heads, height="content")
    for note in would.notes:
        st.caption(plain(core(note)))


def _written(name: str, value: Any, currency: str) -> str:
    if value is None or pd.isna(value):
        return ""
    if name.endswith("_rate"):
        return percent(float(value))
    if name.endswith("_amount"):
        return amount(float(value), currency)
    if name.endswith("_on"):
        return day(value)
    return opportunity_words.word(str(value)) if name == "status" else str(value)


def _draw_closing(bench: Workbench, no: str, status: str) -> None:
    prefix = f"{_STEP}{status}:"
    reasons = opportunity_words.reasons(bench, status)
    st.selectbox(
        _("Why"), list(reasons), 0 if len(reasons) == 1 else None, key=f"{prefix}code", format_func=reasons.__getitem__,
        placeholder=_("Choose a code"),
    )  # fmt: skip
    if status == "won":
        st.number_input(
            _("What was sold"), min_value=0.0, value=None, key=f"{prefix}amount",
            help=_("Where a quote is linked, its value counts."),
        )  # fmt: skip
    st.date_input(_("Date closed"), value=None, key=f"{prefix}on", format=date_input_format())
    st.checkbox(_("Cancel its open tasks"), value=True, key=f"{prefix}cancels")

    def close() -> None:
        done = clicks.attempt(
            lambda: bench.opportunities.close(
                no, status, state.as_of(), code=clicks.value(f"{prefix}code"), on=clicks.value(f"{prefix}on"),
                amount=clicks.value(f"{prefix}amount"), cancels_tasks=bool(clicks.value(f"{prefix}cancels")),
            ),
            opportunity_words.said,
        )  # fmt: skip
        if done is not None:
            clicks.forget_fields(_STEP)

    st.button(_("Close it"), key=f"opportunity_close:{status}", type="primary", on_click=close)
