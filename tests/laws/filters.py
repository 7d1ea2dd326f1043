"""Random filter expressions for a field."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pipelines.schema import Column, FieldType
from tests.laws.worlds import MIDNIGHTS, TAGS, values

DAYS = (
    "t", "-30D", "CM", "-CM", "CM+1D", "<2W-1D>", "D15", "<W12>", "week", "month", "Q1", "tu", "tu13", "15", "p3",
    "april", "year 2026", *(day.isoformat() for day in MIDNIGHTS),
)  # fmt: skip
SHAPES = ("{0}*", "*{0}", "*{0}*", "?{0}", "{0}?*", "?", "*", "x*y", "??")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _written(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"{value:f}".rstrip("0").rstrip(".")


def _ends(column: Column) -> st.SearchStrategy[str]:
    """Draw what can stand at the end of an interval, or alone."""
    if column.type in (FieldType.DATE, FieldType.TIMESTAMP):
        return st.sampled_from(DAYS)
    if column.type is FieldType.MANY:
        return st.sampled_from(TAGS).map(_quoted)
    found = values(column)
    return found.map(_quoted) if column.type is FieldType.TEXT else found.map(_written)


def _values(column: Column) -> st.SearchStrategy[str]:
    ends = _ends(column) | st.just("''")
    if column.type not in (FieldType.TEXT, FieldType.MANY):
        return ends
    shaped = st.builds(lambda shape, text: shape.format(text), st.sampled_from(SHAPES), _ends(column))
    return ends | shaped | (ends | shaped).map("@{}".format)


def _terms(column: Column) -> st.SearchStrategy[str]:
    single = st.builds("{}{}".format, st.sampled_from(["", "", "=", "<>"]), _values(column))
    if column.type is FieldType.BOOLEAN:
        return single
    ends = _ends(column)
    intervals = st.builds("{}..{}".format, ends, ends) | ends.map("..{}".format) | ends.map("{}..".format)
    compared = st.builds("{}{}".format, st.sampled_from(["<", "<=", ">", ">="]), ends)
    return single | intervals | intervals.map("<>{}".format) | compared


def expressions(column: Column) -> st.SearchStrategy[str]:
    """Draw an expression that fits a field."""
    joined = lambda inner: st.builds(  # noqa: E731
        lambda one, sign, other: f"({one}{sign}{other})", inner, st.sampled_from("|&"), inner
    )
    return st.recursive(_terms(column), joined, max_leaves=4).map(lambda text: text.removeprefix("(").removesuffix(")"))
