"""The campaigns by status, side by side, and how to make one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from workbench.app import campaign_session, clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, date_input_format, day, number
from workbench.app.widgets.campaign_words import status_name
from workbench.bench import Workbench
from workbench.campaigns import Campaign, CampaignList

_NEW = "campaign_new:"
_FIND = "campaign_find"
_ACROSS, _MOST = 4, 20


def draw(bench: Workbench) -> None:
    """Draw the board.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    campaigns = bench.campaigns.list()
    find, new = st.columns([5, 1], vertical_alignment="bottom")
    words = find.text_input(_("Find"), key=_FIND, placeholder=_("Number or description")).strip().casefold()
    with new.popover(_("New campaign"), icon=":material/add:", type="primary", width="stretch"):
        _create(bench, campaigns)
    found = [one for one in campaigns if words in f"{one.campaign_no} {one.description or ''}".casefold()]
    found.sort(key=lambda one: one.starting_on or dt.date.max, reverse=True)
    if not len(campaigns):
        st.info(_("No campaigns yet. Create one, or load them from a file."), icon=":material/campaign:")
    elif not found:
        st.info(_("No campaign is called that."), icon=":material/search_off:")
    _draw_statuses(campaigns, found)


def _draw_statuses(campaigns: CampaignList, found: Sequence[Campaign]) -> None:
    """Draw one column for each status that has campaigns, or all columns for the only one; those without come first."""
    codes = [code for code in (None, *campaigns.statuses) if any(one.status_code == code for one in found)]
    if len(codes) == 1:
        st.markdown(f"**{plain(status_name(campaigns.statuses, codes[0]))}** ({number(len(found))})")
        for column, place in enumerate(st.columns(_ACROSS)):
            with place:
                _draw_cards(found[column::_ACROSS])
        return
    for first in range(0, len(codes), _ACROSS):
        for place, code in zip(st.columns(_ACROSS), codes[first : first + _ACROSS], strict=False):
            theirs = [one for one in found if one.status_code == code]
            with place:
                st.markdown(f"**{plain(status_name(campaigns.statuses, code))}** ({number(len(theirs))})")
                _draw_cards(theirs)


def _draw_cards(campaigns: Sequence[Campaign]) -> None:
    for campaign in campaigns[:_MOST]:
        with st.container(border=True):
            label = f"{campaign.campaign_no} · {campaign.description}" if campaign.description else campaign.campaign_no
            st.button(
                plain(label), key=f"campaign_open:{campaign.campaign_no}", type="tertiary",
                on_click=campaign_session.open_campaign, args=(campaign.campaign_no,),
            )  # fmt: skip
            st.caption(plain(_about(campaign)))
    if len(campaigns) > _MOST:
        st.caption(_("The first {count}; find the others above.").format(count=number(_MOST)))


def _about(campaign: Campaign) -> str:
    """Say when it is, whose it is and whether its prices count."""
    days = [day(one) if one else "…" for one in (campaign.starting_on, campaign.ending_on)]
    parts = [" – ".join(days) if campaign.starting_on or campaign.ending_on else "", campaign.salesperson_code or ""]
    parts.append(_("activated") if campaign.is_activated else "")
    parts.append(_("Targets: {count}").format(count=number(campaign.target_count)) if campaign.target_count else "")
    return " · ".join(part for part in parts if part) or _("no days yet")


def _create(bench: Workbench, campaigns: CampaignList) -> None:
    st.text_input(_("Description"), key=f"{_NEW}description")
    left, right = st.columns(2)
    left.date_input(_("First day"), value=None, key=f"{_NEW}starting_on", format=date_input_format())
    right.date_input(_("Last day"), value=None, key=f"{_NEW}ending_on", format=date_input_format())
    left.selectbox(
        _("Status"), [None, *campaigns.statuses], key=f"{_NEW}status_code",
        format_func=lambda code: status_name(campaigns.statuses, code),
    )  # fmt: skip
    right.text_input(_("Number"), key=f"{_NEW}campaign_no", placeholder=_("The next of the series"))

    def create() -> None:
        names = ("description", "starting_on", "ending_on", "status_code", "campaign_no")
        fields = {name: clicks.value(f"{_NEW}{name}") for name in names if clicks.value(f"{_NEW}{name}")}
        made = clicks.attempt(
            lambda: bench.campaigns.create(state.as_of(), **fields),
            lambda made: _("Created {number}").format(number=made.campaign_no),
        )
        if made is not None:
            clicks.forget_fields(_NEW)
            campaign_session.open_campaign(made.campaign_no)

    st.button(_("Create"), key="campaign_create", type="primary", on_click=create)
