"""The prices of a campaign, its target group, and activating it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, core, date_input_format, number
from workbench.app.widgets import contact_chooser, grids
from workbench.bench import Workbench
from workbench.campaigns import ActivationReceipt, Campaign

_PRICE = f"{state.CAMPAIGN_FIELD}price:"
_CONTACT = f"{state.CAMPAIGN_FIELD}contact"


def draw(bench: Workbench, campaign: Campaign) -> None:
    """Draw prices and target group.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign : Campaign
        The campaign.
    """
    st.subheader(_("Prices and line discounts"))
    _draw_prices(bench, campaign.campaign_no)
    st.subheader(_("Target group"))
    _draw_group(bench, campaign)
    with st.expander(_("Which prices a contact gets")):
        _draw_offers(bench)


def _draw_prices(bench: Workbench, campaign_no: str) -> None:
    frame = bench.campaigns.prices(campaign_no).frame()
    rows = list(frame.itertuples(index=False))
    if rows:
        grids.draw(
            frame, _heads(), key=f"campaign_prices:{campaign_no}", height="content",
            on_select=lambda at: state.put(state.CAMPAIGN_PRICE, at),
            currency=bench.setup.settings().currency_code,
        )  # fmt: skip
    else:
        st.caption(_("There are no prices yet."))
    with st.container(horizontal=True):
        with st.popover(_("New price"), icon=":material/add:"):
            _draw_new(bench, campaign_no)
        _draw_deletion(bench, campaign_no, rows)


def _heads() -> dict[str, str]:
    return {
        "item_no": _("Item"), "minimum_quantity": _("From quantity"), "unit_price_amount": _("Price of one"),
        "line_discount_rate": _("Line discount"), "starting_on": _("First day"), "ending_on": _("Last day"),
    }  # fmt: skip


def _draw_new(bench: Workbench, campaign_no: str) -> None:
    left, right = st.columns(2)
    left.text_input(_("Item"), key=f"{_PRICE}item_no")
    right.number_input(_("From quantity"), min_value=0.0, value=None, key=f"{_PRICE}minimum_quantity")
    left.text_input(_("Price of one"), key=f"{_PRICE}unit_price")
    right.number_input(_("Line discount, %"), min_value=0.0, max_value=100.0, value=None, key=f"{_PRICE}line_discount")
    for place, name, label in ((left, "starting_on", _("First day")), (right, "ending_on", _("Last day"))):
        place.date_input(
            label, value=None, key=f"{_PRICE}{name}", format=date_input_format(), help=_("Else the campaign's")
        )

    def save() -> None:
        names = ("minimum_quantity", "unit_price", "starting_on", "ending_on")
        values = {name: clicks.value(f"{_PRICE}{name}") for name in names}
        discount = clicks.value(f"{_PRICE}line_discount")
        done = clicks.attempt(
            lambda: bench.campaigns.save_price(
                campaign_no, str(clicks.value(f"{_PRICE}item_no") or ""),
                line_discount=None if discount is None else discount / 100, **values,
            ),
            lambda _done: _("Saved {number}").format(number=campaign_no),
        )  # fmt: skip
        if done is not None:
            clicks.forget_fields(_PRICE)

    st.button(_("Save"), key="campaign_price_save", type="primary", on_click=save)


def _draw_deletion(bench: Workbench, campaign_no: str, rows: list[Any]) -> None:
    at = state.get(state.CAMPAIGN_PRICE)
    row = rows[at] if isinstance(at, int) and at < len(rows) else None

    def delete() -> None:
        if row is not None:
            quantity = None if pd.isna(row.minimum_quantity) else float(row.minimum_quantity)
            first = None if pd.isna(row.starting_on) else row.starting_on.date()
            clicks.attempt(
                lambda: bench.campaigns.delete_price(
                    campaign_no, row.item_no, minimum_quantity=quantity, starting_on=first
                )
            )
            state.forget(state.CAMPAIGN_PRICE)

    label = _("Delete price") if row is None else _("Delete price of {item}").format(item=plain(row.item_no))
    st.button(
        label, key="campaign_price_delete", disabled=row is None, on_click=delete, help=_("Select a price above.")
    )


def _draw_group(bench: Workbench, campaign: Campaign) -> None:
    group = bench.campaigns.target_group(campaign.campaign_no)
    heads = {
        "type": _("Type"), "no": _("No."), "contact_no": _("Contact"), "name": _("Name"),
        "line_count": _("Lines of worksheets"), "interaction_count": _("Interactions"),
    }  # fmt: skip
    if len(group):
        grids.draw(group.rows.assign(type=group.rows["type"].map(labels.choice)), heads)
    said = _(
        "Members: {count}; in Business Central: {product}. They are the companies of target lines and interactions, as "
        "customers where they are one."
    )
    st.caption(said.format(count=number(len(group)), product=number(group.product_count)))
    for note in group.notes:
        st.caption(plain(core(note)))
    _draw_activation(bench, campaign)


def _draw_activation(bench: Workbench, campaign: Campaign) -> None:
    number_ = campaign.campaign_no
    if campaign.is_activated:
        st.button(
            _("Deactivate"), key="campaign_deactivate", icon=":material/toggle_off:",
            on_click=clicks.doing(lambda: bench.campaigns.deactivate(number_), _said),
        )  # fmt: skip
        return
    if not campaign.price_count:
        st.caption(_("No price and no line discount is linked to this campaign."))
    st.button(
        _("Activate"), key="campaign_activate", type="primary", icon=":material/toggle_on:",
        on_click=clicks.doing(lambda: bench.campaigns.activate(number_), _said),
        help=_("The prices are for the target group from then on."),
    )  # fmt: skip


def _said(receipt: ActivationReceipt) -> str:
    said = _("{number} is activated now") if receipt.is_activated else _("{number} is deactivated now")
    return said.format(number=receipt.campaign_no)


def _draw_offers(bench: Workbench) -> None:
    contact = contact_chooser.choose(bench, _("Contact"), _CONTACT)
    if contact is None:
        return
    offered = bench.campaigns.offers(contact, state.as_of())
    if offered.empty:
        st.caption(_("No price of an activated campaign is for this contact on the day chosen in the sidebar."))
        return
    grids.draw(
        offered, {"campaign_no": _("Campaign"), **_heads()}, height="content",
        currency=bench.setup.settings().currency_code,
    )  # fmt: skip
