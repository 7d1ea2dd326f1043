"""Numbers for new records: the series that marketing setup names for them, used by the rules of number series."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection

from pipelines import number_series
from workbench.errors import ConfigError, ConflictError, RuleError
from workbench.setup import marketing_setup, series
from workbench.store import Connection

SETUP_FIELDS = {
    "contact_nos": "Contact Nos.",
    "campaign_nos": "Campaign Nos.",
    "segment_nos": "Segment Nos.",
    "task_nos": "To-do Nos.",
    "opportunity_nos": "Opportunity Nos.",
}
"""What Business Central calls the fields of Marketing Setup that name series."""

_NUMBER = re.compile(r"[^\x00-\x1f/\\]{1,20}")  # Code[20] there; slashes would break addresses and paths


def series_for(con: Connection, setup_field: str, chosen: str = "") -> str:
    """Find the series that numbers a kind of record.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup_field : str
        A key of `SETUP_FIELDS`.
    chosen : str, optional
        Another series; it is used when it is related to the one of the setup.

    Returns
    -------
    str
        Its code.

    Raises
    ------
    RuleError
        When the setup names none, or one without automatic numbers.
    """
    code = str(getattr(marketing_setup.read(con), setup_field))
    if not code:
        raise RuleError(
            f"{SETUP_FIELDS[setup_field]} must be filled in Marketing Setup.",
            f"Name a number series: workbench setup set {setup_field} CODE.",
        )
    default = series.found(con, code)
    if not default.is_default:
        raise RuleError(
            f"The number series {code} gives no numbers by itself.",
            "Type a number, or switch its automatic numbers on.",
        )
    return chosen if chosen in default.related else code


def next_no(
    con: Connection,
    setup_field: str,
    on: dt.date,
    is_taken: Callable[[str], bool] | None = None,
    chosen: str = "",
) -> str:
    """Take the next number for a record.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    setup_field : str
        A key of `SETUP_FIELDS`.
    on : datetime.date
        The day the number is for.
    is_taken : callable, optional
        Whether a record has the number already; it is passed over then.
    chosen : str, optional
        A related series to use in the place of the setup's.

    Returns
    -------
    str
        The number.

    Raises
    ------
    RuleError
        When the setup names no series, or the series has no number.
    """
    return next_in(con, series_for(con, setup_field, chosen), on, is_taken)


def next_in(con: Connection, code: str, on: dt.date, is_taken: Callable[[str], bool] | None = None) -> str:
    """Take the next number of a series for a record.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    code : str
        The series.
    on : datetime.date
        The day the number is for.
    is_taken : callable, optional
        Whether a record has the number already; it is passed over then.

    Returns
    -------
    str
        The number.

    Raises
    ------
    NotFoundError
        When there is no such series.
    RuleError
        When the series has no number.
    """
    while True:
        number = series.used(con, code, on).number
        if is_taken is None or not is_taken(number):
            return number


def take(con: Connection, setup_field: str, count: int, on: dt.date, taken: Collection[str] = frozenset()) -> list[str]:
    """Take many numbers at once.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    setup_field : str
        A key of `SETUP_FIELDS`.
    count : int
        How many.
    on : datetime.date
        The day the numbers are for.
    taken : collection of str, optional
        Numbers that records have already; they are passed over. A set, for many.

    Returns
    -------
    list of str
        In order. A million take about a second.

    Raises
    ------
    RuleError
        When the setup names no series, or the series has not enough numbers.
    """
    code = series_for(con, setup_field)
    numbers: list[str] = []
    while len(numbers) < count:
        kept = series.found(con, code)
        more, lines = number_series.many(code, kept.lines, on, count - len(numbers), kept.is_date_order)
        series.write_lines(con, code, lines.values())
        numbers += [number for number in more if number not in taken]
    return numbers


def peek(con: Connection, setup_field: str, on: dt.date, is_taken: Callable[[str], bool] | None = None) -> str:
    """Tell the number that the next record would get, without using it.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup_field : str
        A key of `SETUP_FIELDS`.
    on : datetime.date
        The day the number would be for.
    is_taken : callable, optional
        Whether a record has the number already.

    Returns
    -------
    str
        The number.

    Raises
    ------
    RuleError
        When the setup names no series, or the series has no number.
    """
    return peek_in(con, series_for(con, setup_field), on, is_taken)


def peek_in(con: Connection, code: str, on: dt.date, is_taken: Callable[[str], bool] | None = None) -> str:
    """Tell the number of a series that the next record would get, without using it.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The series.
    on : datetime.date
        The day the number would be for.
    is_taken : callable, optional
        Whether a record has the number already.

    Returns
    -------
    str
        The number.

    Raises
    ------
    NotFoundError
        When there is no such series.
    RuleError
        When the series has no number.
    """
    kept = series.found(con, code)
    lines = {line.line_no: line for line in kept.lines}
    while True:
        given = number_series.next_number(code, list(lines.values()), on, kept.is_date_order)
        if is_taken is None or not is_taken(given.number):
            return given.number
        lines[given.line.line_no] = given.line


def number_for(
    con: Connection, setup_field: str, given: str | None, on: dt.date, thing: str, is_taken: Callable[[str], bool],
    *, dry_run: bool,
) -> str:  # fmt: skip
    """Find the number of a new record: the one that somebody typed, or the next one.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    setup_field : str
        A key of `SETUP_FIELDS`.
    given : str or None
        What somebody typed.
    on : datetime.date
        The day the number is for.
    thing : str
        What users call the record, with its article.
    is_taken : callable
        Whether a record has the number already.
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
        When another record has it.
    RuleError
        When the series of marketing setup gives no number, or takes none that was typed.
    """
    number = (given or "").strip()
    if not number:
        return (peek if dry_run else next_no)(con, setup_field, on, is_taken)
    check_manual(con, setup_field)
    if not _NUMBER.fullmatch(number):
        raise ConfigError(f'"{number}" is no number for {thing}.', "Write at most 20 signs, without slashes.")
    if is_taken(number):
        raise ConflictError(f'The number "{number}" is taken.', "Give another one, or none for the next free one.")
    return number


def check_manual(con: Connection, setup_field: str) -> None:
    """Refuse a number that somebody typed where the series takes none.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup_field : str
        A key of `SETUP_FIELDS`.

    Raises
    ------
    RuleError
        When the series of the setup allows no manual numbers; where the setup names no series, every number passes.
    """
    code = str(getattr(marketing_setup.read(con), setup_field))
    if code and not series.found(con, code).is_manual:
        raise RuleError(
            f"You may not enter numbers manually: the number series {code} does not allow them.",
            f"Leave the number out, or allow them: workbench number-series set {code} --set is_manual=yes.",
        )
