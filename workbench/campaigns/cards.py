"""The cards of campaigns in the store: found, listed, checked, written."""

# Names of columns come from the list of fields, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from workbench import config
from workbench.campaigns.results import CARD_FIELDS, Campaign
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.setup import codes, numbering
from workbench.setup.settings import day
from workbench.store import Connection
from workbench.store.connection import first_row

SERIES = "campaign_nos"
_DAYS = ("starting_on", "ending_on")
_SELECT = f"""
    SELECT campaign_no, {", ".join(CARD_FIELDS)},
        campaign_no IN (SELECT campaign_no FROM campaign_activation),
        (SELECT count(*) FROM campaign_target t WHERE t.campaign_no = c.campaign_no),
        (SELECT count(*) FROM campaign_entry e WHERE e.campaign_no = c.campaign_no),
        (SELECT count(*) FROM campaign_price p WHERE p.campaign_no = c.campaign_no),
        (SELECT count(*) FROM campaign_comment m WHERE m.campaign_no = c.campaign_no)
    FROM campaign c
"""
_STATUSES = """
    SELECT code, coalesce(description, code) FROM campaign_status
    UNION ALL
    SELECT DISTINCT status_code, status_code FROM campaign
    WHERE status_code IS NOT NULL AND status_code NOT IN (SELECT code FROM campaign_status)
    ORDER BY 1
"""
_DEFAULT_SALESPERSON = """
    SELECT u.salesperson_code FROM user_setup u LEFT JOIN salesperson s ON s.code = u.salesperson_code
    WHERE u.user_name = ? AND NOT coalesce(s.is_blocked OR s.is_privacy_blocked, FALSE)
"""


def listed(con: Connection) -> tuple[Campaign, ...]:
    """List the campaigns.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    tuple of Campaign
        By number.
    """
    return tuple(Campaign(*row) for row in con.execute(f"{_SELECT} ORDER BY campaign_no").fetchall())


def found(con: Connection, campaign_no: str) -> Campaign:
    """Find a campaign.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Its number.

    Returns
    -------
    Campaign
        Card and figures.

    Raises
    ------
    NotFoundError
        When none has the number; suggests the nearest.
    """
    row = first_row(con, f"{_SELECT} WHERE campaign_no = ?", [campaign_no])
    if row is None:
        known = [no for (no,) in con.execute("SELECT campaign_no FROM campaign").fetchall()]
        raise NotFoundError(f'There is no campaign "{campaign_no}".', nearest(campaign_no, known) or "Create one.")
    return Campaign(*row)


def statuses(con: Connection) -> dict[str, str]:
    """List the statuses that campaigns may have.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    dict of str to str
        Descriptions by code: those of the code table, and those that files brought.
    """
    return dict(con.execute(_STATUSES).fetchall())


def default_salesperson(con: Connection) -> str | None:
    """Tell who is responsible for a new campaign unless somebody is named (the user's, table 91).

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    str or None
        A salesperson who is not blocked.
    """
    row = first_row(con, _DEFAULT_SALESPERSON, [config.user()])
    return None if row is None else row[0]


def read(values: Mapping[str, object]) -> dict[str, Any]:
    """Read values for fields of a card.

    Parameters
    ----------
    values : mapping of str to object
        By field; None and blank text are nothing.

    Returns
    -------
    dict
        With the types of `Campaign`.

    Raises
    ------
    ConfigError
        When there is no such field, or the value is no date.
    """
    return {name: _read(name, value) for name, value in values.items()}


def check_codes(con: Connection, values: Mapping[str, Any]) -> None:
    """Refuse codes that are none.

    Parameters
    ----------
    con : connection
        An open unit of work.
    values : mapping of str to object
        As from `read`.

    Raises
    ------
    NotFoundError
        When there is no such status or salesperson.
    RuleError
        When the salesperson is blocked.
    """
    _check_status(con, values.get("status_code"))
    if values.get("salesperson_code"):
        codes.check_code(con, "salesperson_code", values["salesperson_code"])


def _read(name: str, value: object) -> Any:
    if name not in CARD_FIELDS:
        raise ConfigError(f'A campaign has no field "{name}".', nearest(name, CARD_FIELDS))
    if name in _DAYS and isinstance(value, dt.date):
        return value
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    return day(text) if name in _DAYS else text


def _check_status(con: Connection, code: str | None) -> None:
    known = statuses(con)
    if code is not None and code not in known:
        hint = nearest(code, list(known)) or f"Add it first: workbench setup code campaign_status {code}."
        raise NotFoundError(f'There is no campaign status "{code}".', hint)


def check_days(starting_on: dt.date | None, ending_on: dt.date | None) -> None:
    """Refuse a campaign that ends before it begins (table 5071).

    Parameters
    ----------
    starting_on, ending_on : datetime.date or None
        Its first and last day; without a last one every first one passes.

    Raises
    ------
    RuleError
        When the last day is before the first.
    """
    if starting_on and ending_on and ending_on < starting_on:
        raise RuleError(
            f"The campaign would end on {ending_on}, before it starts on {starting_on}.",
            "Change one of the days, or leave the last one blank.",
        )


def new_number(con: Connection, campaign_no: str | None, on: dt.date, dry_run: bool) -> str:
    """Find the number of a new campaign.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    campaign_no : str or None
        A number that somebody typed; the next one of the series where absent.
    on : datetime.date
        The day it is for.
    dry_run : bool
        Whether to leave the series as it is.

    Returns
    -------
    str
        The number.

    Raises
    ------
    ConfigError
        When the number cannot be used.
    ConflictError
        When another campaign has it.
    RuleError
        When the series of marketing setup gives no number, or takes none that was typed.
    """
    return numbering.number_for(
        con, SERIES, campaign_no, on, "a campaign", lambda no: _is_taken(con, no), dry_run=dry_run
    )


def _is_taken(con: Connection, number: str) -> bool:
    return first_row(con, "SELECT 1 FROM campaign WHERE campaign_no = ?", [number]) is not None


def insert(con: Connection, campaign_no: str, values: Mapping[str, Any]) -> None:
    """Write a new card.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        Its number.
    values : mapping of str to object
        As from `read`.
    """
    names = list(values)
    con.execute(
        f"INSERT INTO campaign ({', '.join(['campaign_no', *names])}) VALUES (?{', ?' * len(names)})",
        [campaign_no, *values.values()],
    )


def update(con: Connection, campaign_no: str, values: Mapping[str, Any]) -> None:
    """Write new values into a card.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        Its number.
    values : mapping of str to object
        As from `read`.
    """
    if values:
        places = ", ".join(f"{name} = ?" for name in values)
        con.execute(f"UPDATE campaign SET {places} WHERE campaign_no = ?", [*values.values(), campaign_no])
