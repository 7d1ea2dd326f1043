"""What holds for a whole store: its time zone, its week, its currency, its day."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pandas as pd

from pipelines.context import Context
from pipelines.dates import WEEKDAYS, Weekday
from pipelines.definition import Definition
from workbench.errors import ConfigError, nearest
from workbench.store import Connection


@dataclass(frozen=True)
class Settings:
    """The settings of a store.

    Attributes
    ----------
    time_zone : str
        IANA name of the zone whose days and weeks are meant; UTC unless set.
    week_starts_on : str
        A weekday in English and lower case; Monday unless set.
    fiscal_year_starts_on : str
        Month and day on which fiscal years start, such as ``"04-01"``; 1 January unless set.
    currency_code : str
        ISO 4217 code of all amounts, or empty when nobody has said.
    as_of : datetime.date or None
        The day on which a store that is not kept up is evaluated; None for a live one.
    """

    time_zone: str = "UTC"
    week_starts_on: Weekday = "monday"
    fiscal_year_starts_on: str = "01-01"
    currency_code: str = ""
    as_of: dt.date | None = None

    def context(self, as_of: dt.date, definition: Definition | None = None) -> Context:
        """Say what evaluating a definition depends on beside the rows.

        Parameters
        ----------
        as_of : datetime.date
            The day of the evaluation.
        definition : Definition, optional
            Whose own time zone and week prevail over those of the store.

        Returns
        -------
        Context
            The day and the calendar.

        Raises
        ------
        ConfigError
            When it is no day: a text, or an instant.
        """
        if not isinstance(as_of, dt.date) or isinstance(as_of, dt.datetime):
            raise ConfigError(f"{as_of!r} is no day to evaluate on.", "Give a datetime.date, such as bench.as_of().")
        zone = (definition and definition.time_zone) or self.time_zone
        week = (definition and definition.week_starts_on) or self.week_starts_on
        return Context(as_of, ZoneInfo(zone), week, self.fiscal_year_starts_on)

    def frame(self) -> pd.DataFrame:
        """Give the settings as a frame.

        Returns
        -------
        pandas.DataFrame
            A row for each setting: `name` and `value` as text, empty when not set.
        """
        rows = [(name, "" if value is None else str(value)) for name, value in asdict(self).items()]
        return pd.DataFrame(rows, columns=["name", "value"], dtype="str")

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False, border=0)


def settings(con: Connection) -> Settings:
    """Read the settings of a store.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.

    Returns
    -------
    Settings
        With what was never set at its default.
    """
    kept = dict(con.execute("SELECT name, value FROM setting").fetchall())
    return Settings(**{name: _CHECKS[name](value) for name, value in kept.items() if name in _CHECKS})


def set_value(con: Connection, name: str, value: object) -> None:
    """Set one setting, or give it its default back.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work that writes.
    name : str
        One of the attributes of `Settings`.
    value : object
        Text, or a date for `as_of`; None or blank text for the default.

    Raises
    ------
    ConfigError
        When there is no such setting, or the value does not suit it.
    """
    if name not in _CHECKS:
        raise ConfigError(f'There is no setting "{name}".', nearest(name, _CHECKS))
    text = "" if value is None else str(value).strip()
    con.execute("DELETE FROM setting WHERE name = ?", [name])
    if text:
        con.execute("INSERT INTO setting VALUES (?, ?)", [name, str(_CHECKS[name](text))])


def _time_zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path, or a folder of zones such as "America"
        raise ConfigError(f'"{text}" is not a time zone.', _zone_hint(text)) from None


def _zone_hint(text: str) -> str:
    """Suggest a zone by its city, for that is what people type; there are too many to list."""
    by_city = {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(available_timezones())}
    close = difflib.get_close_matches(text.rpartition("/")[2].replace("_", " ").casefold(), by_city, n=1, cutoff=0.8)
    return f'Did you mean "{by_city[close[0]]}"?' if close else 'Use an IANA name such as "America/New_York".'


def _weekday(text: str) -> str:
    if text.lower() not in WEEKDAYS:
        raise ConfigError(f'"{text}" is not a weekday.', nearest(text.lower(), WEEKDAYS))
    return text.lower()


def _day_of_year(text: str) -> str:
    try:
        if not re.fullmatch(r"\d\d-\d\d", text):
            raise ValueError
        dt.date.fromisoformat(f"2001-{text}")  # no leap year
    except ValueError:
        raise ConfigError(f'"{text}" is not a day that every year has.', "Write it as month-day: 04-01.") from None
    return text


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ConfigError(f'"{text}" is not a currency code.', 'Use three letters, such as "EUR".')
    return text.upper()


def yes_or_no(name: str, text: str) -> bool:
    """Read a flag that a user wrote.

    Parameters
    ----------
    name : str
        The field, for the complaint.
    text : str
        Yes, true or 1; no, false or 0; in any case.

    Returns
    -------
    bool
        The flag.

    Raises
    ------
    ConfigError
        When it is neither.
    """
    word = text.casefold()
    if word not in ("true", "yes", "1", "false", "no", "0"):
        raise ConfigError(f'"{text}" is no value of {name}.', "Write yes or no.")
    return word in ("true", "yes", "1")


def day(text: str) -> dt.date:
    """Read a day that a user wrote.

    Parameters
    ----------
    text : str
        Year, month and day: ``"2018-01-01"``.

    Returns
    -------
    datetime.date
        The day.

    Raises
    ------
    ConfigError
        When it is none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f'"{text}" is not a date.', "Write it as year-month-day: 2018-01-01.") from None


_CHECKS: dict[str, Callable[[str], Any]] = {
    "time_zone": _time_zone,
    "week_starts_on": _weekday,
    "fiscal_year_starts_on": _day_of_year,
    "currency_code": _currency,
    "as_of": day,
}
