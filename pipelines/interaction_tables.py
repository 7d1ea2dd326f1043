"""Interactions, their kinds, and what is sent with them."""

from __future__ import annotations

from pipelines.columns import FieldType, Table, column, contact_no, flag, text

DOCUMENT_TYPES = (
    "sales_quote", "sales_blanket_order", "sales_order_confirmation", "sales_invoice", "sales_shipment",
    "sales_credit_memo", "sales_statement", "sales_reminder", "sales_finance_charge_memo", "sales_return_order",
    "sales_return_receipt", "purchase_quote", "purchase_blanket_order", "purchase_order", "purchase_invoice",
    "purchase_receipt", "purchase_credit_memo", "purchase_return_shipment", "purchase_return_order", "service_order",
    "service_quote", "service_contract", "service_contract_quote", "cover_sheet", "email", "outgoing_call",
    "meeting_invitation",
)  # fmt: skip

INTERACTION = Table(
    "interaction",
    "one entry of the interaction log: a letter, call, e-mail, visit or response",
    (
        text("interaction_no", "number of the interaction in its source", "interaction id", "entry no", "id"),
        contact_no(),
        column(
            FieldType.TIMESTAMP,
            "occurred_at",
            "when it happened",
            "date",
            "interaction date",
            "timestamp",
            "occurred on",
            nullable=False,
        ),
        text("interaction_group_code", "interaction group", "group", "interaction group"),
        text("interaction_template_code", "interaction template", "template", "interaction template", "kind"),
        text("description", "description"),
        text("subject", "subject"),
        text("information_flow", "outbound or inbound", "flow", "direction", choices=("outbound", "inbound")),
        text("initiated_by", "us or them", choices=("us", "them")),
        text("correspondence_type", "correspondence", choices=("hard_copy", "email")),
        text("campaign_no", "campaign", "campaign", "campaign id"),
        flag("is_campaign_target", "sent to a campaign's target", "campaign target"),
        flag("is_campaign_response", "a response to a campaign", "campaign response"),
        text("salesperson_code", "salesperson", "salesperson"),
        text(
            "evaluation",
            "how it went",
            choices=("very_positive", "positive", "neutral", "negative", "very_negative"),
        ),
        flag("is_attempt_failed", "the attempt failed", "attempt failed"),
        flag("is_canceled", "canceled", "canceled", "cancelled"),
        flag("is_postponed", "postponed", "postponed"),
        column(FieldType.AMOUNT, "cost_amount", "cost", "cost"),
        column(FieldType.NUMBER, "duration_minutes", "duration in minutes", "duration"),
        text("language_code", "language", "language"),
        text("document_no", "document", "document no"),
        text("opportunity_no", "opportunity", "opportunity"),
        text("segment_no", "segment it was logged from", "segment"),
        text("logged_segment_entry_no", "number of the logged segment", "logged segment"),
        text("campaign_entry_no", "number of the campaign entry it belongs to", "campaign entry"),
        text("task_no", "task it came from", "to-do no", "task"),
        text("document_type", "kind of document it stands for", "document type", choices=DOCUMENT_TYPES),
        text("delivery_status", "how sending it goes", "delivery status", choices=("in_progress", "error")),
        text("alternative_address_code", "address of the contact it went to", "alternative address code"),
    ),
    key=("interaction_no",),
    time="occurred_at",
    takes_fields=True,
)

INTERACTION_TEMPLATE = Table(
    "interaction_template",
    "a kind of interaction, with what its interactions begin with",
    (
        text("interaction_template_code", "interaction template", "code", "template", nullable=False),
        text("description", "description"),
        text("interaction_group_code", "interaction group", "group", "interaction group"),
        column(FieldType.AMOUNT, "unit_cost_amount", "cost of each", "unit cost"),
        column(FieldType.NUMBER, "unit_duration_minutes", "duration of each in minutes", "unit duration"),
        text("information_flow", "outbound or inbound", "flow", "direction", choices=("outbound", "inbound")),
        text("initiated_by", "us or them", choices=("us", "them")),
        text("campaign_no", "campaign", "campaign"),
        flag("is_campaign_target", "sent to a campaign's target", "campaign target"),
        flag("is_campaign_response", "a response to a campaign", "campaign response"),
        text("correspondence_type", "correspondence", choices=("hard_copy", "email")),
        flag("ignores_contact_correspondence", "whether its correspondence goes before the contact's"),
        text(
            "language_code",
            "language of what is sent unless the contact's is there",
            "language",
            "language code default",
        ),
        text("wizard_action", "what creating one begins with", "wizard action", choices=("open", "import", "merge")),
        text("word_template_code", "document to merge", "word template", "word template code"),
    ),
    key=("interaction_template_code",),
)

INTERACTION_TEMPLATE_SETUP = Table(
    "interaction_template_setup",
    "the template that documents of a kind are recorded with",
    (
        text("document_type", "kind of document", choices=DOCUMENT_TYPES, nullable=False),
        text("interaction_template_code", "interaction template", "template", nullable=False),
    ),
    key=("document_type",),
)

INTERACTION_TABLES = (INTERACTION, INTERACTION_TEMPLATE, INTERACTION_TEMPLATE_SETUP)
