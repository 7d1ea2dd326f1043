"""The tab Plan of a campaign: whom it would target, previewed with every change, saved and launched."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pipelines.campaign_plan import Plan
from pipelines.values import canonical
from workbench.app import cached, clicks, state
from workbench.app.language import _, number
from workbench.app.widgets import plan_fields, plan_preview
from workbench.bench import Workbench
from workbench.campaigns import LaunchReceipt
from workbench.campaigns.saved_plans import from_yaml, to_yaml


def show(bench: Workbench, campaign_no: str, as_of: dt.date) -> None:
    """Draw the tab: a plan in fields, and at once what it comes to.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        The day on which segments, consents and caps are evaluated.
    """
    saved = _chosen(bench, campaign_no)
    with st.expander(_("Whom the campaign targets"), expanded=True):
        wanted = plan_fields.draw(bench, campaign_no, saved)
        _draw_text(bench, campaign_no, wanted)
    if wanted is None:
        st.caption(_("Choose at least one segment."))
        return
    found = cached.by_revision(
        bench, lambda: bench.campaigns.plan(wanted, as_of), "campaign_plan", canonical(wanted), as_of
    )
    _draw_buttons(bench, campaign_no, as_of, saved, wanted)
    plan_preview.draw(bench, campaign_no, found)


def _chosen(bench: Workbench, campaign_no: str) -> Plan | None:
    """Choose among the saved plans that name the campaign."""
    plans = {
        one.name: one.plan
        for one in bench.campaigns.plans()
        if campaign_no in (each.campaign for each in one.plan.campaigns)
    }
    if not plans:
        return None
    key = f"{state.CAMPAIGN_PLANNED}{campaign_no}"
    name = st.selectbox(
        _("Plan"), [*plans, None], format_func=lambda one: one or _("A new plan"), key=key,
        on_change=clicks.forget_fields, args=(state.CAMPAIGN_PLAN,),
    )  # fmt: skip
    return plans[name] if name is not None else None


def _draw_buttons(bench: Workbench, campaign_no: str, as_of: dt.date, saved: Plan | None, wanted: Plan) -> None:
    def save() -> None:
        done = clicks.attempt(
            lambda: bench.campaigns.save_plan(wanted, replace=saved is not None and saved.name == wanted.name),
            lambda receipt: _("Saved {number}").format(number=receipt.name),
        )
        if done is not None:
            state.put(f"{state.CAMPAIGN_PLANNED}{campaign_no}", wanted.name)
            clicks.forget_fields(state.CAMPAIGN_PLAN)

    with st.container(horizontal=True):
        st.button(_("Save plan"), key="campaign_plan_save", on_click=save, disabled=wanted == saved)
        with st.popover(_("Launch"), icon=":material/rocket_launch:"):
            _draw_launch(bench, as_of, wanted)


def _draw_launch(bench: Workbench, as_of: dt.date, wanted: Plan) -> None:
    st.markdown(_("Writes the targets with their arms and a reason for everybody else. Nothing changes them later."))
    if len(wanted.campaigns) > 1:
        st.markdown(_("The plan launches all its campaigns: {count}.").format(count=number(len(wanted.campaigns))))
    st.checkbox(
        _("Make a worksheet for each variant"), key="campaign_launch_worksheets", value=True,
        help=_("With a line for each target; nobody who is held out is on one."),
    )  # fmt: skip

    def launch() -> None:
        wants_worksheets = bool(clicks.value("campaign_launch_worksheets"))
        clicks.attempt(lambda: bench.campaigns.launch(wanted, as_of, worksheets=wants_worksheets), _launched)

    st.button(_("Launch now"), key="campaign_launch", type="primary", on_click=launch)


def _launched(receipt: LaunchReceipt) -> str:
    count = number(receipt.allocation.target_count)
    if not receipt.sheets:
        return _("Launched: targets {count}").format(count=count)
    sheets = ", ".join(sheet.worksheet_no or "" for sheet in receipt.sheets)
    return _("Launched: targets {count}; worksheets {numbers}").format(count=count, numbers=sheets)


def _draw_text(bench: Workbench, campaign_no: str, shown: Plan | None) -> None:
    """Show the plan as text, and take another as text."""
    key = f"{state.CAMPAIGN_PLAN}{campaign_no}:text"
    with st.popover(_("As text"), icon=":material/code:"):
        if shown is not None:
            st.code(to_yaml(shown), language="yaml")
        st.text_area(_("Another plan"), key=key, height=200)

        def save() -> None:
            text = str(clicks.value(key) or "")
            done = clicks.attempt(
                lambda: bench.campaigns.save_plan(from_yaml(f"{text}\n"), replace=True),
                lambda receipt: _("Saved {number}").format(number=receipt.name),
            )
            if done is not None:
                clicks.forget_fields(state.CAMPAIGN_PLAN)

        st.button(_("Save this text"), key="campaign_plan_text_save", on_click=save)
