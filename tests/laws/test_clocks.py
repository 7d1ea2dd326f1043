"""What SQL says of clocks is what Python says, in every zone and around every change."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from pipelines import clocks, dates
from pipelines.bound import BoundEvent, BoundSequence
from pipelines.clocks import is_within
from pipelines.schema import SALES_ENTRY
from pipelines.timelines import follows
from pipelines.values import Span
from tests.laws.definitions import spans
from workbench.compiling import clocks as in_sql
from workbench.compiling.rules import DIALECT
from workbench.store import Database

LAST = dt.date(2037, 12, 31)
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Havana", "Asia/Kathmandu",
     "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Africa/Monrovia", "Europe/Dublin", "Asia/Gaza"]
).map(ZoneInfo)  # fmt: skip
lengths = st.sampled_from(
    [Span(n=1, unit="day"), Span(n=7, unit="day"), Span(n=1, unit="week"), Span(n=1, unit="month"),
     Span(n=13, unit="month"), Span(n=1, unit="quarter"), Span(n=1, unit="year"), Span(n=20, unit="year")]
)  # fmt: skip
STORE = Database(":memory:")


def anytime(first: dt.date, last: dt.date) -> st.SearchStrategy[dt.datetime]:
    """Draw a moment from the beginning of one day to that of another."""
    return st.datetimes(dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time()))


@st.composite
def moments(draw: st.DrawFn, zone: ZoneInfo) -> dt.datetime:
    """Draw an instant, more often than not one near a change of the clock."""
    change = draw(st.sampled_from(clocks.offsets(zone, LAST))).since
    near = st.integers(-4 * 3600, 4 * 3600).map(lambda seconds: change + dt.timedelta(seconds=seconds))
    exactly = st.sampled_from([-1, 0, 1]).map(lambda n: change + dt.timedelta(microseconds=n))
    return draw(near | exactly | anytime(dt.date(1800, 1, 1), LAST))


def _asked(*found: exp.Expr) -> tuple[object, ...]:
    with STORE.reading() as con:
        return con.execute(exp.select(*found).sql(dialect=DIALECT)).fetchall()[0]


def _at(moment: dt.datetime) -> exp.Expr:
    return exp.cast(exp.Literal.string(moment.isoformat(sep=" ")), "TIMESTAMP")


@given(st.data(), zones)
def test_sql_and_python_show_the_same_time(data: st.DataObject, zone: ZoneInfo) -> None:
    moment = data.draw(moments(zone))
    day = exp.cast(exp.Literal.string(moment.date().isoformat()), "DATE")
    shown, begins = _asked(in_sql.local_time(_at(moment), zone, LAST), in_sql.day_begins(day, zone, LAST))
    assert shown == clocks.local(moment, zone)
    assert begins == dates.instant(moment.date(), zone)


@given(st.data(), zones, lengths)
def test_sql_and_python_agree_on_what_is_in_time(data: st.DataObject, zone: ZoneInfo, span: Span) -> None:
    first = data.draw(moments(zone))
    (shown,) = _asked(in_sql.shown_after(_at(first), span, zone, LAST))
    assert isinstance(shown, dt.datetime)
    (last,) = _asked(in_sql.last_shown(_at(shown), zone, LAST))
    assert isinstance(last, dt.datetime)
    if last < dt.datetime.combine(LAST, dt.time()):
        assert is_within(first, last, span, zone)
        assert not is_within(first, last + dt.timedelta(microseconds=1), span, zone)


@given(st.lists(st.lists(anytime(dt.date(2026, 3, 27), dt.date(2026, 3, 31)), max_size=4), min_size=2,
                max_size=4), st.none() | spans.map(Span.model_validate), zones)  # fmt: skip
def test_taking_the_earliest_that_follows_finds_every_sequence(
    events: list[list[dt.datetime]], within: Span | None, zone: ZoneInfo
) -> None:
    sequence = BoundSequence((BoundEvent(SALES_ENTRY, None),) * len(events), within, zone, LAST)  # type: ignore[arg-type]
    ordered = (
        chosen
        for chosen in itertools.product(*events)
        if all(earlier < later for earlier, later in itertools.pairwise(chosen))
    )
    expected = any(within is None or is_within(chosen[0], chosen[-1], within, zone) for chosen in ordered)
    assert follows(sequence, events) == expected
