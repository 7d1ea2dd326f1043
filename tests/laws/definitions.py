"""Random definitions over the fields that random stores fill."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from pipelines.catalogue import COMPUTED, OPERATORS, RELATED
from pipelines.dates import MOST_IN_A_YEAR, PERIODS, UNITS
from pipelines.operators import WITHOUT_VALUE
from pipelines.schema import Column, FieldType
from tests.engines import QUERIES
from tests.laws.filters import expressions
from tests.laws.worlds import CAMPAIGNS, FIELDS, MIDNIGHTS, TAGS, kept, of_type, values

Written = dict[str, Any]

NUMERIC = (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)
TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)
TIMED = sorted(name for name, table in RELATED.items() if table.time)
PATTERNS = ("x", "^x", "y$", "(?i)É", ".", "[^x]", r"\d", "O'H", "^$", r"\pL+", "a|y", "🐎")

days = st.sampled_from(MIDNIGHTS).map(dt.date.isoformat)
units = st.sampled_from(UNITS)
periods = st.sampled_from(PERIODS)
spans = st.fixed_dictionaries({"n": st.sampled_from([1, 2, 7, 30, 31, 90, 366]), "unit": units})


spans_of_a_year = st.sampled_from(
    [{"n": n, "unit": unit} for unit, most in MOST_IN_A_YEAR.items() for n in sorted({1, most // 2 + 1, most})]
)


def _operand(column: Column, op: str) -> st.SearchStrategy[Any]:
    """Draw what an operator is given."""
    if op == "filter":
        return expressions(column)
    if column.type in TEMPORAL:
        return _temporal_operand(op)
    if op == "matches" or op == "not_matches":
        return st.sampled_from(PATTERNS)
    one = st.sampled_from(TAGS) if column.type is FieldType.MANY else values(column)
    if column.type is FieldType.AMOUNT:
        one = one | st.sampled_from([0.10001, -0.3, 0])
    if column.type is FieldType.INTEGER:
        one = one | st.sampled_from([0.5, -1])
    if op in ("between", "not_between"):
        return st.lists(one, min_size=2, max_size=2)
    return st.lists(one, max_size=3) if op in ("in", "not_in") or column.type is FieldType.MANY else one


def _temporal_operand(op: str) -> st.SearchStrategy[Any]:
    if op == "anniversary_in_next":
        return spans_of_a_year
    if op.endswith(("in_last", "in_next")):
        return spans
    if op in ("this", "previous", "next"):
        return periods
    return st.lists(days, min_size=2, max_size=2) if op.endswith("between") else days


@st.composite
def tests_on(draw: st.DrawFn, column: Column) -> Written:
    """Draw an operator and a value that go with a column."""
    op = draw(st.sampled_from(OPERATORS[column.type]))
    test: Written = {"op": op}
    if op not in WITHOUT_VALUE:
        test["value"] = draw(_operand(column, op))
    if column.type is FieldType.TEXT and op != "filter" and draw(st.booleans()):
        test["ignore_case"] = True
    if draw(st.sampled_from([False, False, True])):
        test["unknown"] = "exclude"
    return test


@st.composite
def _fields(draw: st.DrawFn, columns: tuple[Column, ...], prefix: str = "") -> Written:
    column = draw(st.sampled_from(columns))
    return {"field": prefix + column.name, **draw(tests_on(column))}


def _groups(conditions: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    several = st.lists(conditions, max_size=3)
    return (
        several.map(lambda found: {"all": found})
        | several.map(lambda found: {"any": found})
        | conditions.map(lambda found: {"not": found})
    )


def nested(conditions: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    """Draw conditions and groups of them, to some depth."""
    return st.recursive(conditions, _groups, max_leaves=4)


windows = (
    st.fixed_dictionaries({"in_last": spans})
    | st.sampled_from(["this", "previous"]).flatmap(lambda key: st.fixed_dictionaries({key: periods}))
    | st.sampled_from(["on", "before", "on_or_before", "after", "on_or_after"]).flatmap(
        lambda key: st.fixed_dictionaries({key: days})
    )
    | st.fixed_dictionaries({"between": st.lists(days, min_size=2, max_size=2)})
)


@st.composite
def _measures(draw: st.DrawFn, columns: tuple[Column, ...], has_time: bool) -> tuple[Written, Column]:
    """Draw a measure and the column its value is like."""
    single = [column for column in columns if column.type is not FieldType.MANY]
    by_kind = {
        "count": single[:1],
        "distinct": single,
        **{kind: [c for c in single if c.type in NUMERIC] for kind in ("sum", "average")},
        **{kind: [c for c in single if c.type in NUMERIC + TEMPORAL] for kind in ("minimum", "maximum")},
        **{kind: single if has_time else [] for kind in ("first", "latest")},
    }
    kind = draw(st.sampled_from([kind for kind, found in by_kind.items() if found]))
    column = draw(st.sampled_from(by_kind[kind]))
    if kind == "count":
        return {"count": "rows"}, Column("value", FieldType.INTEGER, "")
    type_ = {"distinct": FieldType.INTEGER, "average": FieldType.NUMBER}.get(kind, column.type)
    return {kind: column.name}, Column(column.name if kind in ("first", "latest") else "value", type_, "")


@st.composite
def _related(draw: st.DrawFn) -> Written:
    name = draw(st.sampled_from(sorted(RELATED)))
    table = RELATED[name]
    columns = kept(table.name)
    condition: Written = {"related": name}
    if draw(st.booleans()):
        condition["where"] = draw(nested(_fields(columns)))
    if table.time and draw(st.booleans()):
        condition["within"] = draw(windows)
    if draw(st.sampled_from([True, True, False])):
        condition["measure"], like = draw(_measures(columns, bool(table.time)))
        condition |= draw(tests_on(like))
    return condition


@st.composite
def _events(draw: st.DrawFn) -> Written:
    name = draw(st.sampled_from(TIMED))
    where = {"where": draw(nested(_fields(kept(RELATED[name].name))))} if draw(st.booleans()) else {}
    return {"related": name, **where}


shorter_and_longer = st.builds(
    lambda counts, unit: [{"n": n, "unit": unit} for n in sorted(counts)],
    st.lists(st.sampled_from([1, 2, 7, 30, 31, 90, 366]), min_size=2, max_size=2, unique=True),
    units,
)
sequences = st.fixed_dictionaries(
    {"sequence": st.lists(_events(), min_size=2, max_size=3)}, optional={"within": spans, "in_last": spans}
)
habits = st.builds(
    lambda event, habit: {**event, **habit},
    _events(),
    st.fixed_dictionaries({"habit": st.just("first_time"), "in_last": spans})
    | shorter_and_longer.map(
        lambda two: {"habit": "stopped", "in_last": two[1], "but_not_in_last": two[0]}
    )
    | st.fixed_dictionaries({"habit": st.just("restarted"), "gap": spans, "back_in_last": spans})
    | st.builds(
        lambda counts, per, at_least: {
            "habit": "regularly", "per": per, "in": min(counts), "of_last": max(counts), "at_least": at_least,
        },
        st.lists(st.integers(1, 12), min_size=2, max_size=2), units, st.integers(1, 3),
    ),
)  # fmt: skip
timed = sequences | habits
references = (
    st.just({"segment": "other"})
    | st.just({"snapshot": "kept"})
    | st.sampled_from([{"list": "vip"}, {"list": "it's"}])
    | st.fixed_dictionaries(
        {"campaign": st.sampled_from(CAMPAIGNS)},
        optional={"arm": st.sampled_from(["x", "xy"]), "responded": st.booleans()},
    )
)
computed = _fields(tuple(item.column for item in COMPUTED.values()))
single = _fields(kept("contact")) | _fields(kept("contact"), "company.") | computed | _related() | timed
scored = _fields(FIELDS["scored_rfm"]).map(lambda found: {"score": "rfm", **found})
queries = st.sampled_from(sorted(QUERIES)).map(lambda text: {"sql": text})
_leaves = single | _related() | timed | references | scored | queries
conditions = nested(_leaves | nested(_leaves).map(lambda found: {"company_has": found}))

orders = st.lists(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(
                [c.name for c in kept("contact") if c.type is not FieldType.MANY] + sorted(COMPUTED)
            )
        },
        optional={"order": st.sampled_from(["ascending", "descending"])},
    ),
    max_size=2,
)
groups = st.sampled_from([c.name for c in kept("contact") if c.type is not FieldType.MANY] + sorted(COMPUTED))
one_per = st.sampled_from(["contact", "company", "household", "email", "phone"])
samples = st.fixed_dictionaries({"seed": st.sampled_from(["a", "b"]), "n": st.integers(1, 3)}) | st.fixed_dictionaries(
    {"seed": st.sampled_from(["a", "b"]), "share": st.sampled_from([0.2, 0.5, 1])}
)
limits = st.one_of(
    st.fixed_dictionaries(
        {"by": orders, "top": st.integers(1, 3)}, optional={"one_per": one_per, "per": groups, "sample": samples}
    ),
    st.fixed_dictionaries({"by": orders, "one_per": one_per}, optional={"survivor": orders, "sample": samples}),
    st.fixed_dictionaries({"sample": samples}),
)
consents = st.fixed_dictionaries(
    {"channel": st.sampled_from(["email", "phone"])}, optional={"purpose": of_type[FieldType.TEXT]}
)
suppressions = (
    st.sampled_from(["excluded_from_segments", "privacy_blocked"])
    | st.fixed_dictionaries({"no_consent": consents})
    | st.fixed_dictionaries({"frequency_cap": st.fixed_dictionaries({"max": st.integers(1, 2), "in_last": spans})})
)
bases = st.sampled_from([{"type": "person"}, {"type": "company"}]) | conditions
definitions = st.builds(
    lambda first, later, more: {"steps": [{"add": first}, *later], **more},
    conditions,
    st.lists(
        st.builds(lambda action, found: {action: found}, st.sampled_from(["add", "reduce", "refine"]), conditions),
        max_size=2,
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "base": bases,
            "limit": limits,
            "suppress": st.lists(suppressions, min_size=1, max_size=3),
            "time_zone": st.sampled_from(["America/New_York", "Asia/Tokyo"]),
            "week_starts_on": st.sampled_from(["monday", "saturday"]),
        },
    ),
)

__all__ = ["FIELDS", "conditions", "definitions", "nested", "single"]
