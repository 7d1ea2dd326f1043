"""What completing a task records: an interaction for each contact it was about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.dates import instant
from workbench.contact_rows.privacy import require_not_blocked
from workbench.contact_rows.related import NOBODY
from workbench.errors import RuleError
from workbench.interactions import campaign_entries, writing
from workbench.setup import codes
from workbench.store import Connection
from workbench.tasks import rows
from workbench.tasks.results import Task
from workbench.templates import rows as templates
from workbench.templates.results import Template

# The document whose template a task of a type is recorded with, unless somebody names another.
_DOCUMENT_OF = MappingProxyType({"phone_call": "outgoing_call", "meeting": "meeting_invitation"})


def contacts(con: Connection, task: Task) -> list[int]:
    """Find the contacts that a task is about.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task : Task
        The task, or a member's copy of it.

    Returns
    -------
    list of int
        Those who attend a meeting; of another task its contact.
    """
    main = task.organizer_task_no or task.task_no
    if task.is_meeting:
        return list(dict.fromkeys(one.contact_id for one in rows.copies(con, main) if one.contact_id))
    contact_id = rows.contact_id(con, main)
    return [] if contact_id == NOBODY else [contact_id]


def template(con: Connection, task: Task, code: str | None) -> Template:
    """Find the template that a completed task is recorded with.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task : Task
        The task.
    code : str or None
        The template that somebody named; else it is the task's, else that of setup for the type of the task.

    Returns
    -------
    Template
        What it says.

    Raises
    ------
    NotFoundError
        When the one that is named does not exist.
    RuleError
        When none is named, or that of setup cannot be used.
    """
    chosen = code or task.interaction_template_code
    document = _DOCUMENT_OF.get(task.type or "")
    if chosen is not None:
        return templates.found(con, chosen)
    used = templates.for_document(con, document) if document else None
    if used is None:
        raise RuleError(
            f"{task.task_no} has no interaction template to be recorded with.",
            "Name one, or complete the task without recording it.",
        )
    return used


def check(con: Connection, task: Task, salesperson_code: str | None, whom: Sequence[int]) -> None:
    """Refuse what an interaction could not be logged with.

    Parameters
    ----------
    con : connection
        An open unit of work.
    task : Task
        The task.
    salesperson_code : str or None
        Who did it.
    whom : sequence of int
        The contacts.

    Raises
    ------
    RuleError
        When nobody is named or the salesperson is blocked, or a contact's privacy is blocked.
    """
    if salesperson_code is None:
        raise RuleError(f"{task.task_no} names no salesperson who did it.", "Give the task a salesperson.")
    codes.check_salesperson(con, salesperson_code)
    for contact_id in whom:
        require_not_blocked(con, contact_id, "recording an interaction")


def record(
    con: Connection,
    task: Task,
    whom: Sequence[int],
    used: Template,
    salesperson_code: str | None,
    as_of: dt.date,
    zone: ZoneInfo,
) -> None:
    """Write an interaction for each contact that a completed task was about.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task : Task
        The task.
    whom : sequence of int
        The contacts.
    used : Template
        What the interactions begin with.
    salesperson_code : str or None
        Who did it.
    as_of : datetime.date
        The day.
    zone : zoneinfo.ZoneInfo
        Of the store, in which the day is one.
    """
    campaign_no = task.campaign_no or used.campaign_no
    values = {
        "occurred_at": instant(as_of, zone).replace(tzinfo=None),
        "interaction_template_code": used.interaction_template_code,
        "interaction_group_code": used.interaction_group_code,
        "description": task.description,
        "information_flow": used.information_flow, "initiated_by": used.initiated_by,
        "campaign_no": campaign_no,
        "campaign_entry_no": _campaign_entry(con, campaign_no, task, salesperson_code, as_of),
        "is_campaign_target": used.is_campaign_target, "is_campaign_response": used.is_campaign_response,
        "salesperson_code": salesperson_code, "language_code": used.language_code,
        "cost_amount": used.unit_cost_amount, "duration_minutes": used.unit_duration_minutes or task.duration_minutes,
        "opportunity_no": task.opportunity_no, "task_no": task.organizer_task_no or task.task_no,
    }  # fmt: skip
    writing.insert(con, pd.DataFrame([{"contact_id": contact_id, **values} for contact_id in whom]))


def _campaign_entry(
    con: Connection, campaign_no: str | None, task: Task, salesperson_code: str | None, as_of: dt.date
) -> str | None:
    if campaign_no is None:
        return None
    return campaign_entries.entry_for(
        con, campaign_no=campaign_no, description=task.description or "", dated_on=as_of,
        salesperson_code=salesperson_code,
    )  # fmt: skip
