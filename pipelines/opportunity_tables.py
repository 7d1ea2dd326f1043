"""Opportunities, their steps through sales cycles, and what is sold."""

from __future__ import annotations

from pipelines.columns import FieldType, Table, column, contact_no, flag, text

ACTIONS_TAKEN = ("next", "previous", "updated", "jumped", "won", "lost")

OPPORTUNITY = Table(
    "opportunity",
    "a possible sale in a sales cycle",
    (
        text("opportunity_no", "number of the opportunity", "opportunity id", "no", "id"),
        contact_no(),
        text("description", "description"),
        text("salesperson_code", "salesperson", "salesperson", "sales agent"),
        text("campaign_no", "campaign", "campaign"),
        text("sales_cycle_code", "sales cycle", "sales cycle"),
        text("stage", "stage of the sales cycle", "deal stage", "sales cycle stage"),
        text("status", "status", choices=("not_started", "in_progress", "won", "lost")),
        text("priority", "priority", choices=("low", "normal", "high")),
        column(FieldType.DATE, "created_on", "creation date", "creation date", "engage date", "created"),
        column(FieldType.DATE, "closed_on", "date closed", "date closed", "close date"),
        column(FieldType.DATE, "estimated_close_on", "estimated closing date", "estimated close date"),
        column(FieldType.AMOUNT, "estimated_amount", "estimated value", "estimated value", "value"),
        column(
            FieldType.AMOUNT,
            "calculated_amount",
            "calculated current value",
            "calcd current value",
            "close value",
        ),
        column(FieldType.NUMBER, "probability_rate", "probability, 0 to 1", "probability"),
        text("segment_no", "segment it came from", "segment"),
        text("item_no", "item", "item", "product"),
        text("document_type", "kind of sales document", "sales document type", choices=("quote", "order", "invoice")),
        text("document_no", "sales document", "sales document no"),
    ),
    key=("opportunity_no",),
    time="created_on",
    takes_fields=True,
)

OPPORTUNITY_ENTRY = Table(
    "opportunity_entry",
    "one step of an opportunity through its sales cycle",
    (
        text("opportunity_entry_no", "number of the entry", "entry no", "no"),
        text("opportunity_no", "opportunity", "opportunity", nullable=False),
        contact_no(),
        text("sales_cycle_code", "sales cycle", "sales cycle"),
        column(FieldType.NUMBER, "stage_no", "number of the stage; 0 when closed", "sales cycle stage"),
        column(FieldType.NUMBER, "previous_stage_no", "number of the stage before", "previous sales cycle stage"),
        text("salesperson_code", "salesperson", "salesperson"),
        text("campaign_no", "campaign", "campaign"),
        column(FieldType.DATE, "changed_on", "day of the step", "date of change", nullable=False),
        flag("is_active", "where the opportunity stands", "active"),
        text("action_taken", "what was done", "action taken", choices=ACTIONS_TAKEN),
        column(FieldType.DATE, "closed_on", "date closed", "date closed"),
        column(FieldType.NUMBER, "open_days", "days until the next step", "days open"),
        column(FieldType.AMOUNT, "estimated_amount", "estimated value", "estimated value"),
        column(FieldType.AMOUNT, "calculated_amount", "calculated current value", "calcd current value"),
        column(FieldType.NUMBER, "completed_rate", "completed, 0 to 1", "completed"),
        column(FieldType.NUMBER, "chances_rate", "chances of success, 0 to 1", "chances of success"),
        column(FieldType.NUMBER, "probability_rate", "probability, 0 to 1", "probability"),
        column(FieldType.DATE, "estimated_close_on", "estimated closing date", "estimated close date"),
        text("close_opportunity_code", "why it was closed", "close opportunity code"),
    ),
    key=("opportunity_entry_no",),
    time="changed_on",
)

ITEM = Table(
    "item",
    "something we sell",
    (
        text("item_no", "item", "no", "product", "item", nullable=False),
        text("description", "description", "name"),
        text("series", "family of items", "series", "category"),
        column(FieldType.AMOUNT, "unit_price_amount", "price of one", "unit price", "sales price"),
    ),
    key=("item_no",),
)

OPPORTUNITY_TABLES = (OPPORTUNITY, OPPORTUNITY_ENTRY, ITEM)
