"""What an interaction begins with when it is created: its time, what its template gives, what is still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.correspondence import correspondence_type

REQUIRED = ("contact_no", "interaction_template_code", "salesperson_code", "occurred_at", "description")
"""What every interaction needs before it is finished, and before it is postponed as well."""

OF_TEMPLATE = (
    "interaction_group_code", "cost_amount", "duration_minutes", "information_flow", "initiated_by", "campaign_no",
    "is_campaign_target", "is_campaign_response", "correspondence_type", "language_code", "attachment_no",
    "word_template_code", "description", "subject",
)  # fmt: skip
"""What choosing another template takes away from an interaction, for the new one to fill."""


def next_minute(at: dt.datetime) -> dt.datetime:
    """Round a moment up to the minute.

    Parameters
    ----------
    at : datetime.datetime
        Now.

    Returns
    -------
    datetime.datetime
        The first full minute that is not before it.

    Examples
    --------
    >>> next_minute(dt.datetime(2026, 3, 31, 9, 59, 1, tzinfo=dt.UTC)).isoformat()
    '2026-03-31T10:00:00+00:00'
    """
    full = at.replace(second=0, microsecond=0)
    return full if full == at else full + dt.timedelta(minutes=1)


def without_template(values: Mapping[str, Any], template_code: str | None) -> dict[str, Any]:
    """Drop what an earlier template gave, where another one is chosen.

    Parameters
    ----------
    values : mapping of str to object
        The interaction as it was.
    template_code : str or None
        What is chosen now; None where the choice stays.

    Returns
    -------
    dict
        All of it while the template is the same.

    Notes
    -----
    The product replaces a description that somebody typed only where one template follows another (table 5077).
    """
    before = values.get("interaction_template_code")
    if template_code is None or before is None or before == template_code:
        return dict(values)
    return {name: value for name, value in values.items() if name not in OF_TEMPLATE}


def filled(given: Mapping[str, Any], template: Mapping[str, Any], contact: Mapping[str, Any]) -> dict[str, Any]:
    """Fill what nobody gave from the template, and the correspondence from the contact as well.

    Parameters
    ----------
    given : mapping of str to object
        What somebody chose; None is a choice.
    template : mapping of str to object
        The columns of the interaction template; empty where none is chosen yet.
    contact : mapping of str to object
        The contact's `correspondence_type`.

    Returns
    -------
    dict
        Group, cost, duration, flow, who began, campaign with its flags, correspondence, description and subject; what
        was given first.

    References
    ----------
    Business Central, table 5077 (Segment Line), field Interaction Template Code.
    """
    offered = {
        "interaction_group_code": template.get("interaction_group_code"),
        "cost_amount": template.get("unit_cost_amount"),
        "duration_minutes": template.get("unit_duration_minutes"),
        "information_flow": template.get("information_flow"),
        "initiated_by": template.get("initiated_by"),
        "campaign_no": template.get("campaign_no"),
        "is_campaign_target": bool(template.get("is_campaign_target")),
        "is_campaign_response": bool(template.get("is_campaign_response")),
        "correspondence_type": correspondence_type(
            contact.get("correspondence_type"), template.get("correspondence_type"),
            template_ignores_contact=bool(template.get("ignores_contact_correspondence")),
        ),
        "description": template.get("description"),
    }  # fmt: skip
    values = {**offered, **given}
    values["description"] = values["description"] or offered["description"]
    values["subject"] = given.get("subject") or values["description"]
    return values


def missing(values: Mapping[str, Any]) -> tuple[str, ...]:
    """List what an interaction still needs.

    Parameters
    ----------
    values : mapping of str to object
        By field.

    Returns
    -------
    tuple of str
        Those of `REQUIRED` that are blank, in their order; what stands for a document needs no salesperson.

    Examples
    --------
    >>> missing({"contact_no": "C1", "description": "Call"})
    ('interaction_template_code', 'salesperson_code', 'occurred_at')
    """
    needless = ("salesperson_code",) if values.get("document_type") else ()
    return tuple(name for name in REQUIRED if name not in needless and values.get(name) in (None, ""))


def title(information_flow: str | None, template: str, salesperson: str, contact: str) -> str:
    """Say in one line what an interaction is.

    Parameters
    ----------
    information_flow : str or None
        From us, or to us.
    template : str
        Description of its template.
    salesperson : str
        Name of the salesperson, or of whoever logged it.
    contact : str
        Name of the contact.

    Returns
    -------
    str
        With who it is from, where that is known.

    References
    ----------
    Business Central, table 5065 (Interaction Log Entry), GetEntryTitle.

    Examples
    --------
    >>> title("inbound", "Business letter", "John", "Ann Lee")
    'Business letter - from Ann Lee'
    """
    if information_flow == "outbound" and salesperson:
        return f"{template} - by {salesperson}"
    if information_flow == "inbound" and contact:
        return f"{template} - from {contact}"
    return template
