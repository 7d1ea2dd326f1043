"""What the fields of tasks may hold."""

# Names of tables and columns come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from pipelines.contact_tables import TASK
from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.setup import codes, marketing_checks
from workbench.setup.settings import day
from workbench.store import Connection
from workbench.store.connection import first_row

FIELDS = (
    "description", "type", "dated_on", "start_time", "duration_minutes", "location", "status", "priority",
    "salesperson_code", "team_code", "contact_no", "campaign_no", "segment_no", "opportunity_no",
    "interaction_template_code", "recurring_formula", "recurs_from",
)  # fmt: skip
"""What somebody may give or change of a task."""

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
LONGEST_MINUTES = 3650 * 24 * 60
ALL_DAY_MINUTES, MEETING_MINUTES = 24 * 60, 30
OPEN_STATUSES = ("not_started", "in_progress", "waiting", "postponed")
RECURS_FROM = ("due_date", "closing_date")
_CHOICES: Mapping[str, Collection[str]] = {
    "type": TASK.by_name["type"].choices or (),
    "priority": TASK.by_name["priority"].choices or (),
    "status": OPEN_STATUSES,
    "recurs_from": RECURS_FROM,
}
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST_TEXT = 100
# Where the codes and numbers of fields are kept, and what users call them.
_REFERENCES = MappingProxyType({
    "team_code": ("team", "code", "team"),
    "contact_no": ("contact", "contact_no", "contact"),
    "campaign_no": ("campaign", "campaign_no", "campaign"),
    "segment_no": ("worksheet", "worksheet_no", "worksheet"),
    "opportunity_no": ("opportunity", "opportunity_no", "opportunity"),
    "interaction_template_code": ("interaction_template", "interaction_template_code", "interaction template"),
})  # fmt: skip


def checked(con: Connection, values: Mapping[str, object]) -> dict[str, Any]:
    """Check values for fields of a task.

    Parameters
    ----------
    con : connection
        An open unit of work.
    values : mapping of str to object
        By field of `FIELDS`; text is read, None and blank text are nothing.

    Returns
    -------
    dict
        With the types of `Task`.

    Raises
    ------
    ConfigError
        When there is no such field, or a value does not suit it.
    NotFoundError
        When it refers to what is not there.
    RuleError
        When it names a salesperson who is blocked.
    """
    typed = {name: _typed(name, value) for name, value in values.items()}
    for name, value in typed.items():
        if value is not None:
            _check_reference(con, name, str(value))
    return typed


def check_salesperson(con: Connection, code: str) -> None:
    """Refuse a salesperson who is none, or is blocked.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The salesperson.

    Raises
    ------
    NotFoundError
        When there is none of that code.
    RuleError
        When blocked.
    """
    codes.check_code(con, "salesperson_code", code)


def _typed(name: str, value: object) -> Any:
    if name not in FIELDS:
        raise ConfigError(f'A task has no field "{name}" that can be given.', nearest(name, FIELDS))
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if name == "dated_on":
        return _day(text)
    if name == "start_time":
        return _time(text)
    if name == "duration_minutes":
        return _minutes(text)
    if name in _CHOICES:
        return _choice(name, text)
    if name in ("description", "location") and len(text) > _LONGEST_TEXT:
        raise ConfigError(
            f"The {name} has {len(text)} characters.", f"At most {_LONGEST_TEXT} fit; comments take more."
        )
    if name == "recurring_formula":
        marketing_checks.check_formula(text)
    return text


def _day(text: str) -> dt.date:
    on = day(text[:10])
    if not EARLIEST <= on <= LATEST:
        raise ConfigError(f"The day {on} is none for a task.", f"Days from {EARLIEST} to {LATEST} are.")
    return on


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ConfigError(f'"{text}" is no time of the day.', "Write hours and minutes: 14:30.")
    return f"{int(found[1]):02}:{found[2]}"


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise ConfigError(f'"{text}" is no duration of a task.', "Write minutes, from 1 to those of ten years.")
    return minutes


def _choice(name: str, text: str) -> str:
    word = text.casefold().replace(" ", "_")
    if name == "status" and word == "completed":
        raise ConfigError("A status does not complete a task.", "Complete it: workbench task complete TASK_NO.")
    if word not in _CHOICES[name]:
        raise ConfigError(f'"{text}" is no value of {name}.', nearest(word, _CHOICES[name]))
    return word


def _check_reference(con: Connection, name: str, value: str) -> None:
    if name == "salesperson_code":
        check_salesperson(con, value)
    if name not in _REFERENCES:
        return
    table, key, spoken = _REFERENCES[name]
    if first_row(con, f"SELECT 1 FROM {table} WHERE {key} = ? LIMIT 1", [value]) is None:
        near = f"SELECT {key} FROM {table} ORDER BY levenshtein({key}, ?), 1 LIMIT 20"
        known = [no for (no,) in con.execute(near, [value]).fetchall()]
        raise NotFoundError(f'There is no {spoken} "{value}".', nearest(value, known) or "Create it first.")
