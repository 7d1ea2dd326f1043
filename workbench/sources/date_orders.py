"""Which part of a written date is the day and which the month: told by the values of a whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.sources.moments import DateParts

_YEAR_LAST = r"^(?P<one>\d{1,2})[-/.]\s?(?P<two>\d{1,2})[-/.]\s?(?P<three>\d{2}|\d{4})(?:[T ,]|$)"
# For each value against an order there have to be more than this many for it.
_CONTRARY = 9


@dataclass(frozen=True)
class DateOrder:
    """The order of day and month that the values of a column show.

    Attributes
    ----------
    order : str
        ``"dmy"``, ``"mdy"``, or ``"ymd"`` when every date begins with its year or names its month; empty when the
        values do not tell.
    example : str
        A value that reads either way, when the values do not tell.
    """

    order: str
    example: str = ""


def order_of(texts: pa.StringArray) -> DateOrder:
    """See whether days or months come first.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Distinct values without blanks around them.

    Returns
    -------
    DateOrder
        The order that the values can only have; a few values to the contrary (one in ten of those that
        tell) are mistakes in the data. Values that mean the same day both ways tell nothing.

    Examples
    --------
    >>> order_of(pa.array(["03/04/2024", "25/04/2024"])).order
    'dmy'
    >>> order_of(pa.array(["03/04/2024"]))
    DateOrder(order='', example='03/04/2024')
    """
    numeric = texts.filter(pc.fill_null(pc.match_substring_regex(texts, _YEAR_LAST), False))
    parts = DateParts(pc.extract_regex(numeric, _YEAR_LAST))
    day_first, month_first = parts.days("dmy"), parts.days("mdy")
    differing = (day_first != month_first) & ~(np.isnat(day_first) & np.isnat(month_first))
    if not differing.any():
        return DateOrder("ymd" if not len(numeric) else "dmy")
    days = int((differing & np.isnat(month_first)).sum())
    months = int((differing & np.isnat(day_first)).sum())
    if days > _CONTRARY * months:
        return DateOrder("dmy")
    if months > _CONTRARY * days:
        return DateOrder("mdy")
    both = differing & ~np.isnat(month_first) & ~np.isnat(day_first)
    return DateOrder("", numeric[int(np.argmax(both if both.any() else differing))].as_py())


def date_format(text: str, order: str) -> str:
    """Describe how a date is written.

    Parameters
    ----------
    text : str
        A value.
    order : str
        ``"dmy"``, ``"mdy"`` or ``"ymd"``.

    Returns
    -------
    str
        Such as ``dd-mm-yyyy`` or ``yyyy-mm-dd hh:mm``; empty for what is no numeric date.

    Examples
    --------
    >>> date_format("3/4/24 10:00", "mdy")
    'mm/dd/yy hh:mm'
    """
    if re.match(r"\d{8}(\D|$)", text):
        return "yyyymmdd"
    parts = re.match(r"(\d{1,4})([-/.])\s?\d{1,2}[-/.]\s?(\d{1,4})(.*)", text)
    if parts is None:
        return ""
    order = "ymd" if len(parts[1]) == 4 else order
    year = "yyyy" if 4 in (len(parts[1]), len(parts[3])) else "yy"
    day = parts[2].join({"d": "dd", "m": "mm", "y": year}[part] for part in order)
    return f"{day} hh:mm" if ":" in parts[4] else day
