"""What the fields of opportunities may hold."""

# Names of tables and columns come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from workbench.contact_rows.target_groups import is_activated
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.opportunities import rows
from workbench.opportunities.results import PRIORITIES
from workbench.setup import codes, numbering
from workbench.store import Connection
from workbench.store.connection import first_row

FIELDS = (
    "description", "contact_no", "salesperson_code", "campaign_no", "segment_no", "sales_cycle_code", "priority",
    "item_no",
)  # fmt: skip
"""What somebody may give or change of an opportunity."""

SERIES = "opportunity_nos"
_LONGEST_TEXT = 100
# Where the codes and numbers of fields are kept, and what users call them.
_REFERENCES = MappingProxyType({
    "contact_no": ("contact", "contact_no", "contact"),
    "campaign_no": ("campaign", "campaign_no", "campaign"),
    "segment_no": ("worksheet", "worksheet_no", "worksheet"),
    "sales_cycle_code": ("sales_cycle", "code", "sales cycle"),
    "item_no": ("item", "item_no", "item"),
})  # fmt: skip


def checked(con: Connection, values: Mapping[str, object]) -> dict[str, Any]:
    """Check values for fields of an opportunity.

    Parameters
    ----------
    con : connection
        An open unit of work.
    values : mapping of str to object
        By field of `FIELDS`; None and blank text are nothing.

    Returns
    -------
    dict
        Texts, or None.

    Raises
    ------
    ConfigError
        When there is no such field, or a value does not suit it.
    NotFoundError
        When it refers to what is not there.
    RuleError
        When it names a salesperson or a sales cycle that is blocked.
    """
    typed = {name: _typed(name, value) for name, value in values.items()}
    for name, value in typed.items():
        if value is not None:
            _check_reference(con, name, value)
    return typed


def _typed(name: str, value: object) -> str | None:
    if name not in FIELDS:
        raise ConfigError(f'An opportunity has no field "{name}" that can be given.', nearest(name, FIELDS))
    text = "" if value is None else str(value).strip()
    if name == "priority" and text and text.casefold() not in PRIORITIES:
        raise ConfigError(f'"{text}" is no value of priority.', nearest(text, PRIORITIES))
    if name == "description" and len(text) > _LONGEST_TEXT:
        raise ConfigError(
            f"The description has {len(text)} characters.", f"At most {_LONGEST_TEXT} fit; comments take more."
        )
    return (text.casefold() if name == "priority" else text) or None


def _check_reference(con: Connection, name: str, value: str) -> None:
    if name == "salesperson_code":
        codes.check_code(con, name, value)
    if name not in _REFERENCES:
        return
    table, key, spoken = _REFERENCES[name]
    if first_row(con, f"SELECT 1 FROM {table} WHERE {key} = ? LIMIT 1", [value]) is None:
        near = f"SELECT {key} FROM {table} ORDER BY levenshtein({key}, ?), 1 LIMIT 20"
        known = [no for (no,) in con.execute(near, [value]).fetchall()]
        raise NotFoundError(f'There is no {spoken} "{value}".', nearest(value, known) or "Create it first.")
    if name == "sales_cycle_code" and is_blocked(con, value):
        raise RuleError(f"The sales cycle {value} is blocked.", "Choose another one, or take the block away.")


def is_blocked(con: Connection, sales_cycle_code: str) -> bool:
    """Tell whether a sales cycle takes no more opportunities.

    Parameters
    ----------
    con : connection
        An open unit of work.
    sales_cycle_code : str
        The cycle.

    Returns
    -------
    bool
        False for one that is not described.
    """
    query = "SELECT 1 FROM sales_cycle WHERE code = ? AND is_blocked"
    return first_row(con, query, [sales_cycle_code]) is not None


def check_campaign(con: Connection, campaign_no: str, created_on: dt.date | None) -> None:
    """Refuse a campaign that does not run when the opportunity is created (table 5092, `CheckCampaign`).

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        A campaign that is there.
    created_on : datetime.date or None
        The creation date of the opportunity.

    Raises
    ------
    RuleError
        When it begins later, has ended before, has no last day, or is not activated.
    """
    query = "SELECT starting_on, ending_on FROM campaign WHERE campaign_no = ?"
    starting_on, ending_on = first_row(con, query, [campaign_no]) or (None, None)
    on = created_on or dt.date.min
    if (starting_on or dt.date.min) > on or (ending_on or dt.date.min) < on:
        raise RuleError(
            f"The campaign {campaign_no} does not run on {created_on}, the creation date.",
            f"It runs from {starting_on or 'the beginning'} to {ending_on or 'no last day'}: give it days around it.",
        )
    if not is_activated(con, campaign_no):
        raise RuleError(
            f"The campaign {campaign_no} is not activated.", f"Activate it: workbench campaign activate {campaign_no}."
        )


def check_segment(con: Connection, segment_no: str, campaign_no: str | None) -> None:
    """Refuse the worksheet of another campaign.

    Parameters
    ----------
    con : connection
        An open unit of work.
    segment_no : str
        A worksheet that is there.
    campaign_no : str or None
        The campaign of the opportunity.

    Raises
    ------
    RuleError
        When both have a campaign, and not the same.
    """
    own = campaign_of(con, segment_no)
    if own and campaign_no and own != campaign_no:
        raise RuleError(
            f"The worksheet {segment_no} belongs to the campaign {own}, the opportunity to {campaign_no}.",
            "Name a worksheet of that campaign, or one without.",
        )


def campaign_of(con: Connection, segment_no: str) -> str | None:
    """Give the campaign of a worksheet.

    Parameters
    ----------
    con : connection
        An open unit of work.
    segment_no : str
        The worksheet.

    Returns
    -------
    str or None
        The campaign's number.
    """
    row = first_row(con, "SELECT campaign_no FROM worksheet WHERE worksheet_no = ?", [segment_no])
    return None if row is None else row[0]


def only_segment(con: Connection, campaign_no: str | None) -> str | None:
    """Give the worksheet of a campaign where it has exactly one.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str or None
        The campaign.

    Returns
    -------
    str or None
        Its number.
    """
    query = "SELECT worksheet_no FROM worksheet WHERE campaign_no = ? LIMIT 2"
    found = [no for (no,) in con.execute(query, [campaign_no]).fetchall()]
    return str(found[0]) if len(found) == 1 else None


def new_number(con: Connection, opportunity_no: str | None, on: dt.date, dry_run: bool) -> str:
    """Find the number of a new opportunity.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    opportunity_no : str or None
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
        When another opportunity has it.
    RuleError
        When the series of marketing setup gives no number, or takes none that was typed.
    """
    return numbering.number_for(
        con, SERIES, opportunity_no, on, "an opportunity", lambda no: rows.is_taken(con, no), dry_run=dry_run
    )
