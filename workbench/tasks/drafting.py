"""New tasks worked out: what is given, what follows for them, and whose copies there will be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines import task_copies
from pipelines.date_formula import evaluate
from pipelines.task_copies import Copy
from workbench import config
from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.contact_rows.related import NOBODY
from workbench.errors import ConfigError, RuleError
from workbench.setup import MarketingSetup
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.tasks import checks, remarks, rows
from workbench.tasks.writing import Draft

_NAMED = {
    "worksheet": "segment_no",
    "opportunity": "opportunity_no",
    "campaign": "campaign_no",
    "contact": "contact_no",
}
_SURROUNDINGS = """
    WITH surrounding AS (
        SELECT 1 AS place, NULL AS contact_no, campaign_no, salesperson_code FROM worksheet
        WHERE worksheet_no = $worksheet
        UNION ALL
        SELECT 2, c.contact_no, o.campaign_no, o.salesperson_code
        FROM opportunity o LEFT JOIN contact c USING (contact_id) WHERE o.opportunity_no = $opportunity
        UNION ALL
        SELECT 3, NULL, NULL, salesperson_code FROM campaign WHERE campaign_no = $campaign
        UNION ALL
        SELECT 4, NULL, NULL, salesperson_code FROM contact WHERE contact_no = $contact
        UNION ALL
        SELECT 5, NULL, NULL, salesperson_code FROM user_setup WHERE user_name = $user
    )
    SELECT n.contact_no, n.campaign_no,
        CASE WHEN NOT coalesce(s.is_blocked OR s.is_privacy_blocked, FALSE) THEN n.salesperson_code END
    FROM surrounding n LEFT JOIN salesperson s ON s.code = n.salesperson_code ORDER BY n.place
"""
_ON_WORKSHEET = """
    SELECT contact_id, bool_or(coalesce(c.is_privacy_blocked, FALSE))
    FROM worksheet_line l JOIN contact c USING (contact_id)
    WHERE l.worksheet_no = $worksheet GROUP BY contact_id ORDER BY min(l.line_no)
"""


def drafts(
    con: Connection,
    marketing: MarketingSetup,
    given: Mapping[str, Any],
    as_of: dt.date,
    attendees: Sequence[Copy] = (),
    comments: Sequence[str] = (),
) -> tuple[list[Draft], tuple[str, ...]]:
    """Work new tasks out.

    Parameters
    ----------
    con : connection
        An open unit of work.
    marketing : MarketingSetup
        For the day of a task that has none.
    given : mapping of str to object
        By field, as from `checks.checked`.
    as_of : datetime.date
        The day of the work.
    attendees : sequence of Copy, optional
        Who attends a meeting.
    comments : sequence of str, optional
        What is said about them.

    Returns
    -------
    tuple of list of Draft and tuple of str
        One task; of a worksheet and no meeting, one for each contact on it. And what is to be known about them.

    Raises
    ------
    ConfigError
        When something is missing, or does not go together.
    RuleError
        When a rule refuses the task.
    """
    values = _completed(con, marketing, given, as_of)
    whom, notes = _whom(con, values)
    is_meeting = values["type"] == "meeting"
    if not is_meeting and attendees:
        raise ConfigError("Only meetings have attendees.", "Give the task the type meeting, or name one contact.")
    _check(con, values)
    copies = _copies(con, values, [*map(task_copies.guest, whom), *attendees])
    about = [NOBODY] if is_meeting or not whom else whom
    return [Draft(_row(values, contact_id), copies, tuple(comments)) for contact_id in about], notes


def check_times(values: Mapping[str, Any]) -> dict[str, Any]:
    """Say how long a meeting takes where nobody said it, and refuse a place for what is none.

    Parameters
    ----------
    values : mapping of str to object
        Of a task.

    Returns
    -------
    dict
        With a duration for a meeting: half an hour, and all day for one without a time to start.

    Raises
    ------
    ConfigError
        When a task that is no meeting has a location.
    """
    if values.get("type") != "meeting":
        if values.get("location"):
            raise ConfigError("Only meetings have a location.", "Leave it out, or give the task the type meeting.")
        return dict(values)
    default = checks.MEETING_MINUTES if values.get("start_time") else checks.ALL_DAY_MINUTES
    return {**values, "duration_minutes": values.get("duration_minutes") or float(default)}


def check_recurrence(values: Mapping[str, Any]) -> None:
    """Refuse a recurring task that does not say how it recurs.

    Parameters
    ----------
    values : mapping of str to object
        Of a task.

    Raises
    ------
    ConfigError
        When one of formula and reference day is there without the other.
    """
    if bool(values.get("recurring_formula")) != bool(values.get("recurs_from")):
        raise ConfigError(
            "A recurring task needs recurring_formula and recurs_from.",
            f"Such as 1W, from {' or '.join(checks.RECURS_FROM)}; or leave both out.",
        )


def check_organizer(con: Connection, salesperson_code: str | None) -> None:
    """Refuse somebody who cannot organize a meeting.

    Parameters
    ----------
    con : connection
        An open unit of work.
    salesperson_code : str or None
        The salesperson.

    Raises
    ------
    RuleError
        When nobody is named, or a salesperson without an e-mail address (table 5199).
    """
    if salesperson_code is None:
        raise RuleError("A meeting needs a salesperson who organizes it.", "Name one as salesperson_code.")
    if first_row(con, "SELECT email FROM salesperson WHERE code = ? AND email <> ''", [salesperson_code]) is None:
        raise RuleError(
            f"{salesperson_code} has no e-mail address, which organizing a meeting needs.",
            f"Add it: workbench setup code salesperson {salesperson_code} --set email=…",
        )


def members(con: Connection, team_code: str) -> list[str]:
    """List the salespeople of a team that gets a task.

    Parameters
    ----------
    con : connection
        An open unit of work.
    team_code : str
        The team.

    Returns
    -------
    list of str
        By code.

    Raises
    ------
    RuleError
        When it has none, so that nobody would do the task.
    """
    found = rows.members(con, team_code)
    if not found:
        raise RuleError(
            f"The team {team_code} has no salespeople.",
            "Add one to it first: workbench setup code team_salesperson.",
        )
    return found


def _completed(con: Connection, marketing: MarketingSetup, given: Mapping[str, Any], as_of: dt.date) -> dict[str, Any]:
    """Fill in what follows: from worksheet, opportunity, campaign and contact, in this order, and from the user."""
    values = {name: given.get(name) for name in checks.FIELDS}
    for contact_no, campaign_no, _ in _surroundings(con, values):
        values["contact_no"] = values["contact_no"] or contact_no
        values["campaign_no"] = values["campaign_no"] or campaign_no
    if not values["team_code"] or values["type"] == "meeting":
        people = (code for *_, code in _surroundings(con, values) if code)
        values["salesperson_code"] = values["salesperson_code"] or next(people, None)
    formula = marketing.default_task_date_formula
    values["dated_on"] = values["dated_on"] or (evaluate(formula, as_of) if formula else as_of)
    values["status"], values["priority"] = values["status"] or "not_started", values["priority"] or "normal"
    return check_times(values)


def _surroundings(con: Connection, values: Mapping[str, Any]) -> list[tuple[str | None, str | None, str | None]]:
    asked = {key: values[name] for key, name in _NAMED.items()}
    return con.execute(_SURROUNDINGS, {**asked, "user": config.user()}).fetchall()


def _whom(con: Connection, values: Mapping[str, Any]) -> tuple[list[int], tuple[str, ...]]:
    """Find the contacts: the one named, else those on the worksheet."""
    if values["contact_no"]:
        contact_id = id_of(con, values["contact_no"])
        require_not_blocked(con, contact_id, "creating a task")
        return [contact_id], ()
    if not values["segment_no"]:
        return [], ()
    found = con.execute(_ON_WORKSHEET, {"worksheet": values["segment_no"]}).fetchall()
    allowed = [contact_id for contact_id, is_blocked in found if not is_blocked]
    if not allowed:
        raise RuleError(f"{values['segment_no']} has no contact for a task.", "Add contacts to the worksheet.")
    return allowed, remarks.known(remarks.blocked(len(found) - len(allowed)))


def _check(con: Connection, values: Mapping[str, Any]) -> None:
    if not values["description"]:
        raise ConfigError("A task needs a description.", "Say what is to be done.")
    check_recurrence(values)
    if not values["salesperson_code"] and not values["team_code"]:
        raise RuleError("A task is a salesperson's or a team's.", "Name a salesperson_code or a team_code.")
    if values["type"] == "meeting":
        check_organizer(con, values["salesperson_code"])
    elif values["salesperson_code"] and values["team_code"]:
        raise RuleError(
            "A task is a salesperson's or a team's, not both.",
            "Name one of them; only the meeting of a team has a salesperson, who organizes it.",
        )


def _copies(con: Connection, values: Mapping[str, Any], attendees: Sequence[Copy]) -> tuple[Copy, ...]:
    is_meeting, organizer = values["type"] == "meeting", values["salesperson_code"]
    if values["team_code"]:
        return task_copies.of_new(is_meeting, members(con, values["team_code"]), organizer, attendees)
    others = [one for one in attendees if one.salesperson_code != organizer]
    return task_copies.of_new(is_meeting, attendees=others)


def _row(values: Mapping[str, Any], contact_id: int) -> dict[str, Any]:
    is_team = bool(values["team_code"])
    kept = {name: value for name, value in values.items() if name != "contact_no"}
    return {
        **kept, "contact_id": contact_id, "role": "team" if is_team else "organizer", "is_closed": False,
        "is_canceled": False, "salesperson_code": None if is_team else values["salesperson_code"],
    }  # fmt: skip
