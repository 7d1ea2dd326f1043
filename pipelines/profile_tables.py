"""Profile questionnaires: what is asked of contacts, what can be answered, and what answers are rated."""

from __future__ import annotations

from pipelines.columns import FieldType, Table, column, flag, text

PRIORITIES = ("very_low", "low", "normal", "high", "very_high")
ANSWER_PRIORITIES = ("very_low", "low", "normal", "high", "very_high")
CUSTOMER_CLASS_FIELDS = (
    "sales_amount", "profit_amount", "sales_frequency", "average_invoice_amount", "discount_percent",
    "average_overdue_days",
)  # fmt: skip
VENDOR_CLASS_FIELDS = (
    "purchase_amount", "purchase_frequency", "average_ticket_size", "discount_percent", "average_overdue_days",
)  # fmt: skip
CONTACT_CLASS_FIELDS = (
    "interaction_quantity", "interaction_frequency", "average_interaction_cost", "average_interaction_duration",
    "opportunity_won_percent", "rating",
)  # fmt: skip

QUESTIONNAIRE = Table(
    "questionnaire",
    "a profile questionnaire",
    (
        text("questionnaire_code", "profile questionnaire", "code", "profile questionnaire code", nullable=False),
        text("description", "description"),
        text("contact_type", "who is asked: companies, people, or both where blank", choices=("companies", "people")),
        text("business_relation_code", "only contacts of this business relation are asked", "business relation"),
        text("priority", "priority", choices=PRIORITIES),
    ),
    key=("questionnaire_code",),
)

QUESTIONNAIRE_LINE = Table(
    "questionnaire_line",
    "a question, or one of the answers that follow it",
    (
        text("questionnaire_code", "profile questionnaire", "profile questionnaire code", nullable=False),
        column(FieldType.NUMBER, "line_no", "place in the questionnaire", nullable=False),
        text("type", "question or answer", choices=("question", "answer"), nullable=False),
        text("description", "text of the question or answer"),
        flag("has_multiple_answers", "whether a contact may give several answers", "multiple answers"),
        flag("is_auto_classified", "whether contacts are classified by figures", "auto contact classification"),
        text("customer_class_field", "figure of customers that decides", choices=CUSTOMER_CLASS_FIELDS),
        text("vendor_class_field", "figure of vendors that decides", choices=VENDOR_CLASS_FIELDS),
        text("contact_class_field", "figure of contacts that decides", choices=CONTACT_CLASS_FIELDS),
        text("starting_date_formula", "first day that counts, from the day of the run"),
        text("ending_date_formula", "last day that counts, from the day of the run"),
        text(
            "classification_method",
            "what the figure is compared as",
            choices=("defined_value", "percentage_of_value", "percentage_of_contacts"),
        ),
        text("sorting_method", "order of contacts by their figure", choices=("descending", "ascending")),
        column(FieldType.NUMBER, "decimal_count", "decimals the figure is rounded to", "no of decimals"),
        column(FieldType.NUMBER, "min_answered_rate", "share of rated questions that must be answered, 0 to 1"),
        column(FieldType.NUMBER, "from_value", "lowest figure of the answer", "from"),
        column(FieldType.NUMBER, "to_value", "highest figure of the answer", "to"),
        text("priority", "priority", choices=ANSWER_PRIORITIES),
    ),
    key=("questionnaire_code", "line_no"),
)

QUESTIONNAIRE_RATING = Table(
    "questionnaire_rating",
    "points that an answer gives towards a rating question",
    (
        text("questionnaire_code", "questionnaire of the rating question", nullable=False),
        column(FieldType.NUMBER, "line_no", "line of the rating question", nullable=False),
        text("rated_questionnaire_code", "questionnaire of the rated answer", nullable=False),
        column(FieldType.NUMBER, "rated_line_no", "line of the rated answer", nullable=False),
        column(FieldType.NUMBER, "points", "points", nullable=False),
    ),
    key=("questionnaire_code", "line_no", "rated_questionnaire_code", "rated_line_no"),
)

PROFILE_TABLES = (QUESTIONNAIRE, QUESTIONNAIRE_LINE, QUESTIONNAIRE_RATING)
