"""Rows about one contact beside its card: alternative addresses, web sources, comments, tasks."""

from __future__ import annotations

from pipelines.columns import FieldType, Table, column, contact_no, flag, text

CONTACT_WEB_SOURCE = Table(
    "contact_web_source",
    "a place on the web where a company is found, with the word to search for",
    (
        contact_no(),
        text("web_source_code", "web source", "web source", nullable=False),
        text("search_word", "word to search for"),
    ),
    key=("contact_no", "web_source_code"),
)

ALTERNATIVE_ADDRESS = Table(
    "alternative_address",
    "another address of a contact, for a season or an occasion",
    (
        contact_no(),
        text("address_code", "code of the address", "code", nullable=False),
        text("name", "name at the address", "company name"),
        text("name_2", "second line of the name", "name 2"),
        text("address", "street address", "address 1", "street"),
        text("address_2", "second line of the address"),
        text("city", "city", "town", "suburb"),
        text("post_code", "post code", "postcode", "zip", "zip code"),
        text("county", "county or state", "state"),
        text("country_code", "country or region code", "country", "country region code"),
        text("phone_no", "telephone", "phone", "telephone"),
        text("mobile_phone_no", "mobile telephone", "mobile", "mobile phone"),
        text("fax_no", "fax number", "fax"),
        text("email", "e-mail address", "e-mail", "email address"),
        text("home_page", "web address", "website"),
    ),
    key=("contact_no", "address_code"),
)

ALTERNATIVE_ADDRESS_RANGE = Table(
    "alternative_address_range",
    "days on which an alternative address of a contact is the one to use",
    (
        contact_no(),
        text("address_code", "code of the address", "code", nullable=False),
        column(FieldType.DATE, "starting_on", "first day", "starting date", nullable=False),
        column(FieldType.DATE, "ending_on", "last day", "ending date"),
    ),
    key=("contact_no", "address_code", "starting_on"),
)

CONTACT_COMMENT = Table(
    "contact_comment",
    "a comment on a contact",
    (
        contact_no(),
        column(FieldType.DATE, "commented_on", "day of the comment", "date"),
        text("comment", "comment", nullable=False),
    ),
    key=(),
)

TASK_ROLES = ("organizer", "salesperson_attendee", "contact_attendee", "team")

TASK = Table(
    "task",
    "something to be done about a contact",
    (
        text("task_no", "number of the task", "no", "to-do no"),
        contact_no(),
        text("description", "description"),
        text("type", "kind of task", choices=("meeting", "phone_call")),
        column(FieldType.DATE, "dated_on", "day of the task", "date", "starting date"),
        text("status", "status", choices=("not_started", "in_progress", "completed", "waiting", "postponed")),
        text("priority", "priority", choices=("low", "normal", "high")),
        flag("is_closed", "closed", "closed"),
        column(FieldType.DATE, "closed_on", "day on which it was closed", "date closed"),
        flag("is_canceled", "canceled", "canceled", "cancelled"),
        text("salesperson_code", "salesperson", "salesperson"),
        text("team_code", "team", "team"),
        text("campaign_no", "campaign", "campaign"),
        text("segment_no", "segment it was made from", "segment"),
        text("opportunity_no", "opportunity", "opportunity"),
        text("organizer_task_no", "task it is a copy of", "organizer to-do no"),
        text("role", "whose copy it is", "system to-do type", choices=TASK_ROLES),
        text("start_time", "time of the day it starts, such as 14:30", "start time"),
        column(FieldType.NUMBER, "duration_minutes", "duration in minutes", "duration"),
        text("location", "place of a meeting", "location"),
        text("completed_by", "salesperson who completed a team's task", "completed by"),
        text("interaction_template_code", "template of what completing it records", "interaction template"),
        text("activity_code", "activity it came from", "activity"),
    ),
    key=("task_no",),
    time="dated_on",
    looks_ahead=True,
)

CONTACT_TABLES = (CONTACT_WEB_SOURCE, ALTERNATIVE_ADDRESS, ALTERNATIVE_ADDRESS_RANGE, CONTACT_COMMENT, TASK)
