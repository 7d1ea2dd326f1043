"""What was done for a campaign: the product's statistics, its entries, canceling and deleting them."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state
from workbench.app.failures import plain
from workbench.app.language import _, amount, core, date_input_format, day, number, percent
from workbench.app.widgets import grids, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.campaigns import Campaign, CampaignStatistics, EntryReceipt, InvoiceReceipt
from workbench.errors import RuleError

_FROM, _TO = f"{state.CAMPAIGN_FIELD}from", f"{state.CAMPAIGN_FIELD}to"


def draw(bench: Workbench, campaign: Campaign) -> None:
    """Draw statistics and entries.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign : Campaign
        The campaign.
    """
    _draw_statistics(bench, campaign.campaign_no)
    st.subheader(_("Entries"))
    _draw_entries(bench, campaign.campaign_no)
    if campaign.is_activated:
        _draw_invoices(bench, campaign.campaign_no)


def _draw_statistics(bench: Workbench, campaign_no: str) -> None:
    left, right, _rest = st.columns([1, 1, 3])
    first = left.date_input(_("Entries from"), value=None, key=_FROM, format=date_input_format())
    last = right.date_input(_("Entries to"), value=None, key=_TO, format=date_input_format())
    figures = bench.campaigns.statistics(campaign_no, starting_on=first, ending_on=last)
    tiles.draw(_tiles(figures, bench.setup.settings().currency_code))
    st.caption(
        _(
            "As Business Central computes them: of log entries that are neither canceled nor postponed, not of "
            "contacts, so the rate can be above 100 %. Opportunities count whenever they were."
        )
    )


def _tiles(figures: CampaignStatistics, currency: str) -> list[Tile]:
    targets, responses = figures.target_contacts_contacted, figures.contacts_responded
    contacts = _("log entries; different contacts: {count}")
    worth = _("estimated {estimated}, calculated {calculated}").format(
        estimated=amount(float(figures.estimated_amount), currency),
        calculated=amount(float(figures.calculated_amount), currency),
    )
    whole = _("{part} of {whole} entries").format(part=number(responses), whole=number(targets))
    total = _("{amount} in all, responses: {count}").format(
        amount=amount(float(figures.cost_amount), currency), count=number(responses)
    )
    minutes = _("{minutes} minutes in all, responses: {count}").format(
        minutes=number(float(figures.duration_minutes)), count=number(responses)
    )
    return [
        Tile(_("Target contacts contacted"), number(targets), contacts.format(count=number(figures.contacted_count))),
        Tile(_("Contacts responded"), number(responses), contacts.format(count=number(figures.responder_count))),
        Tile(_("Response rate of entries"), percent(float(figures.entry_response_rate)), whole),
        Tile(_("Cost per response"), amount(float(figures.cost_per_response_amount), currency), total),
        Tile(_("Minutes per response"), number(float(figures.duration_per_response_minutes), 2), minutes),
        Tile(_("Opportunities"), number(figures.opportunity_count), worth),
    ]


def _draw_entries(bench: Workbench, campaign_no: str) -> None:
    frame = bench.campaigns.entries(campaign_no).frame()
    if frame.empty:
        st.caption(_("Nothing was done for this campaign yet: log a worksheet that names it."))
        return
    numbers = [str(one) for one in frame["campaign_entry_no"]]
    heads = {
        "campaign_entry_no": _("No."), "dated_on": _("Day"), "description": _("Description"),
        "segment_no": _("Segment"), "salesperson_code": _("Salesperson"), "interaction_count": _("Interactions"),
        "cost_amount": _("Cost"), "duration_minutes": _("Minutes"), "is_canceled": _("Canceled"),
    }  # fmt: skip
    grids.draw(
        frame, heads, key=f"campaign_entries:{campaign_no}", height="content",
        on_select=lambda at: state.put(state.CAMPAIGN_ENTRY, numbers[at]),
        currency=bench.setup.settings().currency_code,
    )  # fmt: skip
    st.caption(_("An entry counts the interactions that are as canceled as itself."))
    chosen = state.get(state.CAMPAIGN_ENTRY)
    _draw_work(bench, campaign_no, chosen if chosen in numbers else None)


def _draw_work(bench: Workbench, campaign_no: str, entry_no: str | None) -> None:
    """Draw what can be done to the entry that is selected, or to all of them."""
    would = bench.campaigns.cancel(campaign_no, entry_no, dry_run=True)
    with st.container(horizontal=True):
        st.button(
            _verb(entry_no, is_canceled=would.is_canceled), key="campaign_cancel",
            on_click=clicks.doing(lambda: bench.campaigns.cancel(campaign_no, entry_no), _said),
            help=_("Interactions that go with it: {count}").format(count=number(would.interaction_count)),
        )  # fmt: skip
        gone = bench.campaigns.delete_canceled(campaign_no, dry_run=True)
        st.button(
            _("Delete canceled entries"), key="campaign_delete_canceled", disabled=not gone.entry_nos,
            on_click=clicks.doing(lambda: bench.campaigns.delete_canceled(campaign_no), _said),
            help=_("Interactions that go with it: {count}").format(count=number(gone.interaction_count)),
        )  # fmt: skip


def _draw_invoices(bench: Workbench, campaign_no: str) -> None:
    st.subheader(_("Invoices to the target group"))
    try:
        found = bench.campaigns.record_invoices(campaign_no, state.as_of(), dry_run=True)
    except RuleError as error:
        st.caption(plain(f"{core(error.message)} {core(error.hint)}"))
        return
    said = _("Invoices of the days of the campaign, up to {day}, that are not recorded for it yet: {count}.")
    st.caption(said.format(day=day(found.as_of), count=number(len(found))))
    st.button(
        _("Record them"), key="campaign_invoices", disabled=not len(found),
        on_click=clicks.doing(lambda: bench.campaigns.record_invoices(campaign_no, state.as_of()), _recorded),
    )  # fmt: skip


def _recorded(receipt: InvoiceReceipt) -> str:
    return _("Recorded {count} invoices").format(count=number(len(receipt)))


def _verb(entry_no: str | None, *, is_canceled: bool) -> str:
    if entry_no is None:
        return _("Cancel all entries") if is_canceled else _("Take all cancellations back")
    said = _("Cancel entry {number}") if is_canceled else _("Take the cancellation of entry {number} back")
    return said.format(number=plain(entry_no))


def _said(receipt: EntryReceipt) -> str:
    return _("Entries: {entries}, interactions: {interactions}").format(
        entries=number(len(receipt.entry_nos)), interactions=number(receipt.interaction_count)
    )
