"""The value of a field as a reader expects it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.schema import Column, FieldType
from workbench.app import labels
from workbench.app.language import _, amount, day, moment, number
from workbench.setup import Settings


def value(column: Column, held: Any, settings: Settings) -> str:
    """Write the value of a field.

    Parameters
    ----------
    column : Column
        The field.
    held : object
        Its value as a use case gives it.
    settings : Settings
        Zone and currency.

    Returns
    -------
    str
        A dash where the value is unknown; a timestamp whose field is named as a day (`_on`) as a day.
    """
    if column.type is FieldType.MANY:
        return ", ".join(map(str, held)) if _is_listing(held) and len(held) else "–"
    if pd.isna(held):
        return "–"
    if column.type is FieldType.BOOLEAN:
        return _("yes") if held else _("no")
    if column.type is FieldType.AMOUNT:
        return amount(float(held), settings.currency_code)
    if column.type in (FieldType.NUMBER, FieldType.INTEGER):
        return number(float(held), 4)
    if column.type is FieldType.DATE:
        return day(held)
    if column.type is FieldType.TIMESTAMP:
        local = in_zone(held, settings)
        return day(local) if column.name.endswith("_on") else moment(local)
    return labels.choice(str(held)) if column.choices else str(held)


def in_zone(instant: pd.Timestamp, settings: Settings) -> dt.datetime:
    """Turn an instant into the store's local time.

    Parameters
    ----------
    instant : pandas.Timestamp
        In UTC, with or without saying so.
    settings : Settings
        Whose zone.

    Returns
    -------
    datetime.datetime
        Aware.
    """
    stamp = instant if instant.tzinfo else instant.tz_localize("UTC")
    return stamp.tz_convert(ZoneInfo(settings.time_zone)).to_pydatetime(warn=False)


def _is_listing(held: Any) -> bool:
    return isinstance(held, Iterable) and not isinstance(held, str)
