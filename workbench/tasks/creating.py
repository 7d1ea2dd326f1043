"""Tasks created: one by one, for everybody on a worksheet, and those of an activity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipelines.task_copies import Copy, colleague, guest
from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.errors import ConfigError, ConflictError
from workbench.setup import numbering
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.tasks import activities, checks, drafting, rows, writing
from workbench.tasks.receipts import CreationReceipt
from workbench.tasks.writing import SERIES, Draft

_LONGEST_NUMBER = 20
_TOLD = ("dated_on", "type", "description", "priority", "salesperson_code", "team_code")
_TYPES = {
    "task_no": "str", "dated_on": "datetime64[us]", "type": "str", "description": "str", "priority": "str",
    "salesperson_code": "str", "team_code": "str", "contact_no": "str", "copy_count": "int64",
}  # fmt: skip


class Creating(Work):
    """Creating tasks."""

    def create(
        self,
        as_of: dt.date,
        *,
        task_no: str | None = None,
        attendees: Sequence[str] = (),
        colleagues: Sequence[str] = (),
        comments: Sequence[str] = (),
        dry_run: bool = False,
        **fields: object,
    ) -> CreationReceipt:
        """Create a task.

        Parameters
        ----------
        as_of : datetime.date
            The day, which chooses the line of the number series.
        task_no : str, optional
            Its number; the next one, such as TD000001, where absent.
        attendees : sequence of str, optional
            Numbers of contacts who attend a meeting.
        colleagues : sequence of str, optional
            Codes of salespeople who attend a meeting, besides the one who organizes it.
        comments : sequence of str, optional
            What is said about it.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            `description`, and any other of `checks.FIELDS`: `type` (meeting, phone_call, or none), `dated_on`,
            `start_time`, `duration_minutes`, `location`, `status`, `priority`, `salesperson_code`, `team_code`,
            `contact_no`, `campaign_no`, `segment_no`, `opportunity_no`, `interaction_template_code`,
            `recurring_formula`, `recurs_from`.

        Returns
        -------
        CreationReceipt
            One task; of a worksheet (`segment_no`) and no meeting, one for each contact on it.

        Raises
        ------
        ConfigError
            When there is no such field, a value does not suit it, or something is missing.
        NotFoundError
            When it refers to what is not there.
        ConflictError
            When the number is taken.
        RuleError
            When a contact's privacy is blocked, nobody is responsible, or the organizer of a meeting has no e-mail.

        Notes
        -----
        Without a day it is due when marketing setup says. Without a salesperson it is that of the worksheet,
        opportunity, campaign or contact, in this order, else of the user. The task of a team has a copy for each
        member. A meeting is about no contact of its own: contacts attend it, those on a worksheet all at once, and so
        do the members of a team; `salesperson_code` organizes it. A meeting without a time to start takes all day.
        """
        with self._unit(dry_run) as con:
            given = checks.checked(con, fields)
            asked = [*_guests(con, attendees), *_colleagues(con, colleagues)]
            drafts, notes = drafting.drafts(con, self._setup.marketing(), given, as_of, asked, _said(comments))
            numbers = _numbered(con, drafts, as_of, task_no, dry_run)
            return CreationReceipt(as_of, _told(con, drafts, numbers), notes, not dry_run)

    def assign_activity(
        self,
        activity_code: str,
        as_of: dt.date,
        *,
        starting_on: dt.date | None = None,
        dry_run: bool = False,
        **fields: object,
    ) -> CreationReceipt:
        """Create the tasks of an activity (table 5081).

        Parameters
        ----------
        activity_code : str
            The activity.
        as_of : datetime.date
            The day of the work.
        starting_on : datetime.date, optional
            The day that the formulas of its steps count from; `as_of` where absent.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Who and whom they are for: `salesperson_code`, `team_code`, `contact_no`, `campaign_no`, `segment_no`,
            `opportunity_no`. Of a team's activity, `salesperson_code` organizes the meetings.

        Returns
        -------
        CreationReceipt
            A task for each step, with its type, priority and description; meetings take all day.

        Raises
        ------
        NotFoundError
            When there is no such activity, or what is named is not there.
        ConfigError
            When the activity has no steps, or a step says nothing.
        RuleError
            As for `create`.
        """
        with self._unit(dry_run) as con:
            given = checks.checked(con, fields)
            setup, day = self._setup.marketing(), starting_on or as_of
            drafts, notes = activities.drafts(con, setup, activity_code, given, as_of, day)
            numbers = _numbered(con, drafts, as_of, None, dry_run)
            return CreationReceipt(as_of, _told(con, drafts, numbers), notes, not dry_run)


def _guests(con: Connection, numbers: Sequence[str]) -> list[Copy]:
    ids = [id_of(con, number) for number in dict.fromkeys(numbers)]
    for contact_id in ids:
        require_not_blocked(con, contact_id, "creating a task")
    return [guest(contact_id) for contact_id in ids]


def _colleagues(con: Connection, codes: Sequence[str]) -> list[Copy]:
    for code in codes:
        checks.check_salesperson(con, code)
    return [colleague(code) for code in dict.fromkeys(codes)]


def _said(comments: Sequence[str]) -> list[str]:
    return [text.strip() for text in comments if text.strip()]


def _numbered(
    con: Connection, drafts: Sequence[Draft], as_of: dt.date, task_no: str | None, dry_run: bool
) -> list[str | None]:
    """Write the tasks and give their numbers; of a preview, the number of one, and none of several."""
    number = _own_number(con, task_no)
    if not dry_run:
        return list(writing.write(con, drafts, as_of, number))
    if len(drafts) > 1:
        return [None] * len(drafts)
    return [number or numbering.peek(con, SERIES, as_of, lambda no: rows.is_taken(con, no))]


def _own_number(con: Connection, task_no: str | None) -> str | None:
    number = (task_no or "").strip()
    if not number:
        return None
    numbering.check_manual(con, SERIES)
    if len(number) > _LONGEST_NUMBER or not number.isprintable():
        raise ConfigError(f'"{number}" is no number for a task.', f"Write at most {_LONGEST_NUMBER} signs.")
    if rows.is_taken(con, number):
        raise ConflictError(f'The number "{number}" is taken.', "Give another one, or none for the next free one.")
    return number


def _told(con: Connection, drafts: Sequence[Draft], numbers: Sequence[str | None]) -> pd.DataFrame:
    ids = list({draft.values["contact_id"] for draft in drafts})
    query = "SELECT contact_id, contact_no FROM contact WHERE contact_id IN (SELECT unnest(?))"
    contacts = dict(con.execute(query, [ids]).fetchall())
    records = [_record(draft, no, contacts) for draft, no in zip(drafts, numbers, strict=True)]
    return pd.DataFrame(records).astype(_TYPES)


def _record(draft: Draft, task_no: str | None, contacts: Mapping[int, str]) -> dict[str, Any]:
    told = {name: draft.values[name] for name in _TOLD}
    about = contacts.get(draft.values["contact_id"])
    return {"task_no": task_no, **told, "contact_no": about, "copy_count": len(draft.copies)}
