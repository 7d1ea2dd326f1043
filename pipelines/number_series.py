"""Number series as Business Central has them (tables 308, 309, 310): which number comes next, and when none does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.errors import RuleError

MOST_SIGNS = 20
IMPLEMENTATIONS = ("normal", "sequence")
_LAST_DIGITS = re.compile(r"^(.*?)([0-9]+)([^0-9]*)$", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One line of a number series.

    Attributes
    ----------
    line_no : int
        Its place among the lines.
    starting_no : str
        The first number.
    ending_no, warning_no : str or None
        The last number, and the one from which on a warning is given; the latter counts only where there is a last.
    increment_by : int
        From one number to the next.
    starting_on : datetime.date or None
        The first day it is used; None for always.
    last_no : str or None
        The number given last.
    last_used_on : datetime.date or None
        The day it was given for.
    is_open : bool
        Whether there are numbers left.
    implementation : str
        ``"normal"`` promises no gaps, ``"sequence"`` does not. Here neither leaves any: numbers are given in the unit
        of work that uses them.
    """

    line_no: int
    starting_no: str
    ending_no: str | None = None
    warning_no: str | None = None
    increment_by: int = 1
    starting_on: dt.date | None = None
    last_no: str | None = None
    last_used_on: dt.date | None = None
    is_open: bool = True
    implementation: str = "normal"


@dataclass(frozen=True)
class Given:
    """A number that a series gives.

    Attributes
    ----------
    number : str
        The number.
    line : Line
        The line as it is afterwards.
    is_warned : bool
        Whether the warning number has been reached.
    """

    number: str
    line: Line
    is_warned: bool


def check_line(line: Line) -> None:
    """Refuse a line that cannot give numbers.

    Parameters
    ----------
    line : Line
        As somebody wrote it.

    Raises
    ------
    RuleError
        When one of its numbers has no digit or more than 20 signs, the increment is below 1, or the first number
        comes after the last.
    """
    for what in ("starting_no", "ending_no", "warning_no", "last_no"):
        _check_number(what, getattr(line, what))
    if line.increment_by < 1:
        raise RuleError(f"The increment is {line.increment_by}.", "Give a whole number from 1 up.")
    if line.ending_no and _order(line.starting_no) > _order(line.ending_no):
        raise RuleError(
            f"The series would begin with {line.starting_no}, after its end {line.ending_no}.",
            "Let the starting number come first.",
        )


def _check_number(what: str, number: str | None) -> None:
    if number is None:
        return
    if not re.search(r"[0-9]", number):
        raise RuleError(f'{what} "{number}" must have a number so that we can assign the next number.', "Add a digit.")
    if len(number) > MOST_SIGNS:
        raise RuleError(f'{what} "{number}" has {len(number)} signs.', f"Write at most {MOST_SIGNS}.")


def line_on(series_code: str, lines: Sequence[Line], on: dt.date) -> Line:
    """Find the line that gives numbers on a day.

    Parameters
    ----------
    series_code : str
        The series, for the message.
    lines : sequence of Line
        All lines of the series.
    on : datetime.date
        The day the number is for.

    Returns
    -------
    Line
        Of the lines that have begun, those with the latest starting date count; of them the first open one.

    Raises
    ------
    RuleError
        When there is none.
    """
    begun = [line for line in lines if line.starting_on is None or line.starting_on <= on]
    latest = max((line.starting_on or dt.date.min for line in begun), default=None)
    for line in sorted(begun, key=lambda line: line.line_no):
        if line.is_open and (line.starting_on or dt.date.min) == latest:
            return line
    if any(line.is_open for line in lines):
        raise RuleError(
            f"You cannot assign new numbers from the number series {series_code} on {on.isoformat()}.",
            f"Add a line that starts on or before that day: workbench number-series line {series_code}.",
        )
    raise RuleError(
        f"You cannot assign new numbers from the number series {series_code}.",
        f"Add a line to it: workbench number-series line {series_code}.",
    )


def next_number(series_code: str, lines: Sequence[Line], on: dt.date, is_date_order: bool = False) -> Given:
    """Give the next number of a series.

    Parameters
    ----------
    series_code : str
        The series, for messages.
    lines : sequence of Line
        All lines of the series.
    on : datetime.date
        The day the number is for.
    is_date_order : bool, optional
        Whether numbers have to follow the days they are for.

    Returns
    -------
    Given
        The number, and its line afterwards.

    Raises
    ------
    RuleError
        When no line has a number, or the day is before that of the number given last.

    Examples
    --------
    >>> line = Line(10000, "CT000001", last_no="CT000009")
    >>> next_number("CONT", [line], dt.date(2026, 3, 31)).number
    'CT000010'
    """
    line = line_on(series_code, lines, on)
    if is_date_order and line.last_used_on is not None and on < line.last_used_on:
        raise RuleError(
            f"Numbers of the series {series_code} follow their dates: {on.isoformat()} is before "
            f"{line.last_used_on.isoformat()}.",
            "Use a later date, or switch the date order of the series off.",
        )
    number = _following(series_code, line)
    return Given(number, _used(line, number, on), _is_warned(line, number))


def _following(series_code: str, line: Line) -> str:
    number = line.starting_no if line.last_no is None else incremented(line.last_no, line.increment_by)
    if not _is_within(number, line):
        highest = line.ending_no or line.last_no
        raise RuleError(
            f"You cannot assign numbers greater than {highest} from the number series {series_code}.",
            f"Raise its ending number, or add a line: workbench number-series line {series_code}.",
        )
    return number


def incremented(number: str, by: int = 1) -> str:
    """Add to the last digits of a number.

    Parameters
    ----------
    number : str
        With at least one digit.
    by : int, optional
        How much.

    Returns
    -------
    str
        Leading zeros stay; the digits grow where they have to.

    Examples
    --------
    >>> incremented("CT0099-A"), incremented("99", 7)
    ('CT0100-A', '106')
    """
    before, digits, after = _parts(number)
    return f"{before}{int(digits) + by:0{len(digits)}d}{after}"


def _parts(number: str) -> tuple[str, str, str]:
    found = _LAST_DIGITS.match(number)
    if found is None:
        raise RuleError(f'"{number}" must have a number so that we can assign the next number.', "Add a digit.")
    return found[1], found[2], found[3]


def _order(number: str) -> tuple[int, str]:
    """Longer numbers are higher, as the product's codes compare: 8 comes before 10."""
    return len(number), number


def _is_within(number: str, line: Line) -> bool:
    if len(number) > MOST_SIGNS or _skeleton(number) != _skeleton(line.starting_no):
        return False
    return _order(line.starting_no) <= _order(number) and (
        line.ending_no is None or _order(number) <= _order(line.ending_no)
    )


def _skeleton(number: str) -> str:
    return re.sub(r"[0-9]", "", number)


def _used(line: Line, number: str, on: dt.date) -> Line:
    """Business Central closes a line with its last number, not when one more is asked for."""
    return reopened(replace(line, last_no=number, last_used_on=on))


def reopened(line: Line) -> Line:
    """Tell again whether a line has numbers left.

    Parameters
    ----------
    line : Line
        After a number was given, or after its ending number, increment or last number was changed.

    Returns
    -------
    Line
        Open or closed; one without an ending number is open, and warns of nothing.
    """
    if line.ending_no is None:
        return replace(line, is_open=True, warning_no=None)
    is_open = line.last_no is None or _is_within(incremented(line.last_no, line.increment_by), line)
    return replace(line, is_open=is_open)


def _is_warned(line: Line, number: str) -> bool:
    return bool(line.ending_no and line.warning_no) and _order(number) >= _order(str(line.warning_no))


def many(
    series_code: str, lines: Sequence[Line], on: dt.date, count: int, is_date_order: bool = False
) -> tuple[list[str], dict[int, Line]]:
    """Give many numbers at once, the same as one after another.

    Parameters
    ----------
    series_code : str
        The series, for messages.
    lines : sequence of Line
        All lines of the series.
    on : datetime.date
        The day the numbers are for.
    count : int
        How many.
    is_date_order : bool, optional
        Whether numbers have to follow the days they are for.

    Returns
    -------
    list of str
        The numbers, in order.
    dict of int to Line
        The lines that have changed, by line number.

    Raises
    ------
    RuleError
        As for `next_number`; the series is then used for nothing.
    """
    numbers: list[str] = []
    now = {line.line_no: line for line in lines}
    changed: dict[int, Line] = {}
    while len(numbers) < count:
        given = next_number(series_code, list(now.values()), on, is_date_order)
        run = [given.number, *_run(given.line, count - len(numbers) - 1)]
        numbers += run
        now[given.line.line_no] = changed[given.line.line_no] = _used(given.line, run[-1], on)
    return numbers, changed


def _run(line: Line, most: int) -> Iterator[str]:
    """Numbers after the line's last that have as many digits: they need no checks."""
    if not line.is_open or line.last_no is None:
        return
    before, digits, after = _parts(line.last_no)
    width, number = len(digits), int(digits)
    steps = (_highest(line, before, width, after) - number) // line.increment_by
    for step in range(1, min(most, steps) + 1):
        yield f"{before}{number + step * line.increment_by:0{width}d}{after}"


def _highest(line: Line, before: str, width: int, after: str) -> int:
    """The highest of the numbers with these signs and so many digits; below all where the end is written otherwise."""
    if line.ending_no is None:
        return _nines(width)
    ending = _parts(line.ending_no)
    return min(_nines(width), int(ending[1])) if (ending[0], ending[2]) == (before, after) else -1


def _nines(width: int) -> int:
    return int("9" * width)


def switched(is_default: bool, is_manual: bool, changed: str) -> tuple[bool, bool]:
    """Keep a series usable: one of default and manual numbers is always allowed (table 308).

    Parameters
    ----------
    is_default, is_manual : bool
        As they would be.
    changed : {"is_default", "is_manual"}
        The one that was switched.

    Returns
    -------
    tuple of bool
        Default and manual; where both would be off, the one that was not touched is switched on.
    """
    if is_default or is_manual:
        return is_default, is_manual
    return (False, True) if changed == "is_default" else (True, False)
