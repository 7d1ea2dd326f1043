"""The tab Responses of a campaign: what counts as a response, and who gave one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from pipelines.response_rule import ResponseRule
from pipelines.values import canonical
from workbench.app import cached, clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, core, number, percent
from workbench.app.widgets import campaign_rule, grids, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.campaigns import Responses

_ROWS = 500


def show(bench: Workbench, campaign_no: str, as_of: dt.date) -> None:
    """Draw the tab: the rule in its fields, and at once what it gives.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Later targets and responses are left out.
    """
    saved = bench.campaigns.response_rule(campaign_no)
    wanted = campaign_rule.draw(bench, campaign_no, saved)
    found = cached.by_revision(
        bench, lambda: bench.campaigns.respond(campaign_no, as_of, wanted, dry_run=True), "respond", campaign_no,
        as_of, canonical(wanted),
    )  # fmt: skip
    _draw_buttons(bench, campaign_no, as_of, saved, wanted)
    for note in found.notes:
        st.info(plain(core(note)), icon=":material/info:")
    _draw_counts(found)
    _draw_targets(found)


def _draw_buttons(
    bench: Workbench, campaign_no: str, as_of: dt.date, saved: ResponseRule, wanted: ResponseRule
) -> None:
    if wanted == saved:
        return
    st.warning(_("A preview of a rule that is not saved."), icon=":material/visibility:")

    def save() -> None:
        done = clicks.attempt(
            lambda: bench.campaigns.respond(campaign_no, as_of, wanted),
            lambda _done: _("Saved what counts as a response"),
        )
        if done is not None:
            clicks.forget_fields(state.CAMPAIGN_RULE)

    def undo() -> None:
        clicks.forget_fields(state.CAMPAIGN_RULE)

    left, right, _rest = st.columns([1, 1, 3])
    left.button(_("Save rule"), key="campaign_rule_save", type="primary", on_click=save)
    right.button(_("Discard"), key="campaign_rule_undo", on_click=undo)


def _draw_counts(found: Responses) -> None:
    contact, company, entry = found.counts.to_dict("records")
    tiles.draw([
        Tile(_("Contacts that responded"), number(contact["response_count"]), _base(contact)),
        Tile(_("Companies with a response"), number(company["response_count"]), _base(company)),
        Tile(_("Responses"), number(entry["response_count"]), _("a contact may respond often")),
    ])  # fmt: skip
    st.caption(
        _("Entries that do not count: {early} before targeting, {late} after the window. Intervals are 95 % Wilson.")
        .format(early=number(found.early_count), late=number(found.late_count))
    )  # fmt: skip


def _base(row: Mapping[Any, Any]) -> str:
    if not row["target_count"]:
        return _("of {total}").format(total=number(0))
    return _("{rate} of {total}, {low} to {high}").format(
        rate=percent(row["response_rate"]), total=number(row["target_count"]), low=percent(row["rate_low"]),
        high=percent(row["rate_high"]),
    )  # fmt: skip


def _draw_targets(found: Responses) -> None:
    responders = found.frame().loc[lambda rows: rows["is_responder"] | (rows["late_response_count"] > 0)]
    if responders.empty:
        return
    heads = {
        "contact_no": _("Contact"), "arm": _("Arm"), "targeted_on": _("Targeted"), "is_responder": _("Responded"),
        "responded_on": _("First response"), "response_days": _("Days"), "response_count": _("Entries"),
        "late_response_count": _("Entries too late"),
    }  # fmt: skip
    st.subheader(_("Who responded"))
    grids.draw(responders.sort_values(["responded_on", "contact_no"]).head(_ROWS), heads, key="campaign_responders")
    if len(responders) > _ROWS:
        st.caption(_("The first {shown} of {total}.").format(shown=number(_ROWS), total=number(len(responders))))
