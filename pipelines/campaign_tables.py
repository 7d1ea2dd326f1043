"""Campaigns, whom they target, what was done for them, and their prices."""

from __future__ import annotations

from pipelines.columns import FieldType, Table, column, contact_no, flag, text

CAMPAIGN = Table(
    "campaign",
    "a marketing campaign",
    (
        text("campaign_no", "number of the campaign", "no", "campaign id", "campaign", nullable=False),
        text("description", "description", "name"),
        text("type_code", "type of campaign", "type", "campaign type"),
        column(FieldType.DATE, "starting_on", "first day", "starting date", "start date"),
        column(FieldType.DATE, "ending_on", "last day", "ending date", "end date"),
        text("salesperson_code", "salesperson", "salesperson"),
        text("status_code", "status", "status"),
    ),
    key=("campaign_no",),
)

CAMPAIGN_TARGET = Table(
    "campaign_target",
    "one contact that a campaign targets, or holds out",
    (
        text("campaign_no", "campaign", "campaign", "campaign id", nullable=False),
        contact_no(),
        text("arm", "arm of the campaign the contact was drawn into", "variant"),
        column(FieldType.DATE, "targeted_on", "day the contact was targeted", "date", "start date"),
    ),
    key=("campaign_no", "contact_no"),
    time="targeted_on",
)

CAMPAIGN_RESPONSE = Table(
    "campaign_response",
    "a response to a campaign that a file brought",
    (
        text("campaign_no", "campaign", "campaign", "campaign id", nullable=False),
        contact_no(),
        column(
            FieldType.TIMESTAMP, "responded_at", "when the contact responded", "date", "responded on", "timestamp",
            nullable=False,
        ),
        column(FieldType.AMOUNT, "revenue_amount", "what it brought", "revenue", "amount", "spend"),
    ),
    key=("campaign_no", "contact_no", "responded_at"),
    time="responded_at",
)  # fmt: skip

CAMPAIGN_ENTRY = Table(
    "campaign_entry",
    "something done for a campaign, with the interactions that came of it",
    (
        text("campaign_entry_no", "number of the entry", "entry no", "no", nullable=False),
        text("campaign_no", "campaign", "campaign", nullable=False),
        text("description", "description"),
        column(FieldType.DATE, "dated_on", "day of the entry", "date"),
        text("user_name", "who made it", "user id"),
        text("segment_no", "segment it was logged from", "segment"),
        flag("is_canceled", "canceled", "canceled", "cancelled"),
        text("salesperson_code", "salesperson", "salesperson"),
        text("logged_segment_entry_no", "number of the logged segment", "register no", "logged segment"),
        text("document_type", "kind of document it stands for", "document type"),
    ),
    key=("campaign_entry_no",),
)

CAMPAIGN_PRICE = Table(
    "campaign_price",
    "a price or a line discount that customers of a campaign's target group get",
    (
        text("campaign_no", "campaign", "campaign", "sales code", nullable=False),
        text("item_no", "item", "item", "product", nullable=False),
        column(FieldType.NUMBER, "minimum_quantity", "quantity it begins with", "minimum quantity"),
        column(FieldType.AMOUNT, "unit_price_amount", "price of one", "unit price"),
        column(FieldType.NUMBER, "line_discount_rate", "discount, 0 to 1", "line discount"),
        column(FieldType.DATE, "starting_on", "first day; else the campaign's", "starting date"),
        column(FieldType.DATE, "ending_on", "last day; else the campaign's", "ending date"),
    ),
    key=("campaign_no", "item_no", "minimum_quantity", "starting_on"),
)

CAMPAIGN_TABLES = (CAMPAIGN, CAMPAIGN_TARGET, CAMPAIGN_RESPONSE, CAMPAIGN_ENTRY, CAMPAIGN_PRICE)
