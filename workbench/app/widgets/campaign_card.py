"""The card of a campaign: its fields, its comments, and deleting it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import campaign_session, clicks, state
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, core, date_input_format, day, number
from workbench.app.widgets.campaign_words import status_name
from workbench.bench import Workbench
from workbench.campaigns import Campaign
from workbench.errors import WorkbenchError

_TEXTS = {
    "description": N_("Description"), "type_code": N_("Type of campaign"), "salesperson_code": N_("Salesperson"),
}  # fmt: skip
_DAYS = {"starting_on": N_("First day"), "ending_on": N_("Last day")}
_COMMENT, _KEEP = "campaign_comment", "campaign_keep_interactions"


def draw(bench: Workbench, campaign: Campaign) -> None:
    """Draw the card.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign : Campaign
        The campaign.
    """
    _draw_fields(bench, campaign)
    left, right = st.columns([2, 1], gap="large")
    with left:
        st.subheader(_("Comments"))
        _draw_comments(bench, campaign.campaign_no)
    with right:
        st.subheader(_("Delete"))
        _draw_deletion(bench, campaign)


def _draw_fields(bench: Workbench, campaign: Campaign) -> None:
    statuses = bench.campaigns.list().statuses
    columns = st.columns(3)
    for place, (name, label) in enumerate(_TEXTS.items()):
        state.start(_key(name), getattr(campaign, name) or "")
        columns[place].text_input(_(label), key=_key(name))
    for place, (name, label) in enumerate(_DAYS.items()):
        state.start(_key(name), getattr(campaign, name))
        columns[place].date_input(_(label), value=None, key=_key(name), format=date_input_format())
    state.start(_key("status_code"), campaign.status_code)
    columns[2].selectbox(
        _("Status"), [None, *statuses], key=_key("status_code"),
        format_func=lambda code: status_name(statuses, code),
    )  # fmt: skip

    def save() -> None:
        fields = {name: clicks.value(_key(name)) for name in (*_TEXTS, *_DAYS, "status_code")}
        done = clicks.attempt(
            lambda: bench.campaigns.change(campaign.campaign_no, **fields),
            lambda done: _("Saved {number}").format(number=done.campaign_no),
        )
        if done is not None:
            clicks.forget_fields(state.CAMPAIGN_FIELD)

    st.button(_("Save"), key="campaign_save", type="primary", on_click=save)


def _key(name: str) -> str:
    return f"{state.CAMPAIGN_FIELD}{name}"


def _draw_comments(bench: Workbench, campaign_no: str) -> None:
    with st.form("campaign_comment_form", border=False, clear_on_submit=True):
        st.text_area(_("New comment"), key=_COMMENT, height=80)

        def add() -> None:
            text = str(clicks.value(_COMMENT) or "")
            clicks.attempt(lambda: bench.campaigns.comment(campaign_no, text, state.as_of()))

        st.form_submit_button(_("Add comment"), key="campaign_comment_add", on_click=add)
    for comment in bench.campaigns.comments(campaign_no).frame().itertuples(index=False):
        _draw_comment(bench, campaign_no, comment)


def _draw_comment(bench: Workbench, campaign_no: str, comment: Any) -> None:
    line_no = int(comment.line_no)
    said, gone = st.columns([12, 1], vertical_alignment="top")
    with said:
        st.caption(_("No day") if pd.isna(comment.commented_on) else day(comment.commented_on))
        st.markdown(plain(str(comment.comment)).replace("\n", "  \n"))
    gone.button(
        "", key=f"campaign_comment_delete:{line_no}", icon=":material/delete:", type="tertiary",
        help=_("Delete this comment"),
        on_click=clicks.doing(lambda: bench.campaigns.delete_comment(campaign_no, line_no)),
    )  # fmt: skip


def _draw_deletion(bench: Workbench, campaign: Campaign) -> None:
    keeps = st.checkbox(_("Leave the interactions that came of its entries"), key=_KEEP)
    try:
        goes = bench.campaigns.delete(campaign.campaign_no, keep_interactions=keeps, dry_run=True)
    except WorkbenchError as error:
        st.caption(plain(core(error.message)))
        return
    st.caption(
        _("Goes with it: entries {entries}, interactions {interactions}, targets {targets}, prices {prices}.").format(
            entries=number(goes.entry_count), interactions=number(goes.interaction_count),
            targets=number(goes.target_count), prices=number(goes.price_count),
        )
    )  # fmt: skip

    def delete() -> None:
        gone = clicks.attempt(
            lambda: bench.campaigns.delete(campaign.campaign_no, keep_interactions=bool(clicks.value(_KEEP))),
            lambda gone: _("Deleted {number}").format(number=gone.campaign_no),
        )
        if gone is not None:
            campaign_session.open_campaign(None)

    st.button(
        _("Delete {number}").format(number=plain(campaign.campaign_no)), key="campaign_delete",
        icon=":material/delete:", on_click=delete,
    )  # fmt: skip
