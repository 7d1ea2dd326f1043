"""What an erasure keeps of the rows about a contact, table by table, and why each table is kept at all.

A row that stays keeps the contact's id, which says nothing any more: the contact is gone, its tombstone holds a salted
digest of the number only, and no other contact ever gets the id. So targets stay distinct, responses still belong to
targets, and every sum closes. Of such a row only the columns below stay; everything else, fields of users included, is
blanked.

====================================  =======================================================================
table                                 what an erasure does
====================================  =======================================================================
contact                               removed
interaction                           kept without number, description, subject, document and fields of users
interaction_comment                   removed
attachment                            removed, unless templates or other contacts have the file as well
opportunity, opportunity_entry        kept without description and fields of users; an open one is lost
opportunity_comment                   removed
sales_document, sales_document_line   kept without customer, and without the words of lines
sales_entry, purchase_entry           kept without numbers, document and fields of users
campaign_target, campaign_response    kept
task                                  kept without description, and its copies; an open one is canceled
task_comment                          removed, but of meetings that other contacts attend
business_relation, linked records     removed; a record that another contact has as well stays
consent, contact_list                 removed
profile_answer                        removed
alternative_address (with ranges)     removed
contact_web_source, contact_comment   removed
scores, worksheet lines and history   removed
segment_snapshot_member               kept, the digest of the tombstone in the place of the number
campaign_launch_member                kept likewise
export_member                         kept: files that held the person can still be told
contact_duplicate, contact_merge      removed, before-images included
contact_tombstone                     written; those of contacts merged into this one stay
load_receipt                          untouched: it names files and counts, no contact
====================================  =======================================================================
"""

from __future__ import annotations

from types import MappingProxyType

KEPT: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "interaction": (
            "occurred_at", "interaction_group_code", "interaction_template_code", "information_flow", "initiated_by",
            "correspondence_type", "campaign_no", "is_campaign_target", "is_campaign_response", "salesperson_code",
            "evaluation", "is_attempt_failed", "is_canceled", "is_postponed", "cost_amount", "duration_minutes",
            "opportunity_no", "segment_no", "logged_segment_entry_no",
        ),
        "opportunity": (
            "opportunity_no", "salesperson_code", "campaign_no", "sales_cycle_code", "stage", "status", "priority",
            "created_on", "closed_on", "estimated_close_on", "estimated_amount", "calculated_amount",
            "probability_rate", "segment_no", "item_no", "document_type", "document_no",
        ),
        "opportunity_entry": (
            "opportunity_entry_no", "opportunity_no", "sales_cycle_code", "stage_no", "previous_stage_no",
            "salesperson_code", "campaign_no", "changed_on", "is_active", "action_taken", "closed_on", "open_days",
            "estimated_amount", "calculated_amount", "completed_rate", "chances_rate", "probability_rate",
            "estimated_close_on", "close_opportunity_code",
        ),
        "sales_entry": (
            "posted_at", "item_no", "quantity", "sales_amount", "discount_amount", "profit_amount", "due_on",
            "closed_on", "campaign_no", "salesperson_code",
        ),
        "purchase_entry": (
            "posted_at", "item_no", "quantity", "purchase_amount", "discount_amount", "due_on", "closed_on",
        ),
        "campaign_target": ("campaign_no", "arm", "targeted_on"),
        "campaign_response": ("campaign_no", "responded_at", "revenue_amount"),
        "task": (
            "task_no", "type", "dated_on", "status", "priority", "is_closed", "closed_on", "is_canceled",
            "salesperson_code", "team_code", "campaign_no", "segment_no", "opportunity_no", "organizer_task_no", "role",
            "start_time", "duration_minutes", "completed_by", "interaction_template_code", "activity_code",
        ),
    }
)  # fmt: skip
"""Tables whose rows outlive the person, with the columns that stay."""

REMOVED = (
    "business_relation", "consent", "contact_list", "profile_answer", "contact_web_source", "alternative_address",
    "alternative_address_range", "contact_comment",
)  # fmt: skip
"""Tables whose rows go with the person."""

PURPOSES: MappingProxyType[str, str] = MappingProxyType(
    {
        "contact": "to know whom we deal with and how to reach them",
        "business_relation": "to know what the contact is for us",
        "interaction": "to know what was said and sent between the contact and us",
        "task_comment": "to remember what matters about a task",
        "interaction_comment": "to remember what matters about an interaction",
        "attachment": "to know what exactly was sent or received",
        "opportunity": "to follow possible sales",
        "opportunity_entry": "to follow possible sales",
        "opportunity_comment": "to remember what matters about a possible sale",
        "sales_document": "to know what was offered and ordered",
        "sales_entry": "to know what was sold",
        "purchase_entry": "to know what was bought",
        "campaign_target": "to know whom a campaign was for, and whether it worked",
        "campaign_response": "to know whether a campaign worked",
        "consent": "to prove what we may send",
        "contact_list": "to choose contacts for mailings",
        "profile_answer": "to tell groups of contacts apart",
        "contact_web_source": "to find news of the contact",
        "alternative_address": "to reach the contact elsewhere",
        "alternative_address_range": "to reach the contact elsewhere",
        "contact_comment": "to remember what matters about the contact",
        "task": "to do what was promised",
        "customer": "to sell, as a record linked to the contact",
        "vendor": "to buy, as a record linked to the contact",
        "bank_account": "to pay, as a record linked to the contact",
        "employee": "to employ, as a record linked to the contact",
        "score": "to tell how likely or valuable something is",
        "worksheet_line": "to prepare a mailing or other work",
        "segment_snapshot": "to keep whom a segment had on a day",
        "campaign_launch": "to know why a campaign targeted somebody, held them out or passed them over",
        "export": "to hand contacts on in files",
        "contact_duplicate": "to find contacts that are kept twice",
        "contact_merge": "to be able to undo a merge",
        "contact_tombstone": "to keep numbers of merged contacts from being given again",
        "mention": "to choose contacts by definitions that name this one",
    }
)
"""What each kind of row is kept for."""
