"""The headers of worksheets: their numbers, their fields, and what a change of them does to the lines."""

# Names of columns come from the fields of Header and from the tables below, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.setup import codes, numbering
from workbench.setup.settings import day, yes_or_no
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates import attachments
from workbench.worksheets.results import Header, Worksheet

NAMES = tuple(item.name for item in fields(Header))
SERIES = "segment_nos"
_COLUMNS = ", ".join(f"w.{name}" for name in NAMES)
_SELECT = f"""
    SELECT w.worksheet_no, {_COLUMNS},
        count(l.line_no), count(DISTINCT l.contact_id),
        (SELECT count(*) FROM worksheet_criterion k WHERE k.worksheet_no = w.worksheet_no AND k.type = 'action'),
        coalesce(sum(l.cost_amount), 0), coalesce(sum(l.duration_minutes), 0)
    FROM worksheet w LEFT JOIN worksheet_line l USING (worksheet_no)
"""
_GROUPED = f" GROUP BY w.worksheet_no, {_COLUMNS} ORDER BY w.worksheet_no"
_CHOICES = {
    "correspondence_type": ("hard_copy", "email"),
    "information_flow": ("outbound", "inbound"),
    "initiated_by": ("us", "them"),
}
_FLAGS = (
    "is_campaign_target", "is_campaign_response", "ignores_contact_correspondence",
    "sends_word_documents_as_attachments",
)  # fmt: skip


def listed(con: Connection) -> tuple[Worksheet, ...]:
    """List the worksheets.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    tuple of Worksheet
        By number.
    """
    return tuple(_worksheet(row) for row in con.execute(_SELECT + _GROUPED).fetchall())


def found(con: Connection, worksheet_no: str) -> Worksheet:
    """Find a worksheet.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Its number.

    Returns
    -------
    Worksheet
        Header and figures.

    Raises
    ------
    NotFoundError
        When none has the number.
    """
    row = first_row(con, f"{_SELECT} WHERE w.worksheet_no = ? {_GROUPED}", [worksheet_no])
    if row is None:
        known = [no for (no,) in con.execute("SELECT worksheet_no FROM worksheet").fetchall()]
        raise NotFoundError(f'There is no worksheet "{worksheet_no}".', nearest(worksheet_no, known) or "Create one.")
    return _worksheet(row)


def _worksheet(row: tuple[Any, ...]) -> Worksheet:
    number, values, figures = row[0], row[1 : 1 + len(NAMES)], row[1 + len(NAMES) :]
    return Worksheet(number, Header(**dict(zip(NAMES, values, strict=True))), *figures)


def insert(con: Connection, header: Header, worksheet_no: str | None = None) -> str:
    """Write a new worksheet.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    header : Header
        Its fields.
    worksheet_no : str, optional
        Its number; the next one of the series where absent.

    Returns
    -------
    str
        Its number.

    Raises
    ------
    ConfigError
        When the number cannot be used.
    ConflictError
        When another worksheet, or a logged segment, has the number.
    RuleError
        When the series of marketing setup gives no number, or takes none that was typed.
    """
    number = numbering.number_for(
        con, SERIES, worksheet_no, header.dated_on, "a worksheet", lambda no: _is_taken(con, no), dry_run=False
    )
    marks = ", ".join("?" for _ in NAMES)
    con.execute(
        f"INSERT INTO worksheet (worksheet_no, {', '.join(NAMES)}) VALUES (?, {marks})",
        [number, *(getattr(header, name) for name in NAMES)],
    )
    return number


def next_number(con: Connection, on: dt.date) -> str:
    """Tell the number that the next worksheet gets.

    Parameters
    ----------
    con : connection
        An open unit of work.
    on : datetime.date
        The day it is for.

    Returns
    -------
    str
        Such as ``"SM00001"``; numbers of worksheets and logged segments are passed over.

    Raises
    ------
    RuleError
        When marketing setup names no series for segments, or the series has no number.
    """
    return numbering.peek(con, SERIES, on, lambda no: _is_taken(con, no))


def _is_taken(con: Connection, number: str) -> bool:
    query = (
        "SELECT worksheet_no FROM worksheet WHERE worksheet_no = $1 "
        "UNION ALL SELECT segment_no FROM logged_segment WHERE segment_no = $1"
    )
    return first_row(con, query, [number]) is not None


def remove(con: Connection, worksheet_no: str) -> None:
    """Delete a worksheet with its criteria, history and lines.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Its number.
    """
    for table in ("worksheet_criterion", "worksheet_history", "worksheet_line", "worksheet"):
        con.execute(f"DELETE FROM {table} WHERE worksheet_no = ?", [worksheet_no])


def update(con: Connection, worksheet_no: str, changed: Mapping[str, Any]) -> None:
    """Write new values into a header.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Its number.
    changed : mapping of str to object
        By field of `Header`.
    """
    if changed:
        places = ", ".join(f"{name} = ?" for name in changed)
        con.execute(f"UPDATE worksheet SET {places} WHERE worksheet_no = ?", [*changed.values(), worksheet_no])


def checked(values: Mapping[str, object]) -> dict[str, Any]:
    """Check values for fields of a header.

    Parameters
    ----------
    values : mapping of str to object
        By field; text is read, None and blank text are nothing.

    Returns
    -------
    dict
        With the types of `Header`.

    Raises
    ------
    ConfigError
        When there is no such field, or the value does not suit it.
    """
    return {name: _checked(name, value) for name, value in values.items()}


def check_salesperson(con: Connection, given: Mapping[str, Any]) -> None:
    """Refuse a salesperson who is blocked.

    Parameters
    ----------
    con : connection
        An open unit of work.
    given : mapping of str to object
        What somebody chose for fields of a header, as from `checked`.

    Raises
    ------
    RuleError
        When the salesperson is blocked (table 13).
    """
    if given.get("salesperson_code"):
        codes.check_salesperson(con, given["salesperson_code"])


def check_content(con: Connection, given: Mapping[str, Any]) -> None:
    """Refuse what is not there to be sent.

    Parameters
    ----------
    con : connection
        An open unit of work.
    given : mapping of str to object
        What somebody chose for fields of a header, as from `checked`.

    Raises
    ------
    NotFoundError
        When the store has no such Word template or file.
    """
    code, number = given.get("word_template_code"), given.get("attachment_no")
    if code is not None:
        known = [one for (one,) in con.execute("SELECT code FROM word_template").fetchall()]
        if code not in known:
            raise NotFoundError(f'There is no Word template "{code}".', nearest(code, known) or "Add it first.")
    if number is not None:
        attachments.check(con, number)


def _checked(name: str, value: object) -> Any:
    if name not in NAMES:
        raise ConfigError(f'A worksheet has no field "{name}".', nearest(name, NAMES))
    text = "" if value is None else str(value).strip()
    if name in _FLAGS:
        return bool(text) and yes_or_no(name, text)
    if name == "dated_on":
        return value if isinstance(value, dt.date) else day(text)
    if not text:
        return None
    if name in ("unit_cost_amount", "unit_duration_minutes"):
        return _amount(name, text)
    if name == "attachment_no":
        return _file_number(text)
    if name in _CHOICES and text not in _CHOICES[name]:
        raise ConfigError(f'"{text}" is no value of {name}.', nearest(text, _CHOICES[name]))
    return text


def _file_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ConfigError(f'"{text}" is no value of attachment_no.', "Give the number of a file in the store.")
    return int(text)


def _amount(name: str, text: str) -> Decimal | float:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 14:
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a number that is not negative.")
    if name == "unit_cost_amount":
        return amount.quantize(Decimal("0.0001"))
    if amount != amount.to_integral_value():
        raise ConfigError(f'"{text}" is no value of {name}.', "Write whole minutes.")
    return float(amount)
