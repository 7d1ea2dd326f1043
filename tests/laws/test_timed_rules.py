"""Sequences and habits where many hold: few contacts, many rows, close together and close to changes of the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalogue import RELATED
from pipelines.definition import Definition
from tests.engines import DuckDBEngine, PandasEngine, World, world
from tests.laws.definitions import TIMED, Written, habits, spans
from tests.laws.worlds import ZONES

OBVIOUS = PandasEngine()
CONTACTS = ("A", "B", "C")
AS_OF = dt.date(2026, 3, 29)
ROW: dict[str, dict[str, Any]] = {
    "campaign_target": {"campaign_no": "1"},
    "consent": {"channel": "email"},
    "opportunity_entry": {"opportunity_no": "OP1"},
}

days = st.sampled_from([0, 0, 1, 2, 7, 8, 30, 31, 90, 365, -1]).map(lambda n: AS_OF - dt.timedelta(days=n))
clock = st.sampled_from([0, 3599, 3600, 5400, 2 * 3600, 3 * 3600, 12 * 3600, 22 * 3600, 23 * 3600])
moments = st.builds(
    lambda day, seconds: dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(seconds=seconds), days, clock
)
short = st.sampled_from([{"n": n, "unit": unit} for n, unit in ((1, "day"), (7, "day"), (1, "month"), (1, "year"))])
sequences = st.fixed_dictionaries(
    {"sequence": st.lists(st.sampled_from(TIMED).map(lambda name: {"related": name}), min_size=2, max_size=3)},
    optional={"within": short, "in_last": spans},
)


@st.composite
def busy_worlds(draw: st.DrawFn) -> World:
    """Draw a store in which every timed table has rows of everybody."""
    tables: dict[str, list[dict[str, Any]]] = {"contact": [{"contact_no": no, "type": "person"} for no in CONTACTS]}
    for name in TIMED:
        table = RELATED[name]
        times = days if table.time.endswith("_on") else moments
        rows = draw(st.lists(st.tuples(st.sampled_from(CONTACTS), times), max_size=6))
        tables[table.name] = [{"contact_no": no, table.time: at, **ROW.get(table.name, {})} for no, at in rows]
    tables["campaign"] = [{"campaign_no": "1"}]
    return world(tables, as_of=AS_OF, time_zone=draw(st.sampled_from(ZONES)))


@given(busy_worlds(), st.lists(sequences | habits.map(lambda habit: {**habit, "where": None}), min_size=1, max_size=6))
def test_both_engines_see_the_same_order_and_the_same_periods(
    store: DuckDBEngine, drawn: World, written: list[Written]
) -> None:
    for rule in written:
        definition = Definition.from_dict({key: value for key, value in rule.items() if value is not None})
        assert store.members(definition, drawn) == OBVIOUS.members(definition, drawn), rule


@given(busy_worlds(), sequences, short)
def test_a_longer_time_finds_no_fewer(store: DuckDBEngine, drawn: World, written: Written, within: Written) -> None:
    def who(condition: Written) -> set[str]:
        return set(store.members(Definition.from_dict(condition), drawn))

    anytime = {key: value for key, value in written.items() if key != "within"}
    longer = {**within, "n": within["n"] + 1}
    assert who({**anytime, "within": within}) <= who({**anytime, "within": longer}) <= who(anytime)
