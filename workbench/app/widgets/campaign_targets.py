"""The tab Targets of a campaign: whom it targeted and held out, and why it passed others over."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.app import cached
from workbench.app.language import _, day, number, percent
from workbench.app.widgets import grids, plan_words, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.campaigns import Targets
from workbench.campaigns.saved_plans import to_yaml

_ROWS = 500


def show(bench: Workbench, campaign_no: str, as_of: dt.date) -> None:
    """Draw the tab.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Launches after this day are not listed.
    """
    found = cached.by_revision(bench, lambda: bench.campaigns.targets(campaign_no), "campaign_targets", campaign_no)
    if found.rows.empty:
        st.caption(_("The campaign has no targets yet. Plan and launch it, or load them from a file."))
        return
    total = found.target_count
    tiles.draw([
        Tile(str(arm), number(count), _("{share} of {total} targets").format(share=percent(share), total=number(total)))
        for arm, count, share in found.arms().itertuples(index=False)
    ])  # fmt: skip
    _draw_targets(found)
    if len(found.losses):
        _draw_losses(found)
    _draw_launches(bench, campaign_no, as_of)


def _draw_targets(found: Targets) -> None:
    heads = {
        "contact_no": _("Contact"), "arm": _("Arm"), "targeted_on": _("Targeted"), "segment_name": _("Segment"),
        "stratum": _("Stratum"), "launch_no": _("Launch"),
    }  # fmt: skip
    st.subheader(_("Targets"))
    grids.draw(found.frame().head(_ROWS), heads, key="campaign_target_rows")
    if found.target_count > _ROWS:
        st.caption(_("The first {shown} of {total}.").format(shown=number(_ROWS), total=number(found.target_count)))


def _draw_losses(found: Targets) -> None:
    heads = {
        "launch_no": _("Launch"), "segment_name": _("Segment"), "reason": _("Reason"), "contact_count": _("Contacts"),
    }  # fmt: skip
    st.subheader(_("Weighed and not targeted"))
    grids.draw(found.reasons(), heads, height="content", formats={"reason": plan_words.entry})
    with st.expander(_("Everybody who was passed over")):
        rows = {"contact_no": _("Contact"), "segment_name": _("Segment"), "reason": _("Reason")}
        grids.draw(found.losses.head(_ROWS), rows, key="campaign_losses", formats={"reason": plan_words.entry})


def _draw_launches(bench: Workbench, campaign_no: str, as_of: dt.date) -> None:
    for launch in bench.campaigns.launches():
        if launch.as_of > as_of or campaign_no not in (each.campaign for each in launch.plan.campaigns):
            continue
        said = _("Launch {number} of {day}: the plan {name}, {count} targets in all")
        with st.expander(
            said.format(
                number=launch.launch_no, day=day(launch.as_of), name=launch.plan_name, count=number(launch.target_count)
            )
        ):
            st.code(to_yaml(launch.plan), language="yaml")
