"""What the columns of reports are called."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.app.language import _

CODED = ("kind", "type", "status", "priority", "action_taken", "information_flow", "number_of_answers")
"""Columns whose values have names in each language."""
OF_LINES = ("block", "addressee")
"""Columns whose values have several lines."""


def heads() -> Mapping[str, str]:
    """Name the columns of all reports.

    Returns
    -------
    mapping of str to str
        By the name of the column, in the visitor's language.
    """
    return {
        "contact_no": _("Number"),
        "company_no": _("Company"),
        "company_name": _("Company name"),
        "kind": _("Kind"),
        "type": _("Type"),
        "name": _("Name"),
        "job_title": _("Job title"),
        "address": _("Address"),
        "city": _("City"),
        "post_code": _("Post code"),
        "county": _("County"),
        "country_code": _("Country"),
        "phone_no": _("Telephone"),
        "email": _("E-mail"),
        "currency_code": _("Currency"),
        "cost_amount": _("Cost"),
        "duration_minutes": _("Minutes"),
        "opportunity_count": _("Opportunities"),
        "estimated_amount": _("Estimated value"),
        "calculated_amount": _("Calculated value"),
        "next_task_on": _("Next task"),
        "dated_on": _("Day of the task"),
        "occurred_on": _("Day of the interaction"),
        "interaction_template_code": _("Interaction template"),
        "description": _("Description"),
        "information_flow": _("Direction"),
        "status": _("Status"),
        "salesperson_code": _("Salesperson"),
        "block": _("Label"),
        "addressee": _("Addressee"),
        "salutation": _("Salutation"),
        "questionnaire_code": _("Questionnaire"),
        "line_no": _("Line"),
        "warning": _("Warning"),
        "text": _("Text"),
        "number_of_answers": _("Answers"),
        "campaign_no": _("Campaign"),
        "starting_on": _("First day"),
        "ending_on": _("Last day"),
        "is_activated": _("Activated"),
        "target_contacts_contacted": _("Target contacts contacted"),
        "contacts_responded": _("Contacts responded"),
        "entry_response_rate": _("Response rate of entries"),
        "cost_per_response_amount": _("Cost per response"),
        "duration_per_response_minutes": _("Minutes per response"),
        "segment_no": _("Segment"),
        "line_count": _("Lines"),
        "campaign_entry_no": _("Entry"),
        "interaction_count": _("Interactions"),
        "is_canceled": _("Canceled"),
        "is_auto_classified": _("Answered automatically"),
        "salesperson_name": _("Name of the salesperson"),
        "team_code": _("Team"),
        "team_name": _("Name of the team"),
        "task_no": _("Task"),
        "contact_name": _("Contact"),
        "priority": _("Priority"),
        "opportunity_no": _("Opportunity"),
        "closed_on": _("Date closed"),
        "is_closed": _("Closed"),
        "completed_by": _("Completed by"),
        "created_on": _("Created"),
        "probability_rate": _("Probability"),
        "chances_rate": _("Chances of success"),
        "completed_rate": _("Completed"),
        "sales_cycle_code": _("Sales cycle"),
        "stage_no": _("Stage"),
        "stage": _("Name of the stage"),
        "estimated_close_on": _("Estimated closing date"),
        "is_blocked": _("Blocked"),
        "activity_code": _("Activity"),
        "average_open_days": _("Average days"),
        "opportunity_entry_no": _("Step"),
        "action_taken": _("Action taken"),
        "changed_on": _("Date of change"),
        "open_days": _("Days open"),
        "is_quote_required": _("Quote required"),
        "allows_skip": _("Allow skip"),
        "is_active": _("Active"),
        "planned_on": _("Planned"),
        "step_no": _("Step of the activity"),
    }
