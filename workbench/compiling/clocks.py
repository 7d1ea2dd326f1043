"""Local time in SQL, from the offsets that Python's zones give, so that there is one truth about clocks.

DuckDB's own zones are those it was built with, and rules of zones change every year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlglot import exp

from pipelines.clocks import offsets
from pipelines.schema import FieldType
from pipelines.values import Span
from workbench.compiling.literals import literal

_TICK = dt.timedelta(microseconds=1)
_UNITS = {"day": ("to_days", 1), "week": ("to_days", 7), "month": ("to_months", 1), "quarter": ("to_months", 3),
          "year": ("to_months", 12)}  # fmt: skip


def by_range(value: exp.Expr, starts: Sequence[exp.Expr], results: Sequence[exp.Expr]) -> exp.Expr:
    """Choose by where a value lies among ascending starts, looking at few of them.

    Parameters
    ----------
    value : sqlglot.exp.Expr
        What is looked up; known.
    starts : sequence of sqlglot.exp.Expr
        Where each range but the first begins.
    results : sequence of sqlglot.exp.Expr
        One for each range, so one more than starts.

    Returns
    -------
    sqlglot.exp.Expr
        The first result below the first start, the last from the last start on.
    """
    if not starts:
        return results[0]
    middle = len(starts) // 2
    is_before = exp.LT(this=value.copy(), expression=starts[middle])
    before = by_range(value, starts[:middle], results[: middle + 1])
    behind = by_range(value, starts[middle + 1 :], results[middle + 1 :])
    return exp.Case(ifs=[exp.If(this=is_before, true=before)], default=behind)


def local_time(instant: exp.Expr, zone: ZoneInfo, last: dt.date) -> exp.Expr:
    """Tell what the clock of a zone shows at an instant.

    Parameters
    ----------
    instant : sqlglot.exp.Expr
        A timestamp in UTC.
    zone : zoneinfo.ZoneInfo
        The zone.
    last : datetime.date
        No later day is asked about.

    Returns
    -------
    sqlglot.exp.Expr
        A timestamp; NULL where the instant is.
    """
    known = offsets(zone, last)
    ahead = by_range(instant, [_at(one.since) for one in known[1:]], [_seconds(one.ahead) for one in known])
    return exp.Add(this=instant.copy(), expression=_to("to_seconds", ahead))


def day_begins(day: exp.Expr, zone: ZoneInfo, last: dt.date) -> exp.Expr:
    """Find the instant at which a day begins in a zone, as `pipelines.dates.instant` does.

    Parameters
    ----------
    day : sqlglot.exp.Expr
        A date.
    zone : zoneinfo.ZoneInfo
        The zone.
    last : datetime.date
        No later day is asked about.

    Returns
    -------
    sqlglot.exp.Expr
        A timestamp in UTC; NULL where the day is.

    Notes
    -----
    The clock shows times as it did before a change until neither it nor the clock after the change can be meant.
    """
    known, midnight = offsets(zone, last), exp.cast(day, "TIMESTAMP")
    starts = [new.since + max(old.ahead, new.ahead) for old, new in pairwise(known)]
    ahead = by_range(midnight, list(map(_at, starts)), [_seconds(one.ahead) for one in known])
    return exp.Sub(this=midnight.copy(), expression=_to("to_seconds", ahead))


def shown_after(first: exp.Expr, span: Span, zone: ZoneInfo, last: dt.date) -> exp.Expr:
    """Tell what the clock of a zone shows at an instant, and move it on by a length of calendar time.

    Parameters
    ----------
    first : sqlglot.exp.Expr
        A timestamp in UTC.
    span : Span
        How far.
    zone : zoneinfo.ZoneInfo
        The zone.
    last : datetime.date
        No later day is asked about.

    Returns
    -------
    sqlglot.exp.Expr
        A timestamp; months clip.
    """
    function, n = _UNITS[span.unit]
    length = _to(function, exp.Literal.number(n * span.n))
    return exp.Add(this=local_time(first, zone, last), expression=length)


def last_shown(time: exp.Expr, zone: ZoneInfo, last: dt.date) -> exp.Expr:
    """Find the last instant at which the clock of a zone shows no more than a time, as `pipelines.clocks.is_within`.

    Parameters
    ----------
    time : sqlglot.exp.Expr
        A timestamp as the clock shows it.
    zone : zoneinfo.ZoneInfo
        The zone.
    last : datetime.date
        No later day is asked about.

    Returns
    -------
    sqlglot.exp.Expr
        A timestamp in UTC: just before the skip where the clock skips the time, the second where it shows it twice.
    """
    known = offsets(zone, last)
    found: list[exp.Expr] = [exp.Sub(this=time.copy(), expression=_to("to_seconds", _seconds(o.ahead))) for o in known]
    for number, following in enumerate(known[1:]):
        found[number] = exp.func("LEAST", found[number], _at(following.since - _TICK))
    return by_range(time, [_at(new.since + new.ahead) for new in known[1:]], found)


def _at(instant: dt.datetime) -> exp.Expr:
    return literal(instant, FieldType.TIMESTAMP)


def _seconds(ahead: dt.timedelta) -> exp.Expr:
    return exp.Literal.number(int(ahead.total_seconds()))


def _to(function: str, value: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=[value])
