"""Days, values and rates of opportunities as somebody gave them, read."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any, TypeAlias

from pipelines.opportunity_values import Values
from workbench.errors import ConfigError
from workbench.setup.settings import day

Estimates: TypeAlias = tuple[float | str | None, float | str | None, dt.date | str | None]
"""Estimated value, chances of success and closing date as somebody gave them."""


def amount(name: str, value: object) -> float | None:
    """Read a value or a rate that somebody gave.

    Parameters
    ----------
    name : str
        What it is.
    value : object
        A number, or text; None and blank text are nothing.

    Returns
    -------
    float or None
        The number.

    Raises
    ------
    ConfigError
        When it is none.
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a number.")
    return number


def on_day(value: dt.date | str | None) -> dt.date | None:
    """Read a day that somebody gave.

    Parameters
    ----------
    value : datetime.date or str or None
        A day; blank text is nothing.

    Returns
    -------
    datetime.date or None
        The day.

    Raises
    ------
    ConfigError
        When it is none.
    """
    if value is None or isinstance(value, dt.date):
        return value
    return day(value.strip()) if value.strip() else None


def rate(name: str, value: object) -> float | None:
    """Read a rate that somebody gave.

    Parameters
    ----------
    name : str
        What it is.
    value : object
        A number from 0 to 1, or text; None and blank text are nothing.

    Returns
    -------
    float or None
        The number.

    Raises
    ------
    ConfigError
        When it is none.
    """
    number = amount(name, value)
    if number is not None and not 0 <= number <= 1:
        raise ConfigError(f'"{value}" is no value of {name}.', "Write a number from 0 to 1; 0.5 is fifty percent.")
    return number


def wished(
    values: Values,
    estimated_amount: object = None,
    chances_rate: object = None,
    estimated_close_on: dt.date | str | None = None,
) -> Values:
    """Put what somebody gave in the place of what would be.

    Parameters
    ----------
    values : Values
        What would be.
    estimated_amount, chances_rate, estimated_close_on : optional
        What was given; None and blank text are nothing.

    Returns
    -------
    Values
        What is to be.

    Raises
    ------
    ConfigError
        When a value does not suit its field.
    """
    given: dict[str, Any] = {
        "estimated_amount": amount("estimated_amount", estimated_amount),
        "chances_rate": rate("chances_rate", chances_rate),
        "estimated_close_on": on_day(estimated_close_on),
    }
    return replace(values, **{name: value for name, value in given.items() if value is not None})
