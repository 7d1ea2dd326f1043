"""Number series kept by people: their lines, relations, and the number that comes next."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from pipelines.number_series import IMPLEMENTATIONS, Line, check_line, reopened, switched
from workbench.errors import ConfigError, ConflictError, NotFoundError, RuleError, nearest
from workbench.setup import marketing_setup, series
from workbench.setup.numbering import SETUP_FIELDS
from workbench.setup.series import Series
from workbench.setup.settings import day, yes_or_no
from workbench.store import Connection, Database

__all__ = ["NextNumber", "NumberSeries", "SeriesList"]

_FLAGS = ("is_default", "is_manual", "is_date_order")
_FIELDS = ("description", *_FLAGS)
_DAYS = ("starting_on", "last_used_on")
_STEP = 10000
# Whoever changes one of these changes which numbers are left.
_OF_OPEN = frozenset({"starting_no", "ending_no", "increment_by", "last_no"})


@dataclass(frozen=True)
class SeriesList:
    """The number series of a store.

    Attributes
    ----------
    series : tuple of Series
        By code.
    """

    series: tuple[Series, ...]

    def frame(self) -> pd.DataFrame:
        """Show a row for each line, and one for a series without lines.

        Returns
        -------
        pandas.DataFrame
            code, description, is_default, is_manual, is_date_order, then the fields of a line.
        """
        names = [item.name for item in fields(Line)]
        rows = [
            [one.code, one.description, one.is_default, one.is_manual, one.is_date_order,
             *([getattr(line, name) for name in names] if line else [None] * len(names))]
            for one in self.series for line in (one.lines or (None,))
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["code", *_FIELDS, *names])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class NextNumber:
    """A number of a series.

    Attributes
    ----------
    code : str
        The series.
    number : str
        The number.
    is_warned : bool
        Whether the warning number has been reached: the series ends soon.
    is_used : bool
        Whether it is given away now; otherwise it was only looked at.
    """

    code: str
    number: str
    is_warned: bool
    is_used: bool

    def frame(self) -> pd.DataFrame:
        """Show the number.

        Returns
        -------
        pandas.DataFrame
            One row: code, number, is_warned, is_used.
        """
        return pd.DataFrame([vars(self)])

    def _repr_html_(self) -> str:
        warned = " (the series ends soon)" if self.is_warned else ""
        return f"<b>{html.escape(self.number)}</b>{warned}"


class NumberSeries:
    """Everything a workbench does with number series.

    Parameters
    ----------
    database : Database
        The store.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> SeriesList:
        """List the number series.

        Returns
        -------
        SeriesList
            With their lines.
        """
        with self._database.reading() as con:
            return SeriesList(tuple(series.found(con, code) for code in series.codes(con)))

    def get(self, code: str) -> Series:
        """Look at one series.

        Parameters
        ----------
        code : str
            The series.

        Returns
        -------
        Series
            With its lines.

        Raises
        ------
        NotFoundError
            When there is none of the code.
        """
        with self._database.reading() as con:
            return series.found(con, code)

    def save(self, code: str, /, **values: object) -> Series:
        """Add a series, or change the one that is there.

        Parameters
        ----------
        code : str
            The series.
        **values : object
            ``description``, ``is_default``, ``is_manual``, ``is_date_order``; those not named stay as they are.

        Returns
        -------
        Series
            As it is now. Where neither automatic nor typed numbers would be allowed, the one that was not switched
            off is switched on.

        Raises
        ------
        ConfigError
            When there is no such field, or a value does not suit it.
        ConflictError
            When a series has the code in other capitals.
        """
        name = _code(code)
        given = {key: _value(key, value) for key, value in values.items()}
        with self._database.writing() as con:
            known = series.codes(con)
            _check_capitals(name, known)
            before: Any = series.found(con, name) if name in known else Series(name)
            after = _switched(replace(before, **given), given)
            con.execute("DELETE FROM number_series WHERE series_code = ?", [name])
            con.execute(
                "INSERT INTO number_series VALUES (?, ?, ?, ?, ?)",
                [name, after.description, after.is_default, after.is_manual, after.is_date_order],
            )
            return series.found(con, name)

    def save_line(self, code: str, line_no: int | None = None, /, **values: object) -> Series:
        """Add a line to a series, or change one.

        Parameters
        ----------
        code : str
            The series.
        line_no : int, optional
            The line to change; a new one at the end where absent.
        **values : object
            Fields of a line, such as ``starting_no``, ``ending_no``, ``starting_on``, ``increment_by``.

        Returns
        -------
        Series
            As it is now. A line whose ending number, increment or last number was changed is open where numbers are
            left, unless `is_open` is given; with the ending number the warning number goes.

        Raises
        ------
        NotFoundError
            When there is no such series or line.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When the line could not give numbers.
        """
        with self._database.writing() as con:
            known = series.found(con, code)
            before = _line(known, line_no) if line_no is not None else None
            given = {key: _line_value(key, value) for key, value in values.items()}
            if not given.get("starting_no", before and before.starting_no):
                raise ConfigError("A line needs a starting number.", "Say starting_no, such as CT000001.")
            number = max((line.line_no for line in known.lines), default=0) + _STEP
            line = replace(before or Line(number, str(given["starting_no"])), **given)
            check_line(line)
            if _OF_OPEN & set(given) and "is_open" not in given:
                line = reopened(line)
            series.write_lines(con, code, [line])
            return series.found(con, code)

    def delete_line(self, code: str, line_no: int) -> Series:
        """Delete a line of a series.

        Parameters
        ----------
        code : str
            The series.
        line_no : int
            The line.

        Returns
        -------
        Series
            As it is now.

        Raises
        ------
        NotFoundError
            When there is no such series or line.
        """
        with self._database.writing() as con:
            _line(series.found(con, code), line_no)
            con.execute("DELETE FROM number_series_line WHERE series_code = ? AND line_no = ?", [code, line_no])
            return series.found(con, code)

    def delete(self, code: str) -> None:
        """Delete a series with its lines and relations.

        Parameters
        ----------
        code : str
            The series.

        Raises
        ------
        NotFoundError
            When there is none of the code.
        RuleError
            When marketing setup numbers records by it.
        """
        with self._database.writing() as con:
            series.found(con, code)
            _refuse_in_use(con, code)
            for table in ("number_series_line", "number_series_relationship", "number_series"):
                con.execute(f"DELETE FROM {table} WHERE series_code = ?", [code])  # noqa: S608 - names of ours
            con.execute("DELETE FROM number_series_relationship WHERE related_code = ?", [code])

    def relate(self, code: str, related: str, *, is_related: bool = True) -> Series:
        """Let another series be used in the place of a series, or no longer.

        Parameters
        ----------
        code, related : str
            The series, and the one that may stand in for it.
        is_related : bool, optional
            False takes the relation away.

        Returns
        -------
        Series
            As it is now.

        Raises
        ------
        NotFoundError
            When there is no such series.
        RuleError
            When both are the same.
        """
        with self._database.writing() as con:
            series.found(con, code)
            series.found(con, related)
            if code == related and is_related:
                raise RuleError(f"The number series {code} cannot be related to itself.", "Name another one.")
            con.execute(
                "DELETE FROM number_series_relationship WHERE series_code = ? AND related_code = ?", [code, related]
            )
            if is_related:
                con.execute("INSERT INTO number_series_relationship VALUES (?, ?)", [code, related])
            return series.found(con, code)

    def peek(self, code: str, as_of: dt.date) -> NextNumber:
        """Tell the next number of a series without using it.

        Parameters
        ----------
        code : str
            The series.
        as_of : datetime.date
            The day it would be for.

        Returns
        -------
        NextNumber
            The number.

        Raises
        ------
        NotFoundError
            When there is no such series.
        RuleError
            When it has no number.
        """
        with self._database.reading() as con:
            given = series.peeked(con, code, as_of)
        return NextNumber(code, given.number, given.is_warned, is_used=False)

    def next(self, code: str, as_of: dt.date) -> NextNumber:
        """Take the next number of a series.

        Parameters
        ----------
        code : str
            The series.
        as_of : datetime.date
            The day it is for.

        Returns
        -------
        NextNumber
            The number; nobody else gets it.

        Raises
        ------
        NotFoundError
            When there is no such series.
        RuleError
            When it has no number.
        """
        with self._database.writing() as con:
            given = series.used(con, code, as_of)
        return NextNumber(code, given.number, given.is_warned, is_used=True)


def _code(code: str) -> str:
    name = code.strip()
    if not 1 <= len(name) <= 20:
        raise ConfigError(f'"{name}" is no code for a number series.', "Write 1 to 20 signs.")
    return name


def _check_capitals(code: str, known: list[str]) -> None:
    for held in known:
        if held != code and held.casefold() == code.casefold():
            raise ConflictError(f'"{code}" and "{held}" are the same code.', f'Write "{held}".')


def _value(name: str, value: object) -> object:
    if name not in _FIELDS:
        raise ConfigError(f'A number series has no field "{name}".', nearest(name, _FIELDS))
    text = "" if value is None else str(value).strip()
    return yes_or_no(name, text) if name in _FLAGS else text


def _switched(wanted: Series, given: Mapping[str, Any]) -> Series:
    changed = "is_default" if given.get("is_default") is False else "is_manual"
    is_default, is_manual = switched(wanted.is_default, wanted.is_manual, changed)
    return replace(wanted, is_default=is_default, is_manual=is_manual)


def _line_value(name: str, value: object) -> Any:
    known = [item.name for item in fields(Line) if item.name != "line_no"]
    if name not in known:
        raise ConfigError(f'A line of a number series has no field "{name}".', nearest(name, known))
    text = "" if value is None else str(value).strip()
    if name == "is_open":
        return yes_or_no(name, text)
    if name in _DAYS:
        return value if isinstance(value, dt.date) else day(text) if text else None
    if name == "increment_by":
        return _increment(text)
    if name == "implementation" and text not in IMPLEMENTATIONS:
        raise ConfigError(f'"{text}" is no implementation of a number series.', nearest(text, IMPLEMENTATIONS))
    return text or None


def _increment(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        raise ConfigError(f'"{text}" is no increment.', "Write a whole number from 1 up.")
    return int(text)


def _line(known: Series, line_no: int) -> Line:
    for line in known.lines:
        if line.line_no == line_no:
            return line
    there = ", ".join(str(line.line_no) for line in known.lines)
    raise NotFoundError(f"The number series {known.code} has no line {line_no}.", f"Known: {there}." if there else "")


def _refuse_in_use(con: Connection, code: str) -> None:
    held = marketing_setup.read(con)
    used = [name for name in SETUP_FIELDS if getattr(held, name) == code]
    if used:
        raise RuleError(
            f"The number series {code} cannot be deleted: marketing setup uses it for {', '.join(used)}.",
            f"Name another one first: workbench setup set {used[0]} CODE.",
        )
